from __future__ import annotations

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse

from gateway.merging import Merging
from tests.gateway.graph import schema

GRAPH = schema._schema


def merged(text: str) -> tuple[dict[str, int], int]:
    """Return how often each field of the root is asked for, and how often it is deferred."""
    document = parse(text)
    fragments = {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }
    [operation] = [
        each for each in document.definitions if isinstance(each, OperationDefinitionNode)
    ]
    assert GRAPH.query_type is not None
    fields, deferrals = Merging(GRAPH, fragments).fields(
        GRAPH.query_type, [(operation.selection_set, None)]
    )
    return {key: len(nodes) for key, nodes in fields.items()}, deferrals


@pytest.mark.parametrize(
    ("text", "fields", "deferrals"),
    [
        ("{ hello a: hello hello }", {"hello": 2, "a": 1}, 0),
        ("{ ...F ...F } fragment F on Query { hello }", {"hello": 1}, 0),
        ("{ ... on Change { state } hello }", {"hello": 1}, 0),
        ("{ ... @defer { hello } ... @defer { hello } }", {"hello": 2}, 2),
        ("{ ... @defer { ... @defer { hello } } }", {"hello": 1}, 2),
        ("{ ... @defer { child { ... @defer { hello } } } }", {"child": 1}, 1),
        ("{ ...F ...F @defer } fragment F on Query { hello }", {"hello": 2}, 1),
        (
            """{ ... @defer { ...F } ... @defer { ...F } } fragment F on Query { ...G ...G }
            fragment G on Query { hello ... @defer { who } }""",
            {"hello": 2, "who": 2},
            4,
        ),
    ],
)
def test_fields_are_merged_and_fragments_gone_through_once_for_each_defer(
    text: str, fields: dict[str, int], deferrals: int
) -> None:
    assert merged(text) == (fields, deferrals)
