"""All that the viewer is told, each notice with whom it is about."""

from __future__ import annotations

import strawberry

from resolvers import notice, page
from schema.field import field, plain
from schema.notice import Notice
from schema.page import PageInfo
from schema.patient import Patient


@strawberry.type(description="One notice of a page, with whom it is about.")
class NoticeEdge:
    cursor: str = field(notice.cursor_of, "Continue after this edge with it.")
    patient: Patient | None = field(
        notice.patient_of, "Whom it is about; null where no more may be known."
    )
    node: Notice = field(notice.itself, "The notice.")


@strawberry.type(description="A page of what the viewer is told, newest first.")
class NoticeConnection:
    edges: list[NoticeEdge] = plain("Those that the viewer may read now.")
    page_info: PageInfo = field(page.info, "Where the page stands.")
