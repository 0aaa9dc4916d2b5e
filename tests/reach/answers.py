"""Everything that can be asked of what comes of a mutation, worked out from the schema."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)

from gateway.export_document import whole
from tests.reach.graph import GRAPH

# A section of a patient's that a source feeds: no source is asked here.
_OF_SOURCES = "Section"
# Read behind the same guards from wherever one comes to them.
GUARDED = ("Patient", "Plan", "PlanPart")


def everything(of: GraphQLNamedType, above: tuple[str, ...] = ()) -> str:
    """Return a selection of all there is in an answer, each type once on the way down.

    Each type's fields have names of its own, since those of two may not be merged.
    """
    if is_abstract_type(of):
        possible = GRAPH.get_possible_types(of)
        return "__typename " + " ".join(everything(each, above) for each in possible)
    assert isinstance(of, GraphQLObjectType)
    return f"__typename ... on {of.name} {{ {' '.join(_fields(of, above))} }}"


def _fields(of: GraphQLObjectType, above: tuple[str, ...]) -> Iterator[str]:
    for name, field in of.fields.items():
        inner = get_named_type(field.type)
        is_known = inner.name in (*above, of.name)
        if (
            is_known
            or inner.name.endswith(_OF_SOURCES)
            or any(map(_is_needed, field.args.values()))
        ):
            continue
        deep = "" if is_leaf_type(inner) else f" {{ {everything(inner, (*above, of.name))} }}"
        yield f"{of.name}_{name}: {name}{_widest(field)}{deep}"


def _widest(field: GraphQLField) -> str:
    """Return the arguments that ask for all: every member of an enum, as the export does."""
    values = {name: whole(name, each) for name, each in field.args.items() if name != "first"}
    given = ", ".join(f"{name}: {value}" for name, value in values.items() if value)
    return f"({given})" if given else ""


def _is_needed(argument: GraphQLArgument) -> bool:
    return is_required_argument(argument)
