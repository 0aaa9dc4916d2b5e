"""Ansvarsoverføring: responsibility on its way, and where it is meanwhile."""

from __future__ import annotations

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.states import Diagram, State, Way
from docs.drawing.words import Anchor, Tone, Words

_OFFERED = State(
    None, "Venter på svar", ("Den nye leser planen", "og åpne tiltak"), Area(228, 216, 210, 92)
)
_ACCEPTED = State(None, "Godtatt", ("Ansvaret er flyttet",), Area(660, 118, 212, 76), Look.CHIEF)
_DECLINED = State(None, "Avslått", ("Med grunn",), Area(660, 224, 212, 76), Look.END)
_WITHDRAWN = State(None, "Trukket", ("Avgiveren angret",), Area(660, 330, 212, 76), Look.END)
_WAYS = (
    Way((), _OFFERED, (Point(84, 262), Point(228, 262)), ("Tilby ansvaret",), Point(152, 252)),
    Way(
        (_OFFERED,),
        _ACCEPTED,
        (Point(438, 238), Point(500, 238), Point(500, 156), Point(660, 156)),
        ("Den nye godtar",),
        Point(582, 146),
    ),
    Way(
        (_OFFERED,),
        _DECLINED,
        (Point(438, 262), Point(660, 262)),
        ("Den nye avslår",),
        Point(582, 252),
    ),
    Way(
        (_OFFERED,),
        _WITHDRAWN,
        (Point(438, 286), Point(500, 286), Point(500, 368), Point(660, 368)),
        ("Avgiver trekker",),
        Point(582, 358),
    ),
)


def handover() -> Picture:
    """Draw the states of a handover, and below them who answers for the part."""
    picture = Diagram(
        name="ansvarsoverforing",
        title="Ansvarsoverføring",
        lead="Ansvaret står aldri tomt: det ligger hos avgiveren til den nye har godtatt.",
        height=516,
        states=(_OFFERED, _ACCEPTED, _DECLINED, _WITHDRAWN),
        ways=_WAYS,
    ).draw()
    picture.say(Words("Planansvarlig", 28, 467, tone=Tone.QUIET, is_bold=True))
    picture.box(Area(152, 440, 476, 44), Look.BAR)
    picture.say(Words("Avgiver, for eksempel sykehuset", 390, 467, anchor=Anchor.MIDDLE))
    picture.box(Area(660, 440, 212, 44), Look.BAR)
    picture.say(Words("Den nye, når godtatt", 766, 467, anchor=Anchor.MIDDLE))
    return picture
