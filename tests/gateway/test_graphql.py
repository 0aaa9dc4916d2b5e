"""The endpoint over HTTP: what comes in, what goes out, and what is refused."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import aiohttp
import msgspec
import pytest
from prometheus_client import CollectorRegistry

from gateway.answering import Answering
from gateway.auth import Authenticator
from gateway.demand import Demand
from gateway.documents import Documents
from gateway.execution import Executor
from gateway.graphql import GraphQLEndpoint
from gateway.keys import Keys
from gateway.limits import Limits
from gateway.live.asking import Asking
from gateway.live.connections import Connections
from gateway.live.outbox import Bounds
from gateway.live.streams import Streams
from gateway.persisted import Persisted
from gateway.rates import Rates
from tests.gateway.graph import Recorder, schema
from tests.gateway.serving import Gateway, Start, code, serving

NUMBER = "05894500079"
GRAPHQL_JSON = "application/graphql-response+json"


async def test_a_query_is_answered_with_data_only(production: Gateway) -> None:
    status, body = await production.post("{ hello who }")
    assert (status, body) == (200, {"data": {"hello": "hei", "who": "citizen-1"}})
    assert production.headers["content-type"] == "application/json; charset=utf-8"
    assert production.headers["cache-control"] == "no-store"
    assert production.headers["x-content-type-options"] == "nosniff"


async def test_the_context_knows_viewer_language_and_event_and_is_closed(
    production: Gateway,
) -> None:
    event = "0f8fad5b-d9cb-469f-a165-70867728950e"
    await production.post("{ who }", accept_language="nn-NO,en;q=0.5", nhn_event_id=event)
    [caller] = production.recorder.callers
    assert (caller.viewer.subject, caller.language, caller.event_id) == ("citizen-1", "nn", event)
    assert production.headers["x-event-id"] == event
    assert production.recorder.closed == 1


async def test_an_event_id_that_is_no_uuid_is_replaced(production: Gateway) -> None:
    await production.post("{ who }", nhn_event_id=NUMBER)
    assert NUMBER not in production.headers["x-event-id"]


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        (GRAPHQL_JSON, GRAPHQL_JSON),
        (f"{GRAPHQL_JSON}, application/json;q=0.9", GRAPHQL_JSON),
        (f"application/json, {GRAPHQL_JSON}", "application/json"),
        (f"application/json;q=0.5, {GRAPHQL_JSON};q=0.7", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON}, application/json, text/event-stream, multipart/mixed", GRAPHQL_JSON),
    ],
)
async def test_the_best_accepted_media_type_is_given(
    production: Gateway, accept: str, given: str
) -> None:
    await production.post("{ hello }", accept=accept)
    assert production.headers["content-type"] == f"{given}; charset=utf-8"


async def test_an_unacceptable_media_type_is_said_so(production: Gateway) -> None:
    status, body = await production.post("{ hello }", accept="text/html")
    assert (status, code(body)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { hello } query B { hello }", "OPERATION_NOT_FOUND"),
        ("fragment A on Query { hello }", "GRAPHQL_VALIDATION_FAILED"),
        ("query($n: Int!) { echo(count: $n) }", "BAD_USER_INPUT"),
    ],
)
async def test_a_refused_document_has_a_code_and_no_data(
    production: Gateway, query: str, expected: str
) -> None:
    for accept, wanted in (("application/json", 200), (GRAPHQL_JSON, 400)):
        status, body = await production.post(query, accept=accept)
        assert (status, code(body)) == (wanted, expected)
        assert "data" not in body


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"1",
        b'"text"',
        b"[]",
        b'[{"query":"{hello}"}]',
        b"{}",
        b"",
        b"{",
        b'{"query": "{hello}"} x',
        b'{"query": "\xff"}',
        b'{"query": "\\ud800"}',
        b'{"query": 1}',
        b'{"query": "{hello}", "variables": []}',
        b'{"query": "{hello}", "variables": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
        b"[" * 500_000,
    ],
)
async def test_a_body_that_is_no_request_is_a_400(production: Gateway, body: bytes) -> None:
    async with asyncio.timeout(5):
        status, answer = await production.send(body=body)
    assert (status, code(answer)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/json-not", "application/x-www-form-urlencoded", "",
     "application/json; charset=latin-1", "multipart/form-data; boundary=x"],
)  # fmt: skip
async def test_a_body_that_is_not_called_json_is_a_415(
    production: Gateway, content_type: str
) -> None:
    status, body = await production.send(body=b'{"query":"{hello}"}', content_type=content_type)
    assert (status, code(body)) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_a_compressed_body_is_a_415(production: Gateway) -> None:
    status, _ = await production.send(body=b"x", content_encoding="br")
    assert status == 415


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_over_the_limit_is_a_413(production: Gateway, chunked: bool) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b" " * 50_000

    data = parts() if chunked else io.BytesIO(b" " * 1_500_000)
    headers = {
        "content-type": "application/json",
        "authorization": f"Bearer {production.good_token}",
    }
    async with asyncio.timeout(5):
        async with production.session.post(
            f"{production.url}/graphql", data=data, headers=headers
        ) as answer:
            assert answer.status == 413
            assert code(msgspec.json.decode(await answer.read())) == "PAYLOAD_TOO_LARGE"


async def test_a_body_may_be_as_large_as_the_limit_says(start: Start) -> None:
    body = b'{"query": "{ hello }"}'
    production = await start(limits=Limits(body_bytes=len(body)))
    assert (await production.send(body=body))[0] == 200
    assert (await production.send(body=body + b" "))[0] == 413


async def test_a_body_that_never_ends_is_given_up(start: Start) -> None:
    production = await start(limits=Limits(body_seconds=1))

    async def parts() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(3)

    headers = {
        "content-type": "application/json",
        "authorization": f"Bearer {production.good_token}",
    }
    async with production.session.post(
        f"{production.url}/graphql", data=parts(), headers=headers
    ) as answer:
        assert answer.status == 408


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_a_405(production: Gateway, method: str) -> None:
    status, body = await production.send(method)
    assert (status, code(body)) == (405, "METHOD_NOT_ALLOWED")
    assert production.headers["allow"] == "GET, POST"


async def test_an_unknown_address_is_a_404_in_json(production: Gateway) -> None:
    status, body = await production.send("GET", path="/graphq")
    assert (status, code(body)) == (404, "NO_SUCH_ROUTE")


async def test_a_subscription_by_post_is_refused(production: Gateway) -> None:
    status, body = await production.post("subscription { ticks }")
    assert (status, code(body)) == (400, "SUBSCRIPTION_NOT_SUPPORTED")
    assert "data" not in body


async def test_introspection_is_off_in_production_only(
    production: Gateway, development: Gateway
) -> None:
    query = "{ __schema { queryType { name } } }"
    assert code((await production.post(query))[1]) == "GRAPHQL_VALIDATION_FAILED"
    assert (await development.post(query, token=None))[0] == 200


async def test_suggestions_are_off_in_production_only(
    production: Gateway, development: Gateway
) -> None:
    asked = [await gateway.post("{ helo }") for gateway in (production, development)]
    messages = [body["errors"][0]["message"] for _, body in asked]
    assert ["Did you mean" in message for message in messages] == [False, True]


NEARLY: list[tuple[str, dict[str, object]]] = [
    ("{ helo }", {}),
    ('{ echo(txt: "a") }', {}),
    ("{ echo(colour: REDD) }", {}),
    ("query($c: Colur) { echo(colour: $c) }", {}),
    ("query($c: Colour) { echo(colour: $c) }", {"c": "REDD"}),
    ("query($f: Filter) { find(filter: $f) }", {"f": {"nam": "a"}}),
    ('{ find(filter: {nam: "a"}) }', {}),
    ("{ hello @skp(if: true) }", {}),
    ("{ ...F } fragment F on Quer { hello }", {}),
    ("query($c: Colour) { echo(colour: $colour) }", {}),
    ("{ __schem { types { name } } }", {}),
    ('{ __type(name: "Query") { name } }', {}),
]


@pytest.mark.parametrize(("query", "variables"), NEARLY)
async def test_what_is_nearly_right_is_not_helped_in_production(
    production: Gateway, query: str, variables: dict[str, object]
) -> None:
    _, body = await production.post(query, variables)
    assert body["errors"]
    assert not body.get("data")
    told = str(body)
    assert "Did you mean" not in told
    assert not any(name in told for name in ("RED", "'hello'", "numbers", "'text'", "bounds"))


async def hang_up_during(gateway: Gateway, query: str) -> None:
    body = msgspec.json.encode({"query": query})
    headers = {"authorization": f"Bearer {gateway.good_token}", "content-type": "application/json"}
    async with aiohttp.ClientSession() as session:
        asking = asyncio.create_task(
            session.post(f"{gateway.url}/graphql", data=body, headers=headers)
        )
        async with asyncio.timeout(5):
            await gateway.recorder.started.wait()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


async def test_a_client_that_hangs_up_stops_its_work(production: Gateway) -> None:
    await hang_up_during(production, "{ slow }")
    async with asyncio.timeout(5):
        await production.recorder.ended.wait()
    assert production.recorder.cancelled == 1


async def test_work_left_in_tasks_is_stopped_when_the_answer_is_out(production: Gateway) -> None:
    status, body = await production.post("{ left }")
    assert (status, body) == (200, {"data": {"left": "left"}})
    assert (production.recorder.closed, production.recorder.cancelled) == (1, 1)


async def test_an_operation_over_its_deadline_is_stopped_and_said_so(start: Start) -> None:
    production = await start(limits=Limits(operation_seconds=1))
    status, body = await production.post("{ slow }")
    assert (status, code(body)) == (504, "TIMEOUT")
    assert (production.recorder.closed, production.recorder.cancelled) == (1, 1)


async def test_the_same_text_is_parsed_and_validated_once(session: aiohttp.ClientSession) -> None:
    executor = Executor(schema, deadline_seconds=5)
    documents = Documents(executor.graphql_schema, Limits(), is_production=False)
    answering = Answering(
        persisted=Persisted(documents, own={}, registered=None, answers_ad_hoc=True),
        executor=executor,
        build_context=Recorder().context,
        demand=Demand(Rates(), Limits()),
        limits=Limits(),
    )
    authenticator = Authenticator(
        Keys("", session), issuer="", audience="", public_url="", accepts_bearer=True
    )
    endpoint = GraphQLEndpoint(
        answering=answering,
        asking=Asking(answering=answering, authenticator=authenticator, live=None, limits=Limits()),
        connections=Connections(
            most=1,
            keep_alive_seconds=1,
            bounds=Bounds(1, 1),
            streams=Streams(CollectorRegistry()),
        ),
        authenticator=authenticator,
        limits=Limits(),
        open_introspection=True,
    )
    async with serving(endpoint) as url:
        for _ in range(3):
            async with session.post(url, json={"query": "{ __typename }"}) as answer:
                assert answer.status == 200
    assert (documents.misses, documents.hits) == (1, 2)


@pytest.mark.parametrize("query", ["{ who }", "{ who refused }", "mutation { touch }"])
async def test_an_answer_that_can_not_be_logged_does_not_leave(
    production: Gateway, query: str
) -> None:
    production.recorder.log_fails = True
    status, body = await production.post(query)
    assert (status, list(body)) == (503, ["errors"])
    assert code(body) == "LOG_UNAVAILABLE"
    assert body["errors"][0]["extensions"]["correlationId"]


async def test_a_question_about_the_schema_needs_no_log(development: Gateway) -> None:
    development.recorder.log_fails = True
    status, body = await development.post("{ __typename }", token=None)
    assert (status, body) == (200, {"data": {"__typename": "Query"}})
