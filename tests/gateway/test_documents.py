from __future__ import annotations

import pytest

from gateway.documents import MOST_ERRORS, Bounded, Documents
from gateway.errors import OperationNotFound
from gateway.limits import Limits
from tests.gateway.graph import schema


def some_documents(**limits: int) -> Documents:
    return Documents(schema._schema, Limits(**limits), is_production=True)


def test_a_text_seen_before_is_a_hit() -> None:
    documents = some_documents()
    first, second = documents.get("{ hello }"), documents.get("{ hello }")
    assert first is second
    assert (documents.hits, documents.misses) == (1, 1)


def test_whoever_mends_a_text_is_told_all_that_is_wrong() -> None:
    documents = some_documents(reported_errors=2, root_fields=200)
    text = "{ " + " ".join(f"nothing{each}" for each in range(150)) + " }"
    assert len(documents.get(text).errors) == 3  # the last says that there are more
    assert len(documents.all_errors(text)) == MOST_ERRORS + 1
    assert documents.all_errors("{ hello }") == ()


def test_refused_texts_do_not_push_out_good_ones_nor_grow_without_end() -> None:
    documents = some_documents(cached_documents=16)
    documents.get("{ hello }")
    for i in range(100):
        documents.get(f"{{ nothing{i} }}")
    assert documents.get("{ hello }").operations
    assert documents.hits == 1
    assert len(documents._refused) == 2


def test_the_cache_is_bounded_by_entries_and_by_characters() -> None:
    cache: Bounded[int] = Bounded(entries=3, characters=10)
    for key in ("a", "b", "c", "d"):
        cache.put(key, 1)
    assert (cache.get("a"), cache.get("d"), len(cache)) == (None, 1, 3)
    cache.put("x" * 9, 1)
    assert len(cache) == 2
    cache.put("y" * 11, 1)
    assert cache.get("y" * 11) is None


def test_what_was_used_last_stays() -> None:
    cache: Bounded[int] = Bounded(entries=2, characters=10)
    cache.put("a", 1)
    cache.put("b", 1)
    cache.get("a")
    cache.put("c", 1)
    assert (cache.get("a"), cache.get("b")) == (1, None)


def test_an_operation_is_found_by_name_or_by_being_alone() -> None:
    document = some_documents().get("query A { hello } query B { hello }")
    assert document.operation("B").name == "B"
    for name in (None, "C"):
        with pytest.raises(OperationNotFound):
            document.operation(name)


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("{ __typename }", True),
        ("{ ...F } fragment F on Query { __typename ... { __typename } }", True),
        ("{ __typename hello }", False),
        ("{ __typename ...F } fragment F on Query { hello }", False),
        ("{ __typename: hello }", False),
    ],
)
def test_introspection_only_is_seen_through_fragments(text: str, only: bool) -> None:
    assert some_documents().get(text).operation(None).introspection_only is only
