"""An audit of headers: every address, every method, every way in which a request can go wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from gateway import graphiql
from gateway.app import create_app
from gateway.envelope import Envelope
from gateway.headers import HEADERS, POLICY, headers_for
from gateway.serving import _config
from tests.gateway.serving import Gateway, Start, a_settings, serving

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
SENT_ONCE = ("content-type", "content-length", "cache-control", "content-security-policy")


def addresses() -> list[str]:
    """Return a path for each route that there is anywhere, and some that are none."""
    app = create_app(a_settings(DBEP_ENVIRONMENT="development"))
    paths = [route.path for route in app.routes if isinstance(route, Route | Mount)]
    known = [re.sub(r"\{[^}]*\}", "clinician", path) for path in paths]
    return [*known, "/", "/graphql/", "/nowhere", "/dev/token/n0body"]


def require_headers(found: Mapping[str, str]) -> None:
    for name, value in HEADERS.items():
        assert found[name] == value, name
    for name in SENT_ONCE:
        assert len(found.getall(name, [])) <= 1, name  # type: ignore[attr-defined]  # a multidict


@pytest.mark.parametrize("path", addresses())
@pytest.mark.parametrize("method", METHODS)
async def test_every_address_answers_every_method_with_the_headers(
    production: Gateway, development: Gateway, method: str, path: str
) -> None:
    for gateway in (production, development):
        sent = {"data": b"{}"} if method in ("POST", "PUT", "PATCH") else {}
        async with gateway.session.request(
            method, gateway.url + path, allow_redirects=False, **sent
        ) as answer:
            require_headers(answer.headers)
            assert "location" not in answer.headers or answer.headers["location"] == "/graphiql/"
            assert ("strict-transport-security" in answer.headers) == (gateway is production)
            if answer.status == 405:
                assert method not in answer.headers["allow"].split(", ")


GRAPHQL_JSON = "application/graphql-response+json"
GOOD = b'{"query": "{ hello }"}'
REFUSED: dict[str, tuple[int, dict[str, Any]]] = {
    "400 body": (400, {"body": b"["}),
    "400 document": (400, {"body": b'{"query": "{"}', "accept": GRAPHQL_JSON}),
    "401 none": (401, {"body": GOOD, "token": None}),
    "401 bad": (401, {"body": GOOD, "token": "x"}),
    "403": (403, {"body": GOOD, "origin": "https://elsewhere.example"}),
    "404": (404, {"body": GOOD, "path": "/graphq"}),
    "405 method": (405, {"method": "PUT"}),
    "405 post": (405, {"method": "GET", "params": {"query": "mutation { touch }"}}),
    "406": (406, {"body": GOOD, "accept": "text/html"}),
    "413": (413, {"body": b" " * 1_010_000}),
    "415": (415, {"body": GOOD, "content_type": "text/plain"}),
    "200 fault of a field": (200, {"body": b'{"query": "{ broken }"}'}),
    "200": (200, {"body": GOOD}),
}  # fmt: skip


@pytest.mark.parametrize(("status", "sent"), REFUSED.values(), ids=REFUSED)
async def test_every_refusal_has_the_headers(
    production: Gateway, status: int, sent: dict[str, Any]
) -> None:
    found, _ = await production.send(**sent)
    assert found == status
    require_headers(production.headers)
    assert production.headers["strict-transport-security"] == "max-age=63072000"


async def test_our_own_failures_have_the_headers(production: Gateway, start: Start) -> None:
    production.recorder.log_fails = True
    assert (await production.post("{ hello }"))[0] == 503
    require_headers(production.headers)
    without_issuer = await start(dead_issuer=True)
    assert (await without_issuer.post("{ hello }"))[0] == 503
    require_headers(without_issuer.headers)

    async def broken(*_: object) -> None:
        raise RuntimeError

    async with serving(Envelope(broken)) as url, production.session.get(url) as answer:
        assert answer.status == 500
        require_headers(answer.headers)


def test_the_server_does_not_name_itself_and_logs_no_address() -> None:
    config = _config(Starlette(), a_settings())
    assert not config.server_header
    assert not config.access_log


def test_an_answer_may_do_nothing_in_a_browser() -> None:
    assert POLICY.startswith("default-src 'none';")
    for name in ("base-uri", "form-action", "frame-ancestors"):  # default-src is none of theirs
        assert f"{name} 'none'" in POLICY


@pytest.mark.parametrize(
    ("environ", "is_told"),
    [
        ({}, True),
        ({"DBEP_PUBLIC_URL": "http://127.0.0.1:8000"}, False),
        ({"DBEP_ENVIRONMENT": "development"}, False),
    ],
)
def test_https_only_is_said_in_production_behind_https(
    environ: dict[str, str], is_told: bool
) -> None:
    assert ("strict-transport-security" in headers_for(a_settings(**environ))) is is_told


def test_the_developers_page_runs_no_script_and_no_style_that_is_not_its_own() -> None:
    rules = dict(rule.split(" ", 1) for rule in graphiql.POLICY.split("; "))
    assert rules.pop("style-src-attr") == "'unsafe-inline'"  # the editor places its lines so
    assert rules["default-src"] == "'none'"
    assert rules["style-src-elem"] == f"'self' 'nonce-{graphiql.NONCE}'"
    assert not any("unsafe" in rule or "http" in rule or "*" in rule for rule in rules.values())
