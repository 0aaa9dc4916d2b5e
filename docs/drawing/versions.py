"""Versjoner: drafts that grow out of one version, and what becomes of the later one."""

from __future__ import annotations

from itertools import pairwise

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.words import Anchor, Tone, Words

_TRUNK, _ABOVE, _BELOW = 270, 154, 386
_VERSIONS = ((168, "Versjon 1"), (466, "Versjon 2"), (764, "Versjon 3"))


def versions() -> Picture:
    """Draw two drafts of one part, activated one after the other."""
    picture = Picture(
        name="versjoner",
        width=920,
        height=462,
        title="Utkast og versjoner",
        lead="Utkast sperrer aldri for hverandre. Den som kommer sist, får se hva som er endret.",
        description=(
            "Plandelen er en vannrett linje med versjon 1, 2 og 3. Over linjen går utkast A ut fra"
            " versjon 1 og blir versjon 2 når det aktiveres. Under linjen går utkast B også ut fra"
            " versjon 1. Når B skal aktiveres, er versjon 2 allerede i bruk. Endringene i B"
            " flettes med versjon 2, eller noen velger der de rører det samme. Slik blir versjon 3."
        ),
    )
    _trunk(picture)
    _draft(picture, Area(218, _ABOVE - 26, 198, 52), "Utkast A", "bygger på versjon 1")
    _branch(picture, 168, _ABOVE, 218)
    _merge(picture, 416, 466, _ABOVE, "Aktiver")
    _draft(picture, Area(218, _BELOW - 26, 198, 52), "Utkast B", "bygger på versjon 1")
    _branch(picture, 168, _BELOW, 218)
    _draft(picture, Area(516, _BELOW - 26, 198, 52), "Utkast B", "flettet med versjon 2")
    picture.arrow(Point(416, _BELOW), Point(516, _BELOW), is_dashed=True)
    picture.say(
        Words(
            "Versjon 2 er tatt i bruk imens: endringene flettes, eller noen velger",
            466,
            440,
            13,
            Anchor.MIDDLE,
        )
    )
    _merge(picture, 714, 764, _BELOW, "Aktiver")
    return picture


def _trunk(picture: Picture) -> None:
    picture.say(Words("Plandelen", 28, _TRUNK + 5, is_bold=True, tone=Tone.QUIET))
    for (left, _), (right, _) in pairwise(_VERSIONS):
        picture.arrow(Point(left + 12, _TRUNK), Point(right - 12, _TRUNK), has_head=False)
    for x, name in _VERSIONS:
        picture.dot(Point(x, _TRUNK), radius=12)
        picture.say(Words(name, x + 20, _TRUNK - 12, is_bold=True))


def _draft(picture: Picture, area: Area, name: str, says: str) -> None:
    picture.box(area, Look.BAR)
    middle = area.middle
    picture.say(Words(name, middle.x, middle.y - 4, 14, Anchor.MIDDLE, is_bold=True))
    picture.say(Words(says, middle.x, middle.y + 15, 13, Anchor.MIDDLE))


def _branch(picture: Picture, x: float, y: float, to: float) -> None:
    edge = _TRUNK - 12 if y < _TRUNK else _TRUNK + 12
    picture.arrow(Point(x, edge), Point(x, y), Point(to, y))


def _merge(picture: Picture, x: float, to: float, y: float, says: str) -> None:
    is_above = y < _TRUNK
    edge = _TRUNK - 12 if is_above else _TRUNK + 12
    picture.arrow(Point(x, y), Point(to, y), Point(to, edge))
    picture.say(Words(says, to + 12, (y + edge) / 2 + (-8 if is_above else 16)))
