"""The application: its routes and its life, nothing else."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from gateway import envelope, graphiql, health, own_operations
from gateway.answering import Answering
from gateway.auth import Authenticator
from gateway.compose import Compose, Parts, compose
from gateway.demand import Demand
from gateway.documents import Documents
from gateway.errors import log_stray
from gateway.execution import Executor
from gateway.export import ExportEndpoint
from gateway.graphql import GraphQLEndpoint
from gateway.headers import headers_for
from gateway.keys import Keys
from gateway.live.asking import Asking
from gateway.live.connections import Connections
from gateway.live.outbox import Bounds
from gateway.live.sockets import Sockets
from gateway.metrics import Metrics
from gateway.opening import OpeningEndpoint
from gateway.origin import OwnPages, own_origins
from gateway.persisted import Persisted
from gateway.rates import Rates
from gateway.registered_operation import RegisteredOperations
from gateway.registration import RegistrationEndpoint
from gateway.settings import Settings
from gateway.webhook import WebhookRegistry
from gateway.webhook_endpoint import PATHS as WEBHOOK_PATHS
from gateway.webhook_endpoint import WebhookEndpoint


def create_app(settings: Settings, compose: Compose = compose) -> Starlette:
    """Return the gateway; what it stands on is built when it starts, by `compose`."""
    metrics = Metrics()
    connections = _connections(settings, metrics)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[Mapping[str, object]]:
        asyncio.get_running_loop().set_exception_handler(log_stray)
        timeout = aiohttp.ClientTimeout(total=5)
        async with AsyncExitStack() as stack:
            session = await stack.enter_async_context(aiohttp.ClientSession(timeout=timeout))
            parts = await stack.enter_async_context(compose(settings))
            keys = Keys(settings.jwks_url, session)
            stack.push_async_callback(keys.close)
            endpoints = await _endpoints(settings, parts, keys, connections, stack)
            gc.freeze()  # what start has made stays: collections need not look at it again
            yield {
                **endpoints,
                "checks": [
                    *parts.checks,
                    health.Check("issuer keys", keys.ready),
                    health.Check("accepts connections", connections.accepting),
                ],
                "session": session,
            }

    app = Starlette(
        routes=[
            *_data_routes(settings),
            Route("/healthz", health.alive),
            Route("/readyz", health.ready),
            Route("/metrics", metrics.answer),
            *graphiql.routes(settings),
        ],
        middleware=_middleware(settings),
        exception_handlers=envelope.HANDLERS,
        lifespan=lifespan,
    )
    # The way to a redirect would be written from what the caller sent: `Host`, and the query.
    app.router.redirect_slashes = False
    app.state.connections = connections  # for the server, which drains them
    return app


def _connections(settings: Settings, metrics: Metrics) -> Connections:
    limits = settings.limits
    return Connections(
        most=limits.connections,
        keep_alive_seconds=settings.keep_alive_seconds,
        bounds=Bounds(limits.waiting_bytes, limits.waiting_messages),
        streams=metrics.streams,
    )


def _own(settings: Settings) -> frozenset[str]:
    return own_origins(
        settings.public_url, settings.allowed_origins, is_production=settings.is_production
    )


def _data_routes(settings: Settings) -> list[BaseRoute]:
    own = _own(settings)
    paths = ("graphql", "export", "opening", "operations", "operations/{id}", *WEBHOOK_PATHS)
    return [Route(f"/{path}", OwnPages(_Handed(path.partition("/")[0]), own)) for path in paths]


class _Handed:
    """Hands a request to an endpoint that the lifespan has built."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["state"][self._name](scope, receive, send)


async def _endpoints(
    settings: Settings,
    parts: Parts,
    keys: Keys,
    connections: Connections,
    stack: AsyncExitStack,
) -> dict[str, object]:
    executor = Executor(parts.schema, settings.limits.operation_seconds)
    authenticator = Authenticator(
        keys,
        issuer=settings.issuer,
        audience=settings.audience,
        public_url=settings.public_url,
        accepts_bearer=settings.accepts_bearer,
        marks=parts.marks,
        openings=parts.openings,
        cached_tokens=settings.limits.cached_tokens,
    )
    documents = Documents(
        executor.graphql_schema, settings.limits, is_production=settings.is_production
    )
    registered = (
        RegisteredOperations(parts.registered, settings.limits) if parts.registered else None
    )
    demand = Demand(parts.rates or Rates(), settings.limits)
    answering = Answering(
        persisted=Persisted(
            documents,
            own=own_operations.known(parts.own_operations, documents),
            registered=registered,
            answers_ad_hoc=settings.answers_ad_hoc,
        ),
        executor=executor,
        build_context=parts.build_context,
        demand=demand,
        limits=settings.limits,
    )
    begun = parts.begin_live(executor, demand) if parts.begin_live else None
    asking = Asking(
        answering=answering,
        authenticator=authenticator,
        live=await stack.enter_async_context(begun) if begun else None,
        limits=settings.limits,
    )
    graphql = GraphQLEndpoint(
        answering=answering,
        asking=asking,
        connections=connections,
        authenticator=authenticator,
        limits=settings.limits,
        open_introspection=not settings.is_production,
    )
    opening = OpeningEndpoint(parts.openings, settings.limits, settings.address_header)
    operations = RegistrationEndpoint(
        registered=registered,
        documents=documents,
        authenticator=authenticator,
        limits=settings.limits,
    )
    webhooks = WebhookEndpoint(
        registry=WebhookRegistry(parts.webhooks, settings) if parts.webhooks else None,
        authenticator=authenticator,
        limits=settings.limits,
    )
    talks = Sockets(asking, connections, _own(settings), headers_for(settings))
    made = {"graphql": graphql, "talks": talks, "opening": opening, "operations": operations}
    made["webhooks"] = webhooks
    if parts.begin_export is None:
        return {**made, "export": _nothing}
    export = ExportEndpoint(
        executor=executor,
        authenticator=authenticator,
        build_context=parts.build_context,
        begin=parts.begin_export,
        demand=demand,
        limits=settings.limits,
    )
    return {**made, "export": export}


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    raise HTTPException(404)


def _middleware(settings: Settings) -> list[Middleware]:
    wrapped = [Middleware(envelope.Envelope, headers_for(settings))]
    if settings.allowed_origins:
        wrapped.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.allowed_origins,
                allow_methods=["GET", "POST"],
                allow_headers=[
                    "authorization",
                    "content-type",
                    "dpop",
                    "graphql-cost",
                    "nhn-event-id",
                ],
                expose_headers=["date", "retry-after", "www-authenticate", "x-event-id"],
            )
        )
    return wrapped
