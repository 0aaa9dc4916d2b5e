"""Who is told that something is asked of them, or answered to them."""

from __future__ import annotations

from typing import Any

from domain.content.line import ContentSection
from domain.cooperation.comment import Visibility
from domain.cooperation.suggestion import SuggestionDecision, SuggestionKind
from domain.keeping.correction import CorrectionDecision, CorrectionKind
from domain.plan.approval import Decision
from domain.plan.part import PlanKind
from resolvers import notice
from resolvers.writing import (
    activation,
    approval,
    comment,
    correction,
    draft,
    handover,
    receiving,
    suggestion,
)
from resolvers.writing.move import REGISTER
from tests.builders import a_clinician
from tests.domain.nora import RED
from tests.writing import reporting
from tests.writing.clinic import INGRID, OMAR, SAID, SIRI, Clinic
from tests.writing.shares import DAY
from tests.writing.telling import all_told, kinds_told, said_to

HOME_CARE = "999000118"
GRETE = a_clinician(subject="s-grete", hpr_number="9888777", organisation=HOME_CARE)


async def _offered(clinic: Clinic) -> dict[str, Any]:
    done = await clinic.do(
        INGRID,
        handover.OPEN,
        patient_id=clinic.patient_id,
        to_organisation=HOME_CARE,
        to_organisation_name="Hjemmetjenesten",
        reason="Utskrevet",
    )
    return {"handover_id": done.subject_id, "expected_version": 1}


