"""A source's change feed, read over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from connectors.change_feed import ChangeFeed, Changes
from connectors.http import SourceClient, SourceFailure, SourceSettings
from domain.source.section import ReasonCode, SourceName
from simulators import medication
from simulators.building import build
from simulators.changes import MAX_KEPT
from simulators.serving import serve
from simulators.source import Source
from tests.connectors.asking import NORA, NOW
from tests.connectors.test_record import SYSTEM

_TIMELESS = """{"changes": [{"sequence": 1, "patient": "1", "kind": "x", "at":
    "2026-11-22T12:00:00"}], "last": 1, "completeAfter": 0}"""


@pytest.fixture
async def source() -> AsyncIterator[tuple[str, Source]]:
    app = medication.create_app(build(today=NOW.date(), patients=1))
    async with serve(app) as url:
        yield url, app.state.source


@pytest.fixture
async def feed(source: tuple[str, Source]) -> AsyncIterator[ChangeFeed]:
    settings = SourceSettings(
        name=SourceName.MEDICATION, base_url=source[0], token="dev-medication"
    )
    client = SourceClient(settings)
    yield ChangeFeed(client)
    await client.close()


async def test_a_change_is_read_once_from_where_one_was(
    source: tuple[str, Source], feed: ChangeFeed
) -> None:
    before = await feed.after(0, SYSTEM)
    assert before.changes == ()
    source[1].changes.record(NORA, "medication")
    told = await feed.after(before.position, SYSTEM)
    assert [(each.number, each.kind) for each in told.changes] == [(NORA, "medication")]
    assert told.changes[0].at.tzinfo is not None
    assert told.goes_on_from(before.position)
    assert (await feed.after(told.position, SYSTEM)).changes == ()


async def test_a_feed_says_what_it_has_forgotten(
    source: tuple[str, Source], feed: ChangeFeed
) -> None:
    before = await feed.after(0, SYSTEM)
    assert not before.goes_on_from(0)
    for _ in range(MAX_KEPT + 1):
        source[1].changes.record(NORA, "medication")
    told = await feed.after(before.position, SYSTEM)
    assert not told.goes_on_from(before.position)
    assert told.goes_on_from(before.position + 1)


@pytest.mark.parametrize(
    ("position", "goes_on"), [(4, False), (5, True), (7, True), (9, True), (10, False)]
)
def test_a_feed_goes_on_from_places_that_it_has_had_and_remembers(
    position: int, goes_on: bool
) -> None:
    feed = Changes(changes=(), position=9, whole_after=5)
    assert feed.goes_on_from(position) is goes_on


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        '{"changes": [], "last": "x", "completeAfter": 1}',
        _TIMELESS,
    ],
)
async def test_what_can_t_be_read_is_no_answer(
    source: tuple[str, Source], feed: ChangeFeed, body: str
) -> None:
    faults = [{"kind": "wrongBody", "body": body}]
    async with (
        aiohttp.ClientSession() as http,
        http.put(f"{source[0]}/_faults", json=faults) as answer,
    ):
        assert answer.status == 200
    with pytest.raises(SourceFailure) as failed:
        await feed.after(0, SYSTEM)
    assert failed.value.code is ReasonCode.SOURCE_INVALID_ANSWER


async def test_no_text_form_shows_whose_data_has_changed(
    source: tuple[str, Source], feed: ChangeFeed
) -> None:
    before = await feed.after(0, SYSTEM)
    source[1].changes.record(NORA, "medication")
    assert NORA not in repr(await feed.after(before.position, SYSTEM))
