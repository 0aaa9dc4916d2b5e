"""What has become of a report at the unit that reads it: sent, seen, acted on, or escalated."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from msgspec import structs

from domain.content.self_care import Receiver
from domain.content.zone import ZoneLevel
from domain.following.reading import escalates_at
from domain.noun import Noun
from domain.writing.rejection import NoChange, Rejected, Rejection


class ReceivingState(Enum):
    """How far a report has come. SENT: nobody has looked at it yet."""

    SENT = "SENT"
    SEEN = "SEEN"
    ACTED_ON = "ACTED_ON"


class Receiving(Noun):
    """A report at its receiving unit: who saw it and who acted, first of all, and when.

    `escalates_at` is when an unseen one is passed on to `escalates_to`, as the plan said when it
    was sent; None for one that never is. `escalated_at` is when that was done. An escalation does
    not change the state: the report is unseen until somebody sees it. `action` is what was done, in
    words.
    """

    unit: str
    organisation_number: str
    escalates_at: datetime | None = None
    escalates_to: str | None = None
    seen_by: str | None = None
    seen_at: datetime | None = None
    acted_by: str | None = None
    acted_at: datetime | None = None
    action: str | None = None
    escalated_to: str | None = None
    escalated_at: datetime | None = None

    @property
    def state(self) -> ReceivingState:
        """How far it has come."""
        if self.acted_at is not None:
            return ReceivingState.ACTED_ON
        return ReceivingState.SENT if self.seen_at is None else ReceivingState.SEEN

    @property
    def times(self) -> tuple[datetime | None, ...]:
        """When it was seen, acted on and passed on; None for what has not been."""
        return self.seen_at, self.acted_at, self.escalated_at


class AlreadyTaken(Rejection):
    """Somebody was first to see the report or to act on it: who, and when."""

    code = "ALREADY_TAKEN"

    receiving_state: ReceivingState
    taken_by: str
    at: datetime


def sent_to(
    receiver: Receiver, urgency: ZoneLevel | None = None, received_at: datetime | None = None
) -> Receiving:
    """Return a report as it reaches the unit that the plan names; without a time, never to go on.

    `urgency` is how the unit must take it.
    """
    due = escalates_at(receiver, urgency, received_at) if received_at else None
    return Receiving(
        unit=receiver.name,
        organisation_number=receiver.organisation_number,
        escalates_at=due,
        escalates_to=receiver.escalate_to if due else None,
    )


def seen(receiving: Receiving, by: str, at: datetime) -> Receiving:
    """Return it as seen; who saw it first stands."""
    if receiving.state is not ReceivingState.SENT:
        raise Rejected(_taken(receiving))
    return structs.replace(receiving, seen_by=by, seen_at=at)


def acted_on(receiving: Receiving, by: str, at: datetime, action: str | None = None) -> Receiving:
    """Return it as acted on; who acts has also seen it."""
    if receiving.state is ReceivingState.ACTED_ON:
        raise Rejected(_taken(receiving))
    if receiving.state is ReceivingState.SENT:
        receiving = seen(receiving, by, at)
    return structs.replace(receiving, acted_by=by, acted_at=at, action=action)


def escalated(receiving: Receiving, to: str, at: datetime) -> Receiving:
    """Return it as told to those it escalates to; once, and only while it is unseen."""
    if receiving.state is not ReceivingState.SENT or receiving.escalated_at is not None:
        raise Rejected(NoChange())
    return structs.replace(receiving, escalated_to=to, escalated_at=at)


def _taken(receiving: Receiving) -> AlreadyTaken:
    is_acted_on = receiving.acted_at is not None
    by = receiving.acted_by if is_acted_on else receiving.seen_by
    at = receiving.acted_at or receiving.seen_at
    if by is None or at is None:
        raise ValueError("Nobody has taken it.")
    return AlreadyTaken(receiving_state=receiving.state, taken_by=by, at=at)
