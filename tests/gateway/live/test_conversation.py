"""graphql-transport-ws, message by message, as its protocol document says."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from redis.asyncio import Redis

from domain.errors import NotPermitted
from gateway.limits import Limits
from gateway.live.messages import PROTOCOL
from gateway.live.stream import Ending
from gateway.replay import RedisMarks
from local.proof import new_key, proof
from tests.gateway.serving import PUBLIC_URL, Gateway, Start
from tests.gateway.talking import Client, connected, talking, until

TICKS = "subscription { ticks }"


def ticked(number: int, id: str = "1") -> dict[str, Any]:
    return {"id": id, "type": "next", "payload": {"data": {"ticks": number}}}


@pytest.fixture
async def marks(redis_url: str) -> AsyncIterator[RedisMarks]:
    async with Redis.from_url(redis_url) as client:
        yield RedisMarks(client)


async def subscribed(gateway: Gateway, client: Client, id: str = "1", **payload: object) -> None:
    before = len(gateway.recorder.ticking.following)
    await client.subscribe(TICKS, id, **payload)
    await until(lambda: len(gateway.recorder.ticking.following) > before)


async def test_what_happens_reaches_a_subscriber_in_order(production: Gateway) -> None:
    async with talking(production) as client:
        await subscribed(production, client)
        for number in (1, 2, 3):
            await production.recorder.ticking.tick(number)
        assert [await client.hear() for _ in range(3)] == [ticked(1), ticked(2), ticked(3)]


async def test_a_query_and_a_mutation_are_answered_once_each_with_a_context_of_its_own(
    production: Gateway,
) -> None:
    async with talking(production) as client:
        for id, query, data in (
            ("a", "{ who }", {"who": "citizen-1"}),
            ("b", "mutation { touch }", {"touch": "touched"}),
        ):
            await client.subscribe(query, id)
            assert await client.hear() == {"id": id, "type": "next", "payload": {"data": data}}
            assert await client.hear() == {"id": id, "type": "complete"}
    first, second = production.recorder.callers
    assert first.event_id != second.event_id
    assert production.recorder.closed == 2


async def test_an_id_is_free_again_once_its_operation_is_over(production: Gateway) -> None:
    async with talking(production) as client:
        for _ in range(2):
            await client.subscribe("{ hello }")
            assert (await client.hear())["type"] == "next"
            assert (await client.hear())["type"] == "complete"


async def test_operations_run_beside_each_other(production: Gateway) -> None:
    async with talking(production) as client:
        await client.subscribe("{ slow }", "slow")
        await production.recorder.started.wait()
        await subscribed(production, client, "ticks")
        await production.recorder.ticking.tick(1)
        assert await client.hear() == ticked(1, "ticks")


async def test_who_completes_a_subscription_gets_no_more_of_it(production: Gateway) -> None:
    async with talking(production) as client:
        await subscribed(production, client, "first")
        await subscribed(production, client, "second")
        await client.say({"type": "complete", "id": "first"})
        await until(lambda: len(production.recorder.ticking.following) == 1)
        await production.recorder.ticking.tick(1)
        assert await client.hear() == ticked(1, "second")


async def test_who_completes_a_query_stops_it(production: Gateway) -> None:
    async with talking(production) as client:
        await client.subscribe("{ slow }")
        await production.recorder.started.wait()
        await client.say({"type": "complete", "id": "1"})
        await until(lambda: production.recorder.cancelled == 1)


async def test_who_leaves_stops_everything(production: Gateway) -> None:
    async with talking(production) as client:
        await subscribed(production, client, "ticks")
        await client.subscribe("{ slow }", "slow")
        await production.recorder.started.wait()
    await until(lambda: production.recorder.cancelled == 1)
    assert production.recorder.ticking.following == {}


async def test_completing_what_is_over_or_never_was_does_nothing(production: Gateway) -> None:
    async with talking(production) as client:
        await client.say({"type": "complete", "id": "never"})
        await client.say({"type": "ping"})
        assert await client.hear() == {"type": "pong"}


@pytest.mark.parametrize("message", [{"type": "ping"}, {"type": "ping", "payload": {"a": 1}}])
async def test_a_ping_is_answered_even_before_anybody_is_let_in(
    production: Gateway, message: object
) -> None:
    async with connected(production) as client:
        await client.say(message)
        assert await client.hear() == {"type": "pong"}
        await client.say({"type": "pong"})
        await client.enter(production.good_token)


@pytest.mark.parametrize(
    ("query", "payload", "code"),
    [
        ("subscription { nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("subscription {", {}, "GRAPHQL_PARSE_FAILED"),
        ("", {}, "BAD_REQUEST"),
        ("", {"documentId": "sha256:" + "0" * 64}, "PERSISTED_QUERY_NOT_FOUND"),
        (TICKS, {"operationName": "other"}, "OPERATION_NOT_FOUND"),
    ],
)
async def test_an_operation_that_can_not_run_ends_with_an_error_and_the_rest_goes_on(
    production: Gateway, query: str, payload: dict[str, object], code: str
) -> None:
    async with talking(production) as client:
        await client.subscribe(query, **payload)
        told = await client.hear()
        assert (told["id"], told["type"]) == ("1", "error")
        assert told["payload"][0]["extensions"]["code"] == code
        await client.subscribe("{ hello }")
        assert (await client.hear())["type"] == "next"


async def test_what_live_refuses_is_told_and_a_failure_of_ours_is_masked(
    production: Gateway,
) -> None:
    async with talking(production) as client:
        for refusal, code in (
            (NotPermitted(reason="NO_CARE_RELATION"), "FORBIDDEN"),
            (RuntimeError("the driver said secret"), "INTERNAL_ERROR"),
        ):
            production.recorder.ticking.refusal = refusal
            await client.subscribe(TICKS)
            told = await client.hear()
            assert told["type"] == "error"
            assert told["payload"][0]["extensions"]["code"] == code
            assert "secret" not in json.dumps(told)


@pytest.mark.parametrize("ending", [Ending.ACCESS_ENDED, Ending.TOO_SLOW, Ending.FAILED])
async def test_a_subscription_that_ends_says_why_and_the_connection_stays(
    production: Gateway, ending: Ending
) -> None:
    async with talking(production) as client:
        await subscribed(production, client)
        (following,) = production.recorder.ticking.following.values()
        following.end(ending)
        told = await client.hear()
        assert (told["type"], told["payload"][0]["extensions"]["code"]) == ("error", ending.name)
        await client.subscribe("{ hello }")
        assert (await client.hear())["type"] == "next"


async def test_a_subscription_without_more_to_come_is_complete(production: Gateway) -> None:
    async with talking(production) as client:
        await subscribed(production, client)
        (following,) = production.recorder.ticking.following.values()
        following.end(None)
        assert await client.hear() == {"id": "1", "type": "complete"}


# How connections are closed.


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        '[{"type": "ping"}]',
        "7",
        '"ping"',
        "{}",
        '{"type": "unknown"}',
        '{"type": 7}',
        '{"type": "start", "id": "1", "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": "1", "payload": []}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 7}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "variables": []}}',
        '{"type": "complete"}',
        '{"type": "connection_init", "payload": []}',
        '{"type": "connection_init", "payload": {"authorization": 7}}',
        '{"type": "subscribe", "id": "1", "payload": {"variables": {"a":' + "[" * 5000 + "]}}}",
    ],
)
async def test_a_message_that_is_none_closes_with_4400(production: Gateway, text: str) -> None:
    async with connected(production) as client:
        await client.socket.send_str(text)
        assert (await client.closed())[0] == 4400


async def test_bytes_are_no_message(production: Gateway) -> None:
    async with talking(production) as client:
        await client.socket.send_bytes(b'{"type": "ping"}')
        assert (await client.closed())[0] == 4400


async def test_who_subscribes_before_being_let_in_is_closed_with_4401(
    production: Gateway,
) -> None:
    async with connected(production) as client:
        await client.subscribe("{ hello }")
        assert await client.closed() == (4401, "Unauthorized")


async def test_who_subscribes_while_being_let_in_is_closed_with_4401(production: Gateway) -> None:
    async with connected(production) as client:
        payload = {"authorization": f"Bearer {production.good_token}"}
        await client.say({"type": "connection_init", "payload": payload})
        await client.subscribe("{ hello }")
        assert (await client.closed())[0] == 4401
    assert production.recorder.callers == []


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (None, "UNAUTHENTICATED"),
        ({}, "UNAUTHENTICATED"),
        ({"authorization": None}, "UNAUTHENTICATED"),
        ({"authorization": ""}, "UNAUTHENTICATED"),
        ({"authorization": "Bearer nonsense"}, "UNAUTHENTICATED"),
        ({"authorization": "Basic dXNlcjp3b3Jk"}, "UNAUTHENTICATED"),
        ({"Authorization": "Bearer valid"}, "UNAUTHENTICATED"),
    ],
)
async def test_who_shows_no_good_token_is_closed_with_4403(
    production: Gateway, payload: dict[str, str] | None, why: str
) -> None:
    async with connected(production) as client:
        await client.say({"type": "connection_init", "payload": payload})
        code, reason = await client.closed()
        assert (code, reason.partition(":")[0]) == (4403, why)


async def test_the_token_of_a_handshakes_headers_lets_nobody_in(production: Gateway) -> None:
    headers = {"authorization": f"Bearer {production.good_token}"}
    async with connected(production, **headers) as client:
        await client.say({"type": "connection_init"})
        assert (await client.closed())[0] == 4403


async def test_without_the_issuers_keys_clients_are_asked_to_try_again(start: Start) -> None:
    gateway = await start(dead_issuer=True)
    async with connected(gateway) as client:
        payload = {"authorization": f"Bearer {gateway.good_token}"}
        await client.say({"type": "connection_init", "payload": payload})
        code, reason = await client.closed()
        assert (code, reason.partition(":")[0]) == (1013, "UNAVAILABLE")


@pytest.mark.parametrize("protocols", [("graphql-ws",), ("nothing", "graphql-ws")])
async def test_another_subprotocol_is_closed_with_4406(
    production: Gateway, protocols: tuple[str, ...]
) -> None:
    async with connected(production, *protocols) as client:
        assert await client.closed() == (4406, "Subprotocol not acceptable")


async def test_a_client_that_names_no_subprotocol_is_closed_with_4406(
    production: Gateway,
) -> None:
    async with production.session.ws_connect(f"{production.url}/graphql") as socket:
        assert (await Client(socket).closed())[0] == 4406


async def test_ours_is_chosen_wherever_it_is_named(production: Gateway) -> None:
    async with connected(production, "graphql-ws", PROTOCOL) as client:
        assert client.socket.protocol == PROTOCOL


async def test_who_does_not_say_who_they_are_is_closed_with_4408(start: Start) -> None:
    gateway = await start(limits=Limits(socket_seconds=1))
    async with connected(gateway) as client:
        assert (await client.closed())[0] == 4408


@pytest.mark.parametrize("query", [TICKS, "{ slow }"])
async def test_an_id_that_is_in_use_closes_with_4409(production: Gateway, query: str) -> None:
    async with talking(production) as client:
        await client.subscribe("{ slow }")
        await production.recorder.started.wait()
        await client.subscribe(query)
        code, reason = await client.closed()
        assert code == 4409
        assert reason == "Subscriber for this id already exists"
    await until(lambda: production.recorder.cancelled == 1)


async def test_who_introduces_themselves_twice_is_closed_with_4429(production: Gateway) -> None:
    async with talking(production) as client:
        await client.say({"type": "connection_init"})
        assert (await client.closed())[0] == 4429


async def test_twice_at_once_is_twice(production: Gateway) -> None:
    async with connected(production) as client:
        payload = {"authorization": f"Bearer {production.good_token}"}
        for _ in range(2):
            await client.say({"type": "connection_init", "payload": payload})
        assert (await client.closed())[0] == 4429


async def test_more_operations_than_a_connection_may_have_are_refused(start: Start) -> None:
    gateway = await start(limits=Limits(socket_operations=2))
    async with talking(gateway) as client:
        for id in ("1", "2"):
            await subscribed(gateway, client, id)
        await client.subscribe(TICKS, "3")
        told = await client.hear()
        assert (told["id"], told["payload"][0]["extensions"]["code"]) == ("3", "LIMIT_EXCEEDED")
        await client.say({"type": "complete", "id": "1"})
        await client.subscribe("{ hello }", "3")
        assert (await client.hear())["type"] == "next"


async def test_more_connections_than_a_process_may_have_are_not_let_in(start: Start) -> None:
    gateway = await start(limits=Limits(connections=1))
    async with talking(gateway) as client:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with connected(gateway):
                pass
        assert refused.value.status == 503
        await client.subscribe("{ hello }")
        assert (await client.hear())["type"] == "next"
    await until(lambda: len(gateway.connections) == 0)
    async with talking(gateway):
        pass


# Tokens.


async def test_the_connection_ends_with_its_token(production: Gateway) -> None:
    token = production.issuer.token(exp=int(time.time()) + 2)
    async with talking(production, token) as client:
        await subscribed(production, client)
        code, reason = await client.closed()
        assert (code, reason.partition(":")[0]) == (4403, "TOKEN_EXPIRED")
    assert production.recorder.ticking.following == {}


async def test_a_token_that_is_bound_comes_with_a_proof_for_the_handshake(
    start: Start, marks: RedisMarks
) -> None:
    gateway = await start(marks=marks, DBEP_BEARER_TOKENS="off")
    key = new_key()
    token = gateway.issuer.token(cnf={"jkt": key.thumbprint()})
    url = f"{PUBLIC_URL}/graphql"
    payload = {"authorization": f"DPoP {token}", "dpop": proof(key, "GET", url, token=token)}
    posted = proof(key, "POST", url, token=token)
    elsewhere = proof(key, "GET", f"{PUBLIC_URL}/export", token=token)
    async with connected(gateway) as client:
        await client.say({"type": "connection_init", "payload": payload})
        assert await client.hear() == {"type": "connection_ack"}
    for wrong, why in (
        (payload, "PROOF_REPLAYED"),
        ({"authorization": f"DPoP {token}"}, "PROOF_MISSING"),
        ({**payload, "dpop": posted}, "PROOF_METHOD"),
        ({**payload, "dpop": elsewhere}, "PROOF_ADDRESS"),
        ({"authorization": f"Bearer {token}"}, "BEARER_REFUSED"),
    ):
        async with connected(gateway) as client:
            await client.say({"type": "connection_init", "payload": wrong})
            code, reason = await client.closed()
            assert (code, reason.partition(":")[0]) == (4403, why)
