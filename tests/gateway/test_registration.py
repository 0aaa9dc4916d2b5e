"""A client's machine registers its operations over HTTP, on a real database."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from domain.registered_operation import id_of
from gateway.limits import Limits
from store.registered_operation import RegisteredOperationStore
from store.session import Sessions
from tests.gateway.registering import Client, get, post, soon
from tests.gateway.serving import CITIZEN, Gateway, code, running

HELLO = "query Hello {\n  hello\n}\n"
HEI = {"hello": "hei"}
FIND = "query Find($n: IdentityNumber) { find(identityNumber: $n) }"
NUMBER = "05894500079"
LIMITS = Limits(registered_seconds=1, registered_operations=3, registered_bytes=2_000)


def sha(text: str) -> str:
    return id_of(text.encode())


@pytest.fixture(scope="module")
async def gateways(
    session: aiohttp.ClientSession, db: Sessions
) -> AsyncIterator[tuple[Gateway, Gateway]]:
    """Run two gateways in production on one database; each has a memory of its own."""
    async with AsyncExitStack() as stack:
        one, other = [
            await stack.enter_async_context(a_gateway(stack, session, db)) for _ in range(2)
        ]
        yield one, other


def a_gateway(stack: AsyncExitStack, session: aiohttp.ClientSession, db: Sessions, **environ: str):  # noqa: ANN201  # a context
    store = RegisteredOperationStore(db)
    environ = {"DBEP_ENVIRONMENT": "production", **environ}
    return running(session, registered=store, limits=LIMITS, **environ)


@pytest.fixture
def gateway(gateways: tuple[Gateway, Gateway]) -> Gateway:
    return gateways[0]


@pytest.fixture
def client() -> Client:
    return Client()


async def test_what_a_client_registers_its_users_and_itself_may_ask_for_at_once(
    gateway: Gateway, client: Client
) -> None:
    status, body = await client.register(gateway, HELLO)
    assert status == 201
    assert (body["id"], body["names"], body["size"]) == (sha(HELLO), ["Hello"], len(HELLO))
    assert datetime.now(UTC) - datetime.fromisoformat(body["registeredAt"]) < timedelta(minutes=1)
    for token in (client.user(gateway), client.machine(gateway)):
        for ask in (post, get):
            assert await ask(gateway, token, documentId=sha(HELLO)) == (200, {"data": HEI})


async def test_another_process_knows_within_seconds_also_after_saying_no(
    gateways: tuple[Gateway, Gateway], client: Client
) -> None:
    one, other = gateways
    assert code((await client.ask(other, documentId=sha(HELLO)))[1]) == "PERSISTED_QUERY_NOT_FOUND"
    await client.register(one, HELLO)
    await soon(client, other, sha(HELLO), HEI)
    await client.retire(one, sha(HELLO))
    await soon(client, other, sha(HELLO), None)


async def test_it_survives_restarts(
    session: aiohttp.ClientSession, db: Sessions, gateway: Gateway, client: Client
) -> None:
    await client.register(gateway, HELLO)
    async with AsyncExitStack() as stack:
        started = await stack.enter_async_context(a_gateway(stack, session, db))
        assert await client.ask(started, documentId=sha(HELLO)) == (200, {"data": HEI})


async def test_another_clients_id_is_as_unknown(gateway: Gateway, client: Client) -> None:
    await client.register(gateway, HELLO)
    for token in (Client().user(gateway), Client().machine(gateway), "valid"):
        foreign = await post(gateway, token, documentId=sha(HELLO))
        unknown = await post(gateway, token, documentId=sha("{ unknown }"))
        assert foreign == unknown
        assert code(foreign[1]) == "PERSISTED_QUERY_NOT_FOUND"


async def test_a_registered_id_is_held_to_its_document(gateway: Gateway, client: Client) -> None:
    await client.register(gateway, HELLO)
    same = await client.ask(gateway, documentId=sha(HELLO), query=HELLO)
    assert same == (200, {"data": HEI})
    _, body = await client.ask(gateway, documentId=sha(HELLO), query="{ hello }")
    assert code(body) == "PERSISTED_QUERY_MISMATCH"


async def test_registering_again_is_no_fault(gateway: Gateway, client: Client) -> None:
    first = await client.register(gateway, HELLO)
    assert await client.register(gateway, HELLO) == (200, first[1])
    assert await client.list(gateway) == [first[1]]


async def test_a_client_lists_and_retires_its_own_only(gateway: Gateway, client: Client) -> None:
    other = Client()
    await client.register(gateway, HELLO)
    assert await other.list(gateway) == []
    status, body = await other.retire(gateway, sha(HELLO))
    assert (status, code(body)) == (404, "NOT_FOUND")
    assert (await client.retire(gateway, sha(HELLO)))[0] == 200
    assert await client.list(gateway) == []
    assert (
        code((await client.ask(gateway, documentId=sha(HELLO)))[1]) == "PERSISTED_QUERY_NOT_FOUND"
    )
    assert (await client.retire(gateway, sha(HELLO)))[0] == 404


async def test_everything_that_is_wrong_is_told_at_once(gateway: Gateway, client: Client) -> None:
    text = "{ " + " ".join(f"nothing{each}" for each in range(8)) + f' echo(text: "{NUMBER}") }}'
    status, body = await client.register(gateway, text, sha(HELLO))
    assert status == 400
    codes = [error["extensions"]["code"] for error in body["errors"]]
    assert codes == [
        *("PERSISTED_QUERY_MISMATCH", "BAD_USER_INPUT"),
        *["GRAPHQL_VALIDATION_FAILED"] * 8,
    ]
    assert body["errors"][2]["locations"] == [{"line": 1, "column": 3}]
    assert all(error["extensions"]["remedy"] for error in body["errors"])
    assert NUMBER not in str(body)
    assert await client.list(gateway) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("", "GRAPHQL_PARSE_FAILED"),
        ("fragment A on Query { hello }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ __schema { description } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{" + "child{" * 20 + "hello" + "}" * 21, "LIMIT_EXCEEDED"),
        (b"{ hello } # \xff", "BAD_REQUEST"),
    ],
)
async def test_what_can_not_be_answered_can_not_be_registered(
    gateway: Gateway, client: Client, text: str | bytes, expected: str
) -> None:
    status, body = await client.register(gateway, text)
    assert (status, code(body)) == (400, expected)


@pytest.mark.parametrize("id", ["x", sha(HELLO).upper(), sha(HELLO)[:-1], "sha256:" + "0" * 64])
async def test_an_id_is_made_of_the_document(gateway: Gateway, client: Client, id: str) -> None:
    status, body = await client.register(gateway, HELLO, id)
    assert (status, code(body)) == (400, "PERSISTED_QUERY_MISMATCH")


async def test_there_is_room_for_so_many_and_retiring_makes_room(
    gateway: Gateway, client: Client
) -> None:
    texts = [f"query A{each} {{ hello }}" for each in range(4)]
    statuses = [(await client.register(gateway, text))[0] for text in texts]
    assert statuses == [201, 201, 201, 400]
    assert (await client.register(gateway, texts[0]))[0] == 200
    await client.retire(gateway, sha(texts[0]))
    assert (await client.register(gateway, texts[3]))[0] == 201
    assert (await Client().register(gateway, HELLO))[0] == 201


async def test_there_is_room_for_so_many_bytes(gateway: Gateway, client: Client) -> None:
    for text, expected in ((HELLO, 201), (HELLO + "#" * 1_990, 400)):
        status, body = await client.register(gateway, text)
        assert status == expected
    assert code(body) == "LIMIT_EXCEEDED"


async def test_an_identity_number_is_asked_for_by_post_only(
    gateway: Gateway, client: Client
) -> None:
    assert (await client.register(gateway, FIND))[0] == 201
    variables = {"n": NUMBER}
    _, body = await client.ask(gateway, documentId=sha(FIND), variables=variables)
    assert body == {"data": {"find": "True False"}}
    status, body = await get(
        gateway, client.user(gateway), documentId=sha(FIND), variables=variables
    )
    assert (status, code(body)) == (405, "POST_REQUIRED")


async def test_only_a_clients_machine_may(gateway: Gateway, client: Client) -> None:
    organisation = {"helseid://claims/client/claims/orgnr_parent": "999000900"}
    without_pid = dict.fromkeys(CITIZEN) | organisation | {"sub": "somebody"}
    for token in (
        client.user(gateway),
        gateway.issuer.token(**without_pid, client_id=client.id),
        gateway.issuer.token(**without_pid),
    ):
        for method, path in (
            ("GET", "/operations"),
            ("PUT", f"/operations/{sha(HELLO)}"),
            ("DELETE", f"/operations/{sha(HELLO)}"),
        ):
            status, body = await gateway.send(method, token=token, path=path)
            assert (status, code(body)) == (403, "FORBIDDEN")
            assert body["errors"][0]["extensions"]["reason"] == "ROLE"
    assert (await gateway.send("GET", token=None, path="/operations"))[0] == 401


async def test_in_production_as_it_is_run_a_bearer_token_registers_nothing(
    session: aiohttp.ClientSession, db: Sessions, client: Client
) -> None:
    async with AsyncExitStack() as stack:
        strict = await stack.enter_async_context(
            a_gateway(stack, session, db, DBEP_BEARER_TOKENS="off")
        )
        status, body = await client.register(strict, HELLO)
        assert (status, code(body)) == (401, "UNAUTHENTICATED")


async def test_a_document_is_sent_as_one(gateway: Gateway, client: Client) -> None:
    for headers in ({"content_type": "application/json"}, {"content_encoding": "gzip"}):
        status, body = await client.register(gateway, HELLO, **headers)
        assert (status, code(body)) == (415, "UNSUPPORTED_MEDIA_TYPE")
        assert "application/graphql" in body["errors"][0]["extensions"]["remedy"]
    good = {"content_type": "application/graphql; charset=utf-8"}
    assert (await client.register(gateway, HELLO, **good))[0] == 201
    status, body = await client.register(gateway, "#" * 400_001)
    assert (status, code(body)) == (413, "PAYLOAD_TOO_LARGE")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/operations", "GET"),
        ("PUT", "/operations", "GET"),
        ("GET", f"/operations/{sha(HELLO)}", "PUT, DELETE"),
    ],
)
async def test_other_methods_are_a_405(
    gateway: Gateway, method: str, path: str, allowed: str
) -> None:
    status, body = await gateway.send(method, path=path)
    assert (status, code(body)) == (405, "METHOD_NOT_ALLOWED")
    assert gateway.headers["allow"] == allowed


async def test_where_nothing_can_be_registered_there_is_no_such_address(
    production: Gateway,
) -> None:
    status, body = await production.send("GET", path="/operations")
    assert (status, code(body)) == (404, "NO_SUCH_ROUTE")


async def test_who_registers_and_retires_is_logged(
    gateway: Gateway, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "dbep.gateway"):
        await client.register(gateway, HELLO)
        await client.retire(gateway, sha(HELLO))
    assert f"client={client.id} registered={sha(HELLO)}" in caplog.text
    assert f"client={client.id} retired={sha(HELLO)}" in caplog.text
    assert "hello" not in caplog.text.lower().replace(sha(HELLO), "")
