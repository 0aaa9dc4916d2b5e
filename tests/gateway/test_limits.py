"""Documents made to hurt: each is answered in few steps, where stock limiters hang."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from graphql import get_introspection_query

from gateway.documents import Document, Documents
from gateway.errors import LimitExceeded
from gateway.limits import Limits, check_variables
from tests.gateway.graph import schema

LEVELS = range(25)
LAST = "fragment F25 on Query { hello }"


def chain(body: str) -> str:
    links = (f"fragment F{i} on Query {{ {body.replace('NEXT', f'...F{i + 1}')} }}" for i in LEVELS)
    return "{ ...F0 } " + " ".join(links) + LAST


def nested(depth: int, width: int) -> str:
    inner = nested(depth - 1, width) if depth else "hello"
    return " ".join([f"child {{ {inner} }}"] * width)


MANY_FRAGMENTS = (
    "{" + " ".join(f"...F{i}" for i in range(99)) + "}"
    + " ".join(f"fragment F{i} on Query {{ child {{ hello }} other {{ hello }} }}"
               for i in range(99))
)  # fmt: skip


MOST_CALLS = 500_000  # a few tenths of a second; one that multiplies makes billions


@contextmanager
def few_calls() -> Iterator[None]:
    """Stop code that makes more function calls than any honest document takes."""
    made = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal made
        made += event == "call"
        assert made < MOST_CALLS, "too many steps"

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)


def get(text: str, **limits: int) -> Document:
    documents = Documents(schema._schema, Limits(**limits), is_production=True)
    with few_calls():
        return documents.get(text)


def codes(document: Document) -> set[str]:
    return {error["extensions"]["code"] for error in document.errors}


def test_fragments_spread_twice_in_the_next_cost_nothing_extra() -> None:
    assert get(chain("NEXT NEXT")).operations


@pytest.mark.parametrize(
    "text",
    [
        chain("child { NEXT } other { NEXT }"),
        chain("a: child { NEXT } b: child { NEXT }"),
        chain("child { NEXT NEXT }"),
        "{" + " ".join(f"a{i}: hello" for i in range(20_000)) + "}",
        "{" + " hello" * 20_000 + "}",
        "{" + " hello" * 900 + "}",
        "{" + " child { child { hello } }" * 250 + "}",
        "{" + nested(5, 3) + "}",
        MANY_FRAGMENTS,
        "{" + "... {" * 1000 + "hello" + "}" * 1001,
        "{" + "child {" * 30 + "hello" + "}" * 31,
        "{ hello" + " @include(if: true)" * 60 + "}",
        "{" + "".join(f" hello @include(if: {b})" for b in ("true", "false") * 30) + "}",
        "{ many(ids: [" + "1 " * 600 + "]) }",
        "#" * 200_000 + "\n{ hello }",
        "#\n" * 40_000 + "{ hello }",
        '{ echo(text: """' + "x" * 150_000 + '""") }',
        "{ hello }" + "".join(f"fragment F{i} on Query {{ hello }}" for i in range(101)),
        "{ ...A } fragment A on Query { child { ...B } } fragment B on Query { child { ...A } }",
        "fragment A on Query {" + " hello" * 900 + "} { hello }",
    ],
)  # fmt: skip
def test_what_multiplies_is_refused_at_once(text: str) -> None:
    assert codes(get(text)) == {"LIMIT_EXCEEDED"}


@pytest.mark.parametrize(
    "text",
    [
        "{ ...A } fragment A on Query { ...A }",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A ...A }",
        "{ ...Nobody }",
        "{ hello } fragment A on Query { ...A }",
    ],
)
def test_fragments_in_a_circle_are_safe(text: str) -> None:
    assert codes(get(text)) == {"GRAPHQL_VALIDATION_FAILED"}


def test_thousand_errors_are_reported_by_the_first_few() -> None:
    text = "{" + "".join(f" nothing{i}" for i in range(19)) + "}"
    assert len(get(text).errors) <= 6


def test_many_fragments_that_differ_are_validated_in_time() -> None:
    spread = " ".join(f"...F{i}" for i in range(100))
    defined = " ".join(f"fragment F{i} on Query {{ child {{ hello }} }}" for i in range(100))
    get(f"{{ {spread} }} {defined}", duplicates=1000)


def test_the_root_is_counted_after_fragments_are_spread() -> None:
    text = "{ a: hello ...F } fragment F on Query { b: hello c: hello }"
    assert get(text, root_fields=3).operations
    assert codes(get(text, root_fields=2)) == {"LIMIT_EXCEEDED"}


def test_aliases_in_a_fragment_count_once() -> None:
    text = "{ child { ...F } other { ...F } } fragment F on Query { a: hello b: hello }"
    assert get(text, aliases=2).operations
    assert codes(get(text, aliases=1)) == {"LIMIT_EXCEEDED"}


def test_the_usual_introspection_is_within_the_limits() -> None:
    documents = Documents(schema._schema, Limits(), is_production=False)
    text = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, schema_description=True,
        input_value_deprecation=True,
    )  # fmt: skip
    assert documents.get(text).errors == ()


def deep(levels: int) -> object:
    value: object = "x"
    for _ in range(levels):
        value = [value] if levels % 2 else {"a": value}
    return value


@pytest.mark.parametrize("variables", [{"a": deep(33)}, {"a": deep(40)}, {"a": {"b": [1] * 501}}])
def test_deep_or_long_variables_are_refused(variables: dict[str, object]) -> None:
    with pytest.raises(LimitExceeded):
        check_variables(variables, Limits())


def test_usual_variables_pass() -> None:
    check_variables({"ids": ["a"] * 500, "filter": {"name": "b", "deep": deep(20)}}, Limits())


IN_DOCUMENTS = {
    "document_characters": (20, "{ hello }", "{ hello }" + " " * 20),
    "tokens": (5, "{ hello }", "{ child { hello } }"),
    "depth": (2, "{ child { hello } }", "{ child { child { hello } } }"),
    "root_fields": (2, "{ hello child { hello } }", "{ hello child { hello } other { hello } }"),
    "selections": (2, "{ child { hello } }", "{ child { child { hello } } }"),
    "duplicates": (2, "{ hello hello }", "{ hello hello hello }"),
    "aliases": (2, "{ a: hello b: hello }", "{ a: hello b: hello c: hello }"),
    "directives": (1, "{ hello @skip(if: true) }", "{ hello @skip(if: true) @include(if: true) }"),
    "deferrals": (
        1,
        "{ ... @defer { hello } }",
        "{ ... @defer { hello } children @stream { hello } }",
    ),
    "fragments": (
        1,
        "{ ...A } fragment A on Query { hello }",
        "{ ...A ...B } fragment A on Query { hello } fragment B on Query { hello }",
    ),
    "list_items": (2, "{ many(ids: [1 2]) }", "{ many(ids: [1 2 3]) }"),
}


@pytest.mark.parametrize("name", IN_DOCUMENTS)
def test_a_document_at_a_limit_passes_and_one_over_it_does_not(name: str) -> None:
    limit, at, over = IN_DOCUMENTS[name]
    assert get(at, **{name: limit}).errors == ()
    assert codes(get(over, **{name: limit})) == {"LIMIT_EXCEEDED"}
    assert get(over).errors == ()


@pytest.mark.parametrize(
    ("name", "limit", "at", "over"),
    [
        ("json_nesting", 2, {"a": {"b": 1}}, {"a": {"b": {"c": 1}}}),
        ("json_nesting", 2, {"a": [1]}, {"a": [[1]]}),
        ("list_items", 2, {"a": [1, 2]}, {"a": [1, 2, 3]}),
    ],
)
def test_variables_at_a_limit_pass_and_those_over_it_do_not(
    name: str, limit: int, at: dict[str, object], over: dict[str, object]
) -> None:
    limits = Limits(**{name: limit})
    check_variables(at, limits)
    with pytest.raises(LimitExceeded):
        check_variables(over, limits)


def test_so_many_errors_are_reported_as_the_limit_says() -> None:
    text = "{" + "".join(f" nothing{i}" for i in range(9)) + "}"
    # One more says that there are more.
    assert len(get(text, reported_errors=3).errors) == 3 + 1


def test_the_cache_keeps_no_more_characters_than_the_limit_says() -> None:
    documents = Documents(schema._schema, Limits(cached_characters=50), is_production=True)
    for i in range(20):
        documents.get(f"{{ a{i:02}: hello }}")
    assert len(documents._good) == 50 // len("{ a00: hello }")


def test_every_limit_has_a_test() -> None:
    tests = Path(__file__).parents[1]
    files = [
        *(tests / "gateway").rglob("test_*.py"),
        *(tests / "journeys").glob("test_meanwhile.py"),
    ]
    here = "\n".join(path.read_text() for path in files)
    assert [
        name
        for name in Limits.__struct_fields__
        if not re.search(rf'\b{name}=|"{name}"|"DBEP_MAX_{name.upper()}"', here)
    ] == []
