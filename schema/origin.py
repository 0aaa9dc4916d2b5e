"""Where a line came from, as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.source.section import SourceName
from schema.field import plain


@strawberry.type(
    description="The source that a line of a plan was taken over from, as the line's author says. "
    "The history says who the author is; the source itself is asked for what it says today."
)
class Origin:
    source: SourceName = plain("The system that proposed it.")
    source_id: strawberry.ID = plain("Its id there.")
    retrieved_at: datetime = plain("When that system said so.")
