"""Reads what fields cost out of the schema, and works out what an operation costs by it.

The rules are those of the GraphQL cost specification, https://ibm.github.io/graphql-specs/cost-spec.html.
The cost is its field cost and its type cost together: what each field costs that is asked, and what
each object costs that is shown. Arguments cost nothing; how many there are is limited elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, TypeVar

import msgspec
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_list_type,
)

from gateway.cost import Counted, Given, OperationCost, Sum, added, largest, times
from schema.cost import Cost, ListSize

D = TypeVar("D", Cost, ListSize)

Fragments: TypeAlias = Mapping[str, FragmentDefinitionNode]
Sizes: TypeAlias = Mapping[str, Given | int]


class SizeUnknown(Exception):
    """A list of the schema that does not say how long it may be."""


class Priced(msgspec.Struct, frozen=True):
    """What the schema says of one field.

    `objects` are the types it may hold, none for a value. A list is as long as its argument
    `sliced_by` says, or `usual`; a page says so for the fields in `sized`.
    """

    weight: int
    objects: tuple[GraphQLObjectType, ...]
    is_list: bool
    sliced_by: str | None
    usual: int | None
    sized: tuple[str, ...]

    def size(self, node: FieldNode, defaults: Mapping[str, int]) -> Given | int | None:
        """Return how long the list is as it is asked for; None where the field does not say."""
        if self.usual is None or self.sliced_by is None:
            return self.usual
        for argument in node.arguments or ():
            if argument.name.value == self.sliced_by:
                return _length(argument.value, self.usual, defaults)
        return self.usual


class Pricing:
    """What everything in one schema costs. Raises SizeUnknown for a list without a size."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._weights = {
            each.name: _weight(each, 1)
            for each in schema.type_map.values()
            if isinstance(each, GraphQLObjectType)
        }
        self._fields = {
            (each.name, name): self._priced(field)
            for each in schema.type_map.values()
            if isinstance(each, GraphQLObjectType) and not each.name.startswith("__")
            for name, field in each.fields.items()
        }
        self._check_sizes()

    def of(self, operation: OperationDefinitionNode, fragments: Fragments) -> OperationCost:
        """Return what a valid operation costs."""
        root = self._schema.get_root_type(operation.operation)
        if root is None:
            return OperationCost()
        walk = _Walk(self, operation, fragments)
        estimated, counted = walk.object(root, [operation.selection_set], {})
        return OperationCost(estimated, counted, self.weight(root))

    def field(self, of: GraphQLObjectType, name: str) -> Priced:
        """Return what one field costs."""
        return self._fields[of.name, name]

    def weight(self, of: GraphQLObjectType) -> int:
        """Return what an object of a type costs."""
        return self._weights[of.name]

    def is_of(self, shown: GraphQLObjectType, condition: str) -> bool:
        """Tell whether an object is of the type that a fragment is about."""
        named = self._schema.type_map[condition]
        return shown.name == condition or (
            is_abstract_type(named) and self._schema.is_sub_type(named, shown)
        )

    def _priced(self, field: GraphQLField) -> Priced:
        named = get_named_type(field.type)
        sizes = _said(field, ListSize) or ListSize()
        [sliced_by] = sizes.slicing_arguments or (None,)
        usual = field.args[sliced_by].default_value if sliced_by else sizes.assumed_size or None
        return Priced(
            weight=_weight(field, int(is_composite_type(named))),
            objects=tuple(self._objects(named)),
            is_list=is_list_type(get_nullable_type(field.type)),
            sliced_by=sliced_by,
            usual=usual,
            sized=tuple(sizes.sized_fields or ()),
        )

    def _objects(self, named: GraphQLNamedType) -> Iterable[GraphQLObjectType]:
        if isinstance(named, GraphQLObjectType):
            return (named,)
        return self._schema.get_possible_types(named) if is_abstract_type(named) else ()

    def _check_sizes(self) -> None:
        """See that each list has a size: its own, or one from every field that leads to it."""
        for (of, name), field in self._fields.items():
            if field.is_list and field.usual is None and not self._is_sized_above(of, name):
                raise SizeUnknown(f"The list {of}.{name} does not say how long it may be.")

    def _is_sized_above(self, of: str, name: str) -> bool:
        leading = [
            name in field.sized
            for field in self._fields.values()
            if of in [each.name for each in field.objects]
        ]
        return bool(leading) and all(leading)


