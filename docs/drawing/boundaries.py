"""Trust boundaries: who is on which side, and where something crosses (docs/threat-model.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.words import Anchor, Tone, Words

_BOX, _GAP = 40, 12


@dataclass(frozen=True)
class Side:
    """Those who trust each other, from above."""

    name: str
    area: Area
    within: tuple[str, ...]
    look: Look = Look.FRAME


@dataclass(frozen=True)
class Boundary:
    """Where something crosses, in words and as an arrow; the letter is the document's."""

    letter: str
    crosses: str
    start: Point
    end: Point
    label: Point


_CALLERS = ("Citizen's app", "Record system", "Vendor's machine", "Somebody's web page")
_SIDES = (
    Side("Callers", Area(28, 92, 232, 252), _CALLERS),
    Side("Issuer", Area(28, 368, 232, 96), ("HelseID: tokens, keys",)),
    Side(
        "The installation",
        Area(344, 92, 250, 372),
        ("Proxy: ends TLS", "Gateway: token, policy, log", "Worker: deliveries, seals"),
        Look.LANE,
    ),
    Side(
        "Stores",
        Area(678, 92, 254, 200),
        ("PostgreSQL: plans, log", "Redis: used proofs", "Erasure log: a file"),
    ),
    Side(
        "Sources and record",
        Area(678, 316, 254, 148),
        ("Kjernejournal, hospital", "Medicines, the record"),
    ),
    Side("Operators", Area(344, 516, 250, 96), ("Settings, keys, backups",)),
)
_BOUNDARIES = (
    Boundary(
        "A",
        "Requests, from callers to the installation",
        Point(260, 150),
        Point(344, 150),
        Point(302, 138),
    ),
    Boundary(
        "B",
        "Keys are asked for, by the installation of the issuer",
        Point(344, 416),
        Point(260, 416),
        Point(302, 404),
    ),
    Boundary(
        "C",
        "Rows, between the installation and its stores",
        Point(594, 190),
        Point(678, 190),
        Point(636, 178),
    ),
    Boundary(
        "D",
        "Questions, from the installation to sources and record",
        Point(594, 390),
        Point(678, 390),
        Point(636, 378),
    ),
    Boundary(
        "E",
        "Settings, from operators to the installation",
        Point(469, 516),
        Point(469, 464),
        Point(488, 494),
    ),
)


def boundaries() -> Picture:
    """Draw the sides, and the five places where something crosses from one to another."""
    picture = Picture(
        name="trust-boundaries",
        width=960,
        height=640,
        title="Trust boundaries",
        lead="Each letter is a boundary: what crosses it is checked on the side that it comes to.",
        description=" ".join(_told()),
        language="en",
    )
    for side in _SIDES:
        _draw(picture, side)
    for each in _BOUNDARIES:
        picture.arrow(each.start, each.end)
        picture.say(Words(each.letter, *each.label, 16, Anchor.MIDDLE, is_bold=True))
    return picture


def _told() -> Iterator[str]:
    """Tell the picture in words, for those who don't see it."""
    for side in _SIDES:
        yield f"{side.name}: {'; '.join(side.within)}."
    for each in _BOUNDARIES:
        yield f"{each.letter}: {each.crosses}."


def _draw(picture: Picture, side: Side) -> None:
    area = side.area
    picture.box(area, side.look)
    picture.say(Words(side.name, area.x + 16, area.y + 26, 14, tone=Tone.QUIET, is_bold=True))
    for order, name in enumerate(side.within):
        is_chief = name.startswith("Gateway")
        box = Area(area.x + 12, area.y + 42 + (_BOX + _GAP) * order, area.width - 24, _BOX)
        picture.box(box, Look.CHIEF if is_chief else Look.CARD)
        tone = Tone.PAPER if is_chief else Tone.INK
        picture.say(Words(name, box.middle.x, box.middle.y + 5, 13, Anchor.MIDDLE, tone))
