"""The small values that all views have: dates and codes."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

from domain.coding import Coding

View: TypeAlias = dict[str, Any]  # Any: JSON of whatever shape the view has


def iso(moment: date | None) -> str | None:
    """Return a day or a time as the graph writes it."""
    return None if moment is None else moment.isoformat()


def coding(concept: Coding) -> View:
    """Return a code with its system."""
    return {"text": concept.text, "system": concept.system, "code": concept.code}


def short(concept: Coding) -> View:
    """Return a code without its system."""
    return {"text": concept.text, "code": concept.code}
