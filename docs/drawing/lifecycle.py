"""Livsløp: where a plan part stands, and what leads it on."""

from __future__ import annotations

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.states import Diagram, Frame, State, Way
from docs.drawing.words import Anchor
from domain.operation import Operation
from domain.plan.part import Lifecycle
from domain.writing.lifecycle import TRANSITIONS

_DRAFT = State(
    Lifecycle.DRAFT, "Under arbeid", ("Bare helsepersonell", "ser den"), Area(64, 216, 176, 104)
)
_ACTIVE = State(Lifecycle.ACTIVE, "I bruk", ("Skal følges",), Area(372, 216, 176, 104), Look.CHIEF)
_ON_HOLD = State(
    Lifecycle.ON_HOLD,
    "På vent",
    ("Sonearket vises,", "merket «på vent»"),
    Area(680, 216, 176, 104),
)
_REVOKED = State(
    Lifecycle.REVOKED,
    "Trukket tilbake",
    ("Deling stanser straks",),
    Area(64, 434, 190, 86),
    Look.END,
)
_COMPLETED = State(
    Lifecycle.COMPLETED,
    "Avsluttet",
    ("Kan leses, ikke endres",),
    Area(440, 434, 340, 86),
    Look.END,
)
_IN_ERROR = State(
    Lifecycle.ENTERED_IN_ERROR,
    "Feilregistrert",
    ("Bare et spor vises; historikken bevares",),
    Area(290, 636, 340, 86),
    Look.END,
)
_LIVING = Frame("Levende plandel", (_DRAFT, _ACTIVE, _ON_HOLD), Area(44, 126, 832, 218))
_ALL = Frame("Alle plandeler", (*_LIVING.states, _REVOKED, _COMPLETED), Area(28, 90, 864, 460))
_WAYS = (
    Way(
        (),
        _DRAFT,
        (Point(152, 172), Point(152, 216)),
        ("Nytt utkast",),
        Point(166, 192),
        Anchor.START,
    ),
    Way(
        (_DRAFT,),
        _ACTIVE,
        (Point(240, 268), Point(372, 268)),
        ("Aktiver",),
        Point(306, 258),
        by=Operation.ACTIVATE,
    ),
    Way(
        (_ACTIVE,),
        _ACTIVE,
        (Point(430, 216), Point(430, 184), Point(490, 184), Point(490, 216)),
        ("Aktiver nytt utkast: planen er revidert",),
        Point(460, 172),
        by=Operation.ACTIVATE,
    ),
    Way(
        (_ACTIVE,),
        _ON_HOLD,
        (Point(548, 248), Point(680, 248)),
        ("Sett på vent",),
        Point(614, 238),
        by=Operation.HOLD,
    ),
    Way(
        (_ON_HOLD,),
        _ACTIVE,
        (Point(680, 292), Point(548, 292)),
        ("Gjenoppta",),
        Point(614, 312),
        by=Operation.RESUME,
    ),
    Way(
        (_ACTIVE,),
        _COMPLETED,
        (Point(500, 320), Point(500, 434)),
        ("Avslutt",),
        Point(512, 396),
        Anchor.START,
        by=Operation.COMPLETE,
    ),
    Way(
        (_ON_HOLD,),
        _COMPLETED,
        (Point(720, 320), Point(720, 434)),
        ("Avslutt",),
        Point(732, 396),
        Anchor.START,
        by=Operation.COMPLETE,
    ),
    Way(
        _LIVING.states,
        _REVOKED,
        (Point(159, 344), Point(159, 434)),
        ("Trekk tilbake",),
        Point(171, 396),
        Anchor.START,
        by=Operation.REVOKE,
    ),
    Way(
        _ALL.states,
        _IN_ERROR,
        (Point(460, 550), Point(460, 636)),
        ("Merk som feilregistrert",),
        Point(472, 600),
        Anchor.START,
        by=Operation.ENTER_IN_ERROR,
    ),
)

DIAGRAM = Diagram(
    name="livslop",
    title="Livsløpet til en plandel",
    lead="Sier om delen skal følges. Sier ikke om den er godkjent eller delt.",
    height=752,
    states=(*_ALL.states, _IN_ERROR),
    ways=_WAYS,
    frames=(_ALL, _LIVING),
)


def lifecycle() -> Picture:
    """Draw the first axis."""
    DIAGRAM.require_values(Lifecycle)
    DIAGRAM.require_steps(TRANSITIONS)
    return DIAGRAM.draw()
