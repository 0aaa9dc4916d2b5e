"""Godkjenning: whether health personnel stand behind one content version."""

from __future__ import annotations

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.states import Diagram, Frame, State, Way, label
from docs.drawing.words import Anchor
from domain.plan.approval import ApprovalState

_NONE = State(ApprovalState.NONE, "Ikke bedt om", ("Ingen har spurt",), Area(64, 196, 176, 92))
_REQUESTED = State(
    ApprovalState.REQUESTED,
    "Bedt om",
    ("Venter på svar,", "se arbeidslisten"),
    Area(372, 190, 176, 104),
)
_APPROVED = State(
    ApprovalState.APPROVED, "Godkjent", ("Navn og tid vises",), Area(680, 148, 176, 92), Look.CHIEF
)
_RETURNED = State(
    ApprovalState.RETURNED, "Sendt tilbake", ("Grunnen vises",), Area(680, 284, 176, 92), Look.END
)
_VERSION = Frame(
    "Én innholdsversjon", (_NONE, _REQUESTED, _APPROVED, _RETURNED), Area(28, 90, 864, 316)
)
_WAYS = (
    Way(
        (),
        _NONE,
        (Point(152, 148), Point(152, 196)),
        ("Ny versjon",),
        Point(166, 168),
        Anchor.START,
    ),
    Way(
        (_NONE,),
        _REQUESTED,
        (Point(240, 242), Point(372, 242)),
        ("Be om", "godkjenning"),
        Point(306, 216),
    ),
    Way(
        (_REQUESTED,),
        _APPROVED,
        (Point(548, 216), Point(590, 216), Point(590, 194), Point(680, 194)),
        ("Godkjenn",),
        Point(632, 182),
    ),
    Way(
        (_REQUESTED,),
        _RETURNED,
        (Point(548, 268), Point(590, 268), Point(590, 330), Point(680, 330)),
        ("Send tilbake,", "med grunn"),
        Point(522, 334),
    ),
)

DIAGRAM = Diagram(
    name="godkjenning",
    title="Godkjenning av en innholdsversjon",
    lead="Sier om helsepersonell står bak nettopp dette innholdet.",
    height=488,
    states=_VERSION.states,
    ways=_WAYS,
    frames=(_VERSION,),
)


def approval() -> Picture:
    """Draw the second axis."""
    DIAGRAM.require_values(ApprovalState)
    picture = DIAGRAM.draw()
    renewed = (Point(768, 406), Point(768, 452), Point(152, 452), Point(152, 288))
    picture.arrow(*renewed, is_dashed=True)
    says = "Nytt innhold lagres: ny versjon, og godkjenningen begynner på nytt"
    label(picture, [says], Point(460, 440))
    return picture
