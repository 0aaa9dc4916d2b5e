"""Which notices a person is told of outside the app as well: how, of what, when, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import Enum

from domain.cooperation.notice import Notice
from domain.event import EventKind
from domain.local_time import OSLO
from domain.noun import Noun


class Channel(Enum):
    """How somebody is told. The number or address is the contact register's, at that moment."""

    SMS = "SMS"
    EMAIL = "EMAIL"


class NoticeGroup(Enum):
    """What notices can be chosen by: few groups, that mean something to whoever chooses.

    PLAN is that the plan says something else or stands differently, ANSWERS what comes back on what
    one has sent or asked for, ACCESS who may see or do what.
    """

    PLAN = "PLAN"
    ANSWERS = "ANSWERS"
    ACCESS = "ACCESS"


_OF_PLAN = (
    EventKind.PART_ACTIVATED,
    EventKind.PART_REVISED,
    EventKind.PART_HELD,
    EventKind.PART_RESUMED,
    EventKind.PART_COMPLETED,
    EventKind.PART_REVOKED,
    EventKind.PART_ENTERED_IN_ERROR,
    EventKind.HANDOVER_ACCEPTED,
)
_OF_ANSWERS = (
    EventKind.COMMENT_ANSWERED,
    EventKind.COMMENT_WITHDRAWN,
    EventKind.SUGGESTION_DECIDED,
    EventKind.REPORT_SEEN,
    EventKind.REPORT_ACTED_ON,
    EventKind.REPORT_ESCALATED,
    EventKind.REPORT_WITHDRAWN,
    EventKind.CORRECTION_DECIDED,
)
_OF_ACCESS = (
    EventKind.SHARED,
    EventKind.SHARE_CHANGED,
    EventKind.SHARE_WITHDRAWN,
    EventKind.BIRTHDAY_NEAR,
    EventKind.ACCESS_SET,
    EventKind.ACCESS_ENDED,
    EventKind.REPRESENTATION_GIVEN,
    EventKind.REPRESENTATION_ENDED,
    EventKind.RESTRICTION_SET,
    EventKind.RESTRICTION_LIFTED,
    EventKind.PERSON_BLOCKED,
    EventKind.BLOCK_LIFTED,
    EventKind.RESTRICTION_OPENED,
    EventKind.EMERGENCY_OPENED,
    EventKind.EMERGENCY_REVIEWED,
)
GROUP_OF: Mapping[EventKind, NoticeGroup] = {
    **dict.fromkeys(_OF_PLAN, NoticeGroup.PLAN),
    **dict.fromkeys(_OF_ANSWERS, NoticeGroup.ANSWERS),
    **dict.fromkeys(_OF_ACCESS, NoticeGroup.ACCESS),
}
"""The group of each kind that a citizen can be told of; what units are asked has none."""

QUIET_FROM, QUIET_UNTIL = 21, 8
GATHER_HOURS = 4
MOST_GATHER_HOURS = 168


class NoticeChoice(Noun):
    """What a citizen has chosen, for themselves, not for a patient; without one, nothing is sent.

    `number` is their identity number, which is never shown, `subject` what their token called them
    then, and `security_level` how surely. From `quiet_from` to `quiet_until`, full hours in Norway,
    nothing is sent but what is urgent; the same hour twice is no quiet at all. After a message the
    next is at least `gather_hours` away, with all that has come in the meantime.
    """

    number: str
    subject: str
    channel: Channel
    updated_at: datetime
    groups: tuple[NoticeGroup, ...] = tuple(NoticeGroup)
    quiet_from: int = QUIET_FROM
    quiet_until: int = QUIET_UNTIL
    gather_hours: int = GATHER_HOURS
    language: str = "nb"
    security_level: int = 0
    last_sent_at: datetime | None = None
    unreached_since: datetime | None = None

    @property
    def is_reachable(self) -> bool:
        """Tell whether the contact register let the last message through."""
        return self.unreached_since is None

    def wants(self, notice: Notice) -> bool:
        """Tell whether a notice is of a group that is switched on."""
        return GROUP_OF.get(notice.kind) in self.groups

    def __repr__(self) -> str:
        return f"NoticeChoice({self.channel.name})"


def quiet_until(choice: NoticeChoice, now: datetime) -> datetime | None:
    """Return when the quiet hours that it is within end, None outside them.

    Hours are those of the clock on the wall, also on the nights that it is changed.
    """
    starts, ends = choice.quiet_from, choice.quiet_until
    local = now.astimezone(OSLO)
    is_over_midnight = starts > ends
    is_late = is_over_midnight and local.hour >= starts
    is_early = local.hour < ends and (is_over_midnight or local.hour >= starts)
    if not is_late and not is_early:
        return None
    day = local.date() + timedelta(days=1) if is_late else local.date()
    return datetime.combine(day, time(ends % 24), OSLO).astimezone(now.tzinfo)


def may_go_at(choice: NoticeChoice, now: datetime) -> datetime:
    """Return when something that is not urgent may go to whoever has chosen: now, or later."""
    at = now
    if choice.last_sent_at is not None:
        at = max(at, choice.last_sent_at + timedelta(hours=choice.gather_hours))
    return quiet_until(choice, at) or at
