from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from domain.content.plan_content import PlanContent
from domain.content.zone import ZoneLevel
from domain.revision.clash import ClashKind
from domain.revision.merge import merge
from domain.wording.clash import sentence
from tests.domain.contents import Three, often, triples
from tests.domain.lines import (
    a_content,
    a_goal,
    a_limit,
    a_medicine,
    a_problem,
    a_zone,
    an_action,
)


def _goal(description: str | None, id: str = "g1") -> PlanContent:
    return a_content(goals=(a_goal(id, description=description),) if description else ())


def _zones(yellow: int, red: int) -> PlanContent:
    limits = {ZoneLevel.YELLOW: a_limit(low=yellow), ZoneLevel.RED: a_limit(high=red)}
    zones = tuple(a_zone(level, thresholds=(limit,)) for level, limit in limits.items())
    return a_content(zones=zones)


def _period(start: int, end: int) -> PlanContent:
    return a_content(period_start=date(2026, start, 1), period_end=date(2026, end, 1))


_PROBLEM = a_content(problems=(a_problem(),))
_LINKED = a_content(
    problems=(a_problem(),), goals=(a_goal(description="Gå tur", problem_ids=("p1",)),)
)

CASES = [
    (
        (_goal("Gå tur"), _goal("Løpe"), _goal("Hvile")),
        "Målet «Gå tur» er endret både hos deg og i planen.",
        "The goal “Gå tur” has changed both in your version and in the plan.",
    ),
    (
        (_goal("Gå tur"), _goal(None), _goal("Hvile")),
        "Målet «Gå tur» er fjernet hos deg, men endret i planen.",
        "The goal “Gå tur” has been removed in your version, but changed in the plan.",
    ),
    (
        (_goal("Gå tur"), _goal("Løpe"), _goal(None)),
        "Målet «Gå tur» er fjernet i planen, men endret hos deg.",
        "The goal “Gå tur” has been removed in the plan, but changed in your version.",
    ),
    (
        (
            a_content(),
            a_content(medicines=(a_medicine("m1"),)),
            a_content(medicines=(a_medicine("m2"),)),
        ),
        "Legemiddelet «Bisoprolol» er lagt til både hos deg og i planen.",
        "The medicine “Bisoprolol” has been added both in your version and in the plan.",
    ),
    (
        (_PROBLEM, a_content(), _LINKED),
        "Problemet «KOLS» er fjernet hos deg, men målet «Gå tur» i planen bygger på det.",
        (
            "The problem “KOLS” has been removed in your version, but the goal “Gå tur” in "
            "the plan builds on it."
        ),
    ),
    (
        (_PROBLEM, _LINKED, a_content()),
        "Problemet «KOLS» er fjernet i planen, men målet «Gå tur» hos deg bygger på det.",
        (
            "The problem “KOLS” has been removed in the plan, but the goal “Gå tur” in your "
            "version builds on it."
        ),
    ),
    (
        (_zones(50, 50), _zones(60, 50), _zones(50, 55)),
        "Grensene i gul sone er endret hos deg, og i rød sone i planen. De må henge sammen.",
        (
            "The limits of the yellow zone have changed in your version, "
            "and of the red zone in the plan. They must fit together."
        ),
    ),
    (
        (_period(3, 9), _period(6, 9), _period(3, 4)),
        "Startdatoen og sluttdatoen er endret hver for seg. Planen slutter nå før den starter.",
        "The start date and the end date have changed apart. The plan now ends before it starts.",
    ),
    (
        (a_content(), _goal("Gå tur", "x"), a_content(actions=(an_action("x"),))),
        (
            "Målet «Gå tur» hos deg og tiltaket «Blåse PEF» i planen har fått samme id. "
            "En av dem må få en ny."
        ),
        (
            "The goal “Gå tur” in your version and the action “Blåse PEF” in the plan have "
            "the same id. One of them needs a new one."
        ),
    ),
]


@pytest.mark.parametrize(("three", "nb", "en"), CASES, ids=[case[1] for case in CASES])
def test_a_clash_is_told_plainly(
    three: tuple[PlanContent, PlanContent, PlanContent], nb: str, en: str
) -> None:
    (clash,) = merge(*three).clashes
    assert sentence(clash, "nb") == nb
    assert sentence(clash, "en") == en


def test_every_kind_of_clash_is_told() -> None:
    kinds = {clash.kind for three, _, _ in CASES for clash in merge(*three).clashes}
    assert kinds == set(ClashKind)


@often
@given(triples())
def test_any_clash_can_be_told(three: Three) -> None:
    for clash in merge(*three).clashes:
        for language in ("nb", "en"):
            told = sentence(clash, language)
            assert told[0] == told[0].upper()
            assert told.endswith(".")
            assert "{" not in told
