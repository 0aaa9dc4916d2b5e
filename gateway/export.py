"""`POST /export`: everything about one patient that the viewer may see, as one JSON document.

It is made by the same executor, resolvers and policy as any query, piece by piece as it is sent.
What could not be shown is named at the end, in `errors`, as in a GraphQL answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any

import msgspec
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from domain.errors import CallerError
from gateway import credentials, request, response
from gateway.auth import Authenticator
from gateway.caller import Caller, Context
from gateway.compose import BeginExport
from gateway.demand import Demand
from gateway.errors import Entry, Fault, PostRequired, fault_entry, field_entries, log
from gateway.execution import Executor, settle
from gateway.export_document import Piece, pieces
from gateway.limits import Limits
from gateway.request import BadRequest, ClientGone

Follow = Callable[..., Awaitable[dict[str, Any]]]

_HEADERS = [
    (b"content-type", b"application/json; charset=utf-8"),
    (b"content-disposition", b'attachment; filename="plan.json"'),
]


class _Asked(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    patient_id: str


_decode = msgspec.json.Decoder(_Asked).decode
_encode = msgspec.json.Encoder().encode


class ExportEndpoint:
    """An ASGI application for `/export`."""

    def __init__(
        self,
        *,
        executor: Executor,
        authenticator: Authenticator,
        build_context: Callable[[Caller], Context],
        begin: BeginExport,
        demand: Demand,
        limits: Limits,
    ) -> None:
        self._executor = executor
        self._authenticator = authenticator
        self._build_context = build_context
        self._begin = begin
        self._demand = demand
        self._limits = limits
        self._pieces = pieces(executor.graphql_schema)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the export, or the reason why there is none."""
        headers = Headers(scope=scope)
        event_id = request.event_id(headers)
        try:
            await self._export(scope, receive, send, event_id)
        except ClientGone:
            return
        except CallerError as error:
            await response.refused(error).send(send, ("x-event-id", event_id))
        except Fault as error:
            await response.failed(error, event_id).send(send, ("x-event-id", event_id))

    async def _export(self, scope: Scope, receive: Receive, send: Send, event_id: str) -> None:
        if scope["method"] != "POST":
            raise PostRequired
        headers = Headers(scope=scope)
        viewer = await self._authenticator.viewer(credentials.of_request(scope, headers))
        asked = _asked(await request.json_body(headers, receive, self._limits))
        await self._demand.charge_export(viewer)
        language = request.language(headers.get("accept-language"))
        context = self._build_context(Caller(viewer, event_id, language))
        try:
            try:
                patient_id = await self._begin(context, asked.patient_id)
            finally:
                await settle(context, event_id)  # an attempt that was refused is logged as well
            parts = self._parts(context, patient_id, event_id, receive)
            await self._send_in_time(parts, send, event_id)
        finally:
            await context.close()

    async def _send_in_time(self, parts: AsyncIterator[bytes], send: Send, event_id: str) -> None:
        """Send the parts, or break off once the time that there is for all of them is over.

        They are all shown on one decision, which whoever reads slowly can't make last. What is
        broken off has no end, and its connection is closed, so that nobody takes it for the whole.
        """
        try:
            async with asyncio.timeout(self._limits.export_seconds):
                await _stream(parts, send, event_id)
        except TimeoutError:
            log.warning("event=%s export=broken-off", event_id)
            raise ClientGone from None

    async def _parts(
        self, context: Context, patient_id: str, event_id: str, receive: Receive
    ) -> AsyncIterator[bytes]:
        """Yield the document in parts: a member of the patient at a time, then the errors."""
        errors: list[Entry] = []

        async def members(piece: Piece, **after: str) -> dict[str, Any]:
            """Return a piece, and keep why some of it failed: what is sent can't be taken back."""
            variables = {"id": patient_id, **after}
            try:
                result = await self._executor.run(piece.operation, variables, context, receive)
                await settle(context, event_id)
            except Fault as error:
                errors.append(fault_entry(error, event_id))
                return {}
            errors.extend(map(_without_place, field_entries(result.errors or (), event_id)))
            return (result.data or {}).get("patient") or {}

        separator = b'{"patient":{'
        for piece in self._pieces:
            found = await members(piece)
            for name in piece.names:
                yield separator + _encode(name) + b":"
                separator = b","
                follow = partial(members, piece) if piece.is_paged else None
                async for part in _member(name, found.get(name), follow):
                    yield part
        yield b'},"errors":' + _encode(errors) + b"}\n"


async def _member(name: str, value: Any, follow: Follow | None) -> AsyncIterator[bytes]:
    """Yield what a field says; of a connection all edges, page by page."""
    if follow is None or value is None:
        yield _encode(value)
        return
    opening = b'{"edges":['
    while value is not None:
        if value["edges"]:
            yield opening + _encode(value["edges"])[1:-1]
            opening = b","
        if not value["pageInfo"]["hasNextPage"]:
            break
        value = (await follow(after=value["pageInfo"]["endCursor"])).get(name)
    # Ended early, the reason is among the errors.
    yield (b"" if opening == b"," else opening) + b"]}"


def _without_place(entry: Entry) -> Entry:
    """Return an error without its place in a document that nobody has sent."""
    return {name: value for name, value in entry.items() if name != "locations"}


def _asked(body: bytes) -> _Asked:
    try:
        return _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadRequest("The body must be a JSON object with `patientId` only.") from None


async def _stream(parts: AsyncIterator[bytes], send: Send, event_id: str) -> None:
    headers = [*_HEADERS, (b"x-event-id", event_id.encode("latin-1"))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    async for part in parts:
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
