"""Apollo's multipart subscriptions: what is written, and how it ends."""

from __future__ import annotations

import time

import pytest

from gateway.limits import Limits
from gateway.live.stream import Ending
from tests.gateway.parts import asked
from tests.gateway.serving import Gateway, Start, code
from tests.gateway.talking import until

TICKS = "subscription { ticks }"
ACCEPT = "multipart/mixed;boundary=graphql;subscriptionSpec=1.0, application/json"


async def begun(gateway: Gateway) -> None:
    await until(lambda: len(gateway.recorder.ticking.following) == 1)


async def ended(gateway: Gateway, ending: Ending | None) -> None:
    (following,) = gateway.recorder.ticking.following.values()
    following.end(ending)


async def test_what_happens_stands_under_payload_in_a_part_of_its_own(production: Gateway) -> None:
    async with asked(production, TICKS, ACCEPT) as parts:
        assert parts.answer.headers["content-type"] == (
            'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0"'
        )
        assert parts.answer.headers["cache-control"] == "no-store"
        assert await parts.next() == {}  # there at once, before anything happens
        await begun(production)
        for number in (1, 2):
            await production.recorder.ticking.tick(number)
            assert await parts.next() == {"payload": {"data": {"ticks": number}}}
        await ended(production, None)
        assert await parts.next() is None


@pytest.mark.parametrize("accept", [ACCEPT, 'multipart/mixed;subscriptionSpec="1.0", */*'])
async def test_the_parameter_is_read_with_quotes_and_without(
    production: Gateway, accept: str
) -> None:
    async with asked(production, TICKS, accept) as parts:
        assert await parts.next() == {}


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "multipart/mixed, application/json",
        "multipart/mixed;deferSpec=20220824,*/*",
    ],
)
async def test_whoever_does_not_read_the_protocol_is_refused(
    production: Gateway, accept: str
) -> None:
    status, body = await production.post(TICKS, accept=accept)
    assert (status, code(body)) == (400, "SUBSCRIPTION_NOT_SUPPORTED")


async def test_a_subscription_that_is_refused_does_not_begin(production: Gateway) -> None:
    status, body = await production.post("subscription { nothing }", accept=ACCEPT)
    assert (status, code(body)) == (200, "GRAPHQL_VALIDATION_FAILED")
    assert production.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("ending", Ending)
async def test_an_end_of_ours_is_no_payload_and_says_why(
    production: Gateway, ending: Ending
) -> None:
    async with asked(production, TICKS, ACCEPT) as parts:
        await parts.next()
        await begun(production)
        await ended(production, ending)
        last = await parts.next()
        assert (last["payload"], code(last)) == (None, ending.name)
        assert await parts.next() is None


async def test_the_stream_ends_with_its_token(production: Gateway) -> None:
    token = production.issuer.token(exp=int(time.time()) + 2)
    async with asked(production, TICKS, ACCEPT, authorization=f"Bearer {token}") as parts:
        _, last = await parts.rest()
    assert (last["payload"], code(last)) == (None, "TOKEN_EXPIRED")
    assert production.recorder.ticking.following == {}


async def test_a_quiet_stream_shows_that_it_is_alive(start: Start) -> None:
    gateway = await start(DBEP_KEEP_ALIVE_SECONDS="1")
    async with asked(gateway, TICKS, ACCEPT) as parts:
        assert [await parts.next() for _ in range(3)] == [{}, {}, {}]


async def test_a_process_that_ends_says_so(start: Start) -> None:
    gateway = await start()
    async with asked(gateway, TICKS, ACCEPT) as parts:
        await parts.next()
        await begun(gateway)
        await gateway.connections.drain(0, lambda: False)
        last = await parts.next()
    assert (last["payload"], code(last)) == (None, "RESTARTING")
    assert gateway.recorder.ticking.following == {}


async def test_who_hangs_up_stops_the_subscription(production: Gateway) -> None:
    async with asked(production, TICKS, ACCEPT) as parts:
        await parts.next()
        await begun(production)
        parts.answer.close()
    await until(lambda: production.recorder.ticking.following == {})
    await until(lambda: len(production.connections) == 0)


async def test_who_does_not_read_is_ended_and_nothing_grows(start: Start) -> None:
    gateway = await start(limits=Limits(waiting_messages=4))
    async with asked(gateway, TICKS, ACCEPT) as parts:
        await parts.next()
        await begun(gateway)
        (following,) = gateway.recorder.ticking.following.values()
        for _ in range(40):
            following.sink.send(b" " * 1_000_000, None)
            if following.sink.is_full:
                break
        assert following.sink.is_full
        await gateway.recorder.ticking.tick(1)
        assert gateway.recorder.ticking.full == 1
        assert gateway.recorder.ticking.following == {}
        parts.answer.close()
