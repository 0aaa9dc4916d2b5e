"""What the viewer is told, as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

import schema.event  # noqa: F401  # describes EventKind
from domain.event import EventKind
from resolvers import notice, page
from schema.author import Author
from schema.field import field, plain
from schema.page import PageInfo


@strawberry.type(
    description="What the viewer, or their unit, is told. It is about something that they may know of "
    "now; a share that has ended is told as that, and as nothing more."
)
class Notice:
    id: strawberry.ID = plain("What it is marked as read by.")
    kind: EventKind = plain("What happened.")
    sentence: str = field(notice.sentence, "What happened, in words; it names no diagnosis.")
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
