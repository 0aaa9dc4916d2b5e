"""The contender: `python -m bench.plain`, a plain ASGI handler with one path per view.

It shows the same JSON as the gateway's GraphQL answers, from the same clients, codecs, store
statements, token check and policy. It has no GraphQL, no loaders and no fields but its views'.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias
from uuid import uuid4

import msgspec
import uvicorn
import uvloop
from starlette.types import Receive, Scope, Send

from bench import chains
from bench.contender import Parts, now, parts
from bench.reading import Reading
from domain.errors import CallerError
from gateway.credentials import Credentials, credentials
from gateway.errors import TokenRefused
from gateway.settings import Settings


class Question(msgspec.Struct, frozen=True):
    """What a body may ask for: a patient, or so many of a list."""

    id: str = ""
    first: int = 50


View: TypeAlias = Callable[[Reading, Question], Awaitable[object]]
VIEWS: Mapping[str, View] = {
    "/full": lambda reading, asked: reading.full(asked.id),
    "/small": lambda reading, asked: reading.small(asked.id),
    "/worklist": lambda reading, asked: reading.worklist(asked.first),
    "/chains/patient": lambda reading, asked: chains.of_patient(reading, asked.id),
    "/chains/worklist": lambda reading, asked: chains.of_worklist(reading, asked.first),
}

_decode = msgspec.json.Decoder(Question).decode
_encode = msgspec.json.Encoder().encode


class Plain:
    """An ASGI application over the running parts."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["path"] == "/healthz":
            return await _answer(send, 200, b"{}")
        try:
            data = await self._view(scope, receive)
        except CallerError as error:
            status = 401 if isinstance(error, TokenRefused) else 400
            return await _answer(send, status, _encode({"errors": [{"message": str(error)}]}))
        return await _answer(send, 200, _encode({"data": data}))

    async def _view(self, scope: Scope, receive: Receive) -> object:
        viewer = await self._parts.authenticator.viewer(_credentials(scope))
        reading = Reading(self._parts, viewer, str(uuid4()), now())
        return await VIEWS[scope["path"]](reading, _decode(await _body(receive)))


def _credentials(scope: Scope) -> Credentials | None:
    for name, value in scope["headers"]:
        if name == b"authorization":
            return credentials(bytes(value).decode("latin-1"), "", scope["method"], scope["path"])
    return None


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body", False):
        message = await receive()
        body += message.get("body", b"")
    return body


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode("ascii")),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def serve(settings: Settings) -> None:
    """Serve until stopped, with the server settings of the gateway."""
    async with parts(settings) as running:
        config = uvicorn.Config(
            Plain(running),
            host=settings.host,
            port=settings.port,
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(Settings.from_env(os.environ)))
