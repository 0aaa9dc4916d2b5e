"""The feed of deaths, read over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from connectors.http import SourceClient, SourceFailure, SourceSettings
from connectors.kjernejournal.death import DeathFeed
from domain.source.section import ReasonCode, SourceName
from simulators import kjernejournal
from simulators.building import build
from simulators.serving import serve
from tests.connectors.asking import ARNE, NOW
from tests.connectors.test_record import SYSTEM


@pytest.fixture
async def register() -> AsyncIterator[str]:
    async with serve(kjernejournal.create_app(build(today=NOW.date(), patients=1))) as url:
        yield url


@pytest.fixture
async def feed(register: str) -> AsyncIterator[DeathFeed]:
    settings = SourceSettings(
        name=SourceName.KJERNEJOURNAL, base_url=register, token="dev-kjernejournal"
    )
    client = SourceClient(settings)
    yield DeathFeed(client)
    await client.close()


async def _post(url: str, body: object, method: str = "POST") -> None:
    async with aiohttp.ClientSession() as http, http.request(method, url, json=body) as answer:
        assert answer.status == 200


async def test_a_death_is_read_once_from_where_one_was(register: str, feed: DeathFeed) -> None:
    before = await feed.after(0, SYSTEM)
    assert before.deaths == ()
    await _post(f"{register}/_changes", {"patient": ARNE, "change": "die"})
    told = await feed.after(before.position, SYSTEM)
    assert [death.number for death in told.deaths] == [ARNE]
    assert (await feed.after(told.position, SYSTEM)).deaths == ()


async def test_no_text_form_shows_who_has_died(register: str, feed: DeathFeed) -> None:
    await _post(f"{register}/_changes", {"patient": ARNE, "change": "die"})
    assert ARNE not in repr(await feed.after(0, SYSTEM))


async def test_what_can_t_be_read_is_no_answer(register: str, feed: DeathFeed) -> None:
    await _post(f"{register}/_faults", [{"kind": "wrongBody", "body": "{}"}], "PUT")
    with pytest.raises(SourceFailure) as failed:
        await feed.after(0, SYSTEM)
    assert failed.value.code is ReasonCode.SOURCE_INVALID_ANSWER
