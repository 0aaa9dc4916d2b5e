"""Subscribes as clients do, on each of the three protocols, and can break the connection."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import aiohttp

from gateway.live.messages import PROTOCOL

Result = dict[str, Any]
"""An execution result, or what has ended the stream: `errors` alone."""

QUIET_SECONDS = 40
"""How long nothing at all may come: keep-alives come more often."""


class Line:
    """Where a subscription goes, and as whom. `cut` breaks what runs now, as a network does."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.session, self.url, self.token = session, url, token
        self._socket: Any = None

    def holds(self, transport: Any) -> None:
        """Take note of the connection that carries it."""
        self._socket = None if transport is None else transport.get_extra_info("socket")

    def cut(self) -> None:
        """Break the connection, without a word."""
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def headers(self, accept: str) -> dict[str, str]:
        """Return what an HTTP request says."""
        return {"authorization": f"Bearer {self.token}", "accept": accept}


async def websocket(
    line: Line, query: str, variables: Mapping[str, object]
) -> AsyncIterator[Result]:
    """Follow over graphql-transport-ws; the code of a close comes as an error."""
    async with line.session.ws_connect(line.url, protocols=[PROTOCOL], autoping=True) as wire:
        line.holds(wire)
        await wire.send_json(
            {"type": "connection_init", "payload": {"authorization": f"Bearer {line.token}"}}
        )
        asked = {"query": query, "variables": variables}
        async for told in wire:
            said = json.loads(told.data)
            if said["type"] == "connection_ack":
                await wire.send_json({"type": "subscribe", "id": "1", "payload": asked})
            elif said["type"] == "ping":
                await wire.send_json({"type": "pong"})
            elif said["type"] == "next":
                yield said["payload"]
            elif said["type"] == "error":
                yield {"errors": said["payload"]}
                return
            elif said["type"] == "complete":
                yield _bare_end()
                return
        if wire.close_code is not None and wire.close_code >= 4000:
            yield {"errors": [{"extensions": {"code": str(wire.close_code)}}]}


async def events(line: Line, query: str, variables: Mapping[str, object]) -> AsyncIterator[Result]:
    """Follow over graphql-sse; it resumes by `Last-Event-ID`, not by the variable."""
    headers = line.headers("text/event-stream")
    given = dict(variables)
    if given.get("after"):
        headers["last-event-id"] = str(given.pop("after"))
    body = {"query": query, "variables": given}
    async with line.session.post(line.url, json=body, headers=headers) as answer:
        line.holds(answer.connection and answer.connection.transport)
        if answer.content_type != "text/event-stream":
            yield {"errors": (await answer.json(content_type=None))["errors"]}
            return
        kind, ended = "next", False
        async for raw in answer.content:
            text = raw.decode().rstrip("\n")
            if text.startswith("event: "):
                kind = text.removeprefix("event: ")
            elif text.startswith("data: {") and kind == "next":
                said = json.loads(text.removeprefix("data: "))
                ended = ended or "data" not in said
                yield said
            if kind == "complete" and not ended:
                yield _bare_end()
                return


async def parts(line: Line, query: str, variables: Mapping[str, object]) -> AsyncIterator[Result]:
    """Follow over Apollo's multipart protocol."""
    headers = line.headers('multipart/mixed;subscriptionSpec="1.0", application/json')
    body = {"query": query, "variables": variables}
    async with line.session.post(line.url, json=body, headers=headers) as answer:
        line.holds(answer.connection and answer.connection.transport)
        if answer.content_type != "multipart/mixed":
            yield {"errors": (await answer.json(content_type=None))["errors"]}
            return
        ended = False
        async for raw in answer.content:
            text = raw.decode().strip()
            if text.startswith("{") and text != "{}":
                said = json.loads(text)
                ended = ended or not said["payload"]
                yield said["payload"] or {"errors": said["errors"]}
            if text.endswith("--") and not ended:
                yield _bare_end()
                return


def _bare_end() -> Result:
    return {"errors": [{"extensions": {"code": "ENDED_WITHOUT_A_REASON"}}]}


Follow = Callable[[Line, str, Mapping[str, object]], AsyncIterator[Result]]
PROTOCOLS: Mapping[str, Follow] = {"websocket": websocket, "events": events, "multipart": parts}
