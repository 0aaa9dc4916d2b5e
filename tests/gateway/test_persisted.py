"""Which document a request asks for: by an id, by its text, by both, and what is refused."""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from graphql import get_introspection_query

from domain.registered_operation import id_of
from gateway.limits import Limits
from store.registered_operation import RegisteredOperationStore
from store.session import Sessions
from tests.gateway.registering import Client, get, post
from tests.gateway.serving import Gateway, code, running

HELLO = "query Hello { hello }"
TOUCH = "mutation Touch { touch }"
TWO = "query A { hello } query B { who }"
FIND = "query Find($n: IdentityNumber) { find(identityNumber: $n) }"
ECHO = "query Echo($t: String!) { echo(text: $t) }"
OWN = {f"{at}.graphql": text for at, text in enumerate((HELLO, TOUCH, TWO, FIND, ECHO))}
NEVER = "{ hello who }"
GRAPHQL_JSON = "application/graphql-response+json"
Ask = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]

over_http = pytest.mark.parametrize("ask", [post, get])


def sha(text: str) -> str:
    return id_of(text.encode())


def apollo(text: str, version: int = 1) -> dict[str, Any]:
    """Return the extension as Apollo Client and urql send it."""
    sha256 = sha(text).removeprefix("sha256:")
    return {"persistedQuery": {"version": version, "sha256Hash": sha256}}


@pytest.fixture(scope="module")
async def lasting(
    session: aiohttp.ClientSession, db: Sessions
) -> AsyncIterator[tuple[Gateway, Gateway]]:
    """Run a gateway in production and one in a vendor's test setting, on one database."""
    async with AsyncExitStack() as stack:
        production, testing = [
            await stack.enter_async_context(
                running(
                    session,
                    own_operations=OWN,
                    registered=RegisteredOperationStore(db),
                    limits=Limits(registered_seconds=1),
                    DBEP_ENVIRONMENT=environment,
                )
            )
            for environment in ("production", "vendor-test")
        ]
        yield production, testing


@pytest.fixture
def hardened(lasting: tuple[Gateway, Gateway]) -> Gateway:
    lasting[0].recorder.reset()
    return lasting[0]


@pytest.fixture
def testing(lasting: tuple[Gateway, Gateway]) -> Gateway:
    lasting[1].recorder.reset()
    return lasting[1]


def test_no_other_module_makes_a_document_of_a_request() -> None:
    reading = set()
    for path in (Path(__file__).resolve().parents[2] / "gateway").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in ("query", "document_id"):
                reading.add(path.name)
    assert reading == {"persisted.py"}


@over_http
async def test_in_production_a_document_of_ones_own_is_refused_with_what_to_do(
    hardened: Gateway, ask: Ask
) -> None:
    for query in (NEVER, HELLO):
        status, body = await ask(hardened, query=query)
        assert (status, code(body), list(body)) == (200, "PERSISTED_QUERY_ID_REQUIRED", ["errors"])
        assert "documentId" in body["errors"][0]["extensions"]["remedy"]
    assert hardened.recorder.callers == []


@over_http
@pytest.mark.parametrize(
    "query", ["{ nothing }", "{ helo }", "{", "{ __schema { types { name } } }"]
)
async def test_the_refusal_says_nothing_of_the_schema(
    hardened: Gateway, ask: Ask, query: str
) -> None:
    assert await ask(hardened, query=query) == await ask(hardened, query=NEVER)


async def test_the_refusal_is_a_400_for_the_media_type_of_graphql(hardened: Gateway) -> None:
    status, body = await hardened.post(NEVER, accept=GRAPHQL_JSON)
    assert (status, code(body)) == (400, "PERSISTED_QUERY_ID_REQUIRED")


async def test_who_asks_is_found_out_before_that(hardened: Gateway) -> None:
    for parameters in ({"query": NEVER}, {"documentId": sha(HELLO)}):
        assert (await post(hardened, None, **parameters))[0] == 401


@over_http
async def test_everybody_may_ask_for_our_own_operations_by_id(hardened: Gateway, ask: Ask) -> None:
    for token in ("valid", Client().user(hardened), Client().machine(hardened)):
        expected = (200, {"data": {"hello": "hei"}})
        assert await ask(hardened, token, documentId=sha(HELLO)) == expected
        assert await ask(hardened, token, extensions=apollo(HELLO)) == expected


@over_http
async def test_variables_and_the_operations_name_come_beside_the_id(
    hardened: Gateway, ask: Ask
) -> None:
    status, body = await ask(hardened, documentId=sha(ECHO), variables={"t": "abc"})
    assert (status, body) == (200, {"data": {"echo": "3 0 RED"}})
    status, body = await ask(hardened, documentId=sha(TWO), operationName="B")
    assert (status, body) == (200, {"data": {"who": "citizen-1"}})
    assert code((await ask(hardened, documentId=sha(TWO)))[1]) == "OPERATION_NOT_FOUND"


async def test_a_get_by_id_changes_nothing_and_holds_no_identity_number(hardened: Gateway) -> None:
    for text in (TOUCH, FIND):
        status, body = await get(hardened, documentId=sha(text))
        assert (status, code(body)) == (405, "POST_REQUIRED")
    assert (await post(hardened, documentId=sha(TOUCH)))[1] == {"data": {"touch": "touched"}}
    sent = {"documentId": sha(FIND), "variables": {"n": "05894500079"}}
    assert (await post(hardened, **sent))[1] == {"data": {"find": "True False"}}


