"""Whatever a source sends: no crash, no loss that goes untold, no word of it in a reason."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.http import SourceFailure
from domain.source.section import ReasonCode
from tests.connectors.asking import ARNE, EMIL, NORA
from tests.connectors.reading import READERS, Reader, Sections

CANARY = "canary-7f3a"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
readers = pytest.mark.parametrize("reader", READERS, ids=[r.payload for r in READERS])


def read(reader: Reader, body: bytes) -> Sections | None:
    """Return the sections, or None if the answer as a whole was refused."""
    outcome = _outcome(reader, body)
    if isinstance(outcome, SourceFailure):
        assert outcome.code is ReasonCode.SOURCE_INVALID_ANSWER
        assert str(outcome) == "SOURCE_INVALID_ANSWER"
        assert outcome.__context__ is None
        return None
    told = repr([section.reasons for section in outcome])
    for secret in (CANARY, NORA, ARNE, EMIL):
        assert secret not in told
    return outcome


def _outcome(reader: Reader, body: bytes) -> Sections | SourceFailure:
    try:
        return reader.read(body)
    except SourceFailure as failure:
        return failure


@readers
@given(body=st.binary(max_size=200))
@settings(max_examples=25)
def test_arbitrary_bytes_are_refused(reader: Reader, body: bytes) -> None:
    assert read(reader, body) is None


@readers
@given(value=json_values)
@settings(max_examples=25)
def test_arbitrary_json_is_refused(reader: Reader, value: Any) -> None:
    assert read(reader, json.dumps(value).encode()) is None


@readers
def test_an_answer_cut_anywhere_is_refused(reader: Reader) -> None:
    for end in range(0, len(reader.body), 7):
        assert read(reader, reader.body[:end]) is None


@readers
def test_deep_nesting_is_refused_or_told(reader: Reader) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    assert read(reader, deep) is None
    for field in (b'"entry":', b'"resource":', b'"section":', b'"identifier":'):
        head, found, tail = reader.body.partition(field)
        if found:
            body = head + field + b" " + deep + b', "x":' + tail
            _assert_nothing_lost(read(reader, reader.body) or [], read(reader, body))


@readers
def test_no_single_wrong_value_loses_an_item_untold(reader: Reader) -> None:
    good = read(reader, reader.body)
    assert good is not None
    for body in _mutations(json.loads(reader.body), reader.silent):
        _assert_nothing_lost(good, read(reader, body))


@readers
@given(data=st.data())
@settings(max_examples=60)
def test_arbitrary_values_lose_no_item_untold(reader: Reader, data: st.DataObject) -> None:
    good = read(reader, reader.body)
    assert good is not None
    tree = json.loads(reader.body)
    holder, key, path = data.draw(st.sampled_from(list(_places(tree))))
    if not re.fullmatch(reader.silent, path):
        holder[key] = data.draw(json_values)
        _assert_nothing_lost(good, read(reader, json.dumps(tree).encode()))


def _assert_nothing_lost(good: Sections, now: Sections | None) -> None:
    for before, after in zip(good, now or good, strict=True):
        if not set(after.reasons) - set(before.reasons):
            assert set(after.reasons) == set(before.reasons)
            assert len(after.items or ()) >= len(before.items or ())
            assert (after.items is None) == (before.items is None)


def _mutations(tree: Any, silent: str) -> Iterator[bytes]:
    for holder, key, path in list(_places(tree)):
        kept = copy.copy(holder)
        wrong: list[Any] = [CANARY, 987654321, None, True, {}, [CANARY], {CANARY: CANARY}]
        may_tell = not re.fullmatch(silent, path)
        for value in wrong + [[]] * may_tell:
            holder[key] = value
            yield json.dumps(tree).encode()
        if may_tell:
            del holder[key]
            yield json.dumps(tree).encode()
        holder.clear()
        holder.extend(kept) if isinstance(holder, list) else holder.update(kept)


def _places(tree: Any, path: str = "") -> Iterator[tuple[Any, Any, str]]:
    """Return each place in the tree: what holds it, its key there, and its path."""
    keys = tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield tree, key, f"{path}.{key}".removeprefix(".")
        yield from _places(tree[key], f"{path}.{key}")
