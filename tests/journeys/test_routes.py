"""Every address there is, without a token and with every bad one: by none is anybody let in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from starlette.routing import Mount, Route

from gateway.app import create_app
from store.session import engine
from store.tables import AuditEntryRow
from tests.gateway.serving import Issuer, a_settings
from tests.gateway.test_auth import BAD
from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import nora

# What needs no token: whether it runs, numbers of nobody, a code in its place; and development
# has a page of its own.
OPEN = frozenset({"/healthz", "/readyz", "/metrics", "/opening"})
DEVELOPMENT = ("/dev/", "/graphiql")
# What is sent to each of the others by each method that it knows.
SENT: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "/graphql": {
        "POST": {"json": {"query": "{ viewer { name } }"}},
        "GET": {"params": {"query": "{ viewer { name } }"}},
    },
    "/export": {"POST": {"json": {"patientId": f"pat_{uuid4()}"}}},
    "/operations": {"GET": {}},
    "/operations/{id}": {"PUT": {"data": "{ viewer { name } }"}, "DELETE": {}},
    "/webhooks": {"GET": {}, "POST": {"json": {"url": "https://vendor.example"}}},
    "/webhooks/{id}": {"GET": {}, "PATCH": {"json": {}}, "DELETE": {}},
    "/webhooks/{id}/{act}": {"POST": {}},
}
# The server below us refuses it before it is a request.
NO_REQUEST = frozenset({"too long"})


def test_every_address_is_here() -> None:
    settings = a_settings(DBEP_ENVIRONMENT="development")
    routes = create_app(settings).routes
    paths = {each.path for each in routes if isinstance(each, Route | Mount)}
    assert {path for path in paths if not path.startswith(DEVELOPMENT)} == OPEN | set(SENT)


async def entries(stack: Stack) -> int:
    """Return how much there is in the log of use."""
    assert stack.settings is not None
    database = engine(stack.settings.database_url)
    async with database.connect() as connection:
        found = await connection.scalar(select(func.count()).select_from(AuditEntryRow))
    await database.dispose()
    return int(found or 0)


async def send(stack: Stack, path: str, method: str, **sent: Any) -> tuple[int, bytes, Any]:
    path = re.sub(r"\{[^}]*\}", "sha256:" + "0" * 64, path.replace("{act}", "resume"))
    async with stack.session.request(method, stack.url + path, **sent) as answer:
        return answer.status, await answer.read(), answer.headers


@pytest.mark.parametrize("name", sorted(BAD.keys() - NO_REQUEST))
async def test_no_bad_token_opens_any_of_them(stack: Stack, name: str) -> None:
    make: Callable[[Issuer], str] = BAD[name]
    headers = {"Authorization": f"Bearer {make(stack.issuer)}"}
    before = await entries(stack)
    tries = [
        send(stack, path, method, headers=headers, **sent)
        for path, methods in SENT.items()
        for method, sent in methods.items()
    ]
    for status, body, told in await asyncio.gather(*tries):
        assert (status, b"UNAUTHENTICATED" in body) == (401, True)
        assert b'"data"' not in body
        assert "www-authenticate" in told
    assert await entries(stack) == before
    assert await stack.calls() == {}


async def test_without_a_token_an_id_that_there_is_and_one_that_is_none_are_answered_alike(
    stack: Stack,
) -> None:
    child, nobody = await nora(stack), f"pat_{uuid4()}"
    ask = "query ($id: ID!) { patient(id: $id) { name } node(id: $id) { id } }"
    write = """mutation ($id: ID!) { reserve(input: {idempotencyKey: "without-token",
      patientId: $id}) { __typename } }"""
    await stack.calm()
    before = await entries(stack)
    for path, body in (
        ("/graphql", lambda id: {"query": ask, "variables": {"id": id}}),
        ("/graphql", lambda id: {"query": write, "variables": {"id": id}}),
        ("/export", lambda id: {"patientId": id}),
    ):
        one, another = [await send(stack, path, "POST", json=body(id)) for id in (child, nobody)]
        assert one[0] == 401
        assert one[:2] == another[:2]
    assert await entries(stack) == before
    assert await stack.calls() == {}
