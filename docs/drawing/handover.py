"""Ansvarsoverføring: responsibility on its way, and where it is meanwhile."""

from __future__ import annotations

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.states import Diagram, State, Way
from docs.drawing.words import Anchor, Tone, Words
from domain.cooperation.handover import HandoverState

_OPEN = State(
    HandoverState.OPEN,
    "Venter på svar",
    ("Den nye leser planen", "og åpne tiltak"),
    Area(228, 210, 210, 104),
)
_ACCEPTED = State(
    HandoverState.ACCEPTED,
    "Godtatt",
    ("Ansvaret er flyttet",),
    Area(660, 108, 212, 92),
    Look.CHIEF,
)
_DECLINED = State(
    HandoverState.DECLINED, "Avslått", ("Med grunn",), Area(660, 216, 212, 92), Look.END
)
_WITHDRAWN = State(
    HandoverState.WITHDRAWN, "Trukket", ("Avgiveren angret",), Area(660, 324, 212, 92), Look.END
)
_WAYS = (
    Way((), _OPEN, (Point(60, 262), Point(228, 262)), ("Be en annen ta over",), Point(144, 252)),
    Way(
        (_OPEN,),
        _ACCEPTED,
        (Point(438, 238), Point(500, 238), Point(500, 154), Point(660, 154)),
        ("Den nye godtar",),
        Point(582, 144),
    ),
    Way(
        (_OPEN,),
        _DECLINED,
        (Point(438, 262), Point(660, 262)),
        ("Den nye avslår",),
        Point(582, 252),
    ),
    Way(
        (_OPEN,),
        _WITHDRAWN,
        (Point(438, 286), Point(500, 286), Point(500, 370), Point(660, 370)),
        ("Avgiver trekker",),
        Point(582, 360),
    ),
)

DIAGRAM = Diagram(
    name="ansvarsoverforing",
    title="Ansvarsoverføring",
    lead="Ansvaret står aldri tomt: det ligger hos avgiveren til den nye har godtatt.",
    height=516,
    states=(_OPEN, _ACCEPTED, _DECLINED, _WITHDRAWN),
    ways=_WAYS,
)


def handover() -> Picture:
    """Draw the states of a handover, and below them who answers for the part."""
    DIAGRAM.require_values(HandoverState)
    picture = DIAGRAM.draw()
    picture.say(Words("Planansvarlig", 28, 467, tone=Tone.QUIET, is_bold=True))
    picture.box(Area(152, 440, 476, 44), Look.BAR)
    picture.say(Words("Avgiver, for eksempel sykehuset", 390, 467, anchor=Anchor.MIDDLE))
    picture.box(Area(660, 440, 212, 44), Look.BAR)
    picture.say(Words("Den nye, når godtatt", 766, 467, anchor=Anchor.MIDDLE))
    return picture
