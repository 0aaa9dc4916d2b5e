"""Drafts as the graph shows them."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from domain.plan import draft as domain_draft
from domain.plan.draft import DraftState
from resolvers import difference, draft
from schema.approval import Approval
from schema.author import Author
from schema.content import PlanContent
from schema.difference import Difference
from schema.field import enum, field, plain
from schema.node import Node
from schema.version import ContentVersion

enum(
    DraftState,
    "Whether a draft is still being written, or how it ended.",
    OPEN="It is being written.",
    ACTIVATED="It has become what its part says.",
    DISCARDED="It was put away.",
)


@strawberry.type(
    description="What somebody is writing: a branch of a plan part. Drafts never block each other."
)
class Draft(Node):
    part_id: strawberry.ID = plain("The part it is a draft of.")
    state: DraftState = plain("Whether it is still being written.")
    version: int = plain("Counts every change of the draft; a writer must have seen the newest.")
    content_version: int = plain("The number of the content shown.")
    based_on: int = plain("The part's content version that it began on top of; 0 for none.")
    content: PlanContent = plain("What it says.")
    change_comment: str | None = plain("What was last changed and why.")
    review_due: date | None = plain("The day the part is to be reviewed, once this is active.")
    approval: Approval = plain("Where approval of this content stands.")
    author: Author = plain("Who began it.")
    created_at: datetime = plain("When.")
    updated_at: datetime = plain("When it last changed.")
    updated_by: Author = plain("Who changed it.")
    activated_as: int | None = plain("The part's content version that it became.")
    differences: list[Difference] = field(
        difference.of_draft, "What it would change in what its part says now.", size=50
    )
    versions: list[ContentVersion] = field(
        draft.versions, "Every saved content, newest first.", size=20
    )

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:
        return isinstance(value, domain_draft.Draft)
