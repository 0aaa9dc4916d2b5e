"""The two sides of a merge, line by line, and what each did since the version both began at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from domain.content.line import ContentSection, Line, LineKey, lines
from domain.content.plan_content import PlanContent
from domain.revision.clash import Clash, ClashKind
from domain.revision.difference import Difference, differences

Lines: TypeAlias = Mapping[LineKey, Line]


class Side(NamedTuple):
    """One side's lines, and its differences from the base by line."""

    lines: Lines
    differences: Mapping[tuple[ContentSection, str | None], Difference]


class Sides(NamedTuple):
    """The base, and what each side made of it."""

    base: Lines
    ours: Side
    theirs: Side

    @property
    def lines(self) -> tuple[Lines, Lines, Lines]:
        """The lines of the base, of ours and of theirs."""
        return self.base, self.ours.lines, self.theirs.lines

    def both_ways(self) -> Iterator[tuple[Side, Side]]:
        """Yield the two sides, in both orders."""
        yield self.ours, self.theirs
        yield self.theirs, self.ours

    def clash(self, kind: ClashKind, one: Side, key: LineKey, other_key: LineKey) -> Clash:
        """Return the clash between one side's difference and the other side's.

        It is told about the line of the side that is given first.
        """
        about = one.differences[key]
        other = self.theirs if one is self.ours else self.ours
        ours, theirs = about, other.differences[other_key]
        if one is self.theirs:
            ours, theirs = theirs, ours
        return Clash(
            section=about.section,
            line=key[1],
            label=about.label,
            kind=kind,
            ours=ours,
            theirs=theirs,
        )


def sides(base: PlanContent, ours: PlanContent, theirs: PlanContent) -> Sides:
    """Return the sides of a merge."""
    return Sides(lines(base), _side(base, ours), _side(base, theirs))


def _side(base: PlanContent, content: PlanContent) -> Side:
    told = differences(base, content)
    return Side(lines(content), {(one.section, one.line): one for one in told})
