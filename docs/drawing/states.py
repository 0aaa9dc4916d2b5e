"""State diagrams: boxes with names, frames around them, and ways from one to another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.words import Anchor, Tone, Words
from domain.operation import Operation

K = TypeVar("K", bound=Enum)

Step = tuple[Operation, Enum, Enum]  # what is done, and from where to where it leads

_LINE = 17


class DriftError(Exception):
    """The picture is not what the code says."""


@dataclass(frozen=True)
class State:
    """A state where it stands: the code's own value, its name, and what it means in a few words."""

    value: Enum | None
    name: str
    says: tuple[str, ...]
    area: Area
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class Frame:
    """States that have something in common, and what that is."""

    name: str
    states: tuple[State, ...]
    area: Area


@dataclass(frozen=True)
class Way:
    """An arrow with its words; one that leaves a frame leaves every state in it.

    `before` is empty for the way in, which begins with a dot. `by` is the operation, where the code
    has a table that says so.
    """

    before: tuple[State, ...]
    after: State
    line: tuple[Point, ...]
    words: tuple[str, ...]
    at: Point
    anchor: Anchor = Anchor.MIDDLE
    by: Operation | None = None

    def steps(self) -> Iterator[Step]:
        """Give the changes that it stands for."""
        for state in self.before:
            if self.by and state.value and self.after.value:
                yield self.by, state.value, self.after.value


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """Everything that is on a state diagram."""

    name: str
    title: str
    lead: str
    height: int
    states: Sequence[State]
    ways: Sequence[Way]
    frames: Sequence[Frame] = ()
    width: int = 920

    def draw(self) -> Picture:
        """Draw frames, states and ways."""
        picture = Picture(
            name=self.name,
            width=self.width,
            height=self.height,
            title=self.title,
            lead=self.lead,
            description=" ".join(self._told()),
        )
        for frame in self.frames:
            _frame(picture, frame)
        for state in self.states:
            _state(picture, state)
        for way in self.ways:
            if not way.before:
                picture.dot(way.line[0])
            picture.arrow(*way.line)
            label(picture, way.words, way.at, way.anchor)
        return picture

    def require_values(self, kind: type[Enum]) -> None:
        """Raise DriftError unless every value of an enum is drawn, and no other."""
        self._require({state.value for state in self.states}, set(kind))

    def require_steps(self, table: Mapping[Operation, Mapping[K, K]]) -> None:
        """Raise DriftError unless the ways are those of a table of transitions."""
        said = {(by, *step) for by, steps in table.items() for step in steps.items()}
        self._require({step for way in self.ways for step in way.steps()}, said)

    def _require(self, drawn: Collection[object], said: Collection[object]) -> None:
        lacking = sorted(str(each) for each in said if each not in drawn)
        extra = sorted(str(each) for each in drawn if each not in said)
        if lacking or extra:
            raise DriftError(f"{self.name}: not drawn: {lacking}; not in the code: {extra}")

    def _told(self) -> Iterator[str]:
        """Tell the picture in words, for those who don't see it."""
        yield self.lead
        for state in self.states:
            yield f"{state.name}: {' '.join(state.says)}."
        for way in self.ways:
            start = " eller ".join(state.name for state in way.before) or "start"
            yield f"Fra {start} til {way.after.name}: {' '.join(way.words)}."


def label(
    picture: Picture, lines: Iterable[str], at: Point, anchor: Anchor = Anchor.MIDDLE
) -> None:
    """Write a few short lines, one below the other."""
    for order, line in enumerate(lines):
        picture.say(Words(line, at.x, at.y + _LINE * order, anchor=anchor))


def _frame(picture: Picture, frame: Frame) -> None:
    picture.box(frame.area, Look.FRAME)
    x, y = frame.area.x + 16, frame.area.y + 24
    picture.say(Words(frame.name, x, y, tone=Tone.QUIET, is_bold=True))


def _state(picture: Picture, state: State) -> None:
    picture.box(state.area, state.look)
    is_chief = state.look is Look.CHIEF
    ink, quiet = (Tone.PAPER, Tone.PALE) if is_chief else (Tone.INK, Tone.QUIET)
    code = 18 if state.value else 0
    x, middle = state.area.middle
    y = middle - (26 + code + _LINE * len(state.says)) / 2 + 18
    picture.say(Words(state.name, x, y, 16, Anchor.MIDDLE, ink, is_bold=True))
    if state.value:
        picture.say(Words(state.value.name, x, y + code, 11, Anchor.MIDDLE, quiet, is_code=True))
    for order, line in enumerate(state.says):
        picture.say(Words(line, x, y + code + 22 + _LINE * order, 13, Anchor.MIDDLE, ink))
