"""What a value says, whichever way it was typed: two values with the same gist say the same."""

from __future__ import annotations

from collections.abc import Hashable
from unicodedata import normalize

from domain.content.action import Action
from domain.content.goal import Goal
from domain.content.self_care import ReadingHours, Receiver
from domain.content.zone import Zone
from domain.noun import Noun

_SETS = frozenset(
    {
        (Goal, "problem_ids"),
        (Action, "problem_ids"),
        (Action, "goal_ids"),
        (Zone, "thresholds"),
        (Receiver, "hours"),
        (ReadingHours, "weekdays"),
    }
)
"""Lists whose order and repetitions mean nothing; all other lists are read from the top."""


def gist(value: object) -> Hashable:
    """Return what is left of a value when everything that no reader would notice is taken away.

    - Text: white space at the ends and at line ends, the kind of line break, and whether "å" was
      sent as one character or two. White space inside a line stays: it may be a table.
    - An empty text, an empty list and a noun that says nothing are None: nothing is said.
    - Lists that are sets: their order and repetitions.
    """
    if isinstance(value, str):
        return readable(value) or None
    if isinstance(value, Noun):
        fields = tuple((name, field_gist(value, name)) for name in value.__struct_fields__)
        return fields if any(said is not None for _, said in fields) else None
    if isinstance(value, tuple):
        return _items(value) or None
    return value if isinstance(value, Hashable) else None


def alike(one: object, other: object) -> bool:
    """Tell whether two values say the same."""
    return one == other or gist(one) == gist(other)


def readable(text: str) -> str:
    """Return a text without what no reader would notice."""
    return "\n".join(line.rstrip() for line in normalize("NFC", text).splitlines()).strip()


def field_gist(noun: Noun, name: str) -> Hashable:
    """Return what one field of a noun says."""
    value = getattr(noun, name)
    if (type(noun), name) in _SETS:
        return tuple(sorted(set(_items(value)), key=repr)) or None
    return gist(value)


def _items(values: tuple[object, ...]) -> tuple[Hashable, ...]:
    return tuple(said for said in map(gist, values) if said is not None)
