"""What the viewer is told, as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

import schema.event  # noqa: F401  # describes EventKind
from domain.cooperation.notice_choice import Channel, NoticeGroup
from domain.event import EventKind
from resolvers import notice, page
from schema.author import Author
from schema.field import enum, field, plain
from schema.page import PageInfo

enum(
    Channel,
    "How somebody is told outside the app. The number or address is the contact register's; it is "
    "not kept here.",
    SMS="A text message.",
    EMAIL="An e-mail.",
)
enum(
    NoticeGroup,
    "What messages can be switched off by.",
    PLAN="The plan says something else, or is paused or ended.",
    ANSWERS="What comes back on what one has sent or asked for.",
    ACCESS="Who may see or do what.",
)


@strawberry.type(
    description="What the viewer, or their unit, is told. It is about something that they may know of "
    "now; a share that has ended is told as that, and as nothing more."
)
class Notice:
    id: strawberry.ID = plain("What it is marked as read by.")
    kind: EventKind = plain("What happened.")
    sentence: str = field(notice.sentence, "What happened, in words; it names no diagnosis.")
    reason: str = field(notice.reason, "Why the viewer is told, in words that name nobody.")
    group: NoticeGroup | None = field(
        notice.group,
        "What messages about such notices are switched off by; null where none is ever sent.",
    )
    at: datetime = plain("When.")
    by: Author | None = plain("Who did it; null when that is not known, or not for the viewer.")
    subject_id: strawberry.ID | None = plain(
        "The part, share, handover, comment, report or other that it is about; null where no more "
        "may be known."
    )
    change_comment: str | None = field(
        notice.change_comment,
        "What is new in a plan and why, in the words of whoever took it into use.",
    )
    is_read: bool = plain("Whether the viewer has read it; a colleague's reading does not count.")


@strawberry.type(description="One notice of a page about one patient.")
class PatientNoticeEdge:
    cursor: str = field(notice.cursor_of, "Continue after this edge with it.")
    node: Notice = field(notice.itself, "The notice.")


@strawberry.type(description="A page of what the viewer is told about one patient, newest first.")
class PatientNoticeConnection:
    edges: list[PatientNoticeEdge] = plain("Those that the viewer may read now.")
    page_info: PageInfo = field(page.info, "Where the page stands.")


@strawberry.type(
    description="How the viewer is told outside the app that there is something to read. A message "
    "says nothing of what, of whom or from whom."
)
class NoticeChoice:
    channel: Channel = plain("How.")
    groups: list[NoticeGroup] = plain("The groups that are switched on.", size=3)
    quiet_from: int = plain("The hour in Norway, 0 to 23, from which only what is urgent is sent.")
    quiet_until: int = plain("The hour until which it is so; the same as `quietFrom` for none.")
    gather_hours: int = plain(
        "At least so many hours lie between two messages; what comes meanwhile goes together."
    )
    is_reachable: bool = plain(
        "False when the contact register has no number or address, or a reservation against "
        "digital contact: then nothing is sent. Both are changed at norge.no."
    )
    updated_at: datetime = plain("When it was chosen.")
