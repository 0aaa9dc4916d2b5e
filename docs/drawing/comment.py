"""Kommentar: whether somebody has answered."""

from __future__ import annotations

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.states import Diagram, State, Way
from docs.drawing.words import Anchor
from domain.comment import CommentStatus

_OPEN = State(CommentStatus.OPEN, "Ubesvart", ("Står i arbeidslisten",), Area(212, 134, 200, 92))
_ANSWERED = State(
    CommentStatus.ANSWERED,
    "Besvart",
    ("Svaret vises sammen", "med kommentaren"),
    Area(660, 128, 212, 104),
    Look.CHIEF,
)
_PARKED = State(
    CommentStatus.PARKED, "Utsatt", ("Tas opp ved", "neste evaluering"), Area(212, 300, 200, 104)
)
_WAYS = (
    Way((), _OPEN, (Point(84, 180), Point(212, 180)), ("Skriv",), Point(148, 170)),
    Way((_OPEN,), _ANSWERED, (Point(412, 180), Point(660, 180)), ("Svar",), Point(536, 170)),
    Way(
        (_OPEN,),
        _PARKED,
        (Point(312, 226), Point(312, 300)),
        ("Utsett",),
        Point(326, 268),
        Anchor.START,
    ),
    Way(
        (_PARKED,),
        _ANSWERED,
        (Point(412, 352), Point(766, 352), Point(766, 232)),
        ("Svar",),
        Point(589, 342),
    ),
)

DIAGRAM = Diagram(
    name="kommentar",
    title="En kommentar",
    lead="Kommentarer kan gjelde hele plandelen eller én linje i den.",
    height=436,
    states=(_OPEN, _ANSWERED, _PARKED),
    ways=_WAYS,
)


def comment() -> Picture:
    """Draw the states of a comment."""
    DIAGRAM.require_values(CommentStatus)
    return DIAGRAM.draw()
