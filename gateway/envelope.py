"""What surrounds every answer: security headers, and a net under everything that may fail."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.errors import MethodRefused, NoSuchRoute, caller_entry, log_fault
from gateway.headers import HEADERS
from gateway.health import NotReady
from gateway.response import encode, failed


class Envelope:
    """Adds security headers where an answer has none of its own, and masks what escapes.

    An exception that reached the server would be logged with its message, which may hold values.
    """

    def __init__(self, app: ASGIApp, headers: Mapping[str, str] = HEADERS) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
            return
        try:
            await self._app(scope, receive, _in_one_sentence(send))
        except NotReady:
            raise  # its sentence has been told
        except Exception as error:
            log_fault(error, "-")
            raise

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def sealed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, sealed)
        except Exception as error:  # noqa: BLE001 # masked
            event_id = str(uuid4())
            log_fault(error, event_id)
            if not started:
                await failed(error, event_id).send(sealed)


async def not_found(_request: Request, _error: Exception) -> Response:
    """Answer for an address that names nothing."""
    return _refusal(NoSuchRoute())


async def method_not_allowed(_request: Request, error: Exception) -> Response:
    """Answer for a method that the address does not know, with those that it knows."""
    known = error.headers if isinstance(error, HTTPException) else None
    return _refusal(MethodRefused(), known)


def _refusal(
    error: NoSuchRoute | MethodRefused, headers: Mapping[str, str] | None = None
) -> Response:
    body = encode({"errors": [caller_entry(error)]})
    return Response(
        body, error.status, headers or dict(error.headers), media_type="application/json"
    )


HANDLERS: Mapping[Any, Any] = {404: not_found, 405: method_not_allowed}  # as Starlette types them


def _in_one_sentence(send: Send) -> Send:
    """Keep the stack of a failed start, with its message, out of the server's log.

    Only what knows why, in words made to be shown, is told as it is.
    """

    async def told(message: Message) -> None:
        if message["type"] in ("lifespan.startup.failed", "lifespan.shutdown.failed"):
            message = {**message, "message": _failure(sys.exception())}
        await send(message)

    return told


def _failure(error: BaseException | None) -> str:
    if isinstance(error, NotReady):
        return f"The gateway does not start: {error}"
    return "The gateway could not be started or stopped cleanly."
