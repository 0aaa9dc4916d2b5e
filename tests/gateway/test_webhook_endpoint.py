"""A client's machine registers webhooks over HTTP, on a real database."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import msgspec
import pytest

from gateway.limits import Limits
from store.session import Sessions
from store.webhook import WebhookStore
from tests.gateway.registering import Client
from tests.gateway.serving import Gateway, code, running

URL = "https://vendor.example/hook?key=in-the-address"


@pytest.fixture(scope="module")
async def gateway(session: aiohttp.ClientSession, db: Sessions) -> AsyncIterator[Gateway]:
    production = {"DBEP_ENVIRONMENT": "production"}
    limits = Limits(webhooks=3)
    async with running(session, webhooks=WebhookStore(db), limits=limits, **production) as gateway:
        yield gateway


@pytest.fixture
def client() -> Client:
    return Client()


async def ask(
    gateway: Gateway, client: Client, method: str, path: str = "", body: Any = None
) -> tuple[int, dict[str, Any]]:
    said = None if body is None else msgspec.json.encode(body)
    token = client.machine(gateway)
    return await gateway.send(method, said, token=token, path=f"/webhooks{path}")


async def registered(gateway: Gateway, client: Client, **body: Any) -> dict[str, Any]:
    status, made = await ask(gateway, client, "POST", body={"url": URL, **body})
    assert status == 201, made
    return made


async def test_what_is_registered_is_shown_with_its_secret_once(
    gateway: Gateway, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    made = await registered(gateway, client, sections=["COMMENTS", "PLAN"])
    assert made["state"] == "UNVERIFIED"
    assert made["sections"] == ["PLAN", "COMMENTS"]
    assert made["organisation"] == "999000900"
    assert made["secret"].startswith("whsec_")
    status, one = await ask(gateway, client, "GET", f"/{made['id']}")
    assert status == 200
    _, found = await ask(gateway, client, "GET")
    for shown in (one, *found["webhooks"]):
        assert "secret" not in shown
        assert shown["id"] == made["id"]
    assert made["secret"] not in caplog.text
    assert "in-the-address" not in caplog.text


async def test_another_client_s_is_as_unknown(gateway: Gateway, client: Client) -> None:
    made = await registered(gateway, client)
    other, path = Client(), f"/{made['id']}"
    asked = [
        ("GET", path, None),
        ("PATCH", path, {"url": URL}),
        ("DELETE", path, None),
        ("POST", f"{path}/resume", None),
        ("POST", f"{path}/secret", None),
    ]
    for method, where, body in asked:
        status, said = await ask(gateway, other, method, where, body)
        assert (status, code(said)) == (404, "NOT_FOUND")
    assert (await ask(gateway, other, "GET"))[1] == {"webhooks": []}
    assert (await ask(gateway, client, "GET", "/whk_nonsense"))[0] == 404


async def test_it_can_be_changed_resumed_and_deleted(gateway: Gateway, client: Client) -> None:
    made = await registered(gateway, client)
    path = f"/{made['id']}"
    _, changed = await ask(gateway, client, "PATCH", path, {"sections": ["PLAN"]})
    assert (changed["sections"], changed["url"]) == (["PLAN"], URL)
    _, moved = await ask(gateway, client, "PATCH", path, {"url": "https://other.example/"})
    assert (moved["url"], moved["state"]) == ("https://other.example/", "UNVERIFIED")
    status, resumed = await ask(gateway, client, "POST", f"{path}/resume")
    assert (status, resumed["state"]) == (200, "UNVERIFIED")
    status, renewed = await ask(gateway, client, "POST", f"{path}/secret")
    assert status == 200
    assert renewed["secret"] != made["secret"]
    assert renewed["oldSecretUntil"] is not None
    assert await ask(gateway, client, "DELETE", path) == (200, {"id": made["id"]})
    assert (await ask(gateway, client, "GET", path))[0] == 404


async def test_a_cursor_that_is_none_replays_nothing(gateway: Gateway, client: Client) -> None:
    made = await registered(gateway, client)
    status, said = await ask(
        gateway, client, "POST", f"/{made['id']}/replay", {"after": "nonsense"}
    )
    assert (status, code(said)) == (409, "RESYNC_REQUIRED")
    assert said["errors"][0]["extensions"]["reason"] == "UNKNOWN"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://vendor.example/hook", "NOT_HTTPS"),
        ("https://127.0.0.1/hook", "SPECIAL"),
        ("https://[::ffff:10.0.0.1]/hook", "SPECIAL"),
        ("https://169.254.169.254/", "SPECIAL"),
        ("https://me:word@vendor.example/", "CREDENTIALS"),
        ("hook", "NO_URL"),
    ],
)
async def test_an_address_that_may_not_be_told_is_refused_without_its_value(
    gateway: Gateway, client: Client, url: str, reason: str
) -> None:
    status, said = await ask(gateway, client, "POST", body={"url": url})
    assert (status, code(said)) == (400, "BAD_USER_INPUT")
    assert said["errors"][0]["extensions"]["reason"] == reason
    assert url not in msgspec.json.encode(said).decode()


@pytest.mark.parametrize(
    "body", [{}, {"url": 1}, {"url": URL, "secret": "mine"}, [], {"url": URL, "sections": "PLAN"}]
)
async def test_a_body_of_another_form_is_refused(
    gateway: Gateway, client: Client, body: Any
) -> None:
    status, said = await ask(gateway, client, "POST", body=body)
    assert (status, code(said)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("sections", [[], ["EVERYTHING"]])
async def test_sections_that_are_none_are_refused(
    gateway: Gateway, client: Client, sections: list[str]
) -> None:
    status, said = await ask(gateway, client, "POST", body={"url": URL, "sections": sections})
    assert (status, code(said)) == (400, "BAD_USER_INPUT")


async def test_a_client_has_room_for_so_many(gateway: Gateway, client: Client) -> None:
    for _ in range(3):
        await registered(gateway, client)
    status, said = await ask(gateway, client, "POST", body={"url": URL})
    assert (status, code(said)) == (400, "LIMIT_EXCEEDED")


async def test_a_person_can_t_decide_for_everybody_s_client(
    gateway: Gateway, client: Client
) -> None:
    for token, status in ((client.user(gateway), 403), (None, 401)):
        said = await gateway.send("GET", token=token, path="/webhooks")
        assert said[0] == status


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "", "GET, POST"),
        ("PUT", "/whk_1", "GET, PATCH, DELETE"),
        ("GET", "/whk_1/resume", "POST"),
    ],
)
async def test_other_methods_are_told_which_there_are(
    gateway: Gateway, client: Client, method: str, path: str, allowed: str
) -> None:
    status, _ = await ask(gateway, client, method, path)
    assert (status, gateway.headers["allow"]) == (405, allowed)


async def test_what_can_t_be_done_with_one_is_nowhere(gateway: Gateway, client: Client) -> None:
    assert (await ask(gateway, client, "POST", "/whk_1/explode"))[0] == 404
