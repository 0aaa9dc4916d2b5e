"""A part is reviewed, and the day of the next review is set."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from msgspec.structs import replace

from domain import ids
from domain.command import Command
from domain.cooperation.review import Review, ReviewOutcome
from domain.event import EventKind
from domain.operation import Operation
from domain.plan.part import IN_USE, PlanPart
from domain.writing.fault import Fault
from domain.writing.rejection import InvalidInput, NoChange, Rejected, WrongState
from domain.writing.validation.collaboration import after, already_been
from domain.writing.validation.text import required_line
from domain.written import PartWritten, ReviewWritten
from resolvers.writing.comparison import settle
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version


class HoldReview(Command):
    """Tell of a review that was held, now or at `held_at`.

    KEEP and REVISE need `next_due`. END does not end the part: what is left to do is answered. Only
    KEEP settles why the part may be outdated: what is to be revised or ended still is.
    """

    operation: ClassVar[Operation] = Operation.HOLD_REVIEW
    about: ClassVar[str] = "part_id"

    part_id: str
    expected_version: int
    outcome: ReviewOutcome
    note: str
    participants: tuple[str, ...]
    next_due: date | None = None
    held_at: datetime | None = None


class SetReviewDue(Command):
    """Set the day a part is to be reviewed."""

    operation: ClassVar[Operation] = Operation.SET_REVIEW_DUE
    about: ClassVar[str] = "part_id"

    part_id: str
    expected_version: int
    review_due: date


async def _hold(write: Write, command: HoldReview) -> Done:
    part = _part(write, command)
    _require(_time_faults(write, command))
    review = Review(
        id=ids.new(ids.REVIEW),
        patient_id=part.patient_id,
        part_id=part.id,
        content_version=part.content_version,
        held_at=command.held_at or write.now,
        participants=command.participants,
        outcome=command.outcome,
        note=command.note,
        by=write.author,
        next_due=command.next_due,
    )
    await write.unit.add(review)
    if review.outcome is ReviewOutcome.KEEP:
        await settle(write.unit, part.id, review.held_at, write.now)
    changed = await _set_due(write, part, command.next_due)
    return Done(kind=EventKind.REVIEW_HELD, subject_id=review.id, version=changed.version)


async def _set(write: Write, command: SetReviewDue) -> Done:
    part = _part(write, command)
    _require([*after(command.review_due, write.now.date(), "reviewDue")])
    if part.review_due == command.review_due:
        raise Rejected(NoChange())
    changed = await _set_due(write, part, command.review_due)
    return Done(kind=EventKind.REVIEW_DUE_SET, subject_id=part.id, version=changed.version)


async def _set_due(write: Write, part: PlanPart, due: date | None) -> PlanPart:
    """Set the day of a part's next review, also in the drafts that had taken the old one over.

    Else activating a draft begun before the review would bring the old day back.
    """
    changes = {"review_due": due, "updated_at": write.now, "updated_by": write.author}
    changed = replace(part, version=part.version + 1, **changes)
    await write.unit.change(changed)
    for draft in await write.unit.open_drafts(part.id):
        if draft.review_due == part.review_due:
            await write.unit.change(replace(draft, version=draft.version + 1, **changes))
    return changed


def _part(write: Write, command: HoldReview | SetReviewDue) -> PlanPart:
    part = write.part(command.part_id)
    require_version(part, command.expected_version)
    if part.lifecycle not in IN_USE:
        raise Rejected(WrongState(lifecycle=part.lifecycle, allowed=IN_USE))
    return part


def _require(faults: list[Fault]) -> None:
    if faults:
        raise Rejected(InvalidInput(faults=tuple(faults)))


def _time_faults(write: Write, command: HoldReview) -> list[Fault]:
    faults = [*already_been(command.held_at, write.now, "heldAt")]
    if command.outcome is not ReviewOutcome.END or command.next_due is not None:
        faults += after(command.next_due, write.now.date(), "nextDue")
    return faults


def _faults(command: HoldReview) -> list[Fault]:
    named = enumerate(command.participants)
    return [f for n, who in named for f in required_line(who, f"participants[{n}]")]


HOLD = Mutation(HoldReview, ReviewWritten, _hold, _faults)
SET_DUE = Mutation(SetReviewDue, PartWritten, _set)
