"""What people say about a plan or one of its lines."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from domain.noun import Noun


class CommentStatus(Enum):
    """Whether somebody has answered; PARKED is put off to the next review."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    PARKED = "PARKED"


class Comment(Noun):
    """A comment on a plan part or its line `line_id`; `answer_to` is the comment it answers.

    `on_behalf_of` names the patient when a parent or proxy wrote it.
    """

    id: str
    patient_id: str
    part_id: str
    text: str
    author: str
    created_at: datetime
    status: CommentStatus
    line_id: str | None = None
    on_behalf_of: str | None = None
    answer_to: str | None = None
