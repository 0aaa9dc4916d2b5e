"""Puts a source on HTTP: its endpoints, its change feed and the development doors."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from simulators.development import development_routes
from simulators.disturbance import disturb
from simulators.source import Source
from simulators.wire import Answer, Call, Handler, Refusal, json, read, respond


def application(source: Source) -> Starlette:
    """Return a source as an application; `app.state.source` is the source itself."""
    by_path: dict[str, dict[str, Handler]] = {}
    for (method, path), handler in source.routes().items():
        by_path.setdefault(path, {})[method] = handler
    routes = [_route(source, path, handlers) for path, handlers in by_path.items()]
    routes.append(_route(source, "/changes", {"GET": _feed_of(source)}, to_patient_data=False))
    app = Starlette(routes=[*routes, *development_routes(source)])
    app.state.source = source
    return app


class Endpoint:
    """An ASGI application for one path of a source."""

    def __init__(
        self, source: Source, path: str, handlers: Mapping[str, Handler], to_patient_data: bool
    ) -> None:
        self._source = source
        self._handlers = handlers
        self._to_patient_data = to_patient_data
        self._names = {method: f"{method} {path}" for method in handlers}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        source = self._source
        source.calls[self._names[scope["method"]]] += 1
        source.in_flight += 1
        source.most_in_flight = max(source.most_in_flight, source.in_flight)
        try:
            call = source.last[self._names[scope["method"]]] = await read(scope, receive)
            await self._serve(call, receive, send)
        finally:
            source.in_flight -= 1

    async def _serve(self, call: Call, receive: Receive, send: Send) -> None:
        faults = self._source.faults
        if faults.on:
            subject = call.body + call.headers.get(b"nhn-patient-nin", b"")
            hit = faults.take(call.path, subject)
            await disturb(self._source, hit, call, self._answer, receive, send)
        else:
            await respond(call, self._answer(call), send)

    def _answer(self, call: Call) -> Answer:
        handler = self._handlers[call.method]
        return self._source.answer(call, handler, to_patient_data=self._to_patient_data)


def _route(
    source: Source, path: str, handlers: Mapping[str, Handler], *, to_patient_data: bool = True
) -> Route:
    endpoint = Endpoint(source, path, handlers, to_patient_data)
    route = Route(path, endpoint, methods=list(handlers))
    # Starlette adds HEAD to GET; no source answers it.
    route.methods = set(handlers)
    return route


def _feed_of(source: Source) -> Handler:
    def feed(call: Call) -> Answer:
        after = parse_qs(call.query.decode("latin-1")).get("after", ["0"])[0]
        if not after.isdecimal() or len(after) > 18:
            raise Refusal(400, "after må være et tall", "KJ-0004")
        return json(source.changes.after(int(after)))

    return feed
