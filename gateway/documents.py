"""Parsed and validated documents, each text worked out once: the one place for parse and limits."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Generic, TypeVar

import msgspec
from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    GraphQLSyntaxError,
    InlineFragmentNode,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    ValuesOfCorrectTypeRule,
    parse,
    recommended_rules,
    specified_rules,
    validate,
)

from gateway.cost import OperationCost
from gateway.errors import DocumentRefused, Entry, OperationNotFound, caller_entry
from gateway.limits import IN_PARTS, Limits, check_document, nodes
from gateway.post_only import PostOnly
from gateway.pricing import Pricing
from gateway.wording import ValuesOfCorrectType, parse_refusal, validation_refusal

T = TypeVar("T")
Fragments = dict[str, FragmentDefinitionNode]
MOST_ERRORS = 100


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One executable operation, with what the endpoint must know before it runs."""

    node: OperationDefinitionNode
    document: DocumentNode
    post_only: bool
    introspection_only: bool
    in_parts: bool = False
    """Whether `@defer` or `@stream` asks for that."""
    cost: OperationCost = OperationCost()

    @property
    def name(self) -> str | None:
        """Return the operation's own name, if it has one."""
        return self.node.name.value if self.node.name else None

    @property
    def kind(self) -> OperationType:
        """Return whether it queries, changes or subscribes."""
        return self.node.operation


class Document(msgspec.Struct, frozen=True):
    """What is known of one text: its operations, or the rendered errors why it is refused."""

    operations: tuple[Operation, ...] = ()
    errors: tuple[Entry, ...] = ()

    def operation(self, name: str | None) -> Operation:
        """Return the operation meant by `operationName`, which may be left out if there is one."""
        meant = [op for op in self.operations if name is None or op.name == name]
        if len(meant) != 1:
            raise OperationNotFound
        return meant[0]


class Bounded(Generic[T]):
    """A least-recently-used cache with a bound on entries and on the total length of its keys."""

    def __init__(self, entries: int, characters: int) -> None:
        self._entries = entries
        self._characters = characters
        self._held = 0
        self._values: OrderedDict[str, T] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: str) -> T | None:
        """Return the value and mark it as used."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: str, value: T) -> None:
        """Keep the value, dropping those that were not used for longest."""
        if key in self._values or len(key) > self._characters:
            return
        self._values[key] = value
        self._held += len(key)
        while len(self._values) > self._entries or self._held > self._characters:
            dropped, _ = self._values.popitem(last=False)
            self._held -= len(dropped)


class Documents:
    """Gives the Document of a text, from memory when it was seen before.

    Refused documents live in a smaller cache of their own: sending many of them neither grows
    memory nor pushes out a good one.
    """

    def __init__(self, schema: GraphQLSchema, limits: Limits, *, is_production: bool) -> None:
        self.hits = 0
        self.misses = 0
        self._schema = schema
        self._limits = limits
        self._hide_suggestions = is_production
        self._rules = _rules(is_production)
        self._post_only = PostOnly(schema)
        self._pricing = Pricing(schema)
        self._good: Bounded[Document] = Bounded(limits.cached_documents, limits.cached_characters)
        self._refused: Bounded[Document] = Bounded(
            limits.cached_documents // 8, limits.cached_characters // 8
        )

    def get(self, text: str) -> Document:
        """Return what is known of this text, working it out if it is new."""
        known = self._good.get(text) or self._refused.get(text)
        if known is not None:
            self.hits += 1
            return known
        self.misses += 1
        document = self._work_out(text, self._limits.reported_errors)
        (self._refused if document.errors else self._good).put(text, document)
        return document

    def all_errors(self, text: str) -> tuple[Entry, ...]:
        """Return what is wrong with this text, up to MOST_ERRORS: for whoever mends it."""
        return self._work_out(text, MOST_ERRORS).errors

    def _work_out(self, text: str, most_errors: int) -> Document:
        try:
            ast = self._parse(text)
            check_document(ast, self._limits)
        except DocumentRefused as refusal:
            return Document(errors=(caller_entry(refusal),))
        errors = validate(
            self._schema,
            ast,
            self._rules,
            max_errors=most_errors,
            hide_suggestions=self._hide_suggestions,
        )
        if errors:
            return Document(errors=tuple(caller_entry(validation_refusal(e)) for e in errors))
        return Document(operations=tuple(self._operations(ast)))

    def _parse(self, text: str) -> DocumentNode:
        try:
            return parse(
                text,
                max_lexical_tokens=self._limits.tokens,
                max_comments=self._limits.tokens,
                max_source_length=self._limits.document_characters,
            )
        except GraphQLSyntaxError as error:
            raise parse_refusal(error) from None

    def _operations(self, ast: DocumentNode) -> Iterable[Operation]:
        fragments: Fragments = {
            definition.name.value: definition
            for definition in ast.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        post_only = self._post_only.holds(ast)
        in_parts = any(
            isinstance(node, DirectiveNode) and node.name.value in IN_PARTS for node in nodes(ast)
        )
        for definition in ast.definitions:
            if isinstance(definition, OperationDefinitionNode):
                roots = _root_fields(definition.selection_set, fragments, set())
                yield Operation(
                    node=definition,
                    document=ast,
                    post_only=post_only,
                    introspection_only=all(name.startswith("__") for name in roots),
                    in_parts=in_parts,
                    cost=self._pricing.of(definition, fragments),
                )


def _rules(is_production: bool) -> tuple[type, ...]:
    rules = [
        ValuesOfCorrectType if rule is ValuesOfCorrectTypeRule else rule
        for rule in (*specified_rules, *recommended_rules)
    ]
    return (*rules, NoSchemaIntrospectionCustomRule) if is_production else tuple(rules)


def _root_fields(chosen: SelectionSetNode, fragments: Fragments, entered: set[str]) -> set[str]:
    names: set[str] = set()
    for selection in chosen.selections:
        if isinstance(selection, FragmentSpreadNode):
            name = selection.name.value
            if name not in entered:
                entered.add(name)
                names |= _root_fields(fragments[name].selection_set, fragments, entered)
        elif isinstance(selection, InlineFragmentNode):
            names |= _root_fields(selection.selection_set, fragments, entered)
        elif isinstance(selection, FieldNode):
            names.add(selection.name.value)
    return names
