"""Comments as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.cooperation.comment import CommentStatus, Visibility
from resolvers import comment, correction
from schema.author import Author
from schema.correction import EntryDecision
from schema.field import enum, field, plain

enum(
    CommentStatus,
    "Whether somebody has answered a comment.",
    OPEN="Nobody has.",
    ANSWERED="Somebody has.",
    PARKED="It is put off to the next review.",
    WITHDRAWN="Whoever wrote it has taken it back, or a decision has taken it away.",
)
enum(
    Visibility,
    "Who sees a comment and the answers to it.",
    EVERYONE="Everyone who sees the whole part.",
    PERSONNEL="Health personnel only; for what personnel write.",
    PERSONNEL_AND_ME="Health personnel and whoever wrote it; for what citizens write. A parent does "
    "not see the other's, nor a young person's.",
)


@strawberry.type(description="What somebody says about a plan part or one of its lines.")
class Comment:
    id: strawberry.ID = plain("The comment's id.")
    text: str = field(
        comment.text,
        "What is said. When it was taken back, all but its author read a sentence that says so, in "
        "the language of Accept-Language; when a decision took it away, everybody does.",
    )
    author: Author = plain("Who says it, with the role and organisation they had then.")
    on_behalf_of: str | None = plain("The patient's name, when a parent wrote it.")
    created_at: datetime = plain("When it was written.")
    status: CommentStatus = plain("Whether somebody has answered.")
    visibility: Visibility = plain("Who sees it.")
    version: int = plain("Counts every change; a writer must have seen the newest.")
    line_id: strawberry.ID | None = plain(
        "The line it is about, a zone by its level; null for the whole part."
    )
    answer_to: strawberry.ID | None = plain("The comment that it answers.")
    decisions: list[EntryDecision] = field(
        correction.beside,
        "Requests to correct or delete it that were granted, in whole or in part, newest first.",
        size=2,
    )
