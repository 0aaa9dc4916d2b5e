"""WebSockets on uvicorn (its option `ws`): handshake, frames and what waits to be written.

An idle connection is this object, its state in the `websockets` library, and what talks over it:
no task, no coroutine, no timer and no ASGI scope, which together would cost more than all the rest.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

import uvicorn
from uvicorn.server import ServerState
from websockets.exceptions import InvalidState
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

from gateway.live.messages import PROTOCOL, Code, frame
from gateway.live.outbox import Bounds, Outbox

# The library tells of each connection and its address at INFO.
_SILENT = logging.getLogger("dbep.gateway.websocket")
_SILENT.setLevel(logging.ERROR)


class Wire(Protocol):
    """A connection, to whoever talks over it."""

    heard: bool
    """Whether anything came since this was last set to False."""

    @property
    def is_full(self) -> bool:
        """Whether as much waits to be written as may."""

    def send(self, message: bytes) -> None:
        """Send a text, or let it wait; it goes nowhere once the connection is closed."""

    def close(self, code: int, reason: str) -> None:
        """Begin to close; nothing more is sent or received."""

    def abort(self) -> None:
        """End the connection at once."""


class Talk(Protocol):
    """What is said over one connection."""

    def received(self, text: str) -> None:
        """Take a message."""

    def lost(self) -> None:
        """Take note that the connection is no more."""


class Refusal(Exception):
    """A handshake that is answered with a plain HTTP answer."""

    def __init__(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        super().__init__(status)
        self.status = status
        self.body = body
        self.headers = headers


class Talks(Protocol):
    """What a process does with WebSockets: `WebSocket` finds it in the lifespan's state."""

    bounds: Bounds
    longest: int
    """Bytes that a message may have."""

    def admit(self, given: Request) -> None:
        """Raise Refusal for a handshake that is not let in."""

    def begin(self, wire: Wire, given: Request, subprotocol: str | None) -> Talk:
        """Begin to talk over a connection whose handshake is done."""


class _Server(ServerProtocol):
    """The library's side of a connection."""

    def select_subprotocol(self, subprotocols: Sequence[Subprotocol]) -> Subprotocol | None:
        """Return what to speak.

        Where ours is not offered, another is named all the same: else a browser, and most clients,
        would see a failed handshake, and not the code that they are closed with at once.
        """
        if PROTOCOL in subprotocols:
            return Subprotocol(PROTOCOL)
        return subprotocols[0] if subprotocols else None


class WebSocket(asyncio.Protocol):
    """One connection, made by uvicorn with the request for an upgrade."""

    __slots__ = (
        *(
            "_connection",
            "_connections",
            "_is_binary",
            "_is_closed",
            "_is_paused",
            "_outbox",
            "_parts",
        ),
        *("_talk", "_talks", "_transport", "heard"),
    )

    def __init__(
        self,
        config: uvicorn.Config,  # noqa: ARG002 # uvicorn gives it
        server_state: ServerState,
        app_state: dict[str, Any],  # of anything: the application's own
    ) -> None:
        self.heard = True
        self._talks: Talks = app_state["talks"]
        # uvicorn asks those in here to shut down, and waits for them.
        self._connections = cast(set[object], server_state.connections)
        self._connection = _Server(max_size=self._talks.longest, logger=_SILENT)
        self._outbox = Outbox(self._talks.bounds)
        self._parts: list[bytes] | None = None
        self._is_binary = self._is_closed = self._is_paused = False
        self._talk: Talk | None = None

    @property
    def is_full(self) -> bool:
        """Whether as much waits to be written as may."""
        return self._outbox.is_full

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take over the connection from HTTP."""
        self._transport = cast(asyncio.Transport, transport)
        self._connections.add(self)

    def data_received(self, data: bytes) -> None:
        """Take what the client has sent."""
        self.heard = True
        self._connection.receive_data(data)
        for event in self._connection.events_received():
            if isinstance(event, Request):
                self._shake_hands(event)
            elif isinstance(event, Frame) and self._talk is not None:
                self._frame(event, self._talk)
        self._flush()

    def pause_writing(self) -> None:
        """Let messages wait from now on: the client does not read as fast."""
        self._is_paused = True

    def resume_writing(self) -> None:
        """Write what has waited, as far as it goes."""
        self._is_paused = False
        while not self._is_paused and (message := self._outbox.pop()) is not None:
            self._transport.write(message)
        if not self._outbox:
            self._transport.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 # asyncio gives it
        """Let go of everything."""
        self._connections.discard(self)
        self._outbox.clear()
        talk, self._talk = self._talk, None
        if talk is not None:
            talk.lost()

    def send(self, message: bytes) -> None:
        """Send a text, or let it wait."""
        if self._connection.state is not State.OPEN:
            return
        if not self._is_paused:
            self._transport.write(frame(message))
            return
        self._outbox.put(frame(message))
        if self._outbox.is_full:  # or a client could ask on and on, and never read
            self._transport.pause_reading()

    def close(self, code: int, reason: str) -> None:
        """Begin to close, behind what waits."""
        self._is_closed = True
        try:
            self._connection.send_close(code, reason)
        except InvalidState:
            return
        self._flush()
        self._transport.resume_reading()

    def abort(self) -> None:
        """End the connection at once."""
        self._transport.abort()

    def shutdown(self) -> None:
        """Close because the process ends now: uvicorn asks for it."""
        self.close(Code.SERVICE_RESTART, "")
        self._transport.close()

    def _shake_hands(self, request: Request) -> None:
        try:
            self._talks.admit(request)
        except Refusal as refusal:
            self._connection.send_response(self._refused(refusal))
            return
        response = self._connection.accept(request)
        self._connection.send_response(response)
        if response.status_code != 101:
            return
        self._flush()
        self._talk = self._talks.begin(self, request, self._connection.subprotocol)

    def _refused(self, refusal: Refusal) -> Response:
        response = self._connection.reject(refusal.status, refusal.body.decode())
        for name, value in refusal.headers.items():
            if name in response.headers:
                del response.headers[name]
            response.headers[name] = value
        return response

    def _frame(self, given: Frame, talk: Talk) -> None:
        if given.opcode not in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
            return  # the library answers them
        if self._is_closed:
            return
        if given.opcode is not Opcode.CONT:
            self._is_binary, self._parts = given.opcode is Opcode.BINARY, []
        parts = self._parts or []
        if given.data:  # or nothing would bound how many there are
            parts.append(bytes(given.data))
        if not given.fin:
            self._parts = parts
            return
        self._parts = None
        if self._is_binary:
            self.close(Code.BAD_REQUEST, "A message is a text, not bytes.")
            return
        try:
            text = b"".join(parts).decode()
        except UnicodeDecodeError:
            self._is_closed = True
            self._connection.fail(CloseCode.INVALID_DATA)
            return
        talk.received(text)

    def _flush(self) -> None:
        """Write what the library has to say; an empty piece says that it is over."""
        for piece in self._connection.data_to_send():
            if not piece:
                self._outbox.clear()
                self._transport.close()
            elif self._is_paused:
                self._outbox.put(piece)
            else:
                self._transport.write(piece)
