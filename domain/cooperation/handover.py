"""Responsibility on its way to another organisation: it moves when the other accepts, or never."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum

from msgspec.structs import replace

from domain.author import Author
from domain.content.due import is_open
from domain.content.plan_content import PlanContent
from domain.noun import Noun
from domain.plan.part import PlanPart


class HandoverState(Enum):
    """Whether the other organisation has answered; while OPEN, responsibility is the sender's."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class OpenAction(Noun):
    """An action that was not done when its part was offered, with what it said of it then."""

    part_id: str
    line_id: str
    title: str
    due: date | None = None


class Move(Noun):
    """The patient's move to another municipality; the number is the national one of four digits."""

    municipality_number: str
    municipality_name: str
    moved_on: date


class Handover(Noun):
    """Parts of a plan offered by one organisation to another.

    While it is open, the receiver has a care relation, and each part still has its responsible.
    `left_out` are the parts that had ended when the rest was accepted. `move` is set where the
    patient's move to another municipality is the reason.
    """

    id: str
    patient_id: str
    part_ids: tuple[str, ...]
    from_organisation: str
    to_organisation: str
    reason: str
    open_actions: tuple[OpenAction, ...]
    opened_by: Author
    opened_at: datetime
    version: int = 1
    state: HandoverState = HandoverState.OPEN
    from_organisation_name: str | None = None
    to_organisation_name: str | None = None
    message: str | None = None
    move: Move | None = None
    decided_by: Author | None = None
    decided_at: datetime | None = None
    decision_reason: str | None = None
    left_out: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether the receiver has yet to answer."""
        return self.state is HandoverState.OPEN


def open_actions(contents: Iterable[tuple[str, PlanContent | None]]) -> tuple[OpenAction, ...]:
    """Return what is not done of the actions of some parts, each given by its id and content."""
    return tuple(
        OpenAction(part_id=part_id, line_id=action.id, title=action.title, due=action.due)
        for part_id, content in contents
        for action in (content.actions if content else ())
        if is_open(action)
    )


def open_with(handovers: Iterable[Handover], part_ids: Iterable[str]) -> Handover | None:
    """Return the open handover that has one of these parts, if there is one."""
    wanted = set(part_ids)
    return next((h for h in handovers if h.is_open and not wanted.isdisjoint(h.part_ids)), None)


def taken_over(
    handover: Handover, parts: Sequence[PlanPart], by: Author, now: datetime
) -> tuple[PlanPart, ...]:
    """Return the parts that are still living, with whoever accepts as their responsible."""
    return tuple(
        replace(part, responsible=by, version=part.version + 1, updated_at=now, updated_by=by)
        for part in parts
        if part.id in handover.part_ids and part.is_living
    )


def accepted(handover: Handover, taken: Sequence[PlanPart], by: Author, now: datetime) -> Handover:
    """Return the handover as accepted, saying which parts had ended meanwhile."""
    moved = {part.id for part in taken}
    left_out = tuple(part_id for part_id in handover.part_ids if part_id not in moved)
    return replace(closed(handover, HandoverState.ACCEPTED, by, now), left_out=left_out)


def closed(
    handover: Handover,
    state: HandoverState,
    by: Author,
    now: datetime,
    reason: str | None = None,
) -> Handover:
    """Return the handover as decided; the receiver's care relation by it ends."""
    return replace(
        handover,
        state=state,
        version=handover.version + 1,
        decided_by=by,
        decided_at=now,
        decision_reason=reason,
    )
