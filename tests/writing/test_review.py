from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.content.plan_content import PlanContent
from domain.cooperation.review import RemainingKind, Review, ReviewOutcome
from domain.plan.part import IN_USE, Lifecycle
from domain.refusal import Refusal
from domain.writing.rejection import InvalidInput, NoChange, NotAllowed, VersionConflict, WrongState
from resolvers import draft as drafts
from resolvers import plan as plans
from resolvers import review as reviews
from resolvers.writing import activation, approval, draft, handover, part, review
from store.tables import EventRow, PlanPartRow
from tests.builders import NOW
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, OMAR, SAID, SIRI, STRANGER, Clinic

NEXT = date(2027, 5, 1)
HELD: dict[str, Any] = {
    "outcome": ReviewOutcome.KEEP,
    "note": "Planen virker.",
    "participants": ("Kari Fjell", "Kontaktlærer"),
    "next_due": NEXT,
}


async def _hold(clinic: Clinic, part_id: str, version: int = 2, **fields: Any) -> Any:
    known = {"part_id": part_id, "expected_version": version, **HELD}
    return await clinic.ask(INGRID, review.HOLD, **known | fields)


async def _of(clinic: Clinic, part_id: str, viewer: Any = INGRID) -> list[Review]:
    ctx = clinic.context(viewer)
    return await reviews.for_part(ctx, await plans.part_by_id(ctx, part_id))


async def test_a_review_says_who_when_what_and_sets_the_next(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await _hold(clinic, part_id)
    (held,) = await _of(clinic, part_id, clinic.kari)
    assert (held.outcome, held.note, held.content_version) == (
        ReviewOutcome.KEEP,
        "Planen virker.",
        1,
    )
    assert held.participants == ("Kari Fjell", "Kontaktlærer")
    assert (held.held_at, held.by.name) == (clinic.now, "Ingrid Haugen")
    reviewed = await clinic.part(INGRID, part_id)
    assert (reviewed.review_due, reviewed.version) == (NEXT, 3)
    assert "REVIEW_HELD" in {event.kind for event in await clinic.rows(EventRow)}


async def test_reviews_come_newest_first(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await _hold(clinic, part_id, note="Første")
    earlier = clinic.now - timedelta(days=30)
    await _hold(clinic, part_id, 3, note="Etterregistrert", held_at=earlier)
    assert [held.note for held in await _of(clinic, part_id)] == ["Første", "Etterregistrert"]


@pytest.mark.parametrize("outcome", [ReviewOutcome.KEEP, ReviewOutcome.REVISE])
@pytest.mark.parametrize(
    ("due", "code"), [(None, "REQUIRED"), (NOW.date(), "NOT_IN_FUTURE")], ids=["none", "today"]
)
async def test_what_goes_on_has_a_next_review_in_the_future(
    clinic: Clinic, outcome: ReviewOutcome, due: date | None, code: str
) -> None:
    part_id = await clinic.active()
    answer = await _hold(clinic, part_id, outcome=outcome, next_due=due)
    assert isinstance(answer, InvalidInput)
    assert [(fault.path, fault.code.name) for fault in answer.faults] == [("nextDue", code)]


async def test_to_end_needs_no_next_review_and_ends_nothing_by_itself(clinic: Clinic) -> None:
    part_id = await clinic.active()
    done = await _hold(clinic, part_id, outcome=ReviewOutcome.END, next_due=None)
    reviewed = await clinic.part(INGRID, part_id)
    assert (reviewed.lifecycle, reviewed.review_due) == (Lifecycle.ACTIVE, None)
    left = await reviews.left_to_do(clinic.context(INGRID), done)
    assert [each.kind for each in left] == [RemainingKind.PART_IN_USE]


async def test_to_end_says_all_that_is_left(clinic: Clinic) -> None:
    part_id = await clinic.active()
    begun = await clinic.do(
        INGRID,
        draft.START,
        patient_id=clinic.patient_id,
        kind=(await clinic.part(INGRID, part_id)).kind,
        content=PlanContent(title="Ny"),
        change_comment="Ny",
    )
    await clinic.do(INGRID, approval.REQUEST, document_id=begun.subject_id, expected_version=1)
    await clinic.do(
        INGRID,
        handover.OPEN,
        patient_id=clinic.patient_id,
        to_organisation="999000134",
        to_organisation_name="Koordinerende enhet",
        reason="Utskrevet",
    )
    row = next(r for r in await clinic.rows(PlanPartRow) if f"prt_{r.id}" == part_id)
    shared = rows.a_share(row, organisation_number="999000900")
    await add(clinic.db, shared, rows.a_comment(row))
    done = await _hold(clinic, part_id, outcome=ReviewOutcome.END, next_due=None)
    left = await reviews.left_to_do(clinic.context(INGRID), done)
    assert {each.kind: each.count for each in left} == dict.fromkeys(RemainingKind, 1)
    ctx = clinic.context(INGRID)
    assert all(reviews.sentence(ctx, each) for each in left)


async def test_what_goes_on_has_nothing_left_to_do(clinic: Clinic) -> None:
    done = await _hold(clinic, await clinic.active())
    assert await reviews.left_to_do(clinic.context(INGRID), done) == ()


async def test_a_draft_begun_before_the_review_does_not_bring_the_old_day_back(
    clinic: Clinic,
) -> None:
    old = date(2026, 12, 1)
    part_id = await clinic.active(review_due=old)
    kind = (await clinic.part(INGRID, part_id)).kind
    started: dict[str, Any] = {
        "patient_id": clinic.patient_id,
        "kind": kind,
        "content": replace(SAID, title="Ny"),
        "change_comment": "Ny",
    }
    taken_over = await clinic.do(INGRID, draft.START, **started)
    chosen = await clinic.do(INGRID, draft.START, **started, review_due=date(2026, 12, 20))
    await _hold(clinic, part_id)
    ctx = clinic.context(INGRID)
    assert (await drafts.by_id(ctx, chosen.subject_id)).review_due == date(2026, 12, 20)
    carried = await drafts.by_id(ctx, taken_over.subject_id)
    assert (carried.review_due, carried.version) == (NEXT, 2)
    await clinic.do(
        INGRID,
        activation.ACTIVATE,
        draft_id=carried.id,
        expected_version=2,
        change_comment="Tas i bruk",
    )
    assert (await clinic.part(INGRID, part_id)).review_due == NEXT


async def test_a_review_held_is_not_held_later(clinic: Clinic) -> None:
    part_id = await clinic.active()
    for held_at, code in (
        (clinic.now + timedelta(hours=1), "IN_FUTURE"),
        (clinic.now.replace(tzinfo=None), "TIME_ZONE_REQUIRED"),
    ):
        answer = await _hold(clinic, part_id, held_at=held_at)
        assert isinstance(answer, InvalidInput)
        assert [(fault.path, fault.code.name) for fault in answer.faults] == [("heldAt", code)]


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"note": ""}, "note", "REQUIRED"),
        ({"participants": ("Kari", " ")}, "participants[1]", "REQUIRED"),
        ({"participants": ("Kari",) * 101}, "participants", "TOO_MANY"),
    ],
)
async def test_what_is_wrong_with_the_input_is_said(
    clinic: Clinic, wrong: dict[str, Any], path: str, code: str
) -> None:
    answer = await _hold(clinic, "prt_1", **wrong)
    assert isinstance(answer, InvalidInput)
    assert [(fault.path, fault.code.name) for fault in answer.faults] == [(path, code)]


