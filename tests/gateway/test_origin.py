"""Whose page may ask, over every way in, and that what a page may send unasked does nothing."""

from __future__ import annotations

import aiohttp
import pytest
from starlette.datastructures import Headers
from starlette.routing import Mount, Route

from gateway.app import create_app
from gateway.errors import CrossSiteRefused
from gateway.live.messages import PROTOCOL
from gateway.origin import OwnPages, check, origin_of, own_origins
from tests.gateway.serving import PUBLIC_URL, Gateway, Start, a_settings, code

OWN = frozenset({PUBLIC_URL})
FOREIGN = (
    {"origin": "https://elsewhere.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": f"{PUBLIC_URL}.elsewhere.example"},
    {"origin": PUBLIC_URL.replace("https", "http")},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://elsewhere.example", "sec-fetch-site": "same-origin"},
)
OURS: tuple[dict[str, str], ...] = (
    {},
    {"origin": PUBLIC_URL},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": PUBLIC_URL, "sec-fetch-site": "cross-site"},  # a page that settings name
)
DATA = (
    *("/graphql", "/export", "/opening", "/operations", "/operations/{id}"),
    *("/webhooks", "/webhooks/{id}", "/webhooks/{id}/{act}"),
)
# Health and numbers tell nothing of anybody; the developer's page is opened by links from anywhere.
OPEN = {"/healthz", "/readyz", "/metrics", "/graphiql", "/dev/people", "/dev/token/{name:str}"}


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_sites_page_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(CrossSiteRefused):
        check(Headers(headers), OWN)


@pytest.mark.parametrize("headers", OURS)
def test_our_own_pages_and_servers_are_let_in(headers: dict[str, str]) -> None:
    check(Headers(headers), OWN)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Plan.example/dbep/", "https://plan.example"),
        ("https://plan.example:443", "https://plan.example"),
        ("http://plan.example:80/x?y", "http://plan.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://user:word@plan.example:8443", "https://plan.example:8443"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin


def test_a_developers_machine_has_three_names_and_production_one() -> None:
    url = "http://127.0.0.1:8000"
    assert own_origins(url, (), is_production=True) == {url}
    assert own_origins(url, ("https://app.example",), is_production=False) == {
        *(f"http://{name}:8000" for name in ("127.0.0.1", "localhost", "[::1]")),
        "https://app.example",
    }


@pytest.mark.parametrize("environment", ["production", "development"])
def test_every_way_to_data_passes_the_rule(environment: str) -> None:
    guarded, others = set(), set()
    for route in create_app(a_settings(DBEP_ENVIRONMENT=environment)).routes:
        assert isinstance(route, Route | Mount), "another transport: route it through OwnPages"
        is_guarded = isinstance(getattr(route, "endpoint", None), OwnPages)
        (guarded if is_guarded else others).add(route.path)
    assert guarded == set(DATA)
    assert others <= OPEN


@pytest.mark.parametrize("headers", FOREIGN)
async def test_a_handshake_from_another_sites_page_is_refused_before_it_is_accepted(
    production: Gateway, headers: dict[str, str]
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await production.session.ws_connect(
            f"{production.url}/graphql", protocols=[PROTOCOL], headers=headers
        )
    assert refused.value.status == 403


@pytest.mark.parametrize("headers", OURS)
async def test_a_handshake_from_our_own_page_is_let_in(
    production: Gateway, headers: dict[str, str]
) -> None:
    async with production.session.ws_connect(
        f"{production.url}/graphql", protocols=[PROTOCOL], headers=headers
    ) as socket:
        assert socket.protocol == PROTOCOL


@pytest.mark.parametrize("path", DATA)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_what_another_sites_page_sends_reaches_no_endpoint(
    production: Gateway, method: str, path: str
) -> None:
    body = b'{"query": "mutation { touch }"}' if method == "POST" else None
    status, answer = await production.send(
        method, body, path=path, origin="https://elsewhere.example"
    )
    assert (status, code(answer)) == (403, "CROSS_SITE")
    assert production.headers["x-event-id"]
    assert "access-control-allow-origin" not in production.headers
    assert production.recorder.callers == []


async def test_a_page_that_settings_name_is_answered(start: Start) -> None:
    gateway = await start(DBEP_ALLOWED_ORIGINS="https://App.example:443/")
    status, body = await gateway.post("{ hello }", origin="https://app.example")
    assert (status, body) == (200, {"data": {"hello": "hei"}})


async def test_a_preflight_is_answered_for_pages_that_settings_name_only(start: Start) -> None:
    gateway = await start(DBEP_ALLOWED_ORIGINS="https://app.example")
    for origin, headers, status in (
        ("https://app.example", "authorization, content-type, dpop", 200),
        ("https://elsewhere.example", "content-type", 400),
        ("https://app.example", "x-anything", 400),
    ):
        sent = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        sent["Access-Control-Request-Headers"] = headers
        async with gateway.session.options(f"{gateway.url}/graphql", headers=sent) as answer:
            assert answer.status == status
            assert "access-control-allow-credentials" not in answer.headers
            allowed = answer.headers.get("access-control-allow-origin")
            assert (allowed is None) == (origin != "https://app.example")


async def test_without_the_header_that_asks_for_a_preflight_a_get_is_not_executed(
    production: Gateway, development: Gateway
) -> None:
    # A page may send a GET unasked, and an old browser sends it without `Origin`; but never with
    # `Authorization` of the page's choosing.
    for gateway in (production, development):
        status, body = await gateway.send("GET", params={"query": "{ hello }"}, token=None)
        assert (status, code(body)) == (401, "UNAUTHENTICATED")
        assert gateway.recorder.callers == []


async def test_a_password_that_a_browser_adds_by_itself_is_no_token(production: Gateway) -> None:
    status, body = await production.send(
        "GET", params={"query": "{ hello }"}, token=None, authorization="Basic dXNlcjp3b3Jk"
    )
    assert (status, code(body)) == (401, "UNAUTHENTICATED")
