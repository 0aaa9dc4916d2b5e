"""What becomes of one value, or of one order, that two sides started from in common."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

from domain.content.gist import alike

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)


class Unsettled(Exception):
    """Both sides changed the value, each to something else: somebody must choose."""


def settled(base: T, ours: T, theirs: T) -> T:
    """Return what both sides agree on, or what one made of it where the other left it alone.

    A change that no reader would notice gives way to a real one. Unsettled when both really changed
    it, to different things.
    """
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    if alike(ours, theirs) or alike(theirs, base):
        return ours
    if alike(ours, base):
        return theirs
    raise Unsettled


def merged_order(
    base: Sequence[H], ours: Sequence[H], theirs: Sequence[H], kept: Collection[H]
) -> tuple[H, ...]:
    """Return what is kept, each of which is on one of the sides, in the order of the sides.

    The order is that of ours, unless only theirs moved anything. What only the other side has
    follows what it follows there. When both moved something, ours stands: an order holds no
    instruction, and whoever saves sees it.
    """
    leads_theirs = _moved(base, theirs) and not _moved(base, ours)
    leading, other = (theirs, ours) if leads_theirs else (ours, theirs)
    order = [key for key in leading if key in kept]
    at = 0
    for key in other:
        if key in order:
            at = order.index(key) + 1
        elif key in kept:
            order.insert(at, key)
            at += 1
    return tuple(order)


def _moved(base: Sequence[H], side: Sequence[H]) -> bool:
    common = set(base) & set(side)
    return [key for key in base if key in common] != [key for key in side if key in common]
