"""A message that says there is something to read: on its way to one person, there, or given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum

from msgspec.structs import replace

from domain import ids
from domain.cooperation.notice import Notice
from domain.cooperation.notice_choice import Channel, NoticeChoice, may_go_at, quiet_until
from domain.noun import Noun

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = 9  # attempts: with the waits above, two hours; it is in the inbox all the time
KEPT_FOR = timedelta(days=30)


class MessageState(Enum):
    """Where a message stands; all but WAITING are final.

    UNREACHED: the contact register has no number or address, or a reservation. NEEDLESS: by the
    time it could go, all was read, dealt with, switched off, or no longer for this person to know.
    FAILED: the sender would not have it, or never answered; somebody should look into it.
    """

    WAITING = "WAITING"
    SENT = "SENT"
    UNREACHED = "UNREACHED"
    NEEDLESS = "NEEDLESS"
    FAILED = "FAILED"


class Message(Noun):
    """One message to one person; `id` is what the sender knows it by when it is sent again.

    It holds nothing of what it is about, and its words are the same whatever that is: they follow
    from channel, language and urgency, so that it is the same message each time it is tried.
    """

    id: str
    number: str
    channel: Channel
    language: str
    is_urgent: bool
    made_at: datetime
    next_try_at: datetime
    state: MessageState = MessageState.WAITING
    attempts: int = 0
    receipt: str | None = None
    settled_at: datetime | None = None

    def __repr__(self) -> str:
        return f"Message({self.id}, {self.state.name})"


class Sorted(Noun):
    """What is to be done with what waits for a person, at one moment.

    `kept` are the notices that wait on, `message` what goes at once with them; otherwise they are
    looked at again `next_at`.
    """

    kept: tuple[str, ...] = ()
    message: Message | None = None
    next_at: datetime | None = None


def sort_out(
    choice: NoticeChoice,
    told: Sequence[Notice],
    urgent: frozenset[str],
    now: datetime,
    open_until: datetime | None = None,
) -> Sorted:
    """Return what becomes of notices that a person may know of and has not read.

    `urgent` are the ids of those that the plan marks so. While another message is on its way, until
    `open_until` at least, those that are not wait for what comes of it.
    """
    wanted = [each.id for each in told if choice.wants(each)]
    if not wanted:
        return Sorted()
    is_urgent = not urgent.isdisjoint(wanted)
    at = now if is_urgent else max(may_go_at(choice, now), open_until or now)
    if at > now:
        return Sorted(kept=tuple(wanted), next_at=at)
    return Sorted(kept=tuple(wanted), message=_message(choice, now, is_urgent=is_urgent))


def _message(choice: NoticeChoice, now: datetime, *, is_urgent: bool) -> Message:
    return Message(
        id=ids.new(ids.MESSAGE),
        number=choice.number,
        channel=choice.channel,
        language=choice.language,
        is_urgent=is_urgent,
        made_at=now,
        next_try_at=now,
    )


def put_off(message: Message, choice: NoticeChoice, now: datetime) -> Message | None:
    """Return a message as it waits for the end of quiet hours; None when it may go now."""
    until = None if message.is_urgent else quiet_until(choice, now)
    return None if until is None else replace(message, next_try_at=until)


def settled(
    message: Message, state: MessageState, now: datetime, receipt: str | None = None
) -> Message:
    """Return a message that nothing more becomes of."""
    attempts = message.attempts + (state is not MessageState.NEEDLESS)
    return replace(message, state=state, attempts=attempts, receipt=receipt, settled_at=now)


def unanswered(message: Message, now: datetime) -> Message:
    """Return a message that the sender did not answer for: tried again later, and then given up."""
    attempts = message.attempts + 1
    if attempts >= GIVEN_UP_AFTER:
        return settled(message, MessageState.FAILED, now)
    wait = min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
    return replace(message, attempts=attempts, next_try_at=now + wait)
