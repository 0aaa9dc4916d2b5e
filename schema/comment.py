"""Comments as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.comment import CommentStatus
from schema.field import enum, plain

enum(
    CommentStatus,
    "Whether somebody has answered a comment.",
    OPEN="Nobody has.",
    ANSWERED="Somebody has.",
    PARKED="It is put off to the next review.",
)


@strawberry.type(description="What somebody says about a plan part or one of its lines.")
class Comment:
    id: strawberry.ID = plain("The comment's id.")
    text: str = plain("What is said.")
    author: str = plain("Who says it.")
    on_behalf_of: str | None = plain("The patient's name, when a parent or proxy wrote it.")
    created_at: datetime = plain("When it was written.")
    status: CommentStatus = plain("Whether somebody has answered.")
    line_id: strawberry.ID | None = plain("The line it is about; null for the whole part.")
    answer_to: strawberry.ID | None = plain("The comment that it answers.")
