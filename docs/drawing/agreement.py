"""Enighet: each person's own word on a content version."""

from __future__ import annotations

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.states import Diagram, Frame, State, Way
from docs.drawing.words import Anchor, Words
from domain.plan.approval import AgreementState

_AGREES = State(
    AgreementState.AGREES, "Enig", ("Kan ha kommentar",), Area(196, 140, 190, 88), Look.CHIEF
)
_DISAGREES = State(
    AgreementState.DISAGREES, "Uenig", ("Sier gjerne hvorfor",), Area(196, 306, 190, 88)
)
_START, _FORK = Point(76, 267), 112
_WAYS = (
    Way(
        (),
        _AGREES,
        (_START, Point(_FORK, 267), Point(_FORK, 184), Point(196, 184)),
        ("Har ikke", "svart"),
        Point(62, 292),
    ),
    Way(
        (),
        _DISAGREES,
        (_START, Point(_FORK, 267), Point(_FORK, 350), Point(196, 350)),
        (),
        _START,
    ),
    Way(
        (_AGREES,),
        _DISAGREES,
        (Point(256, 228), Point(256, 306)),
        ("Endrer",),
        Point(244, 271),
        Anchor.END,
    ),
    Way(
        (_DISAGREES,),
        _AGREES,
        (Point(326, 306), Point(326, 228)),
        ("Endrer",),
        Point(338, 271),
        Anchor.START,
    ),
)
_WORDS = (
    ("Kari, forelder", "Enig i versjon 2"),
    ("Ola, forelder", "Uenig i versjon 2: «Vi må snakke om skolen.»"),
    ("Planansvarlig", "Bestemmer hva som skjer, og sier hvorfor"),
)

DIAGRAM = Diagram(
    name="enighet",
    title="Enighet",
    lead="Hver person svarer for seg, om den versjonen som er lest. Enighet er ikke samtykke.",
    height=428,
    states=(_AGREES, _DISAGREES),
    ways=_WAYS,
    frames=(Frame("Begges ord står", (), Area(452, 112, 440, 288)),),
)


def agreement() -> Picture:
    """Draw the word of one person, and beside it that of two parents."""
    DIAGRAM.require_values(AgreementState)
    picture = DIAGRAM.draw()
    for order, (who, says) in enumerate(_WORDS):
        top = 152 + 80 * order
        picture.box(Area(470, top, 404, 64), Look.BAR)
        picture.say(Words(who, 486, top + 26, is_bold=True))
        picture.say(Words(says, 486, top + 47))
    return picture
