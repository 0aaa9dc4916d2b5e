"""Real HTTP for tests: a gateway on a free loopback port, and an issuer to break."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import aiohttp
import msgspec
import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from gateway.app import create_app
from gateway.health import Check
from gateway.limits import Limits
from gateway.listening import listen
from gateway.live.connections import Connections
from gateway.live.websocket import WebSocket
from gateway.rates import Rates
from gateway.replay import Marks
from gateway.serving import KEEP_ALIVE_SECONDS, Server
from gateway.settings import Settings
from resolvers.opening import Openings
from store.registered_operation import RegisteredOperationStore
from store.webhook import WebhookStore
from tests.gateway.graph import Recorder

AUDIENCE = "dbep:gateway"
PUBLIC_URL = "https://plan.example"
CITIZEN = {
    "sub": "citizen-1",
    "helseid://claims/identity/pid": "05894500079",
    "helseid://claims/identity/security_level": "4",
}


@asynccontextmanager
async def serving(app: ASGIApp, drain_seconds: float = 0) -> AsyncIterator[str]:
    """Serve an application and yield its address."""
    connections = getattr(getattr(app, "state", None), "connections", None)
    with listen("gateway", "127.0.0.1", 0, "DBEP_PORT") as listener:
        config = uvicorn.Config(
            app,
            log_config=None,
            ws="none" if connections is None else WebSocket,
            access_log=False,
            proxy_headers=False,
        )
        config.timeout_keep_alive = KEEP_ALIVE_SECONDS
        config.timeout_graceful_shutdown = 1
        server = Server(config, connections, drain_seconds)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:
            assert not task.done(), "the server did not start"
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await task


def a_key(kid: str = "one") -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig", "alg": "ES256"})


class Issuer:
    """A JWKS endpoint whose keys and health a test can change, and a pen to sign with."""

    def __init__(self) -> None:
        self.url = ""
        self.key = a_key()
        self.is_down = False
        self.calls = 0
        self.app = Starlette(routes=[Route("/jwks", self._jwks)])

    async def _jwks(self, _request: Request) -> Response:
        self.calls += 1
        if self.is_down:
            return Response(status_code=503)
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def claims(self, **changed: object) -> dict[str, object]:
        now = int(time.time())
        usual = {"iss": self.url, "aud": AUDIENCE, "iat": now, "nbf": now, "exp": now + 600}
        return {**CITIZEN, **usual, **changed}

    def token(self, header: dict[str, object] | None = None, **changed: object) -> str:
        """Sign claims as this issuer would; None takes a claim out."""
        claims = {
            name: value for name, value in self.claims(**changed).items() if value is not None
        }
        return jwt.encode({"alg": "ES256", "kid": self.key.kid, **(header or {})}, claims, self.key)


ENVIRON = {
    "DBEP_ENVIRONMENT": "production",
    "DBEP_DATABASE_URL": "postgresql://127.0.0.1:1/none",
    "DBEP_REDIS_URL": "redis://127.0.0.1:1",
    "DBEP_ISSUER": "http://127.0.0.1:1",
    "DBEP_KJERNEJOURNAL_URL": "http://127.0.0.1:1",
    "DBEP_KJERNEJOURNAL_TOKEN": "kj-secret",
    "DBEP_MEDICATION_URL": "http://127.0.0.1:1",
    "DBEP_MEDICATION_TOKEN": "med-secret",
    "DBEP_HOSPITAL_URL": "http://127.0.0.1:1",
    "DBEP_HOSPITAL_TOKEN": "hospital-secret",
    "DBEP_HOSPITAL_SUBSCRIPTION_KEY": "hospital-key-secret",
    "DBEP_RECORD_URL": "http://127.0.0.1:1",
    "DBEP_RECORD_TOKEN": "record-secret",
    "DBEP_SENDER_URL": "http://127.0.0.1:1",
    "DBEP_SENDER_TOKEN": "sender-secret",
    "DBEP_ORGANISATION_NUMBER": "999000002",
    "DBEP_ERASURE_LOG": "erasures.log",
    "DBEP_PUBLIC_URL": PUBLIC_URL,
    "DBEP_BEARER_TOKENS": "on",
    "DBEP_FINGERPRINT_KEY": "fingerprint-secret-of-32-characters",
    "DBEP_CURSOR_KEY": "cursor-secret-of-32-characters-or-more",
    "DBEP_WEBHOOK_KEY": "webhook-secret-of-32-characters-or-more",
    "DBEP_ZONE_EVALUATION": "off",
}


class Gateway:
    """A running gateway and the ways to ask it."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.url = ""
        self.session = session
        self.issuer = Issuer()
        self.recorder = Recorder()
        self.connections: Connections

    async def post(
        self,
        query: object,
        variables: object = None,
        *,
        token: str | None = "valid",
        **headers: str,
    ) -> tuple[int, dict[str, Any]]:
        """Post a query with a good token and give status and body."""
        body = msgspec.json.encode({"query": query, "variables": variables})
        return await self.send("POST", body, token=token, **headers)

    async def send(
        self,
        method: str = "POST",
        body: bytes | None = None,
        *,
        token: str | None = "valid",
        path: str = "/graphql",
        params: dict[str, str] | None = None,
        **headers: str,
    ) -> tuple[int, dict[str, Any]]:
        """Send bytes, with `content_type=…` and other headers by their Python names."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            sent.setdefault("content-type", "application/json")
        if token is not None:
            sent["authorization"] = f"Bearer {self.good_token if token == 'valid' else token}"
        async with self.session.request(
            method, self.url + path, data=body, params=params, headers=sent
        ) as answer:
            self.headers = answer.headers
            return answer.status, msgspec.json.decode(await answer.read())

    @property
    def good_token(self) -> str:
        return self.issuer.token()


Start: TypeAlias = Callable[..., Awaitable[Gateway]]


@asynccontextmanager
async def running(
    session: aiohttp.ClientSession,
    *,
    limits: Limits | None = None,
    dead_issuer: bool = False,
    checks: Sequence[Check] = (),
    openings: Openings | None = None,
    marks: Marks | None = None,
    own_operations: Mapping[str, str] | None = None,
    registered: RegisteredOperationStore | None = None,
    webhooks: WebhookStore | None = None,
    rates: Rates | None = None,
    drain_seconds: float = 0,
    **environ: str,
) -> AsyncIterator[Gateway]:
    """Run a gateway and its issuer with changed settings or limits.

    It is as in production but for ad hoc documents, in which most tests are written.
    """
    gateway = Gateway(session)
    gateway.recorder.checks = checks
    gateway.recorder.openings = openings
    gateway.recorder.marks = marks
    gateway.recorder.own_operations = own_operations or {}
    gateway.recorder.registered = registered
    gateway.recorder.webhooks = webhooks
    gateway.recorder.rates = rates
    async with serving(gateway.issuer.app) as gateway.issuer.url:
        issuer = "http://127.0.0.1:1" if dead_issuer else gateway.issuer.url
        settings = a_settings(DBEP_ISSUER=issuer, **{"DBEP_ENVIRONMENT": "vendor-test", **environ})
        if limits is not None:
            settings = msgspec.structs.replace(settings, limits=limits)
        app = create_app(settings, gateway.recorder.compose)
        gateway.connections = app.state.connections
        async with serving(app, drain_seconds) as gateway.url:
            yield gateway


def a_settings(**changed: str) -> Settings:
    return Settings.from_env({**ENVIRON, **changed})


def code(body: dict[str, Any]) -> str:
    return str(body["errors"][0]["extensions"]["code"])
