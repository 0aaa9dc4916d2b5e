"""How much one request may ask for, and the checks that say so before any work is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql.language.ast import QUERY_DOCUMENT_KEYS

from gateway.errors import LimitExceeded

IN_PARTS = ("defer", "stream")
"""The directives that ask for an answer in parts."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one request, and the caches over all of them, may take. Built once, from settings.

    `person_cost` and `client_cost` are what one citizen or one system may ask for in a minute.
    """

    body_bytes: int = 1_000_000
    body_seconds: int = 10
    operation_seconds: int = 30
    export_seconds: int = 300
    operation_cost: int = 100_000
    person_cost: int = 300_000
    client_cost: int = 5_000_000
    document_characters: int = 100_000
    tokens: int = 3_000
    depth: int = 15
    root_fields: int = 20
    selections: int = 2_000
    duplicates: int = 30
    aliases: int = 50
    directives: int = 50
    deferrals: int = 20
    fragments: int = 100
    list_items: int = 500
    json_nesting: int = 32
    reported_errors: int = 5
    cached_documents: int = 500
    cached_characters: int = 300_000
    cached_tokens: int = 10_000
    registered_operations: int = 500
    registered_bytes: int = 2_000_000
    registered_seconds: int = 5
    connections: int = 20_000
    socket_operations: int = 100
    socket_seconds: int = 10
    waiting_bytes: int = 1_000_000
    waiting_messages: int = 1_000
    webhooks: int = 10


def check_document(document: DocumentNode, limits: Limits) -> None:
    """Refuse a parsed document that is too large, before validation spends time on it."""
    _check_text(document, limits)
    fragments = {
        definition.name.value: definition
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
    _at_most(limits.fragments, len(fragments), "fragments")
    walk = _Walk(fragments, limits)
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            walk.operation(definition)
    for name in fragments.keys() - walk.reached:
        walk.merged([fragments[name].selection_set], depth=1)


def check_variables(variables: Mapping[str, object], limits: Limits) -> None:
    """Refuse variables that are nested too deeply or hold too long a list."""
    level: list[object] = list(variables.values())
    for _ in range(limits.json_nesting):
        level = [inner for value in level for inner in _inside(value, limits)]
        if not level:
            return
    raise LimitExceeded(f"A variable is nested more than {limits.json_nesting} levels deep.")


def _inside(value: object, limits: Limits) -> Iterable[object]:
    if isinstance(value, list):
        _at_most(limits.list_items, len(value), "items in one list")
        return value
    return value.values() if isinstance(value, dict) else ()


def _check_text(document: DocumentNode, limits: Limits) -> None:
    """Count what the text holds; each fragment counts once, however often it is spread."""
    aliases = directives = deferrals = 0
    for node in nodes(document):
        if isinstance(node, FieldNode):
            aliases += node.alias is not None
        elif isinstance(node, DirectiveNode):
            directives += 1
            deferrals += node.name.value in IN_PARTS
        elif isinstance(node, ListValueNode):
            _at_most(limits.list_items, len(node.values), "items in one list")
    _at_most(limits.aliases, aliases, "aliases")
    _at_most(limits.directives, directives, "directives")
    _at_most(limits.deferrals, deferrals, "@defer and @stream")


def nodes(root: Node) -> Iterator[Node]:
    """Give a node and everything in it, in no order."""
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        yield node
        for key in QUERY_DOCUMENT_KEYS.get(node.kind, ()):
            child = getattr(node, key, None)
            if isinstance(child, Node):
                waiting.append(child)
            elif child:
                waiting.extend(item for item in child if isinstance(item, Node))


class _Walk:
    """Walks selections as execution will merge them, and gives up once the budget is spent.

    A fragment is entered once per selection set, so fragments that spread each other twice cost
    nothing extra; those that multiply the answer itself spend the budget and are refused.
    """

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode], limits: Limits) -> None:
        self.reached: set[str] = set()
        self._fragments = fragments
        self._limits = limits
        self._visited = 0

    def operation(self, operation: OperationDefinitionNode) -> None:
        """Check one operation with the fragments it reaches."""
        roots = self.merged([operation.selection_set], depth=1)
        _at_most(self._limits.root_fields, roots, "fields at the root")

    def merged(self, selection_sets: list[SelectionSetNode], depth: int) -> int:
        """Check selection sets that are merged at one place; return how many fields they give."""
        _at_most(self._limits.depth, depth, "levels")
        fields = self._fields(selection_sets)
        for nodes in fields.values():
            _at_most(self._limits.duplicates, len(nodes), "repetitions of one field")
            below = [node.selection_set for node in nodes if node.selection_set]
            if below:
                self.merged(below, depth + 1)
        return len(fields)

    def _fields(self, selection_sets: list[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        fields: dict[str, list[FieldNode]] = {}
        spread: set[str] = set()
        waiting = list(selection_sets)
        while waiting:
            for selection in waiting.pop().selections:
                self._spend()
                if isinstance(selection, FieldNode):
                    fields.setdefault((selection.alias or selection.name).value, []).append(
                        selection
                    )
                elif isinstance(selection, FragmentSpreadNode):
                    waiting.extend(self._enter(selection.name.value, spread))
                elif isinstance(selection, InlineFragmentNode):
                    waiting.append(selection.selection_set)
        return fields

    def _enter(self, name: str, spread: set[str]) -> list[SelectionSetNode]:
        if name in spread or name not in self._fragments:
            return []
        spread.add(name)
        self.reached.add(name)
        return [self._fragments[name].selection_set]

    def _spend(self) -> None:
        self._visited += 1
        _at_most(self._limits.selections, self._visited, "selections, fragments spread out")


def _at_most(limit: int, count: int, what: str) -> None:
    if count > limit:
        raise LimitExceeded(f"The request has more than {limit} {what}.")
