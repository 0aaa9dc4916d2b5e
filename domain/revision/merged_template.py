"""What is still known of a content's template after a merge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from domain.content.gist import alike
from domain.content.line import Line, LineKey, lines
from domain.content.plan_content import PlanContent, TemplateUse
from domain.revision.three_way import Unsettled, merged_order, settled

_Origin: TypeAlias = tuple[str, int]


def merged_template(
    base: PlanContent, ours: PlanContent, theirs: PlanContent, merged: Mapping[LineKey, Line]
) -> TemplateUse | None:
    """Return the use of a template that goes with the merged lines.

    It never makes a clash, being no part of what the plan says; of two new templates ours stands. A
    confirmation is somebody's word that they have read a line as it was: where the other side has
    changed the line since, it falls.
    """
    origin = _origin(base, ours, theirs)
    if origin is None:
        return None
    stand = _confirmed_of(ours, origin, merged) | _confirmed_of(theirs, origin, merged)
    before, here, there = _confirmed(base), _confirmed(ours), _confirmed(theirs)
    kept = {line for line in stand if settled(line in before, line in here, line in there)}
    return TemplateUse(
        template_id=origin[0],
        template_version=origin[1],
        confirmed_lines=merged_order(before, here, there, kept),
    )


def _origin(base: PlanContent, ours: PlanContent, theirs: PlanContent) -> _Origin | None:
    try:
        return settled(_origin_of(base), _origin_of(ours), _origin_of(theirs))
    except Unsettled:
        return _origin_of(ours)


def _origin_of(content: PlanContent) -> _Origin | None:
    use = content.template
    return (use.template_id, use.template_version) if use else None


def _confirmed_of(
    content: PlanContent, origin: _Origin, merged: Mapping[LineKey, Line]
) -> set[str]:
    """Return what one side has confirmed of this template and is still as that side read it."""
    if _origin_of(content) != origin:
        return set()
    read = lines(content)
    return {it for it in _confirmed(content) if alike(_named(it, read), _named(it, merged))}


def _confirmed(content: PlanContent) -> tuple[str, ...]:
    return content.template.confirmed_lines if content.template else ()


def _named(id: str, lines: Mapping[LineKey, Line]) -> Line | None:
    return next((line for line in lines.values() if line.is_item and line.id == id), None)
