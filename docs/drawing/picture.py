"""A picture as SVG: text stays text, the background is its own, black and white is enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from html import escape
from itertools import pairwise

from docs.drawing.geometry import Area, Point
from docs.drawing.words import Tone, Words

_FACE = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
_FIXED = "ui-monospace, Menlo, Consolas, 'Liberation Mono', monospace"
_BEND = 10
_HEAD = 9


class Look(Enum):
    """What a box is; `_LOOKS` says how it is drawn."""

    PLAIN = "plain"
    CHIEF = "chief"
    END = "end"
    FRAME = "frame"
    LANE = "lane"
    CARD = "card"
    BAR = "bar"


# Fill, edge, the edge's width, and its dashes.
_LOOKS = {
    Look.PLAIN: ("#f6f8fa", "#57606a", 1.4, ""),
    Look.CHIEF: ("#1d4e89", "#1d4e89", 1.4, ""),
    Look.END: ("#f6f8fa", "#57606a", 1.4, ""),
    Look.FRAME: ("none", "#8c959f", 1.2, "5 5"),
    Look.LANE: ("#f6f8fa", "#d0d7de", 1.0, ""),
    Look.CARD: ("#ffffff", "#8c959f", 1.2, ""),
    Look.BAR: ("#dbe7f5", "#1d4e89", 1.2, ""),
}


@dataclass
class Picture:
    """What is drawn so far. `name` is its file's, `title` and `description` are for listeners."""

    name: str
    width: int
    height: int
    title: str
    lead: str
    description: str
    language: str = "nb"
    boxes: list[tuple[Area, Look]] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    lines: list[tuple[Point, ...]] = field(default_factory=list)
    _drawn: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Write the head: the title, and a sentence below it."""
        self.say(Words(self.title, 28, 42, size=20, is_bold=True))
        self.say(Words(self.lead, 28, 66, size=14, tone=Tone.QUIET))

    @property
    def area(self) -> Area:
        """The whole of it."""
        return Area(0, 0, self.width, self.height)

    def box(self, area: Area, look: Look) -> None:
        """Draw a box; an END has a double edge."""
        self.boxes.append((area, look))
        self._drawn.append(_box(area, look, 10))
        if look is Look.END:
            inner = Area(area.x + 4, area.y + 4, area.width - 8, area.height - 8)
            self._drawn.append(_box(inner, look, 7))

    def say(self, words: Words) -> None:
        """Write a line of text."""
        self.words.append(words)
        self._drawn.append(_text(words))

    def arrow(self, *points: Point, has_head: bool = True, is_dashed: bool = False) -> None:
        """Draw a line of level and upright stretches with round bends, and its head."""
        self.lines.append(points)
        dashes = ' stroke-dasharray="5 4"' if is_dashed else ""
        way = _way([*points[:-1], _short(points)] if has_head else points)
        self._drawn.append(
            f'<path d="{way}" fill="none" stroke="{Tone.INK.value}" stroke-width="1.6"{dashes}/>'
        )
        if has_head:
            self._drawn.append(f'<path d="{_head(points)}" fill="{Tone.INK.value}"/>')

    def dot(self, at: Point, radius: float = 7) -> None:
        """Draw a dot: where something begins."""
        self._drawn.append(
            f'<circle cx="{_n(at.x)}" cy="{_n(at.y)}" r="{_n(radius)}" fill="{Tone.INK.value}"/>'
        )

    def svg(self) -> str:
        """Return the file's text."""
        return "\n".join([*self._opening(), *self._drawn, "</svg>", ""])

    def _opening(self) -> Iterator[str]:
        title, desc = f"{self.name}-title", f"{self.name}-desc"
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" lang="{self.language}" role="img" '
            f'aria-labelledby="{title} {desc}" font-family="{_FACE}">'
        )
        yield f'<title id="{title}">{escape(self.title)}</title>'
        yield f'<desc id="{desc}">{escape(self.description)}</desc>'
        # A background of its own: pages may be dark.
        yield (
            f'<rect x="0.5" y="0.5" width="{self.width - 1}" height="{self.height - 1}" rx="12" '
            f'fill="#ffffff" stroke="#d0d7de"/>'
        )


def _box(area: Area, look: Look, radius: int) -> str:
    fill, edge, width, dashes = _LOOKS[look]
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<rect x="{_n(area.x)}" y="{_n(area.y)}" width="{_n(area.width)}" '
        f'height="{_n(area.height)}" rx="{radius}" fill="{fill}" stroke="{edge}" '
        f'stroke-width="{width}"{dashed}/>'
    )


def _text(words: Words) -> str:
    face = f' font-family="{_FIXED}"' if words.is_code else ""
    weight = ' font-weight="600"' if words.is_bold else ""
    return (
        f'<text x="{_n(words.x)}" y="{_n(words.y)}" font-size="{_n(words.size)}" '
        f'text-anchor="{words.anchor.value}" fill="{words.tone.value}"{weight}{face}>'
        f"{escape(words.text)}</text>"
    )


def _way(points: Sequence[Point]) -> str:
    """Return a path along points, its bends rounded."""
    parts = [f"M{_at(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        parts.append(f"L{_at(_towards(corner, before, _BEND))}")
        parts.append(f"Q{_at(corner)} {_at(_towards(corner, after, _BEND))}")
    return " ".join([*parts, f"L{_at(points[-1])}"])


def _short(points: Sequence[Point]) -> Point:
    """Return where the line ends, so that the head's point is not blunted by it."""
    return _towards(points[-1], points[-2], _HEAD - 2)


def _head(points: Sequence[Point]) -> str:
    tip, back = points[-1], _towards(points[-1], points[-2], _HEAD)
    aside_x, aside_y = (back.y - tip.y) / 2, (tip.x - back.x) / 2
    left, right = (
        Point(back.x + aside_x, back.y + aside_y),
        Point(back.x - aside_x, back.y - aside_y),
    )
    return f"M{_at(tip)} L{_at(left)} L{_at(right)} Z"


def _towards(start: Point, end: Point, length: float) -> Point:
    """Return the point so far from one on the way to another."""
    distance = abs(end.x - start.x) + abs(end.y - start.y)
    share = min(length / distance, 0.5)
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def stretches(line: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Return a line's stretches, each level or upright."""
    return list(pairwise(line))


def _at(point: Point) -> str:
    return f"{_n(point.x)},{_n(point.y)}"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
