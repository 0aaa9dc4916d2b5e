"""Puts the selections of an object together as execution does, with fragments spread out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    is_abstract_type,
)

Fragments: TypeAlias = Mapping[str, FragmentDefinitionNode]
Chosen: TypeAlias = tuple[SelectionSetNode, DirectiveNode | None]
"""Selections, and the `@defer` that they stand in."""
Asked: TypeAlias = tuple[FieldNode, DirectiveNode | None]
"""A field, and the `@defer` that it stands in."""


class Merging:
    """Merges the selections of one valid document."""

    def __init__(self, schema: GraphQLSchema, fragments: Fragments) -> None:
        self._schema = schema
        self._fragments = fragments

    def fields(
        self, of: GraphQLObjectType, sets: Iterable[Chosen]
    ) -> tuple[dict[str, list[Asked]], int]:
        """Return an object's fields by their key in the answer, and in how many parts it may come.

        Conditions are left aside. A fragment is gone through once for each `@defer` that it stands
        in. The parts are those beside the first.
        """
        fields: dict[str, list[Asked]] = {}
        deferrals = 0
        spread: set[tuple[str, DirectiveNode | None]] = set()
        waiting = list(sets)
        while waiting:
            chosen, within = waiting.pop()
            for selection in chosen.selections:
                if isinstance(selection, FieldNode):
                    key = (selection.alias or selection.name).value
                    fields.setdefault(key, []).append((selection, within))
                elif isinstance(selection, FragmentSpreadNode | InlineFragmentNode):
                    own = directive(selection, "defer")
                    inner = self._inner(of, selection, own or within, spread)
                    if inner:
                        deferrals += own is not None
                        waiting.append((inner, own or within))
        return fields, deferrals

    def _inner(
        self,
        of: GraphQLObjectType,
        fragment: FragmentSpreadNode | InlineFragmentNode | FragmentDefinitionNode,
        within: DirectiveNode | None,
        spread: set[tuple[str, DirectiveNode | None]],
    ) -> SelectionSetNode | None:
        """Return a fragment's selections, unless it is about other types or was gone through."""
        if isinstance(fragment, FragmentSpreadNode):
            name = fragment.name.value
            if (name, within) in spread:
                return None
            spread.add((name, within))
            fragment = self._fragments[name]
        condition = fragment.type_condition
        is_meant = condition is None or self._is_of(of, condition.name.value)
        return fragment.selection_set if is_meant else None

    def _is_of(self, shown: GraphQLObjectType, condition: str) -> bool:
        """Tell whether an object is of the type that a fragment is about."""
        named = self._schema.type_map[condition]
        return shown.name == condition or (
            is_abstract_type(named) and self._schema.is_sub_type(named, shown)
        )


def directive(
    node: FieldNode | FragmentSpreadNode | InlineFragmentNode, name: str
) -> DirectiveNode | None:
    """Return the directive of a name that stands at a selection."""
    return next((each for each in node.directives or () if each.name.value == name), None)
