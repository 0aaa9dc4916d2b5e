"""What people say about a plan or one of its lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from domain.access.reader import Reader
from domain.author import Author
from domain.noun import Noun
from domain.operation import Operation


class CommentStatus(Enum):
    """Whether somebody has answered; PARKED is put off to the next review."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    PARKED = "PARKED"
    WITHDRAWN = "WITHDRAWN"


class Visibility(Enum):
    """Who sees a comment; answers are seen by those who see what they answer."""

    EVERYONE = "EVERYONE"
    PERSONNEL = "PERSONNEL"
    PERSONNEL_AND_ME = "PERSONNEL_AND_ME"


FOR_PERSONNEL = (Visibility.EVERYONE, Visibility.PERSONNEL)
FOR_CITIZENS = (Visibility.EVERYONE, Visibility.PERSONNEL_AND_ME)

_LIVING = (CommentStatus.OPEN, CommentStatus.ANSWERED, CommentStatus.PARKED)

AFTER: Mapping[Operation, Mapping[CommentStatus, CommentStatus]] = {
    Operation.ANSWER_COMMENT: dict.fromkeys(_LIVING, CommentStatus.ANSWERED),
    Operation.PARK_COMMENT: {CommentStatus.OPEN: CommentStatus.PARKED},
    Operation.REOPEN_COMMENT: {
        CommentStatus.ANSWERED: CommentStatus.OPEN,
        CommentStatus.PARKED: CommentStatus.OPEN,
    },
    Operation.WITHDRAW_COMMENT: dict.fromkeys(_LIVING, CommentStatus.WITHDRAWN),
}
"""Where each operation leads a comment from where it stands, and no other way."""


class Comment(Noun):
    """A comment on a plan part or its line `line_id`; `answer_to` is the comment it answers.

    `on_behalf_of` names the patient when a parent wrote it. A citizen who wrote it is known by
    `author_number`; `seen_by_number` is the one citizen who sees it when only personnel do
    otherwise. Neither number is ever shown.
    """

    id: str
    patient_id: str
    part_id: str
    text: str
    author: Author
    created_at: datetime
    status: CommentStatus
    visibility: Visibility = Visibility.EVERYONE
    version: int = 1
    line_id: str | None = None
    on_behalf_of: str | None = None
    answer_to: str | None = None
    author_number: str | None = None
    seen_by_number: str | None = None

    def is_for(self, reader: Reader) -> bool:
        """Tell whether somebody who sees the whole part may see it."""
        if reader.is_personnel or self.visibility is Visibility.EVERYONE:
            return True
        mine = self.visibility is Visibility.PERSONNEL_AND_ME
        return mine and self.seen_by_number in reader.numbers

    def is_by(self, reader: Reader) -> bool:
        """Tell whether somebody wrote it."""
        if reader.is_personnel:
            return self.author.hpr_number == reader.hpr_number
        return self.author_number in reader.numbers

    def __repr__(self) -> str:
        return f"Comment({self.id})"
