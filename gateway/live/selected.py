"""What an operation selects, by the names that the answer has: fragments are opened on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionSetNode,
)

from gateway.documents import Operation

Fragments = Mapping[str, SelectionSetNode]
# Names of an answer, to what is selected below them; a None stands for what is left out.
Paths = Mapping[str, "Paths | None"]


def root_field(operation: Operation) -> FieldNode:
    """Return the one field of a subscription (GraphQL, 5.2.4.1)."""
    return next(_fields(operation.node.selection_set, _fragments(operation)))


def paths_of(operation: Operation, names: frozenset[str]) -> Paths:
    """Return where an answer may have fields of these names."""
    return _paths(operation.node.selection_set, _fragments(operation), names)


# Any: an answer's data is JSON of any shape.
def without(data: Any, paths: Paths | None) -> Any:
    """Return an answer's data without what the paths lead to."""
    if not paths or data is None:
        return data
    if isinstance(data, list):
        return [without(each, paths) for each in data]
    return {
        name: without(value, paths.get(name))
        for name, value in data.items()
        if name not in paths or paths[name] is not None
    }


def _paths(selected: SelectionSetNode, fragments: Fragments, names: frozenset[str]) -> Paths:
    found: dict[str, Paths | None] = {}
    for node in _fields(selected, fragments):
        shown_as = node.alias.value if node.alias else node.name.value
        if node.name.value in names:
            found[shown_as] = None
        elif node.selection_set is not None:
            below = _paths(node.selection_set, fragments, names)
            known = found.get(shown_as) or {}
            if below:
                found[shown_as] = {**known, **below}
    return found


def _fields(selected: SelectionSetNode, fragments: Fragments) -> Iterator[FieldNode]:
    for selection in selected.selections:
        if isinstance(selection, FieldNode):
            yield selection
        elif isinstance(selection, InlineFragmentNode):
            yield from _fields(selection.selection_set, fragments)
        elif isinstance(selection, FragmentSpreadNode):
            yield from _fields(fragments[selection.name.value], fragments)


def _fragments(operation: Operation) -> Fragments:
    return {
        definition.name.value: definition.selection_set
        for definition in operation.document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
