from __future__ import annotations

from typing import Any

import pytest

from domain.access.viewer import Viewer
from domain.content.line import ContentSection
from domain.cooperation.suggestion import (
    Suggestion,
    SuggestionDecision,
    SuggestionKind,
    SuggestionState,
)
from domain.errors import NotPermitted
from domain.plan.part import PlanKind
from domain.refusal import Refusal
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import (
    InvalidInput,
    NotAllowed,
    NothingFound,
    SuggestionClosed,
    VersionConflict,
    WrongState,
)
from domain.written import Written
from resolvers import plan as plans
from resolvers import suggestion as suggestions
from resolvers import worklist
from resolvers.writing import draft, part, sharing, suggestion
from store.session import Sessions
from tests.writing.clinic import INGRID, OMAR, SIRI, Clinic
from tests.writing.shares import ASSISTANT, BERIT

CHANGE: dict[str, Any] = {
    "kind": SuggestionKind.CHANGE,
    "section": ContentSection.ACTIONS,
    "line_id": "a2",
    "text": "Gå tur med hunden",
    "why": "Da blir det av",
}


async def _suggest(clinic: Clinic, who: Viewer, part_id: str, **fields: Any) -> str:
    done = await clinic.do(who, suggestion.SUGGEST, part_id=part_id, **CHANGE | fields)
    return done.subject_id


async def _read(clinic: Clinic, who: Viewer, part_id: str, **only: Any) -> dict[str, Suggestion]:
    ctx = clinic.context(who)
    found = await suggestions.for_part(ctx, await plans.part_by_id(ctx, part_id), **only)
    return {each.id: each for each in found}


async def test_a_suggestion_stands_in_their_own_words_and_changes_nothing(clinic: Clinic) -> None:
    part_id = await clinic.active()
    made = await _suggest(clinic, clinic.kari, part_id)
    read = (await _read(clinic, INGRID, part_id))[made]
    assert (read.kind, read.section, read.line_id) == (
        SuggestionKind.CHANGE,
        ContentSection.ACTIONS,
        "a2",
    )
    assert (read.text, read.why) == ("Gå tur med hunden", "Da blir det av")
    assert (read.author.name, read.on_behalf_of) == ("Kari Fjell", "Nora Fjell")
    assert (read.state, read.content_version, read.decided_by) == (SuggestionState.OPEN, 1, None)
    shown = await clinic.part(INGRID, part_id)
    assert (shown.version, shown.content_version) == (2, 1)


@pytest.mark.parametrize("who", ["kari", "ola", "nora", "ingrid"])
async def test_both_sides_see_what_is_suggested(clinic: Clinic, who: str) -> None:
    part_id = await clinic.active()
    made = await _suggest(clinic, clinic.nora, part_id)
    people = {"kari": clinic.kari, "ola": clinic.ola, "nora": clinic.nora, "ingrid": INGRID}
    assert list(await _read(clinic, people[who], part_id)) == [made]


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"line_id": "a99"}, "lineId", FaultCode.UNKNOWN_REFERENCE),
        ({"line_id": "g1"}, "lineId", FaultCode.UNKNOWN_REFERENCE),
        ({"line_id": None}, "lineId", FaultCode.REQUIRED),
        ({"text": None}, "text", FaultCode.REQUIRED),
        ({"why": ""}, "why", FaultCode.REQUIRED),
        ({"kind": SuggestionKind.ADD}, "lineId", FaultCode.NOT_USED_HERE),
        ({"kind": SuggestionKind.REMOVE}, "text", FaultCode.NOT_USED_HERE),
    ],
)
async def test_a_suggestion_that_can_t_be_understood_is_told_why(
    clinic: Clinic, changes: dict[str, Any], path: str, code: FaultCode
) -> None:
    fields = CHANGE | changes
    answer = await clinic.ask(
        clinic.kari, suggestion.SUGGEST, part_id=await clinic.active(), **fields
    )
    assert isinstance(answer, InvalidInput)
    assert (path, code) in [(fault.path, fault.code) for fault in answer.faults]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": SuggestionKind.ADD, "line_id": None},
        {"kind": SuggestionKind.REMOVE, "text": None},
        {"section": ContentSection.ZONES, "line_id": "RED"},
    ],
)
async def test_lines_are_added_removed_and_zones_changed(
    clinic: Clinic, changes: dict[str, Any]
) -> None:
    assert await _suggest(clinic, clinic.kari, await clinic.active(), **changes)


