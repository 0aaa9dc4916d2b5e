"""What a merge can break between lines that are sound one by one.

A plan is read as a whole. Two sides that each wrote a sound plan must not be merged into one that
neither wrote and that is unsound: a goal for a problem that is gone, two instructions for one
medicine, limits with a gap between the colours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product
from typing import Any

from domain.coding import Coding
from domain.content.gist import gist, readable
from domain.content.line import LINKS, ContentSection, Line, LineKey
from domain.content.zone import Zone
from domain.revision.clash import Clash, ClashKind
from domain.revision.line_label import concept
from domain.revision.sides import Lines, Sides

_START = (ContentSection.ABOUT, "periodStart")
_END = (ContentSection.ABOUT, "periodEnd")


def between_lines(sides: Sides, chosen: Lines, clashing: Collection[LineKey]) -> Iterator[Clash]:
    """Yield what does not fit together among the chosen lines; `clashing` are not settled yet.

    What did not fit together on one of the sides already is not the merge's to find.
    """
    yield from _links(sides, chosen, clashing)
    yield from _ids(sides, chosen)
    yield from _concepts(sides, chosen)
    yield from _limits(sides, clashing)
    yield from _period(sides, chosen)


def _links(sides: Sides, chosen: Lines, clashing: Collection[LineKey]) -> Iterator[Clash]:
    """A line points at a line that the other side removed."""
    for key, line in chosen.items():
        for target in dict.fromkeys(_targets(line)):
            if target in chosen or target in clashing:
                continue
            for remover, user in sides.both_ways():
                if target in user.lines and key in user.differences:
                    yield sides.clash(ClashKind.REMOVED_AND_USED, remover, target, key)


def _targets(line: Line) -> Iterator[LineKey]:
    for field, section in LINKS.items():
        for id in getattr(line.value, field, ()):
            yield section, id


def _ids(sides: Sides, chosen: Lines) -> Iterator[Clash]:
    """Each side gave the same id to a line of another section, and links could mean either."""
    by_id: dict[str, LineKey] = {}
    for key in (key for key, line in chosen.items() if line.is_item):
        first = by_id.setdefault(key[1], key)
        for one, other in sides.both_ways() if first != key else ():
            if first not in other.lines and key not in one.lines:
                yield sides.clash(ClashKind.SAME_ID, one, first, key)


def _concepts(sides: Sides, chosen: Lines) -> Iterator[Clash]:
    """Each side added the same problem, measurement or medicine as a line of its own."""
    ours = _new_concepts(sides.base, sides.ours.lines, sides.theirs.lines)
    theirs = list(_new_concepts(sides.base, sides.theirs.lines, sides.ours.lines))
    for (key, one), (other_key, other) in product(ours, theirs):
        is_kept = key in chosen and other_key in chosen
        if is_kept and key[0] is other_key[0] and key != other_key and _means_same(one, other):
            yield sides.clash(ClashKind.BOTH_ADDED, sides.ours, key, other_key)


def _new_concepts(base: Lines, side: Lines, other: Lines) -> Iterator[tuple[LineKey, Coding]]:
    for key, line in side.items():
        known = [_concept(lines.get(key)) for lines in (base, other)]
        if (called := _concept(line)) and not any(it and _means_same(it, called) for it in known):
            yield key, called


def _concept(line: Line | None) -> Coding | None:
    return concept(line) if line else None


def _limits(sides: Sides, clashing: Collection[LineKey]) -> Iterator[Clash]:
    """The sides moved limits for the same measure in zones of different colours.

    Where one colour ends the next begins, so limits are set together: half of each would leave
    values in no zone or in two.
    """
    ours = _new_limits(sides.base, sides.ours.lines, sides.theirs.lines)
    theirs = list(_new_limits(sides.base, sides.theirs.lines, sides.ours.lines))
    pairs = {
        (zone, other_zone): None
        for (zone, one), (other_zone, other) in product(ours, theirs)
        if zone != other_zone and _means_same(one, other)
    }
    for zone, other_zone in pairs:
        if zone not in clashing and other_zone not in clashing:
            yield sides.clash(ClashKind.LIMITS_APART, sides.ours, zone, other_zone)


def _new_limits(base: Lines, side: Lines, other: Lines) -> Iterator[tuple[LineKey, Coding]]:
    for key in {**base, **side}:
        was, now, elsewhere = base.get(key), side.get(key), other.get(key)
        for measure in (*_measures(was), *_measures(now)):
            limits = _limits_for(measure, now)
            if limits not in (_limits_for(measure, was), _limits_for(measure, elsewhere)):
                yield key, measure


def _measures(line: Line | None) -> list[Coding]:
    zone: Any = line and line.value
    return [limit.observable for limit in zone.thresholds] if isinstance(zone, Zone) else []


def _limits_for(measure: Coding, line: Line | None) -> frozenset[Any]:
    zone: Any = line and line.value
    limits = zone.thresholds if isinstance(zone, Zone) else ()
    return frozenset(gist(it) for it in limits if _means_same(it.observable, measure))


def _means_same(one: Coding, other: Coding) -> bool:
    """Tell whether two concepts have the same code or, whatever their codes, the same name."""
    same_code = one.code is not None and (one.system, one.code) == (other.system, other.code)
    return same_code or readable(one.text).casefold() == readable(other.text).casefold()


def _period(sides: Sides, chosen: Lines) -> Iterator[Clash]:
    """The one side moved the start past the end that the other side set."""
    start: Any = chosen.get(_START)
    end: Any = chosen.get(_END)
    if start is None or end is None or start.value <= end.value:
        return
    for one, other in sides.both_ways():
        if one.lines.get(_END) != end and other.lines.get(_START) != start:
            yield sides.clash(ClashKind.PERIOD_BACKWARDS, one, _START, _END)
