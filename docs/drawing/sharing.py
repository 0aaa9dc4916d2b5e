"""Deling: who has been given a plan part."""

from __future__ import annotations

from docs.drawing.geometry import Area, Point
from docs.drawing.picture import Look, Picture
from docs.drawing.states import Diagram, State, Way, label
from docs.drawing.words import Anchor
from domain.plan.sharing import SharingState

_NOT_SHARED = State(
    SharingState.NOT_SHARED, "Ikke delt", ("Ingen har fått den",), Area(48, 176, 190, 92)
)
_SHARED = State(
    SharingState.SHARED,
    "Delt",
    ("Minst én mottaker", "har den nå"),
    Area(352, 170, 190, 104),
    Look.CHIEF,
)
_WITHDRAWN = State(
    SharingState.WITHDRAWN, "Deling trukket", ("Ingen har den lenger",), Area(690, 176, 182, 92)
)
_WAYS = (
    Way(
        (),
        _NOT_SHARED,
        (Point(143, 122), Point(143, 176)),
        ("Ny plandel",),
        Point(157, 144),
        Anchor.START,
    ),
    Way((_NOT_SHARED,), _SHARED, (Point(238, 222), Point(352, 222)), ("Del",), Point(295, 212)),
    Way(
        (_SHARED,),
        _WITHDRAWN,
        (Point(542, 200), Point(690, 200)),
        ("Trekkes, eller", "sluttdato er nådd"),
        Point(616, 173),
    ),
    Way(
        (_WITHDRAWN,),
        _SHARED,
        (Point(690, 246), Point(542, 246)),
        ("Del på nytt",),
        Point(616, 266),
    ),
)

DIAGRAM = Diagram(
    name="deling",
    title="Deling av en plandel",
    lead="Hver mottaker har sin egen deling, med egen start og slutt. Her vises de samlet.",
    height=350,
    states=(_NOT_SHARED, _SHARED, _WITHDRAWN),
    ways=_WAYS,
)


def sharing() -> Picture:
    """Draw the third axis."""
    DIAGRAM.require_values(SharingState)
    picture = DIAGRAM.draw()
    says = "Trekkes plandelen tilbake, eller er den feilregistrert, trekkes alle delinger straks."
    label(picture, [says], Point(460, 318))
    return picture
