"""What happens to plans, as the graph names it."""

from __future__ import annotations

from domain.event import EventKind
from domain.wording.event import words
from schema.field import enum

enum(
    EventKind,
    "What happened; followers read the rest with their own rights. New kinds may be added.",
    **{kind.name: f"{words(kind, 'en')}." for kind in EventKind},
)
