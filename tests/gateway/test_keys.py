"""The issuer's keys over HTTP: fetched once, asked for again, kept while the issuer is down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from gateway.errors import KeysUnavailable
from gateway.keys import Keys
from tests.gateway.serving import Issuer, a_key, serving


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    issuer = Issuer()
    async with serving(issuer.app) as issuer.url:
        yield issuer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def keys(issuer: Issuer, session: aiohttp.ClientSession, clock: Clock) -> AsyncIterator[Keys]:
    keys = Keys(f"{issuer.url}/jwks", session, clock=clock)
    yield keys
    await keys.close()


async def test_keys_are_fetched_once_for_many(keys: Keys, issuer: Issuer) -> None:
    found = await asyncio.gather(*(keys.find("one") for _ in range(20)))
    assert all(found)
    assert issuer.calls == 1


async def test_unknown_key_ids_can_not_turn_us_against_the_issuer(
    keys: Keys, issuer: Issuer
) -> None:
    for i in range(20):
        assert await keys.find(f"forged-{i}") is None
    assert issuer.calls == 1


async def test_a_new_key_is_found_after_the_cool_down(
    keys: Keys, issuer: Issuer, clock: Clock
) -> None:
    assert await keys.find("one")
    issuer.key = a_key("two")
    assert await keys.find("two") is None
    clock.now += 31
    assert await keys.find("two")
    assert await keys.find("one") is None


async def test_known_keys_stay_good_while_the_issuer_is_down(
    keys: Keys, issuer: Issuer, clock: Clock
) -> None:
    assert await keys.find("one")
    issuer.is_down = True
    clock.now += 10_000
    assert await keys.find("one")
    assert await keys.find("one")
    await keys.ready()


async def test_an_unknown_key_can_not_be_judged_while_the_issuer_is_down(
    keys: Keys, issuer: Issuer, clock: Clock
) -> None:
    issuer.is_down = True
    for kid in ("one", "one"):
        with pytest.raises(KeysUnavailable):
            await keys.find(kid)
    with pytest.raises(KeysUnavailable):
        await keys.ready()
    assert issuer.calls == 1
    issuer.is_down = False
    clock.now += 3
    assert await keys.find("one")


async def test_a_caller_that_goes_away_does_not_stop_the_fetch(keys: Keys, issuer: Issuer) -> None:
    first = asyncio.create_task(keys.find("one"))
    await asyncio.sleep(0)
    first.cancel()
    assert await keys.find("one")
    assert issuer.calls == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/jwks", "http://127.0.0.1:1"])
async def test_an_address_where_nobody_answers_is_unavailable(
    session: aiohttp.ClientSession, url: str
) -> None:
    with pytest.raises(KeysUnavailable):
        await Keys(url, session).find("one")


async def test_an_answer_that_is_no_key_set_is_unavailable(
    issuer: Issuer, session: aiohttp.ClientSession
) -> None:
    with pytest.raises(KeysUnavailable):
        await Keys(f"{issuer.url}/elsewhere", session).find("one")