@over_http
@pytest.mark.parametrize("id", [sha("{ unknown }"), "x", "sha256:", sha(HELLO).upper(), "../a"])
async def test_an_unknown_id_is_told_as_clients_expect_it(
    hardened: Gateway, testing: Gateway, ask: Ask, id: str
) -> None:
    for gateway in (hardened, testing):
        status, body = await ask(gateway, documentId=id)
        assert (status, list(body)) == (200, ["errors"])
        [error] = body["errors"]
        assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"  # Apollo Client
        assert error["message"] == "PersistedQueryNotFound"  # urql


@over_http
async def test_nothing_is_registered_by_being_sent(hardened: Gateway, ask: Ask) -> None:
    for sent in ({"extensions": apollo(NEVER)}, {"documentId": sha(NEVER)}):
        for parameters in (sent, {"query": NEVER, **sent}, sent):
            status, body = await ask(hardened, **parameters)
            assert (status, code(body)) == (200, "PERSISTED_QUERY_NOT_FOUND")


@over_http
async def test_beside_an_id_the_query_must_be_its_document(hardened: Gateway, ask: Ask) -> None:
    for query, expected in ((HELLO, None), ("", None), (NEVER, True), (HELLO + " ", True)):
        _, body = await ask(hardened, query=query, documentId=sha(HELLO))
        assert (code(body) if "errors" in body else None) == (
            expected and "PERSISTED_QUERY_MISMATCH"
        )


@over_http
async def test_two_ids_must_be_one(hardened: Gateway, ask: Ask) -> None:
    same = await ask(hardened, documentId=sha(HELLO), extensions=apollo(HELLO))
    assert same == (200, {"data": {"hello": "hei"}})
    _, body = await ask(hardened, documentId=sha(HELLO), extensions=apollo(TWO))
    assert code(body) == "PERSISTED_QUERY_MISMATCH"


@over_http
async def test_extensions_without_an_id_are_none(ask: Ask, development: Gateway) -> None:
    for extensions in ({}, {"clientLibrary": {"name": "@apollo/client"}}):
        status, body = await ask(development, query="{ hello }", extensions=extensions)
        assert (status, body) == (200, {"data": {"hello": "hei"}})


@over_http
@pytest.mark.parametrize(
    "extension", ["x", {}, {"sha256Hash": 1}, apollo(HELLO, version=2)["persistedQuery"], []]
)
async def test_an_extension_of_another_form_is_a_400(
    hardened: Gateway, ask: Ask, extension: object
) -> None:
    status, body = await ask(hardened, extensions={"persistedQuery": extension})
    assert (status, code(body)) == (400, "BAD_REQUEST")


@over_http
@pytest.mark.parametrize(
    "parameters", [{}, {"variables": {}}, {"extensions": {}}, {"extensions": {"other": 1}}]
)
async def test_a_request_that_names_no_document_is_a_400(
    hardened: Gateway, testing: Gateway, ask: Ask, parameters: dict[str, Any]
) -> None:
    for gateway in (hardened, testing):
        status, body = await ask(gateway, **parameters)
        assert (status, code(body)) == (400, "BAD_REQUEST")


async def test_an_id_of_the_wrong_type_is_a_400(hardened: Gateway) -> None:
    assert (await post(hardened, documentId=7))[0] == 400


async def test_extensions_in_a_url_that_are_no_json_are_a_400(hardened: Gateway) -> None:
    for extensions in ("{", "[]", "1", "[" * 5_000):
        assert (await get(hardened, extensions=extensions))[0] == 400


@over_http
async def test_a_vendors_test_setting_answers_ad_hoc_and_by_id(testing: Gateway, ask: Ask) -> None:
    for parameters in ({"query": HELLO}, {"documentId": sha(HELLO)}):
        assert await ask(testing, **parameters) == (200, {"data": {"hello": "hei"}})


@over_http
async def test_there_a_client_that_was_told_an_id_is_unknown_sends_both(
    testing: Gateway, ask: Ask
) -> None:
    for sent in ({"extensions": apollo(NEVER)}, {"documentId": sha(NEVER)}):
        assert (await ask(testing, query=NEVER, **sent))[1]["data"]["hello"] == "hei"
        assert code((await ask(testing, **sent))[1]) == "PERSISTED_QUERY_NOT_FOUND"
        _, body = await ask(testing, query=NEVER + " ", **sent)
        assert code(body) == "PERSISTED_QUERY_MISMATCH"


async def test_there_the_schema_stays_hidden_as_in_production(testing: Gateway) -> None:
    _, body = await testing.post(get_introspection_query())
    assert code(body) == "GRAPHQL_VALIDATION_FAILED"
    assert (await testing.post("{ hello }", token=None))[0] == 401
    assert (await testing.send("GET", path="/dev/people"))[0] == 404


async def test_graphiql_reads_the_schema_and_asks_in_development(development: Gateway) -> None:
    page_asks = {"query": get_introspection_query(), "operationName": "IntrospectionQuery"}
    status, body = await post(development, None, **page_asks)
    assert (status, body["data"]["__schema"]["queryType"]["name"]) == (200, "Query")
    status, body = await post(development, query=ECHO, variables={"t": ""}, operationName="Echo")
    assert (status, body) == (200, {"data": {"echo": "0 0 RED"}})


async def test_in_development_it_can_be_tried_how_production_refuses(
    session: aiohttp.ClientSession,
) -> None:
    environ = {"DBEP_ENVIRONMENT": "development", "DBEP_AD_HOC_DOCUMENTS": "off"}
    async with running(session, own_operations=OWN, **environ) as gateway:
        for query in (NEVER, get_introspection_query()):
            for token in ("valid", None):
                _, body = await post(gateway, token, query=query)
                assert code(body) == "PERSISTED_QUERY_ID_REQUIRED"
        assert (await post(gateway, documentId=sha(HELLO)))[0] == 200
        assert (await post(gateway, None, documentId=sha(HELLO)))[0] == 401
