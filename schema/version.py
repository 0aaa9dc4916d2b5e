"""Content versions as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from schema.approval import Approval
from schema.author import Author
from schema.content import PlanContent
from schema.field import plain


@strawberry.type(description="One content version of a part or a draft: who, when, why and what.")
class ContentVersion:
    number: int = plain("Its number, from 1.")
    content: PlanContent = plain("What it says.")
    author: Author = plain("Who wrote it.")
    created_at: datetime = plain("When.")
    change_comment: str | None = plain("What was changed and why, in plain words.")
    approval: Approval = plain("Where approval of it stands.")