async def test_personnel_write_drafts_instead(clinic: Clinic) -> None:
    part_id = await clinic.active()
    answer = await clinic.ask(INGRID, suggestion.SUGGEST, part_id=part_id, **CHANGE)
    assert answer == NotAllowed(reason=Refusal.PATIENT_ONLY)


async def test_nothing_is_suggested_to_what_has_ended(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await clinic.do(INGRID, part.COMPLETE, part_id=part_id, expected_version=2, reason="Nådd")
    answer = await clinic.ask(clinic.kari, suggestion.SUGGEST, part_id=part_id, **CHANGE)
    assert isinstance(answer, WrongState)


async def test_an_accepted_one_names_the_draft_it_was_taken_into(clinic: Clinic) -> None:
    part_id = await clinic.active()
    made = await _suggest(clinic, clinic.kari, part_id)
    drafted = (await _draft(clinic)).subject_id
    done = await clinic.do(
        SIRI,
        suggestion.DECIDE,
        suggestion_id=made,
        expected_version=1,
        decision=SuggestionDecision.ACCEPTED,
        draft_id=drafted,
    )
    assert done.receipt.version == 2
    read = (await _read(clinic, clinic.kari, part_id))[made]
    assert (read.state, read.draft_id) == (SuggestionState.ACCEPTED, drafted)
    assert read.decided_by is not None
    assert (read.decided_by.name, read.decided_by.organisation) == (
        "Siri Nordvik",
        "Koordinerende enhet",
    )


async def _draft(clinic: Clinic, kind: PlanKind = PlanKind.EGENBEHANDLINGSPLAN) -> Written:
    return await clinic.do(
        INGRID, draft.START, patient_id=clinic.patient_id, kind=kind, change_comment="Ny"
    )


async def test_a_draft_of_another_part_is_a_fault(clinic: Clinic) -> None:
    made = await _suggest(clinic, clinic.kari, await clinic.active())
    other = (await _draft(clinic, PlanKind.KRISEPLAN)).subject_id
    answer = await clinic.ask(
        INGRID,
        suggestion.DECIDE,
        suggestion_id=made,
        expected_version=1,
        decision=SuggestionDecision.ACCEPTED,
        draft_id=other,
    )
    fault = Fault(path="draftId", code=FaultCode.UNKNOWN_REFERENCE)
    assert answer == InvalidInput(faults=(fault,))


async def test_a_suggestion_is_declined_with_the_reason_and_not_without(clinic: Clinic) -> None:
    part_id = await clinic.active()
    made = await _suggest(clinic, clinic.kari, part_id)
    act: dict[str, Any] = {
        "suggestion_id": made,
        "expected_version": 1,
        "decision": SuggestionDecision.DECLINED,
    }
    silent = await clinic.ask(INGRID, suggestion.DECIDE, **act)
    assert silent == InvalidInput(faults=(Fault(path="reason", code=FaultCode.REQUIRED),))
    act["reason"] = "Hunden må hvile til den er frisk."
    with_draft = await clinic.ask(INGRID, suggestion.DECIDE, draft_id="drf_1", **act)
    assert isinstance(with_draft, InvalidInput)
    await clinic.do(INGRID, suggestion.DECIDE, **act)
    read = (await _read(clinic, clinic.kari, part_id))[made]
    assert (read.state, read.reason) == (SuggestionState.DECLINED, act["reason"])


async def test_what_is_decided_stays_so(clinic: Clinic) -> None:
    made = await _suggest(clinic, clinic.kari, await clinic.active())
    decide = {"suggestion_id": made, "decision": SuggestionDecision.ACCEPTED}
    stale = await clinic.ask(INGRID, suggestion.DECIDE, expected_version=7, **decide)
    assert stale == VersionConflict(current_version=1)
    await clinic.do(INGRID, suggestion.DECIDE, expected_version=1, **decide)
    closed = SuggestionClosed(suggestion_state=SuggestionState.ACCEPTED)
    assert await clinic.ask(OMAR, suggestion.DECIDE, expected_version=2, **decide) == closed
    late = await clinic.ask(
        clinic.kari, suggestion.WITHDRAW, suggestion_id=made, expected_version=2
    )
    assert late == closed


async def test_the_patient_s_side_does_not_decide(clinic: Clinic) -> None:
    made = await _suggest(clinic, clinic.kari, await clinic.active())
    answer = await clinic.ask(
        clinic.ola,
        suggestion.DECIDE,
        suggestion_id=made,
        expected_version=1,
        decision=SuggestionDecision.ACCEPTED,
    )
    assert answer == NotAllowed(reason=Refusal.ROLE)


async def test_one_s_own_is_taken_back_and_nobody_else_s(clinic: Clinic) -> None:
    part_id = await clinic.active()
    made = await _suggest(clinic, clinic.kari, part_id)
    act = {"suggestion_id": made, "expected_version": 1}
    other = await clinic.ask(clinic.ola, suggestion.WITHDRAW, **act)
    assert other == NotAllowed(reason=Refusal.NOT_AUTHOR)
    await clinic.do(clinic.kari, suggestion.WITHDRAW, **act)
    read = (await _read(clinic, INGRID, part_id))[made]
    assert (read.state, read.version) == (SuggestionState.WITHDRAWN, 2)


async def test_only_those_that_stand_so_are_shown_when_asked(clinic: Clinic) -> None:
    part_id = await clinic.active()
    waiting = await _suggest(clinic, clinic.kari, part_id)
    gone = await _suggest(clinic, clinic.kari, part_id)
    await clinic.do(clinic.kari, suggestion.WITHDRAW, suggestion_id=gone, expected_version=1)
    assert list(await _read(clinic, INGRID, part_id, states=[SuggestionState.OPEN])) == [waiting]


async def test_open_suggestions_are_counted_on_the_worklist(clinic: Clinic) -> None:
    made = await _suggest(clinic, clinic.kari, await clinic.active())
    assert await _waiting(clinic) == 1
    await clinic.do(clinic.kari, suggestion.WITHDRAW, suggestion_id=made, expected_version=1)
    assert await _waiting(clinic) == 0


async def _waiting(clinic: Clinic) -> int:
    page = await worklist.page(clinic.context(OMAR), first=100)
    [entry] = [each for each in page.edges if each.patient_id == clinic.patient_id]
    return entry.open_suggestions


async def test_recipients_neither_see_nor_suggest(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await _suggest(clinic, clinic.kari, part_id)
    await clinic.do(clinic.kari, sharing.SHARE, part_id=part_id, **ASSISTANT)
    with pytest.raises(NotPermitted):
        await _read(clinic, BERIT, part_id)
    answer = await clinic.ask(BERIT, suggestion.SUGGEST, part_id=part_id, **CHANGE)
    assert answer == NotAllowed(reason=Refusal.NOT_SHARED)


async def test_another_patient_s_suggestion_is_nothing(clinic: Clinic, db: Sessions) -> None:
    made = await _suggest(clinic, clinic.kari, await clinic.active())
    other = await Clinic.open(db)
    answer = await other.ask(
        other.kari, suggestion.WITHDRAW, suggestion_id=made, expected_version=1
    )
    assert answer == NothingFound()


async def test_what_was_suggested_is_looked_up_anew(clinic: Clinic) -> None:
    part_id = await clinic.active()
    written = await clinic.do(clinic.kari, suggestion.SUGGEST, part_id=part_id, **CHANGE)
    ctx = clinic.context(clinic.kari)
    assert (await suggestions.written_suggestion(ctx, written)).why == "Da blir det av"
    assert (await suggestions.written_part(ctx, written)).id == part_id
