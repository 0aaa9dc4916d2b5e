"""What a line is called by people: its own first words, not its id."""

from __future__ import annotations

from enum import Enum

from domain.coding import Coding
from domain.content.action import Action
from domain.content.contact import ContactPoint
from domain.content.field_wording import field_name
from domain.content.goal import Goal
from domain.content.line import Line, holder
from domain.content.passage import Passage
from domain.content.problem import Problem
from domain.content.self_care import MedicineInstruction, Monitoring, Receiver
from domain.content.value_wording import in_words
from domain.content.zone import Zone
from domain.words import Words, capital, own

SHORT = 60
"""How many characters fit in the middle of a sentence."""

_CALLED_BY: dict[type, str] = {
    Passage: "heading",
    Problem: "concept",
    Goal: "description",
    Action: "title",
    Zone: "level",
    Monitoring: "observable",
    MedicineInstruction: "medicine",
    Receiver: "name",
    ContactPoint: "label",
}


def label(line: Line) -> Words:
    """Return a short name of a line; a single value without a name of its own has its field's."""
    field = _CALLED_BY.get(type(line.value))
    if field is None:
        return field_label(line.field)
    called = getattr(line.value, field)
    words = in_words(called)
    return _capital(words) if isinstance(called, Enum) else own(_short(words.nb))


def field_label(field: str) -> Words:
    """Return what a single value, or a whole list of lines, is called."""
    return _capital(field_name(holder(field), field))


def concept(line: Line) -> Coding | None:
    """Return the concept that a line is called by: its diagnosis, measurement or medicine."""
    called = getattr(line.value, _CALLED_BY.get(type(line.value), ""), None)
    return called if isinstance(called, Coding) else None


def _capital(words: Words) -> Words:
    return Words(nb=capital(words.nb), en=capital(words.en))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHORT else f"{flat[: SHORT - 2].rsplit(' ', 1)[0]} …"
