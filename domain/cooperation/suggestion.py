"""What the patient, or a parent, would change in the plan, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from domain.access.reader import Reader
from domain.author import Author
from domain.content.line import ContentSection
from domain.noun import Noun


class SuggestionKind(Enum):
    """What is suggested to be done with a line."""

    ADD = "ADD"
    CHANGE = "CHANGE"
    REMOVE = "REMOVE"


class SuggestionState(Enum):
    """OPEN until personnel decide, or whoever made it takes it back."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class SuggestionDecision(Enum):
    """What personnel decide about a suggestion."""

    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"


class Suggestion(Noun):
    """An edit that somebody suggests, in their own words; nothing changes before personnel act.

    `line_id` is the line to change or remove, a zone by its level; ADD has none, but the section
    where it belongs. `text` is what should stand there, None when the line should go. `draft_id` is
    the draft that an accepted one was taken into. `author_number` is never shown.
    """

    id: str
    patient_id: str
    part_id: str
    kind: SuggestionKind
    section: ContentSection
    why: str
    content_version: int
    author: Author
    created_at: datetime
    state: SuggestionState = SuggestionState.OPEN
    version: int = 1
    line_id: str | None = None
    text: str | None = None
    on_behalf_of: str | None = None
    decided_by: Author | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    draft_id: str | None = None
    author_number: str | None = None

    def is_by(self, reader: Reader) -> bool:
        """Tell whether somebody made it."""
        return self.author_number in reader.numbers

    def __repr__(self) -> str:
        return f"Suggestion({self.id})"
