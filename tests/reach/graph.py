"""Where the graph takes an id, read from the schema itself.

Nothing here is a list of fields: a new one is found, and what is not known about it makes a test
fail.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)

from schema import schema

GRAPH = cast("GraphQLSchema", schema._schema)  # no public way to it
_QUERY = cast("GraphQLObjectType", GRAPH.query_type)
_MUTATION = cast("GraphQLObjectType", GRAPH.mutation_type)


@cache
def reads() -> Mapping[str, tuple[str, ...]]:
    """Return every root field of the query type that takes ids, with the arguments that do."""
    return {name: found for name, field in _QUERY.fields.items() if (found := _ids(field.args))}


@cache
def writes() -> Mapping[str, tuple[str, ...]]:
    """Return every mutation that takes ids, with the fields of its input that do.

    Those inside a document that is sent are the document's own, and left out.
    """
    return {name: found for name in _MUTATION.fields if (found := _ids(input_of(name).fields))}


def deeper() -> list[str]:
    """Return the fields below the roots that take an id."""
    return [
        f"{of.name}.{name}({argument})"
        for of in GRAPH.type_map.values()
        if isinstance(of, GraphQLObjectType) and of not in (_QUERY, _MUTATION)
        for name, field in of.fields.items()
        for argument in _ids(field.args)
    ]


def field_of(name: str) -> GraphQLField:
    """Return a root field of the query type."""
    return _QUERY.fields[name]


def mutation_of(name: str) -> GraphQLField:
    """Return a mutation's field."""
    return _MUTATION.fields[name]


def input_of(mutation: str) -> GraphQLInputObjectType:
    """Return the type of a mutation's one argument."""
    (argument,) = mutation_of(mutation).args.values()
    return cast("GraphQLInputObjectType", get_named_type(argument.type))


def is_id(of: GraphQLInputType) -> bool:
    """Tell whether a type is that of ids, or of lists of them."""
    return get_named_type(of).name == "ID"


# Any: arguments and input fields have only their type in common.
def _ids(given: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, value in given.items() if is_id(value.type))
