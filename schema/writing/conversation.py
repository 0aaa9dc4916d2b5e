"""Comments and suggested edits as they are written."""

from __future__ import annotations

import strawberry

from resolvers.writing import comment, suggestion
from schema.comment import Comment
from schema.mutation_field import mutation
from schema.payload import CommentPayload, SuggestionPayload
from schema.rejection import SuggestionClosed, VersionConflict, WrongCommentStatus, WrongState
from schema.suggestion import Suggestion

_PART = "The part."
_COMMENT = "The comment."
_SUGGESTION = "The suggestion."
_SEEN = "The version that the writer has seen; a newer one is a conflict."
_MOVING = (VersionConflict, WrongCommentStatus)
_MOVE = {"comment_id": _COMMENT, "expected_version": _SEEN}


@strawberry.type(description="How people talk about a plan, and what they suggest.")
class ConversationMutations:
    comment_plan = mutation(
        comment.COMMENT,
        "Say something about a part or one of its lines.",
        CommentPayload,
        WrongState,
        like=Comment,
        part_id=_PART,
        text="What is said.",
        visibility="Who sees it: citizens choose EVERYONE or PERSONNEL_AND_ME, personnel EVERYONE "
        "or PERSONNEL.",
    )
    answer_comment = mutation(
        comment.ANSWER,
        "Answer a comment. Those who see the comment see the answer, and it counts as answered.",
        CommentPayload,
        WrongCommentStatus,
        comment_id=_COMMENT,
        text="The answer.",
    )
    park_comment = mutation(
        comment.PARK,
        "Put an open comment off to the next review. For health personnel.",
        CommentPayload,
        *_MOVING,
        **_MOVE,
    )
    reopen_comment = mutation(
        comment.REOPEN,
        "Let a comment wait for an answer again. For health personnel.",
        CommentPayload,
        *_MOVING,
        **_MOVE,
    )
    withdraw_comment = mutation(
        comment.WITHDRAW,
        "Take back what one has said oneself. That something was said stays; comments are not edited.",
        CommentPayload,
        *_MOVING,
        **_MOVE,
    )
    suggest_change = mutation(
        suggestion.SUGGEST,
        "Suggest that a line be added, changed or removed. For the patient and those with parental "
        "responsibility.",
        SuggestionPayload,
        WrongState,
        like=Suggestion,
        part_id=_PART,
        line_id="The line to change or remove, a zone by its level; not for a new one.",
        text="What should stand there, in one's own words; not when the line should go.",
    )
    decide_suggestion = mutation(
        suggestion.DECIDE,
        "Accept a suggestion, or decline it with the reason. For health personnel.",
        SuggestionPayload,
        VersionConflict,
        SuggestionClosed,
        suggestion_id=_SUGGESTION,
        expected_version=_SEEN,
        decision="Accepted or declined.",
        reason="Why, shown to whoever suggested it; needed when it is declined.",
        draft_id="The draft that an accepted one is taken into.",
    )
    withdraw_suggestion = mutation(
        suggestion.WITHDRAW,
        "Take back what one has suggested oneself.",
        SuggestionPayload,
        VersionConflict,
        SuggestionClosed,
        suggestion_id=_SUGGESTION,
        expected_version=_SEEN,
    )
