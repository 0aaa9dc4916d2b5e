from __future__ import annotations

from uuid import uuid4

import pytest
from msgspec.structs import replace

from domain.cooperation.review import ReviewOutcome
from domain.keeping.correction import (
    CorrectionDecision,
    CorrectionKind,
    CorrectionState,
)
from domain.refusal import Refusal
from domain.writing.rejection import (
    AlreadyDecided,
    InvalidInput,
    NotAllowed,
    NothingFound,
    VersionConflict,
)
from resolvers import correction as corrections
from resolvers import log
from resolvers import patient as patients
from resolvers.writing import correction, review
from store.session import Sessions
from store.tables import EventRow, ReviewRow
from tests.domain.nora import NORAS, WARD, a_plan
from tests.writing import reporting
from tests.writing.clinic import INGRID, OMAR, REVIEW, SAID, SIRI, Clinic
from tests.writing.correcting import ask, decide, seen
from tests.writing.in_use import commented, in_use

GOAL = SAID.goals[0].id
A_UNIT = replace(WARD, organisation_number=str(SIRI.organisation))


async def test_a_request_goes_to_the_organisation_that_answers_for_the_part(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await ask(clinic, part_id, line_id=GOAL)
    (asked,) = await seen(clinic, clinic.kari)
    assert (asked.state, asked.asked_by.name) == (CorrectionState.REQUESTED, "Kari Fjell")
    assert asked.organisation_number == INGRID.organisation
    assert await seen(clinic, OMAR) == [asked]
    assert await seen(clinic, SIRI) == []


@pytest.mark.parametrize(
    ("decision", "may_complain"),
    [
        (CorrectionDecision.ACCEPTED, False),
        (CorrectionDecision.PARTLY, True),
        (CorrectionDecision.DECLINED, True),
    ],
)
async def test_the_answer_has_its_reason_and_tells_of_the_right_to_complain(
    clinic: Clinic, decision: CorrectionDecision, may_complain: bool
) -> None:
    written = await ask(clinic, await in_use(clinic), kind=CorrectionKind.DELETE)
    await decide(clinic, OMAR, written.subject_id, decision=decision)
    ctx = clinic.context(clinic.kari)
    answer = await corrections.of_written(ctx, written)
    assert answer.state.name == decision.name
    assert answer.reason == "Opplysningen er riktig og nødvendig."
    assert answer.decided_by is not None
    assert answer.decided_by.name == "Omar Rashid"
    told = corrections.right_to_complain(ctx, answer)
    assert bool(told and "Statsforvalteren" in told) is may_complain


async def test_a_comment_and_a_line_of_the_log_are_entries_too(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await ask(clinic, await commented(clinic, part_id))
    ctx = clinic.context(clinic.kari)
    page = await log.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    await ask(clinic, page.edges[0].id)
    asked = await seen(clinic, clinic.kari)
    assert {each.entry_id[:4] for each in asked} == {"cmt_", "log_"}
    assert {each.organisation_number for each in asked} == {INGRID.organisation}


async def test_a_report_and_its_values_are_entries_decided_by_the_unit_that_reads(
    clinic: Clinic,
) -> None:
    await reporting.in_use(clinic, a_plan(*NORAS.zones, receiver=A_UNIT))
    clinic.now = reporting.MONDAY
    report_id = (await reporting.send(clinic, 220, 230)).subject_id
    value = (await reporting.read(clinic, report_id)).measurements[0].id
    for entry_id, line_id in ((report_id, None), (report_id, value), (value, None)):
        await ask(clinic, entry_id, line_id=line_id, kind=CorrectionKind.DELETE)
    asked = await seen(clinic, clinic.kari)
    assert {(each.entry_id, each.line_id) for each in asked} == {
        (report_id, None),
        (report_id, value),
        (value, None),
    }
    assert {each.organisation_number for each in asked} == {SIRI.organisation}
    decided = await decide(clinic, SIRI, asked[0].id, decision=CorrectionDecision.PARTLY)
    told = await corrections.of_written(clinic.context(clinic.kari), decided)
    assert (told.state, told.reason) == (
        CorrectionState.PARTLY,
        "Opplysningen er riktig og nødvendig.",
    )
    assert corrections.right_to_complain(clinic.context(clinic.kari), told)


async def test_a_report_that_went_to_nobody_is_the_part_s_responsible_s_to_decide(
    clinic: Clinic,
) -> None:
    await reporting.in_use(clinic, a_plan(*NORAS.zones))
    clinic.now = reporting.MONDAY
    await ask(clinic, (await reporting.send(clinic, 220)).subject_id)
    (asked,) = await seen(clinic, clinic.kari)
    assert asked.organisation_number == INGRID.organisation


async def test_a_value_of_another_report_or_of_another_patient_is_not_found(
    clinic: Clinic, db: Sessions
) -> None:
    other, reports = await Clinic.open(db), []
    for each in (clinic, clinic, other):
        each.now = reporting.MONDAY
        reports.append((await reporting.send(each, 220)).subject_id)
    values = [
        (await reporting.read(each, report_id)).measurements[0].id
        for each, report_id in zip((clinic, clinic, other), reports, strict=True)
    ]
    for entry_id, line_id in (
        (reports[0], values[1]),
        (values[0], values[0]),
        (reports[2], None),
        (values[2], None),
        (f"rep_{uuid4()}", None),
        (f"msm_{uuid4()}", None),
    ):
        assert await ask(clinic, entry_id, line_id=line_id) == NothingFound()


async def test_a_review_is_an_entry_too(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await clinic.do(
        INGRID,
        review.HOLD,
        part_id=part_id,
        expected_version=2,
        outcome=ReviewOutcome.KEEP,
        note="Redd for vann",
        participants=(),
        next_due=REVIEW,
    )
    (held,) = await clinic.rows(ReviewRow)
    await ask(clinic, f"rev_{held.id}")
    (asked,) = await seen(clinic, OMAR)
    assert asked.entry_id == f"rev_{held.id}"


@pytest.mark.parametrize("unknown", [f"prt_{uuid4()}", f"cmt_{uuid4()}", f"log_{uuid4()}", "x"])
async def test_an_entry_that_is_none_is_not_found(clinic: Clinic, unknown: str) -> None:
    assert await ask(clinic, unknown) == NothingFound()


async def test_a_line_that_the_part_does_not_have_is_not_found(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    assert await ask(clinic, part_id, line_id="nei") == NothingFound()
    assert await ask(clinic, part_id, line_id="RED") != NothingFound()


async def test_another_patient_s_entry_is_not_found(clinic: Clinic, db: Sessions) -> None:
    other = await Clinic.open(db)
    assert await ask(clinic, await in_use(other)) == NothingFound()


async def test_what_is_only_being_drafted_is_no_entry_of_a_citizen_s(clinic: Clinic) -> None:
    assert await ask(clinic, f"drf_{uuid4()}") == NothingFound()


async def test_only_the_responsible_organisation_decides(clinic: Clinic) -> None:
    written = await ask(clinic, await in_use(clinic))
    assert await decide(clinic, SIRI, written.subject_id) == NotAllowed(
        reason=Refusal.NOT_RESPONSIBLE
    )
    assert await decide(clinic, clinic.kari, written.subject_id) == NotAllowed(reason=Refusal.ROLE)


async def test_personnel_do_not_ask_for_the_patient(clinic: Clinic) -> None:
    answer = await clinic.ask(
        INGRID,
        correction.ASK,
        patient_id=clinic.patient_id,
        kind=CorrectionKind.CORRECT,
        entry_id=await in_use(clinic),
        text="Feil",
    )
    assert answer == NotAllowed(reason=Refusal.PATIENT_ONLY)


async def test_it_is_decided_once(clinic: Clinic) -> None:
    written = await ask(clinic, await in_use(clinic))
    await decide(clinic, OMAR, written.subject_id)
    again = await decide(clinic, INGRID, written.subject_id, expected_version=2)
    assert again == AlreadyDecided(correction_state=CorrectionState.DECLINED)
    late = await decide(clinic, INGRID, written.subject_id)
    assert late == VersionConflict(current_version=2)


async def test_both_must_say_something(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    assert isinstance(await ask(clinic, part_id, text="  "), InvalidInput)
    written = await ask(clinic, part_id)
    assert isinstance(await decide(clinic, OMAR, written.subject_id, reason=""), InvalidInput)


async def test_both_are_events(clinic: Clinic) -> None:
    written = await ask(clinic, await in_use(clinic))
    await decide(clinic, OMAR, written.subject_id)
    events = sorted(await clinic.rows(EventRow), key=lambda event: event.number)
    assert [event.kind for event in events[-2:]] == ["CORRECTION_ASKED", "CORRECTION_DECIDED"]