async def test_only_what_is_in_use_is_reviewed(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await clinic.do(INGRID, part.HOLD, part_id=part_id, expected_version=2, reason="Ferie")
    assert (await _hold(clinic, part_id, 3)).receipt.version == 4
    await clinic.do(INGRID, part.COMPLETE, part_id=part_id, expected_version=4, reason="Ferdig")
    wrong = WrongState(lifecycle=Lifecycle.COMPLETED, allowed=IN_USE)
    assert await _hold(clinic, part_id, 5) == wrong
    asked = {"part_id": part_id, "expected_version": 5, "review_due": NEXT}
    assert await clinic.ask(INGRID, review.SET_DUE, **asked) == wrong


async def test_a_writer_has_seen_the_newest_version(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await _hold(clinic, part_id)
    assert await _hold(clinic, part_id) == VersionConflict(current_version=3)


async def test_the_day_of_a_review_can_be_set_alone(clinic: Clinic) -> None:
    part_id = await clinic.active()
    asked = {"part_id": part_id, "review_due": NEXT}
    await clinic.do(INGRID, review.SET_DUE, expected_version=2, **asked)
    assert (await clinic.part(INGRID, part_id)).review_due == NEXT
    assert await clinic.ask(INGRID, review.SET_DUE, expected_version=3, **asked) == NoChange()
    answer = await clinic.ask(
        INGRID, review.SET_DUE, part_id=part_id, expected_version=3, review_due=NOW.date()
    )
    assert isinstance(answer, InvalidInput)


@pytest.mark.parametrize(
    ("due", "is_overdue"), [(-1, True), (0, False), (1, False)], ids=["before", "on", "after"]
)
async def test_a_review_is_overdue_from_the_day_after(
    clinic: Clinic, due: int, is_overdue: bool
) -> None:
    day = NOW.date() + timedelta(days=due)
    part_id = await clinic.active(review_due=day)
    ctx = clinic.context(INGRID)
    shown = await plans.part_by_id(ctx, part_id)
    assert plans.is_review_overdue(ctx, shown) is is_overdue


async def test_reviews_are_told_by_those_who_decide(clinic: Clinic) -> None:
    part_id = await clinic.active()
    known = {"part_id": part_id, "expected_version": 2, **HELD}
    for by, reason in (
        (SIRI, Refusal.NOT_RESPONSIBLE),
        (clinic.kari, Refusal.ROLE),
        (STRANGER, Refusal.NO_CARE_RELATION),
    ):
        assert await clinic.ask(by, review.HOLD, **known) == NotAllowed(reason=reason)
    assert (await clinic.do(OMAR, review.HOLD, **known)).receipt.version == 3


async def test_of_what_was_entered_in_error_only_personnel_see_the_reviews(
    clinic: Clinic,
) -> None:
    part_id = await clinic.active()
    await _hold(clinic, part_id)
    asked = {"part_id": part_id, "expected_version": 3, "reason": "Feil pasient"}
    await clinic.do(INGRID, part.ENTER_IN_ERROR, **asked)
    assert await _of(clinic, part_id, clinic.kari) == []
    assert len(await _of(clinic, part_id)) == 1
