"""The three-way merge of plan contents: what two people wrote at the same time, when it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import structs

from domain.content.goal import Goal
from domain.content.line import SECTIONS, ContentSection, Line, LineKey, content_of
from domain.content.plan_content import PlanContent
from domain.noun import Noun
from domain.revision.between_lines import between_lines
from domain.revision.clash import Clash, ClashKind
from domain.revision.merged_template import merged_template
from domain.revision.sides import Lines, Sides, sides
from domain.revision.three_way import Unsettled, merged_order, settled


class Merged(Noun):
    """What a merge came to: a content that holds both sides' work, or why there is none."""

    content: PlanContent | None
    clashes: tuple[Clash, ...] = ()


_ARRANGING: dict[type, tuple[str, ...]] = {Goal: ("priority", "problem_ids")}
"""The fields of a line that say nothing of what to do, only where the line belongs.

These alone may come from another side than the rest of their line. All other fields are read as one
statement, and half of each would be a statement that nobody made: the new dose with the old way of
taking it, one side's limit with the other's advice, "achieved" of a goal that meant something else,
a phone number under another name, "resolved" with a note that it got worse. So a zone with its
limits, an action, a medicine instruction, a measurement, a problem, a passage, a contact and the
receiver with its escalation are taken whole from one side, or clash.
"""


def merge(base: PlanContent, ours: PlanContent, theirs: PlanContent) -> Merged:
    """Merge what a writer made of a version with what has become of it in the plan since.

    Lines that one side left alone are as the other side has them. All clashes are found at once;
    with any of them there is no content, since a plan is not to be half merged.
    """
    three = sides(base, ours, theirs)
    chosen, clashes = _lines(three)
    clashing = {(clash.section, clash.line) for clash in clashes}
    clashes += between_lines(three, chosen, clashing)
    if clashes:
        return Merged(content=None, clashes=tuple(sorted(clashes, key=_place)))
    has_self_care = settled(*(it.self_care is not None for it in (base, ours, theirs)))
    template = merged_template(base, ours, theirs, chosen)
    return Merged(content=content_of(_in_order(three, chosen), template, has_self_care))


def _lines(three: Sides) -> tuple[dict[LineKey, Line], list[Clash]]:
    """Return the lines that can be settled, and a clash for each that can't."""
    chosen: dict[LineKey, Line] = {}
    clashes = []
    for key in {**three.theirs.lines, **three.ours.lines}:
        base, ours, theirs = (it.get(key) for it in three.lines)
        try:
            line = _settled(base, ours, theirs)
        except Unsettled:
            clashes.append(three.clash(_kind(base, ours, theirs), three.ours, key, key))
        else:
            chosen.update({key: line} if line else {})
    return chosen, clashes


def _settled(base: Line | None, ours: Line | None, theirs: Line | None) -> Line | None:
    try:
        return settled(base, ours, theirs)
    except Unsettled:
        if base and ours and theirs and type(base.value) in _ARRANGING:
            return _in_pieces(base, ours, theirs)
        raise


def _in_pieces(base: Line, ours: Line, theirs: Line) -> Line:
    """Settle what a line says as one thing, and each field that only arranges it by itself."""
    noun: Any = base.value
    arranging = _ARRANGING[type(noun)]
    stating = [field for field in noun.__struct_fields__ if field not in arranging]
    merged = noun
    for piece in (stating, *([field] for field in arranging)):
        made = settled(noun, *(_with(noun, side.value, piece) for side in (ours, theirs)))
        merged = _with(merged, made, piece)
    return structs.replace(base, value=merged)


def _with(noun: Any, other: Any, fields: Iterable[str]) -> Any:
    return structs.replace(noun, **{field: getattr(other, field) for field in fields})


def _kind(base: Line | None, ours: Line | None, theirs: Line | None) -> ClashKind:
    if ours is None or theirs is None:
        return ClashKind.CHANGED_AND_REMOVED
    return ClashKind.BOTH_CHANGED if base else ClashKind.BOTH_ADDED


def _in_order(three: Sides, chosen: Lines) -> Iterator[Line]:
    for field in SECTIONS:
        base, ours, theirs = (
            [key for key, line in lines.items() if line.field == field] for lines in three.lines
        )
        for key in merged_order(base, ours, theirs, chosen):
            yield chosen[key]


def _place(clash: Clash) -> int:
    return list(ContentSection).index(clash.section)
