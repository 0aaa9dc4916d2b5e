"""Prosessen: from a need to the end of a plan, who does what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.words import Anchor, Tone, Words

_LANES = ("Pasient og foreldre", "Helsepersonell", "Planansvarlig", "Løsningen", "Andre")
_LEFT, _TOP, _LANE, _ROW = 170, 96, 178, 106
_WIDTH, _HEIGHT, _HEAD = 158, 74, 44


@dataclass(frozen=True)
class Act:
    """What one does in a step; lanes are numbered from the left."""

    lane: int
    says: tuple[str, ...]
    is_chief: bool = False


@dataclass(frozen=True)
class Stage:
    """A step, its acts in the order they follow each other."""

    name: tuple[str, ...]
    acts: tuple[Act, ...]


_STAGES = (
    Stage(
        ("Behov",),
        (Act(1, ("Ser behovet og", "spør om en plan")), Act(0, ("Samtykker til", "å ha en plan"))),
    ),
    Stage(
        ("Utkast",),
        (
            Act(4, ("Kildene sier hva", "de vet")),
            Act(3, ("Foreslår linjer,", "med opphav")),
            Act(1, ("Skriver sammen", "med pasienten,", "linje for linje")),
        ),
    ),
    Stage(
        ("Godkjenning",),
        (
            Act(1, ("Ber om", "godkjenning")),
            Act(2, ("Godkjenner, eller", "sender tilbake", "med grunn")),
        ),
    ),
    Stage(
        ("I bruk",),
        (
            Act(2, ("Aktiverer utkastet",), is_chief=True),
            Act(3, ("Ser etter at alt er", "med, og gir delen", "ny versjon")),
        ),
    ),
    Stage(("Enighet",), (Act(0, ("Leser endringen og", "sier seg enig", "eller uenig")),)),
    Stage(
        ("Deling",),
        (
            Act(2, ("Deler delen slik", "pasienten ønsker")),
            Act(3, ("Åpner, og lukker", "på sluttdato")),
            Act(4, ("Mottakere ser det", "som er delt")),
        ),
    ),
    Stage(
        ("Følge planen",),
        (
            Act(0, ("Følger tiltak, måler,", "melder fra og", "kommenterer")),
            Act(1, ("Leser og svarer", "i lesetiden")),
            Act(3, ("Sier fra videre når", "ingen har lest")),
        ),
    ),
    Stage(
        ("Ansvars-", "overføring"),
        (
            Act(2, ("Ber andre ta over,", "med åpne tiltak")),
            Act(3, ("Lar ansvaret stå", "til noen sier ja")),
            Act(4, ("Ny tjeneste godtar", "eller avslår")),
        ),
    ),
    Stage(
        ("Evaluering",),
        (
            Act(0, ("Sier hvordan", "det går nå")),
            Act(1, ("Går gjennom mål,", "tiltak og", "kommentarer")),
            Act(2, ("Viderefører,", "reviderer eller", "avslutter")),
        ),
    ),
    Stage(
        ("Avslutning",),
        (
            Act(2, ("Avslutter eller", "trekker tilbake")),
            Act(3, ("Bevarer historikk", "og logg")),
        ),
    ),
)
_REVISED, _RETURN = 8, 1  # the review leads back to a draft


def process() -> Picture:
    """Draw the steps from above, one lane for each who takes part."""
    picture = Picture(
        name="prosess",
        width=1100,
        height=_TOP + _HEAD + _ROW * len(_STAGES) + 24,
        title="Fra behov til avslutning",
        lead="Den vanlige veien. Trinnene kan tas om igjen, og noen av dem hoppes over.",
        description=" ".join(_told()),
    )
    for lane, name in enumerate(_LANES):
        _draw_lane(picture, lane, name)
    for row, stage in enumerate(_STAGES):
        _draw_stage(picture, row, stage)
    for row, (stage, following) in enumerate(pairwise(_STAGES)):
        _lead_on(picture, row, stage.acts[-1], following.acts[0])
    _lead_back(picture)
    return picture


def _told() -> Iterator[str]:
    """Tell the steps in words, for those who don't see them."""
    for number, stage in enumerate(_STAGES, 1):
        acts = (f"{_LANES[act.lane]}: {' '.join(act.says)}." for act in stage.acts)
        yield f"{number}. {_joined(stage.name)}. {' '.join(acts)}"
    yield "Evalueringen kan lede tilbake til et nytt utkast."


def _joined(name: tuple[str, ...]) -> str:
    return "".join(name).replace("-", "")


def _draw_lane(picture: Picture, lane: int, name: str) -> None:
    left = _LEFT + _LANE * lane
    picture.box(Area(left, _TOP, _LANE - 8, _HEAD + _ROW * len(_STAGES)), Look.LANE)
    picture.say(Words(name, left + (_LANE - 8) / 2, _TOP + 27, 14, Anchor.MIDDLE, is_bold=True))


def _draw_stage(picture: Picture, row: int, stage: Stage) -> None:
    middle = _place(0, row).middle.y
    for order, line in enumerate(stage.name):
        y = middle + 5 + 18 * order - 9 * (len(stage.name) - 1)
        picture.say(Words(line, 52, y, 14, is_bold=True))
    picture.say(Words(str(row + 1), 40, middle + 5, 14, Anchor.END, Tone.QUIET, is_bold=True))
    for act in stage.acts:
        _draw_act(picture, _place(act.lane, row), act)
    for act, following in pairwise(stage.acts):
        here, there = _place(act.lane, row), _place(following.lane, row)
        is_right = act.lane < following.lane
        start = Point(here.right if is_right else here.x, here.middle.y)
        end = Point(there.x if is_right else there.right, there.middle.y)
        picture.arrow(start, end)


def _draw_act(picture: Picture, area: Area, act: Act) -> None:
    picture.box(area, Look.CHIEF if act.is_chief else Look.CARD)
    tone = Tone.PAPER if act.is_chief else Tone.INK
    top = area.middle.y + 5 - 8.5 * (len(act.says) - 1)
    for order, line in enumerate(act.says):
        picture.say(Words(line, area.middle.x, top + 17 * order, 13, Anchor.MIDDLE, tone))


def _lead_on(picture: Picture, row: int, last: Act, first: Act) -> None:
    """Draw the way from one row to the next, through the gap between them."""
    here, there = _place(last.lane, row), _place(first.lane, row + 1)
    start, end = Point(here.middle.x, here.bottom), Point(there.middle.x, there.y)
    gap = (here.bottom + there.y) / 2
    bends = () if start.x == end.x else (Point(start.x, gap), Point(end.x, gap))
    picture.arrow(start, *bends, end)


def _lead_back(picture: Picture) -> None:
    here = _place(_STAGES[_REVISED].acts[-1].lane, _REVISED)
    there = _place(_STAGES[_RETURN].acts[0].lane, _RETURN)
    right = _LEFT + _LANE * len(_LANES) + 8
    start, end = Point(here.right, here.middle.y), Point(there.right, there.middle.y)
    picture.arrow(start, Point(right, start.y), Point(right, end.y), end, is_dashed=True)
    picture.say(Words("Revider: nytt utkast", here.right + 20, here.middle.y - 8))


def _place(lane: int, row: int) -> Area:
    left = _LEFT + _LANE * lane + (_LANE - 8 - _WIDTH) / 2
    top = _TOP + _HEAD + _ROW * row + (_ROW - _HEIGHT) / 2
    return Area(left, top, _WIDTH, _HEIGHT)