async def test_nobody_is_told_of_what_they_do_themselves(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await clinic.do(INGRID, approval.REQUEST, document_id=part_id, expected_version=2)
    assert await all_told(clinic, INGRID) == []
    assert await said_to(clinic, OMAR) == ["Noen ber om godkjenning."]


async def test_approval_is_asked_of_who_can_give_it_and_answered_to_who_asked(
    clinic: Clinic,
) -> None:
    part_id = await clinic.active()
    await clinic.do(INGRID, approval.REQUEST, document_id=part_id, expected_version=2)
    assert await all_told(clinic, SIRI) == []
    decide = {"document_id": part_id, "expected_version": 3, "decision": Decision.RETURNED}
    await clinic.do(OMAR, approval.DECIDE, **decide, reason="Se over dosen")
    assert await all_told(clinic, OMAR) == []
    assert await said_to(clinic, INGRID) == ["Godkjenningen du ba om, er besvart."]


async def test_what_a_draft_waits_for_is_gone_once_it_is_in_use(clinic: Clinic) -> None:
    begun = await clinic.do(
        INGRID,
        draft.START,
        patient_id=clinic.patient_id,
        kind=PlanKind.EGENBEHANDLINGSPLAN,
        content=SAID,
        change_comment="Utkast",
        review_due=clinic.now.date() + 90 * DAY,
    )
    draft_id = begun.subject_id
    await clinic.do(INGRID, approval.REQUEST, document_id=draft_id, expected_version=1)
    assert await kinds_told(clinic, OMAR) == ["APPROVAL_REQUESTED"]
    activate = {"draft_id": draft_id, "expected_version": 2, "change_comment": "Tas i bruk"}
    await clinic.do(INGRID, activation.ACTIVATE, **activate)
    assert await all_told(clinic, OMAR) == []


async def test_a_handover_is_asked_of_one_unit_and_answered_to_the_other(clinic: Clinic) -> None:
    await clinic.active()
    offer = await _offered(clinic)
    assert await said_to(clinic, GRETE) == ["Dere er bedt om å ta over ansvaret for en plan."]
    await clinic.do(GRETE, handover.ACCEPT, **offer)
    assert await all_told(clinic, GRETE) == []
    assert await said_to(clinic, OMAR) == ["Den andre virksomheten har tatt over ansvaret."]
    assert "HANDOVER_ACCEPTED" in await kinds_told(clinic, clinic.ola)


async def test_who_was_asked_is_told_that_the_request_was_taken_back_and_nothing_more(
    clinic: Clinic,
) -> None:
    await clinic.active()
    await clinic.do(INGRID, handover.WITHDRAW, **await _offered(clinic))
    (told,) = await all_told(clinic, GRETE)
    said = notice.sentence(clinic.context(GRETE), told)
    assert said == "Forespørselen om å ta over ansvaret er trukket."
    assert (told.patient_id, told.subject_id, told.by) == (None, None, None)


async def test_a_refusal_is_told_to_who_still_answers(clinic: Clinic) -> None:
    await clinic.active()
    await clinic.do(GRETE, handover.DECLINE, **await _offered(clinic), reason="Ikke plass")
    assert await kinds_told(clinic, OMAR) == ["HANDOVER_DECLINED"]


async def test_a_move_is_told_to_the_new_unit_and_to_neither_home(clinic: Clinic) -> None:
    await clinic.active(by=SIRI)
    registered = await clinic.do(
        SIRI,
        REGISTER,
        patient_id=clinic.patient_id,
        municipality_number="4601",
        municipality_name="Bergen",
        moved_on=clinic.now.date(),
        from_organisation=str(SIRI.organisation),
        to_organisation=HOME_CARE,
        to_organisation_name="Hjemmetjenesten",
    )
    assert await kinds_told(clinic, GRETE) == ["MOVE_REGISTERED"]
    accept = {"handover_id": registered.subject_id, "expected_version": 1}
    await clinic.do(GRETE, handover.ACCEPT, **accept)
    for parent in (clinic.kari, clinic.ola):
        assert await kinds_told(clinic, parent) == ["PART_ACTIVATED"]


async def test_an_answer_is_told_to_who_asked_and_to_nobody_else(clinic: Clinic) -> None:
    part_id = await clinic.active()
    asked = await clinic.do(
        clinic.kari,
        comment.COMMENT,
        part_id=part_id,
        text="Hva nå?",
        visibility=Visibility.PERSONNEL_AND_ME,
    )
    await clinic.do(INGRID, comment.ANSWER, comment_id=asked.subject_id, text="Ta to")
    assert "COMMENT_ANSWERED" in await kinds_told(clinic, clinic.kari)
    for other in (clinic.ola, clinic.nora, OMAR):
        assert "COMMENT_ANSWERED" not in await kinds_told(clinic, other)


async def test_an_answer_to_a_suggestion_is_told_to_who_made_it(clinic: Clinic) -> None:
    part_id = await clinic.active()
    made = await clinic.do(
        clinic.kari,
        suggestion.SUGGEST,
        part_id=part_id,
        kind=SuggestionKind.ADD,
        section=ContentSection.GOALS,
        text="Svømme",
        why="Hun vil",
    )
    decide = {"suggestion_id": made.subject_id, "expected_version": 1}
    await clinic.do(INGRID, suggestion.DECIDE, **decide, decision=SuggestionDecision.ACCEPTED)
    assert "SUGGESTION_DECIDED" in await kinds_told(clinic, clinic.kari)
    assert "SUGGESTION_DECIDED" not in await kinds_told(clinic, clinic.ola)


async def test_a_request_for_correction_is_told_to_who_decides_until_they_have(
    clinic: Clinic,
) -> None:
    asked = await clinic.do(
        clinic.kari,
        correction.ASK,
        patient_id=clinic.patient_id,
        kind=CorrectionKind.CORRECT,
        entry_id=await clinic.active(),
        text="Feil",
    )
    assert await kinds_told(clinic, OMAR) == ["CORRECTION_ASKED"]
    decide = {"request_id": asked.subject_id, "expected_version": 1, "reason": "Riktig"}
    await clinic.do(OMAR, correction.DECIDE, **decide, decision=CorrectionDecision.DECLINED)
    assert await all_told(clinic, INGRID) == []
    assert "CORRECTION_DECIDED" in await kinds_told(clinic, clinic.kari)


async def test_the_reporter_is_told_once_that_it_is_seen_and_then_that_it_is_acted_on(
    clinic: Clinic,
) -> None:
    await reporting.in_use(clinic)
    clinic.now = reporting.MONDAY
    red = (await reporting.send(clinic, chosen=RED)).subject_id
    await clinic.do(INGRID, receiving.SEE, report_id=red)
    assert (await kinds_told(clinic, clinic.kari))[0] == "REPORT_SEEN"
    assert "REPORT_SEEN" not in await kinds_told(clinic, clinic.ola)
    await clinic.do(INGRID, receiving.ACT, report_id=red, action="Ringte")
    kinds = await kinds_told(clinic, clinic.kari)
    assert (kinds.count("REPORT_SEEN"), kinds.count("REPORT_ACTED_ON")) == (0, 1)


async def test_that_a_usual_report_is_read_is_no_notice(clinic: Clinic) -> None:
    await reporting.in_use(clinic)
    clinic.now = reporting.MONDAY
    green = (await reporting.send(clinic, 300)).subject_id
    await clinic.do(INGRID, receiving.SEE, report_id=green)
    assert "REPORT_SEEN" not in await kinds_told(clinic, clinic.kari)
