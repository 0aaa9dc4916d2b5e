from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.content.plan_content import PlanContent
from domain.plan.approval import Decision
from domain.plan.mandatory import MissingCode
from domain.plan.part import PlanKind
from domain.writing.fault import FaultCode
from domain.writing.rejection import ContentMissing, InvalidInput, NothingFound
from resolvers import draft as drafts
from resolvers.writing import activation, approval, draft
from tests.contents import a_content
from tests.writing.clinic import INGRID, OMAR, REVIEW, SAID, Clinic


async def _drafted(clinic: Clinic, **fields: Any) -> str:
    known = {
        "patient_id": clinic.patient_id,
        "kind": PlanKind.EGENBEHANDLINGSPLAN,
        "change_comment": "Utkast",
        "review_due": REVIEW,
    }
    return (await clinic.do(INGRID, draft.START, **known | fields)).subject_id


async def _activated(clinic: Clinic, draft_id: str, version: int = 1) -> Any:
    return await clinic.ask(
        INGRID,
        activation.ACTIVATE,
        draft_id=draft_id,
        expected_version=version,
        change_comment="Tas i bruk",
    )


async def test_all_that_is_missing_is_told_at_once(clinic: Clinic) -> None:
    empty = PlanContent(title="Egenbehandling")
    answer = await _activated(clinic, await _drafted(clinic, content=empty, review_due=None))
    assert isinstance(answer, ContentMissing)
    assert {each.code for each in answer.missing} >= {
        MissingCode.PROBLEM,
        MissingCode.WHAT_MATTERS,
        MissingCode.OWN_GOAL,
        MissingCode.RED_ZONE,
        MissingCode.REVIEW_DATE,
    }


async def test_an_unread_copy_of_a_template_can_t_be_activated(clinic: Clinic) -> None:
    answer = await _activated(clinic, await _drafted(clinic, template_id="astma_barn"))
    assert isinstance(answer, ContentMissing)
    assert set(answer.unread_lines) >= {"GREEN", "YELLOW", "RED"}


async def test_a_template_is_read_by_changing_or_confirming_each_line(clinic: Clinic) -> None:
    draft_id = await _drafted(clinic, template_id="astma_barn")
    begun = await drafts.by_id(clinic.context(INGRID), draft_id)
    # What a person would write instead is a whole content of ours; two lines stay, confirmed.
    kept = begun.content.contacts[:1]
    await clinic.do(
        INGRID,
        draft.SAVE,
        draft_id=draft_id,
        expected_version=1,
        content=replace(SAID, contacts=(*SAID.contacts, *kept)),
        change_comment="Gått gjennom med familien",
        review_due=REVIEW,
    )
    waiting = await _activated(clinic, draft_id, 2)
    assert isinstance(waiting, ContentMissing)
    assert waiting.unread_lines == tuple(line.id for line in kept)
    await clinic.do(
        INGRID,
        draft.SAVE,
        draft_id=draft_id,
        expected_version=2,
        content=replace(SAID, contacts=(*SAID.contacts, *kept)),
        confirmed_lines=waiting.unread_lines,
        change_comment="Nødnummeret stemmer",
        review_due=REVIEW,
    )
    done = await _activated(clinic, draft_id, 3)
    shown = await clinic.part(clinic.kari, done.subject_id)
    assert shown.content is not None
    assert shown.content.template is not None
    assert shown.content.template.confirmed_lines == waiting.unread_lines


async def test_what_is_left_to_fill_in_can_be_saved_but_not_activated(clinic: Clinic) -> None:
    (contact, *others) = SAID.contacts
    unfinished = replace(SAID, contacts=(replace(contact, phone="[telefon]"), *others))
    answer = await _activated(clinic, await _drafted(clinic, content=unfinished))
    assert answer == ContentMissing(unread_lines=(contact.id,))


async def test_a_client_can_t_make_a_copy_look_like_no_template(clinic: Clinic) -> None:
    draft_id = await _drafted(clinic, template_id="kriseplan", kind=PlanKind.KRISEPLAN)
    begun = await drafts.by_id(clinic.context(INGRID), draft_id)
    await clinic.do(
        INGRID,
        draft.SAVE,
        draft_id=draft_id,
        expected_version=1,
        content=replace(begun.content, template=None, title="Min plan"),
        change_comment="Bare tittelen",
    )
    answer = await _activated(clinic, draft_id, 2)
    assert isinstance(answer, ContentMissing)
    assert answer.unread_lines


@pytest.mark.parametrize(
    ("template", "kind"), [("nope", PlanKind.KRISEPLAN), ("kols", PlanKind.KRISEPLAN)]
)
async def test_a_template_that_is_none_of_the_kind_is_not_found(
    clinic: Clinic, template: str, kind: PlanKind
) -> None:
    answer = await clinic.ask(
        INGRID,
        draft.START,
        patient_id=clinic.patient_id,
        kind=kind,
        change_comment="Utkast",
        template_id=template,
    )
    assert answer == NothingFound()


async def test_every_fault_of_the_input_is_told_at_once_with_its_place(clinic: Clinic) -> None:
    answer = await clinic.ask(
        INGRID,
        draft.START,
        patient_id=clinic.patient_id,
        kind=PlanKind.KRISEPLAN,
        change_comment=" ",
        content=a_content(title="", periodStart="2026-02-01", periodEnd="2026-01-01"),
        template_id="kriseplan",
    )
    assert isinstance(answer, InvalidInput)
    assert {(fault.path, fault.code) for fault in answer.faults} >= {
        ("changeComment", FaultCode.REQUIRED),
        ("content.title", FaultCode.REQUIRED),
        ("content.periodEnd", FaultCode.END_BEFORE_START),
        ("templateId", FaultCode.NOT_TOGETHER),
    }


async def test_who_gets_a_plan_back_is_told_why(clinic: Clinic) -> None:
    draft_id = await _drafted(clinic, content=SAID)
    await clinic.do(INGRID, approval.REQUEST, document_id=draft_id, expected_version=1)
    answer = await clinic.ask(
        OMAR,
        approval.DECIDE,
        document_id=draft_id,
        expected_version=2,
        decision=Decision.RETURNED,
    )
    assert isinstance(answer, InvalidInput)
    assert [fault.path for fault in answer.faults] == ["reason"]
