"""One valid line of each kind; a test overrides what it is about."""

from __future__ import annotations

from typing import Any

from domain.coding import Coding
from domain.content.action import Action, ActionCategory, ActionFor
from domain.content.contact import ContactPoint
from domain.content.goal import ExpressedBy, Goal
from domain.content.plan_content import PlanContent
from domain.content.problem import Problem
from domain.content.self_care import MedicineInstruction, SelfCare
from domain.content.zone import Threshold, Zone, ZoneLevel


def a_content(**fields: Any) -> PlanContent:
    """Return a content with a title; what the self-care holds is given in the same way."""
    care = {name: fields.pop(name) for name in SelfCare.__struct_fields__ if name in fields}
    known: dict[str, Any] = {"title": "Min plan", "self_care": SelfCare(**care) if care else None}
    return PlanContent(**known | fields)


def a_problem(id: str = "p1", text: str = "KOLS", **fields: Any) -> Problem:
    return Problem(id=id, concept=Coding(text=text), **fields)


def a_goal(id: str = "g1", **fields: Any) -> Goal:
    known: dict[str, Any] = {
        "description": "Gå til butikken",
        "expressed_by": ExpressedBy.PATIENT,
    }
    return Goal(id=id, **known | fields)


def an_action(id: str = "a1", **fields: Any) -> Action:
    known: dict[str, Any] = {
        "title": "Blåse PEF",
        "category": ActionCategory.MEASUREMENT,
        "performed_by": ActionFor.PATIENT,
    }
    return Action(id=id, **known | fields)


def a_zone(level: ZoneLevel = ZoneLevel.YELLOW, **fields: Any) -> Zone:
    known: dict[str, Any] = {"condition": "Verre enn vanlig", "what_to_do": "Følg planen"}
    return Zone(level=level, **known | fields)


def a_limit(measure: str = "PEF", **fields: Any) -> Threshold:
    return Threshold(observable=Coding(text=measure), unit="L/min", **fields)


def a_medicine(id: str = "m1", name: str = "Bisoprolol", **fields: Any) -> MedicineInstruction:
    known: dict[str, Any] = {"instruction": "Hver morgen", "dose": "5 mg"}
    return MedicineInstruction(id=id, medicine=Coding(text=name), **known | fields)


def a_contact(id: str = "c1", **fields: Any) -> ContactPoint:
    known: dict[str, Any] = {"label": "Lungepoliklinikken", "phone": "55500001"}
    return ContactPoint(id=id, **known | fields)
