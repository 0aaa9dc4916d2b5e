"""`POST /export`: everything about one patient that the viewer may see, as one JSON document.

It is made by the same executor, resolvers and policy as any query, piece by piece as it is sent.
What could not be shown is named at the end, in `errors`, as in a GraphQL answer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import msgspec
from graphql import ExecutionResult
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from domain.errors import CallerError
from gateway import request, response
from gateway.auth import Authenticator
from gateway.compose import BeginExport, Caller, Context
from gateway.errors import Entry, Fault, MethodRefused, fault_entry, field_entries
from gateway.execution import Executor
from gateway.export_document import Piece, pieces
from gateway.limits import Limits
from gateway.request import BadRequest, ClientGone

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
        limits: Limits,
    ) -> None:
        self._executor = executor
        self._authenticator = authenticator
        self._build_context = build_context
        self._begin = begin
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
            raise MethodRefused
        headers = Headers(scope=scope)
        viewer = await self._authenticator.viewer(headers.get("authorization"))
        asked = _asked(await request.json_body(headers, receive, self._limits))
        language = request.language(headers.get("accept-language"))
        context = self._build_context(Caller(viewer, event_id, language))
        try:
            patient_id = await self._begin(context, asked.patient_id)
            await _stream(self._parts(context, patient_id, event_id, receive), send, event_id)
        finally:
            await context.close()

    async def _parts(
        self, context: Context, patient_id: str, event_id: str, receive: Receive
    ) -> AsyncIterator[bytes]:
        """Yield the document in parts: a member of the patient at a time, then the errors."""
        errors: list[Entry] = []
        separator = b'{"patient":{'
        for piece in self._pieces:
            result = await self._run(piece, patient_id, context, event_id, receive)
            if isinstance(result, ExecutionResult):
                errors += map(_without_place, field_entries(result.errors or (), event_id))
                members = (result.data or {}).get("patient") or {}
            else:
                errors.append(result)
                members = {}
            for name in piece.names:
                yield separator + _encode(name) + b":" + _encode(members.get(name))
                separator = b","
        yield b'},"errors":' + _encode(errors) + b"}\n"

    async def _run(
        self, piece: Piece, patient_id: str, context: Context, event_id: str, receive: Receive
    ) -> ExecutionResult | Entry:
        """Return a piece, or why it failed: what is already sent can't be taken back."""
        try:
            variables = {"id": patient_id}
            return await self._executor.run(piece.operation, variables, context, receive)
        except Fault as error:
            return fault_entry(error, event_id)


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
