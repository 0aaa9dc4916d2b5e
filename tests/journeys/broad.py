"""Queries that ask for everything about a patient, a field at a time, and what an answer shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

from schema import schema

GRAPH = cast("GraphQLSchema", schema._schema)
_ARGUMENTS = {
    "Patient.series": '(observable: PEAK_FLOW, since: "2026-01-01T00:00:00Z", '
    'until: "2026-11-23T00:00:00Z")',
    "Plan.parts": "(lifecycles: [DRAFT, ACTIVE, ON_HOLD, COMPLETED, REVOKED, ENTERED_IN_ERROR])",
    "Patient.reports": "(first: 100)",
    "PlanPart.reports": "(first: 100)",
    "PlanPart.differences": "(since: 0)",
}
_AT_ONCE = 8
# A line of the log grows with every asking: who did what is what can be compared.
_LOG = "log(first: 100) { edges { node { operation role basis refusal by { name } } } }"
# Back to where one came from, whose access it is, and when a source was asked.
_NOT_ASKED = {"Plan.patient", "Patient.access"}
_OF_THE_CLOCK = ("retrievedAt", "asOf")


def chunks() -> list[str]:
    """Return all there is to ask of a patient, a few fields at a time, as much as one query may."""
    wanted = list(_selections().values())
    return [" ".join(wanted[n : n + _AT_ONCE]) for n in range(0, len(wanted), _AT_ONCE)]


def _selections() -> dict[str, str]:
    """Return what to ask of a patient, by the field of the patient, plan or part that it is."""
    found: dict[str, str] = {}
    for name, field in _fields("Patient"):
        if name != "plan":
            found[f"Patient.{name}"] = _deep("Patient", name, field)
    for name, field in _fields("Plan"):
        if name != "parts":
            found[f"Plan.{name}"] = f"plan {{ {_deep('Plan', name, field)} }}"
    for name, field in _fields("PlanPart"):
        parts = f"parts{_ARGUMENTS['Plan.parts']} {{ {_deep('PlanPart', name, field)} }}"
        found[f"PlanPart.{name}"] = f"plan {{ {parts} }}"
    return found | {"Patient.log": _LOG}


def _fields(of: str) -> Iterator[tuple[str, GraphQLField]]:
    for name, field in cast("GraphQLObjectType", GRAPH.type_map[of]).fields.items():
        is_clock = name in _OF_THE_CLOCK or (of.endswith("Section") and name == "age")
        if f"{of}.{name}" not in _NOT_ASKED and not is_clock:
            yield name, field


def _deep(on: str, name: str, field: GraphQLField, above: tuple[str, ...] = ()) -> str:
    """Ask for a field with all that is under it, each type once on the way down."""
    of = get_named_type(field.type)
    asked = f"{name}{_ARGUMENTS.get(f'{on}.{name}', '')}"
    if is_leaf_type(of):
        return asked
    if is_abstract_type(of) or of.name in (*above, "Patient", "Plan", "PlanPart"):
        return f"{asked} {{ __typename }}"
    inner = " ".join(_deep(of.name, n, f, (*above, of.name)) for n, f in _fields(of.name))
    return f"{asked} {{ {inner} }}"


def beyond(shown: Any, seen: Any, path: str = "") -> list[str]:
    """Tell what one answer shows that the other does not; a list may have fewer of its items."""
    if shown is None or shown == []:
        return []
    if isinstance(shown, dict):
        there = seen if isinstance(seen, dict) else {}
        return [
            fault
            for key, value in shown.items()
            for fault in beyond(value, there.get(key), f"{path}.{key}")
        ]
    if isinstance(shown, list):
        items = seen if isinstance(seen, list) else []
        unlike = [each for each in shown if all(beyond(each, other) for other in items)]
        return [f"{path}: {each}" for each in unlike]
    return [] if shown == seen else [f"{path}: {shown!r}, not {seen!r}"]
