"""The doors that a real source does not have: faults, call counts, changes made on request."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulators.changes import Change
from simulators.faults import Fault
from simulators.source import Source, parse_json_header
from simulators.wire import Call

_FAULTS = msgspec.json.Decoder(list[Fault])


class _Wish(msgspec.Struct, forbid_unknown_fields=True):
    """A change that is asked for."""

    patient: str
    change: str


_WISH = msgspec.json.Decoder(_Wish)


def development_routes(source: Source) -> list[Route]:
    """Return a source's development doors; they bind to the loopback address like the rest."""
    doors = _Doors(source)
    return [
        Route("/healthz", doors.health, methods=["GET"]),
        Route("/_faults", doors.faults, methods=["GET", "PUT", "DELETE"]),
        Route("/_calls", doors.calls, methods=["GET", "DELETE"]),
        Route("/_changes", doors.changes, methods=["POST"]),
    ]


class _Doors:
    def __init__(self, source: Source) -> None:
        self._source = source

    async def health(self, _: Request) -> Response:
        return JSONResponse({"status": "ok", "source": self._source.name})

    async def faults(self, request: Request) -> Response:
        if request.method != "GET":
            wanted = await request.body() if request.method == "PUT" else b"[]"
            try:
                self._source.faults.switch(_FAULTS.decode(wanted))
            except msgspec.DecodeError as error:
                return JSONResponse({"error": str(error)}, 400)
        return _json(self._source.faults.on)

    async def calls(self, request: Request) -> Response:
        source = self._source
        counted = {
            "calls": dict(source.calls),
            "mostInFlight": source.most_in_flight,
            "lastAsked": {name: _shown_by(call) for name, call in source.last.items()},
        }
        if request.method == "DELETE":
            source.calls.clear()
            source.last.clear()
            source.most_in_flight = source.in_flight
        return JSONResponse(counted)

    async def changes(self, request: Request) -> Response:
        try:
            wish = _WISH.decode(await request.body())
        except msgspec.DecodeError as error:
            return JSONResponse({"error": str(error)}, 400)
        possible = self._source.alterations()
        if wish.change not in possible:
            return JSONResponse({"error": f"one of {', '.join(possible)}"}, 400)
        change = self._make(wish)
        return _json(change) if change else JSONResponse({"error": "unknown patient"}, 404)

    def _make(self, wish: _Wish) -> Change | None:
        person = self._source.world.person(wish.patient)
        if person is None:
            return None
        kind = self._source.alterations()[wish.change](person)
        self._source.forget(person)
        return self._source.changes.record(wish.patient, kind)


def _shown_by(call: Call) -> dict[str, object]:
    """Return who asked and on which ground, as the headers say it; they name no patient."""
    attest = parse_json_header(call.header(b"nhn-attest"))
    basis = call.header(b"nhn-access-basis") or None
    return {"attest": attest, "accessBasis": basis, "eventId": call.event_id}


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")
