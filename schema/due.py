"""What should have been done, as the graph shows it."""

from __future__ import annotations

from datetime import date

import strawberry

import schema.suggestion  # noqa: F401  # describes ContentSection
from domain.content.line import ContentSection
from schema.field import plain


@strawberry.type(description="An action or goal with the day that it is to be done or reached by.")
class DueLine:
    section: ContentSection = plain("Whether it is an action or a goal.")
    line_id: strawberry.ID = plain("The line in the part.")
    label: str = plain("The action's title, or the goal in words.")
    due: date = plain("The day.")
