"""Kommentar: whether somebody has answered, and what takes it back."""

from __future__ import annotations

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.states import Diagram, Frame, State, Way
from docs.drawing.words import Anchor
from domain.cooperation.comment import AFTER, CommentStatus
from domain.operation import Operation

_OPEN = State(CommentStatus.OPEN, "Ubesvart", ("Står i arbeidslisten",), Area(212, 164, 200, 92))
_ANSWERED = State(
    CommentStatus.ANSWERED,
    "Besvart",
    ("Svaret vises sammen", "med kommentaren"),
    Area(650, 158, 212, 104),
    Look.CHIEF,
)
_PARKED = State(
    CommentStatus.PARKED, "Utsatt", ("Tas opp ved", "neste evaluering"), Area(212, 308, 200, 104)
)
_WITHDRAWN = State(
    CommentStatus.WITHDRAWN,
    "Trukket",
    ("Bare den som skrev,", "ser hva som sto"),
    Area(424, 504, 212, 104),
    Look.END,
)
_STANDING = Frame("Kommentaren står", (_OPEN, _ANSWERED, _PARKED), Area(168, 90, 724, 344))
_WAYS = (
    Way((), _OPEN, (Point(60, 210), Point(212, 210)), ("Skriv",), Point(114, 200)),
    Way(
        (_OPEN,),
        _ANSWERED,
        (Point(412, 192), Point(650, 192)),
        ("Svar",),
        Point(531, 182),
        by=Operation.ANSWER_COMMENT,
    ),
    Way(
        (_ANSWERED,),
        _ANSWERED,
        (Point(726, 158), Point(726, 132), Point(786, 132), Point(786, 158)),
        ("Svar igjen",),
        Point(756, 120),
        by=Operation.ANSWER_COMMENT,
    ),
    Way(
        (_PARKED,),
        _ANSWERED,
        (Point(412, 360), Point(756, 360), Point(756, 262)),
        ("Svar",),
        Point(584, 350),
        by=Operation.ANSWER_COMMENT,
    ),
    Way(
        (_OPEN,),
        _PARKED,
        (Point(262, 256), Point(262, 308)),
        ("Utsett",),
        Point(250, 287),
        Anchor.END,
        by=Operation.PARK_COMMENT,
    ),
    Way(
        (_PARKED,),
        _OPEN,
        (Point(362, 308), Point(362, 256)),
        ("Gjenåpne",),
        Point(374, 287),
        Anchor.START,
        by=Operation.REOPEN_COMMENT,
    ),
    Way(
        (_ANSWERED,),
        _OPEN,
        (Point(650, 228), Point(412, 228)),
        ("Gjenåpne",),
        Point(531, 248),
        by=Operation.REOPEN_COMMENT,
    ),
    Way(
        _STANDING.states,
        _WITHDRAWN,
        (Point(530, 434), Point(530, 504)),
        ("Trekk",),
        Point(544, 474),
        Anchor.START,
        by=Operation.WITHDRAW_COMMENT,
    ),
)

DIAGRAM = Diagram(
    name="kommentar",
    title="En kommentar",
    lead="Kommentarer gjelder hele plandelen eller én linje i den. Et svar er selv en kommentar.",
    height=636,
    states=(*_STANDING.states, _WITHDRAWN),
    ways=_WAYS,
    frames=(_STANDING,),
)


def comment() -> Picture:
    """Draw the states of a comment."""
    DIAGRAM.require_values(CommentStatus)
    DIAGRAM.require_steps(AFTER)
    return DIAGRAM.draw()