class _Walk:
    """Goes through one operation as execution will merge it, with fragments spread out."""

    def __init__(
        self, pricing: Pricing, operation: OperationDefinitionNode, fragments: Fragments
    ) -> None:
        self._pricing = pricing
        self._fragments = fragments
        self._defaults = dict(_defaults(operation))

    def object(
        self, of: GraphQLObjectType, sets: Iterable[SelectionSetNode], sizes: Sizes
    ) -> tuple[Sum, tuple[Counted, ...]]:
        """Return what one object costs, and what is to be counted of it in the answer."""
        sums: list[Sum] = []
        counted: list[Counted] = []
        for key, nodes in self._merged(of, sets).items():
            if nodes[0].name.value.startswith("__"):
                continue
            total, found = self._field(
                key, self._pricing.field(of, nodes[0].name.value), nodes, sizes
            )
            sums.append(total)
            if found.weight or found.of_object:
                counted.append(found)
        return added(sums, self._pricing.weight(of)), tuple(counted)

    def _field(
        self, key: str, priced: Priced, nodes: list[FieldNode], sizes: Sizes
    ) -> tuple[Sum, Counted]:
        if not priced.objects:
            return Sum(priced.weight, ()), Counted(key, priced.weight)
        sets = [node.selection_set for node in nodes if node.selection_set]
        own = priced.size(nodes[0], self._defaults)
        below = {} if own is None else dict.fromkeys(priced.sized, own)
        options = [self.object(each, sets, below) for each in priced.objects]
        dearest = largest([total for total, _ in options])
        size = sizes.get(nodes[0].name.value, own) if priced.is_list else 1
        return (
            added([times(1 if size is None else size, dearest)], priced.weight),
            Counted(
                key,
                priced.weight,
                min(self._pricing.weight(each) for each in priced.objects),
                _together(counted for _, counted in options),
            ),
        )

    def _merged(
        self, of: GraphQLObjectType, sets: Iterable[SelectionSetNode]
    ) -> dict[str, list[FieldNode]]:
        """Return the fields of an object by their key in the answer; conditions are left aside."""
        fields: dict[str, list[FieldNode]] = {}
        spread: set[str] = set()
        waiting = list(sets)
        while waiting:
            for selection in waiting.pop().selections:
                if isinstance(selection, FieldNode):
                    key = (selection.alias or selection.name).value
                    fields.setdefault(key, []).append(selection)
                elif isinstance(selection, FragmentSpreadNode):
                    name = selection.name.value
                    if name not in spread:
                        spread.add(name)
                        waiting += self._about(of, self._fragments[name])
                elif isinstance(selection, InlineFragmentNode):
                    waiting += self._about(of, selection)
        return fields

    def _about(
        self, of: GraphQLObjectType, fragment: FragmentDefinitionNode | InlineFragmentNode
    ) -> list[SelectionSetNode]:
        condition = fragment.type_condition
        is_meant = condition is None or self._pricing.is_of(of, condition.name.value)
        return [fragment.selection_set] if is_meant else []


def _length(value: ValueNode, usual: int, defaults: Mapping[str, int]) -> Given | int:
    if isinstance(value, IntValueNode):
        return max(int(value.value), 0)
    if isinstance(value, VariableNode):
        return Given(value.name.value, defaults.get(value.name.value, usual))
    return usual


def _defaults(operation: OperationDefinitionNode) -> Iterator[tuple[str, int]]:
    for each in operation.variable_definitions or ():
        if isinstance(each.default_value, IntValueNode):
            yield each.variable.name.value, max(int(each.default_value.value), 0)


def _together(found: Iterable[tuple[Counted, ...]]) -> tuple[Counted, ...]:
    """Return what is counted of an object that may be of several types, each field once.

    Where one key means different fields, which one it was can't be seen: the cheapest is counted.
    """
    by_key: dict[str, list[Counted]] = {}
    for each in {id(fields): fields for fields in found}.values():
        for field in each:
            by_key.setdefault(field.key, []).append(field)
    return tuple(
        same[0]
        if len(same) == 1
        else Counted(
            key,
            min(each.weight for each in same),
            min(each.of_object for each in same),
            _together(each.inner for each in same),
        )
        for key, same in by_key.items()
    )


def _said(of: GraphQLField | GraphQLObjectType, kind: type[D]) -> D | None:
    """Return the directive of a kind that stands at a field or type."""
    definition = of.extensions.get("strawberry-definition")
    for directive in (definition.directives or ()) if definition else ():
        if isinstance(directive, kind):
            return directive
    return None


def _weight(of: GraphQLField | GraphQLObjectType, usual: int) -> int:
    said = _said(of, Cost)
    return usual if said is None else int(said.weight)
