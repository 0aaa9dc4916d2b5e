"""A small template with a line of every sort, and ways to change one line of a content."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from domain.coding import Coding
from domain.content.action import Action, ActionCategory, ActionFor
from domain.content.contact import ContactPoint
from domain.content.goal import ExpressedBy, Goal, Target
from domain.content.passage import Heading, Passage
from domain.content.plan_content import PlanContent
from domain.content.problem import Problem
from domain.content.self_care import MedicineInstruction, Monitoring, Receiver, SelfCare
from domain.content.zone import Threshold, Zone, ZoneLevel
from domain.plan.part import PlanKind
from domain.plan.template import PlanTemplate

ICD10 = "urn:oid:2.16.578.1.12.4.1.1.7110"
ICPC2 = "urn:oid:2.16.578.1.12.4.1.1.7170"
COPD = Coding(text="Kronisk obstruktiv lungesykdom", system=ICD10, code="J44")
SATURATION = Coding(text="Oksygenmetning", system="http://loinc.org", code="2708-6")
PRESSURE = Coding(text="Systolisk blodtrykk", system="http://loinc.org", code="8480-6")

CONTENT = PlanContent(
    title="Plan",
    description="Hva jeg gjør selv.",
    passages=(Passage(id="t1", heading=Heading.ROUTINES, text="Inhalatoren ligger i veska."),),
    problems=(Problem(id="p1", concept=COPD),),
    goals=(
        Goal(
            id="g1",
            description="Merke en forverring tidlig.",
            expressed_by=ExpressedBy.CLINICIAN,
            target=Target(measure="Innleggelser", value="ingen"),
            problem_ids=("p1",),
        ),
    ),
    actions=(
        Action(
            id="a1",
            title="Ta medisinen",
            category=ActionCategory.MEDICATION,
            performed_by=ActionFor.PATIENT,
            owner="Jeg selv",
            goal_ids=("g1",),
        ),
        Action(
            id="a2",
            title="Ringe",
            category=ActionCategory.OTHER,
            performed_by=ActionFor.SERVICE,
            owner="[navn, rolle]",
            goal_ids=("g1",),
        ),
    ),
    self_care=SelfCare(
        zones=(
            Zone(
                level=ZoneLevel.GREEN,
                condition="Pusten er som vanlig.",
                what_to_do="Gå tur.",
                warning_signs=("Sover godt",),
                thresholds=(
                    Threshold(observable=SATURATION, unit="%", low=90, is_example=True),
                    Threshold(observable=PRESSURE, unit="mm[Hg]", low=100),
                ),
            ),
            Zone(level=ZoneLevel.RED, condition="Svært tung pust.", what_to_do="Ring 113."),
        ),
        emergency_text="Jeg har KOLS.",
        measurements=(Monitoring(id="m1", observable=PRESSURE, unit="mm[Hg]"),),
        medicines=(
            MedicineInstruction(
                id="l1", medicine=Coding(text="[legemiddel]"), instruction="Hver dag."
            ),
        ),
        receiver=Receiver(name="Poliklinikken", organisation_number="974795515"),
    ),
    contacts=(ContactPoint(id="k_113", label="Nødtelefon", phone="113"),),
)
TEMPLATE = PlanTemplate(
    id="kols",
    version=3,
    kind=PlanKind.EGENBEHANDLINGSPLAN,
    title="KOLS",
    description="Tallene er eksempler.",
    published_on=date(2026, 11, 2),
    content=CONTENT,
    for_problems=(COPD, Coding(text="KOLS", system=ICPC2, code="R95")),
    min_age=18,
    max_age=99,
)
KEYS = (
    *("description", "t1", "p1", "g1", "a1", "a2"),
    *("GREEN", "RED", "emergencyText", "m1", "l1", "receiver", "k_113"),
)


_NAMES = {"emergencyText": "emergency_text"}


def with_lines(content: PlanContent, key: str, change: Any) -> PlanContent:
    """Return the content with the line of a key as `change` makes it; None takes it away."""

    def line(each: Any) -> Any:
        return change(each) if key_of(each) == key else each

    def group(noun: Any) -> Any:
        made: dict[str, Any] = {}
        for name in noun.__struct_fields__:
            value = getattr(noun, name)
            if isinstance(value, tuple):
                made[name] = tuple(each for each in map(line, value) if each is not None)
            elif name == _NAMES.get(key, key):
                made[name] = change(value)
        return replace(noun, **made)

    assert content.self_care
    made: PlanContent = group(replace(content, self_care=group(content.self_care)))
    return made


def key_of(line: Any) -> str:
    return str(line.level.name if isinstance(line, Zone) else line.id)


def in_other_words(value: Any, word: str) -> Any:
    """Return a line with a word more in the first of its texts that isn't an id."""
    if isinstance(value, str):
        return f"{value} {word}"
    for name in value.__struct_fields__:
        inner = getattr(value, name)
        if name != "id" and isinstance(inner, str | Coding):
            return replace(value, **{name: in_other_words(inner, word)})
    raise AssertionError(value)
