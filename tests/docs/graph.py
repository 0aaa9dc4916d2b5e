"""The part of the graph that a plan is made of."""

from __future__ import annotations

from typing import cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    Undefined,
    get_named_type,
    is_abstract_type,
    is_non_null_type,
)

from schema import schema

GRAPH = cast("GraphQLSchema", schema._schema)
ROOTS = ("Plan", "PlanPart", "PlanContent", "Draft")
BEYOND = "Patient"  # the back edge: what sources know is shown beside the plan, not in it
ASIDE = "Withheld"  # why something is not shown: its words are errors.md's


def _reached() -> dict[str, GraphQLNamedType]:
    found: dict[str, GraphQLNamedType] = {}
    waiting = [GRAPH.type_map[name] for name in ROOTS]
    while waiting:
        each = waiting.pop()
        if each.name in found or each.name in (BEYOND, ASIDE):
            continue
        if is_abstract_type(each):
            waiting += GRAPH.get_possible_types(each)
            continue
        found[each.name] = each
        if isinstance(each, GraphQLObjectType):
            waiting += [get_named_type(field.type) for field in each.fields.values()]
    return dict(sorted(found.items()))


REACHED = _reached()
OBJECTS = {name: t for name, t in REACHED.items() if isinstance(t, GraphQLObjectType)}
ENUMS = {name: t for name, t in REACHED.items() if isinstance(t, GraphQLEnumType)}
SCALARS = {name for name, t in REACHED.items() if isinstance(t, GraphQLScalarType)}


def is_written(type_name: str) -> bool:
    """Tell whether a type is part of what clients write when they save a content."""
    return f"{type_name}Input" in GRAPH.type_map


def written_as(type_name: str, field_name: str) -> GraphQLInputField | None:
    """Return the input field behind a field of a content, None where nobody writes it."""
    made = cast("GraphQLInputObjectType", GRAPH.type_map[f"{type_name}Input"])
    return made.fields.get(field_name)


def must_be_given(given: GraphQLInputField) -> bool:
    """Tell whether an input can't be without a field."""
    return is_non_null_type(given.type) and given.default_value is Undefined


def default_of(given: GraphQLInputField) -> str | None:
    """Return what stands when nothing is given, None where that is nothing."""
    default = given.default_value
    if default in (None, Undefined, []):
        return None
    return str(getattr(default, "name", default))
