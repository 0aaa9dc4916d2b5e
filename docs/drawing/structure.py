"""Oppbygning: what a plan is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docs.drawing.geometry import Area
from docs.drawing.picture import Look, Picture
from docs.drawing.words import Anchor, Tone, Words
from domain.plan.part import PlanKind

_KINDS = {
    PlanKind.BEHANDLINGSPLAN: "Behandlingsplan",
    PlanKind.EGENBEHANDLINGSPLAN: "Egenbehandlingsplan",
    PlanKind.KRISEPLAN: "Kriseplan",
    PlanKind.PALLIATIV_PLAN: "Palliativ plan",
    PlanKind.BARN_BEREDSKAP_LIVSKVALITET: "Beredskap og livskvalitet",
    PlanKind.INDIVIDUELL_PLAN: "Individuell plan",
}
_ABOUT = ("Planansvarlig", "Livsløp", "Godkjenning", "Deling", "Enighet")
_CONTENT = ("Hva er viktig for meg", "Avsnitt", "Problemer", "Mål", "Tiltak", "Kontakter")
_SELF_CARE = ("Soner", "Målinger", "Legemidler", "Mottaker av meldinger")


def structure() -> Picture:
    """Draw the plan as boxes in boxes."""
    picture = Picture(
        name="oppbygning",
        width=920,
        height=586,
        title="Slik er planen bygd opp",
        lead="Hver pasient har én plan. Planen består av plandeler, høyst én levende av hver type.",
        description=" ".join(_told()),
    )
    _titled(picture, Area(28, 90, 864, 468), "Plan: én for hver pasient", Look.FRAME)
    picture.box(Area(48, 130, 824, 44), Look.CARD)
    picture.say(Words("Behandlingsteam, felles for alle plandelene", 64, 157, is_bold=True))
    _titled(
        picture, Area(48, 190, 604, 348), "Plandel, for eksempel egenbehandlingsplan", Look.LANE
    )
    _row(picture, _ABOUT, Area(64, 228, 572, 40), Look.BAR)
    _titled(picture, Area(64, 284, 572, 238), "Innhold, i versjoner som aldri endres", Look.CARD)
    _row(picture, _CONTENT[:3], Area(80, 322, 540, 40), Look.PLAIN)
    _row(picture, _CONTENT[3:], Area(80, 374, 540, 40), Look.PLAIN)
    _titled(picture, Area(80, 426, 540, 82), "Egenbehandling", Look.PLAIN)
    _row(picture, _SELF_CARE, Area(96, 458, 508, 38), Look.CARD)
    _kinds(picture)
    return picture


def _told() -> Iterator[str]:
    """Tell the picture in words, for those who don't see it."""
    yield "Planen har et behandlingsteam som er felles for plandelene, og plandeler."
    yield f"Hver plandel har: {', '.join(_ABOUT)}, og et innhold i versjoner."
    yield f"Innholdet har: {', '.join((*_CONTENT, 'Egenbehandling'))}."
    yield f"Egenbehandling har: {', '.join(_SELF_CARE)}."
    yield f"Typene er: {', '.join(_KINDS[kind] for kind in PlanKind)}."


def _titled(picture: Picture, area: Area, title: str, look: Look) -> None:
    picture.box(area, look)
    picture.say(Words(title, area.x + 16, area.y + 24, tone=Tone.QUIET, is_bold=True))


def _row(picture: Picture, names: Sequence[str], area: Area, look: Look) -> None:
    """Draw boxes side by side, as wide as their words ask for."""
    gap = 8
    asked = [Words(name, 0, 0).area.width for name in names]
    room = (area.width - gap * (len(names) - 1) - sum(asked)) / len(names)
    left = area.x
    for name, width in zip(names, asked, strict=True):
        box = Area(left, area.y, width + room, area.height)
        picture.box(box, look)
        picture.say(Words(name, box.middle.x, box.middle.y + 5, anchor=Anchor.MIDDLE))
        left = box.right + gap


def _kinds(picture: Picture) -> None:
    area = Area(668, 190, 204, 348)
    _titled(picture, area, "Typer av plandel", Look.LANE)
    for order, name in enumerate(_KINDS[kind] for kind in PlanKind):
        box = Area(area.x + 12, area.y + 40 + 50 * order, area.width - 24, 42)
        picture.box(box, Look.CARD)
        picture.say(Words(name, box.middle.x, box.middle.y + 5, anchor=Anchor.MIDDLE))
