"""What an export asks for: everything in the graph about one patient, worked out from the schema.

A field that is added to the graph is in the export without anybody having to remember it.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    parse,
)

from gateway.documents import Operation

# Not more of the patient's data: the way back to the patient, what is worked out from what is
# there, and the same reports once more.
LEFT_OUT = frozenset(
    {
        "Plan.patient",
        "PlanPart.differences",
        "PlanPart.reports",
        "Patient.proposals",
        "Patient.series",
        "Patient.suggestedTemplates",
    }
)
_MANY = 2**31 - 1
_PAGE = 100

Path = tuple[str, ...]


class Piece(msgspec.Struct, frozen=True):
    """One operation of the export; `names` are the patient's fields that it answers.

    A paged piece is about one connection and asks for a page of it, `$after` a cursor.
    """

    names: tuple[str, ...]
    operation: Operation
    is_paged: bool


def pieces(schema: GraphQLSchema) -> list[Piece]:
    """Return the operations that together ask for all there is, each about a patient `$id`."""
    patient = schema.type_map["Patient"]
    if not isinstance(patient, GraphQLObjectType):
        raise TypeError("The graph has no patients.")
    asked = {name: field for name, field in patient.fields.items() if _is_asked(patient, name)}
    leaves = tuple(n for n, f in asked.items() if is_leaf_type(get_named_type(f.type)))
    branches = [(name,) for name in asked if name not in leaves]
    whole_ones = [
        Piece(names, _operation([_field(schema, n, asked[n], ("Patient",)) for n in names]), False)
        for names in (leaves, *(each for each in branches if not is_paged(asked[each[0]])))
    ]
    paged = [name for name, field in asked.items() if is_paged(field)]
    return whole_ones + [Piece((n,), _page(schema, n, asked[n]), True) for n in paged]


def is_paged(field: GraphQLField) -> bool:
    """Tell whether a field is a connection: it comes a page at a time."""
    return "after" in field.args


def _page(schema: GraphQLSchema, name: str, field: GraphQLField) -> Operation:
    inner = " ".join(_selections(schema, get_named_type(field.type), ("Patient",)))
    text = f"{name}(first: {_PAGE}, after: $after) {{ {inner} }}"
    return _operation([text], ", $after: String")


def _operation(fields: list[str], variables: str = "") -> Operation:
    text = f"query Export($id: ID!{variables}) {{ patient(id: $id) {{ {' '.join(fields)} }} }}"
    document = parse(text)
    node = document.definitions[0]
    if not isinstance(node, OperationDefinitionNode):
        raise TypeError("An export is an operation.")
    return Operation(node=node, document=document, post_only=True, introspection_only=False)


def _field(schema: GraphQLSchema, name: str, field: GraphQLField, path: Path) -> str:
    values = {each: whole(each, argument) for each, argument in field.args.items()}
    given = ", ".join(f"{each}: {value}" for each, value in values.items() if value)
    arguments = f"({given})" if given else ""
    named = get_named_type(field.type)
    if is_leaf_type(named):
        return f"{name}{arguments}"
    return f"{name}{arguments} {{ {' '.join(_selections(schema, named, path))} }}"


def _selections(schema: GraphQLSchema, named: GraphQLNamedType, path: Path) -> Iterator[str]:
    yield "__typename"
    if is_abstract_type(named):
        for possible in schema.get_possible_types(named):
            inner = " ".join(_selections(schema, possible, path))
            yield f"... on {possible.name} {{ {inner} }}"
    elif isinstance(named, GraphQLObjectType):
        for name, field in named.fields.items():
            # A type inside itself would have no end; none of ours needs to be followed so far.
            is_known = get_named_type(field.type).name in (*path, named.name)
            if _is_asked(named, name) and not is_known:
                yield _field(schema, name, field, (*path, named.name))


def _is_asked(of: GraphQLObjectType, name: str) -> bool:
    return f"{of.name}.{name}" not in LEFT_OUT


def whole(name: str, argument: GraphQLArgument) -> str | None:
    """Return the value that asks for all: the most of a list, every member of an enum.

    None for an argument that has no such value; it is left out, and narrows the export if it can.
    """
    named = get_named_type(argument.type)
    if isinstance(named, GraphQLEnumType) and is_list_type(get_nullable_type(argument.type)):
        return f"[{', '.join(named.values)}]"
    return str(_MANY) if name == "first" else None
