"""What differs between two versions of a plan content, by section and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from domain.content.gist import gist
from domain.content.line import LISTS, SECTIONS, ContentSection, Line, LineKey, lines
from domain.content.plan_content import PlanContent
from domain.noun import Noun
from domain.revision.field_change import FieldChange, Labels, changes, told
from domain.revision.line_label import field_label, label
from domain.words import Words

_ORDER = tuple(ContentSection)


class ChangeKind(Enum):
    """What happened to a line; MOVED is told once for a section whose lines have a new order."""

    ADDED = "ADDED"
    REMOVED = "REMOVED"
    CHANGED = "CHANGED"
    MOVED = "MOVED"


class Difference(Noun):
    """One line that differs; `line` is its id (`domain.content.line`), None for a section's order.

    `label` is what it was called before, for a new line what it is called now. `changes` are its
    fields that say something else; for a new or removed line all that it says or said.
    """

    section: ContentSection
    line: str | None
    label: Words
    kind: ChangeKind
    changes: tuple[FieldChange, ...] = ()


def differences(before: PlanContent, after: PlanContent) -> tuple[Difference, ...]:
    """Return what a reader of both versions would notice, section by section.

    What no reader would notice (`domain.content.gist`) and where a content came from (its
    `template`) are not differences.
    """
    old, new = lines(before), lines(after)
    was, now = _labels(old), _labels(new)
    pairs = ((old.get(key), new.get(key)) for key in {**old, **new})
    found = (_difference(one, other, was, now) for one, other in pairs)
    both = [difference for difference in found if difference] + list(_moves(old, new))
    return tuple(sorted(both, key=lambda difference: _ORDER.index(difference.section)))


def is_same(before: PlanContent, after: PlanContent) -> bool:
    """Tell whether there is no real change: nothing that a reader would notice."""
    return not differences(before, after)


def _labels(lines: Mapping[LineKey, Line]) -> Labels:
    return {key: label(line) for key, line in lines.items()}


def _difference(
    before: Line | None, after: Line | None, was: Labels, now: Labels
) -> Difference | None:
    if before == after:
        return None
    line = before if _says(before) else after
    changed = tuple(changes(told(before, was), told(after, now)))
    if line is None or not changed:
        return None
    return Difference(
        section=line.section,
        line=line.id,
        label=label(line),
        kind=_kind(before, after),
        changes=changed,
    )


def _kind(before: Line | None, after: Line | None) -> ChangeKind:
    if not _says(before):
        return ChangeKind.ADDED
    return ChangeKind.CHANGED if _says(after) else ChangeKind.REMOVED


def _says(line: Line | None) -> bool:
    return line is not None and gist(line.value) is not None


def _moves(old: Mapping[LineKey, Line], new: Mapping[LineKey, Line]) -> Iterator[Difference]:
    for field in SECTIONS:
        if field in _ORDERED and _order(field, old, new) != _order(field, new, old):
            yield Difference(
                section=SECTIONS[field], line=None, label=field_label(field), kind=ChangeKind.MOVED
            )


_ORDERED = LISTS - {"zones"}
"""The lists that are read from the top; the zones have the order of their colours."""


def _order(field: str, of: Mapping[LineKey, Line], among: Mapping[LineKey, Line]) -> list[LineKey]:
    return [key for key, line in of.items() if line.field == field and key in among]
