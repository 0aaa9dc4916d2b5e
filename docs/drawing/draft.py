"""Utkast: what somebody is writing, until it is put into use or away."""

from __future__ import annotations

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.states import Diagram, State, Way
from domain.plan.draft import DraftState

_OPEN = State(
    DraftState.OPEN,
    "Åpent",
    ("Skrives; flere kan", "være åpne samtidig"),
    Area(280, 190, 190, 104),
    Look.CHIEF,
)
_ACTIVATED = State(
    DraftState.ACTIVATED,
    "Tatt i bruk",
    ("Er nå det plandelen sier",),
    Area(660, 132, 212, 92),
    Look.END,
)
_DISCARDED = State(
    DraftState.DISCARDED, "Lagt bort", ("Kan fortsatt leses",), Area(660, 260, 212, 92), Look.END
)
_WAYS = (
    Way((), _OPEN, (Point(140, 242), Point(280, 242)), ("Nytt utkast",), Point(212, 232)),
    Way(
        (_OPEN,),
        _OPEN,
        (Point(345, 190), Point(345, 154), Point(405, 154), Point(405, 190)),
        ("Lagre: ny versjon av utkastet",),
        Point(375, 142),
    ),
    Way(
        (_OPEN,),
        _ACTIVATED,
        (Point(470, 216), Point(530, 216), Point(530, 178), Point(660, 178)),
        ("Aktiver",),
        Point(595, 168),
    ),
    Way(
        (_OPEN,),
        _DISCARDED,
        (Point(470, 268), Point(530, 268), Point(530, 306), Point(660, 306)),
        ("Legg bort",),
        Point(595, 326),
    ),
)

DIAGRAM = Diagram(
    name="utkast",
    title="Et utkast",
    lead="Bare helsepersonell ser utkast. Det som er i bruk, gjelder til utkastet er aktivert.",
    height=384,
    states=(_OPEN, _ACTIVATED, _DISCARDED),
    ways=_WAYS,
)


def draft() -> Picture:
    """Draw the states of a draft."""
    DIAGRAM.require_values(DraftState)
    return DIAGRAM.draw()
