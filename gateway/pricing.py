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
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_list_type,
)

from gateway.cost import NOTHING, Counted, Given, OperationCost, Sum, added, largest, times
from gateway.merging import Asked, Chosen, Fragments, Merging, directive
from schema.cost import Cost, ListSize

D = TypeVar("D", Cost, ListSize)

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
        walk = _Walk(self, operation, Merging(self._schema, fragments))
        shown = walk.object(root, [(operation.selection_set, None)], {})
        return OperationCost(shown.total, shown.counted, shown.weight)

    def field(self, of: GraphQLObjectType, name: str) -> Priced:
        """Return what one field costs."""
        return self._fields[of.name, name]

    def weight(self, of: GraphQLObjectType) -> int:
        """Return what an object of a type costs."""
        return self._weights[of.name]

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


class _Shown(msgspec.Struct, frozen=True):
    """What one object costs in all and by itself, and what is to be counted of it in the answer."""

    total: Sum
    weight: int
    counted: tuple[Counted, ...]


class _Walk:
    """Goes through one operation as execution will merge it, with fragments spread out."""

    def __init__(
        self, pricing: Pricing, operation: OperationDefinitionNode, merging: Merging
    ) -> None:
        self._pricing = pricing
        self._merging = merging
        self._defaults = dict(_defaults(operation))

    def object(self, of: GraphQLObjectType, sets: Iterable[Chosen], sizes: Sizes) -> _Shown:
        """Return what one object costs."""
        sums: list[Sum] = []
        counted: list[Counted] = []
        fields, deferrals = self._merging.fields(of, sets)
        for key, nodes in fields.items():
            name = nodes[0][0].name.value
            if name.startswith("__"):
                continue
            total, found = self._field(key, self._pricing.field(of, name), nodes, sizes)
            sums.append(total)
            if found.weight or found.of_object:
                counted.append(found)
        weight = self._pricing.weight(of) + deferrals
        return _Shown(added(sums, weight), weight, tuple(counted))

    def _field(
        self, key: str, priced: Priced, nodes: list[Asked], sizes: Sizes
    ) -> tuple[Sum, Counted]:
        first = nodes[0][0]
        streamed = int(directive(first, "stream") is not None)
        own = priced.size(first, self._defaults)
        size = sizes.get(first.name.value, own) if priced.is_list else 1
        if size is None:
            size = 1
        if not priced.objects:
            items = times(size, Sum(1, ())) if streamed else NOTHING
            return added([items], priced.weight), Counted(key, priced.weight, streamed)
        sets = [(node.selection_set, later) for node, later in nodes if node.selection_set]
        below = {} if own is None else dict.fromkeys(priced.sized, own)
        options = [self.object(each, sets, below) for each in priced.objects]
        dearest = added([largest([each.total for each in options])], streamed)
        return (
            added([times(size, dearest)], priced.weight),
            Counted(
                key,
                priced.weight,
                min(each.weight for each in options) + streamed,
                _together(each.counted for each in options),
            ),
        )


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
    for said in (definition.directives or ()) if definition else ():
        if isinstance(said, kind):
            return said
    return None


def _weight(of: GraphQLField | GraphQLObjectType, usual: int) -> int:
    said = _said(of, Cost)
    return usual if said is None else int(said.weight)
