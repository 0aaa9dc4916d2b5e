"""Finds documents that must not travel in a URL: those that take an identity number."""

from __future__ import annotations

from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    Visitor,
    get_named_type,
    type_from_ast,
    visit,
)

SENSITIVE_SCALAR = "IdentityNumber"


class PostOnly:
    """Tells whether a document has an argument or a variable that takes an identity number.

    Input objects that hold such a field, however deep, count as well.
    """

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._types = _types_with_number(schema)

    def holds(self, document: DocumentNode) -> bool:
        """Return whether this valid document is accepted by POST only."""
        if not self._types:
            return False
        type_info = TypeInfo(self._schema)
        search = _Search(self._schema, type_info, self._types)
        visit(document, TypeInfoVisitor(type_info, search))
        return search.found


class _Search(Visitor):
    def __init__(self, schema: GraphQLSchema, type_info: TypeInfo, types: set[str]) -> None:
        super().__init__()
        self.found = False
        self._schema = schema
        self._type_info = type_info
        self._types = types

    # Any: graphql-core passes five arguments more, of which none is needed.
    def enter_argument(self, _node: ArgumentNode, *_: Any) -> None:
        argument = self._type_info.get_argument()
        if argument is not None:
            self._look_at(get_named_type(argument.type))

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:
        declared = type_from_ast(self._schema, node.type)
        if declared is not None:
            self._look_at(get_named_type(declared))

    def _look_at(self, named: GraphQLNamedType) -> None:
        self.found = self.found or named.name in self._types


def _types_with_number(schema: GraphQLSchema) -> set[str]:
    if SENSITIVE_SCALAR not in schema.type_map:
        return set()
    found = {SENSITIVE_SCALAR}
    inputs = [
        type_ for type_ in schema.type_map.values() if isinstance(type_, GraphQLInputObjectType)
    ]
    # Inputs may hold each other in any order, so look again until nothing is added.
    grown = True
    while grown:
        holders = {type_.name for type_ in inputs if _holds(type_, found)}
        grown = not holders <= found
        found |= holders
    return found


def _holds(input_type: GraphQLInputObjectType, names: set[str]) -> bool:
    return any(get_named_type(field.type).name in names for field in input_type.fields.values())
