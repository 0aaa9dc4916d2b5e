"""graphql-transport-ws over one connection: who asks is said first, then operations run.

An operation that waits for an event is two small objects here, and no task.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from domain.access.viewer import Viewer
from domain.errors import CallerError
from gateway.errors import Entry, Fault, LimitExceeded, log_fault
from gateway.live import messages, streams
from gateway.live.asking import Asking, entries_of
from gateway.live.connections import Connections
from gateway.live.messages import Code, Complete, Init, Ping, Shown, Subscribe, reason
from gateway.live.stream import Ending, Subscription
from gateway.live.websocket import Wire
from gateway.request import GraphQLRequest

_CLOSING_SECONDS = 5
"""How long a client has to answer that we close."""
_AGAIN_SECONDS = 1
"""How soon it is looked again whether what runs has come to its end."""


class Running:
    """One operation: where its payloads go, and what to stop it by."""

    __slots__ = ("_conversation", "_head", "by", "id", "is_counted")

    def __init__(self, conversation: Conversation, id: str) -> None:
        self.id = id
        self.by: asyncio.Task[None] | Subscription | None = None
        self.is_counted = False
        self._conversation = conversation
        self._head = messages.next_head(id)

    @property
    def is_full(self) -> bool:
        """Whether so much waits to be written that nothing more is taken."""
        return self._conversation.wire.is_full

    def send(self, payload: bytes, cursor: str | None) -> None:  # noqa: ARG002 # of a sink
        """Send a payload; the cursor is in it, where the client asked for it."""
        self._conversation.wire.send(self._head + payload + b"}")

    def end(self, entries: Sequence[Entry], ending: Ending | None) -> None:
        """Send the last word, and forget the operation."""
        self._conversation.ended(self, entries, ending)

    def stop(self) -> None:
        """Stop what runs, wherever it is; nothing more is sent."""
        if isinstance(self.by, asyncio.Task):
            self.by.cancel()
        elif self.by is not None:
            self.by.stop()


class Conversation:
    """What is said over one connection, from the handshake to the end."""

    __slots__ = (
        *("_asking", "_connections", "_entering", "_is_closing", "_is_leaving", "_language"),
        *("_place", "_running", "_viewer", "wire"),
    )

    def __init__(self, wire: Wire, asking: Asking, connections: Connections, language: str) -> None:
        self.wire = wire
        self._asking = asking
        self._connections = connections
        self._language = language
        self._viewer: Viewer | None = None
        self._running: dict[str, Running] = {}
        self._entering: asyncio.Task[None] | None = None
        self._is_closing = self._is_leaving = False
        self._place = connections.calendar.put(self, asking.limits.socket_seconds)
        connections.add(self, streams.WEBSOCKET)

    def received(self, text: str) -> None:
        """Do what a message says."""
        try:
            message = messages.decode(text)
        except (ValueError, RecursionError):
            self.close(Code.BAD_REQUEST, "The message is not one of graphql-transport-ws.")
            return
        if isinstance(message, Init):
            self._enter(message.payload or Shown())
        elif isinstance(message, Subscribe):
            self._subscribe(message)
        elif isinstance(message, Complete):
            self._completed(message.id)
        elif isinstance(message, Ping):
            self.wire.send(messages.PONG)

    def due(self) -> None:
        """Look whether the connection is still to be there, and whether anybody is."""
        if self._is_closing:
            self.wire.abort()
        elif self._is_leaving:
            self._depart()
        elif self._viewer is None:
            self.close(Code.INITIALISATION_TIMEOUT, "Connection initialisation timeout")
        elif self._left() <= 0:
            self._conclude(Ending.TOKEN_EXPIRED, Code.FORBIDDEN)
        elif not self.wire.heard:
            self.wire.abort()
        else:
            self.wire.heard = False
            self.wire.send(messages.PING)
            self._wait(self._connections.keep_alive_seconds)

    def leave(self, seconds: float) -> None:
        """Ask the client to connect again, after so many seconds."""
        self._is_leaving = True
        self._wait(seconds)

    def lost(self) -> None:
        """Stop everything: nobody is there."""
        self._connections.calendar.take(self, self._place)
        self._connections.remove(self, streams.WEBSOCKET)
        self._stop_all(streams.CLIENT_GONE)

    def close(self, code: Code, why: str) -> None:
        """Close because of what the client did, or did not."""
        self._end(streams.REFUSED, code, why)

    def ended(self, running: Running, entries: Sequence[Entry], ending: Ending | None) -> None:
        """Send an operation's last word; an end of everybody's is the connection's."""
        if self._running.get(running.id) is not running:
            return
        if ending is Ending.TOKEN_EXPIRED:
            self._conclude(ending, Code.FORBIDDEN)
        elif ending is Ending.RESTARTING:
            self._conclude(ending, Code.SERVICE_RESTART)
        else:
            self._forget(running, ending.name if ending else streams.COMPLETED)
            last = messages.error(running.id, entries) if entries else messages.complete(running.id)
            self.wire.send(last)

    def _enter(self, shown: Shown) -> None:
        if self._viewer is not None or self._entering is not None:
            self.close(Code.TOO_MANY_INITIALISATIONS, "Too many initialisation requests")
            return
        self._entering = asyncio.create_task(self._acknowledge(shown))

    async def _acknowledge(self, shown: Shown) -> None:
        try:
            viewer = await self._asking.viewer(shown)
        except CallerError as refused:
            self.close(Code.FORBIDDEN, reason(refused.reason or refused.code, str(refused)))
        except Fault as fault:
            self.close(Code.TRY_AGAIN_LATER, reason(fault.code, fault.sentence))
        except Exception as error:  # noqa: BLE001 # masked
            log_fault(error, "-")
            self.close(Code.INTERNAL_ERROR, reason(Fault.code, Fault.sentence))
        else:
            self._viewer = viewer
            self.wire.send(messages.ACK)
            self._wait(self._connections.first_keep_alive())
        finally:
            self._entering = None

    def _subscribe(self, message: Subscribe) -> None:
        if self._viewer is None:
            self.close(Code.UNAUTHORIZED, "Unauthorized")
        elif message.id in self._running:
            # The id is the client's own, and may be anything: it is not repeated.
            self.close(Code.SUBSCRIBER_EXISTS, "Subscriber for this id already exists")
        elif len(self._running) >= self._asking.limits.socket_operations:
            self.wire.send(messages.error(message.id, entries_of(self._too_many(), "-")))
        else:
            running = Running(self, message.id)
            self._running[message.id] = running
            running.by = asyncio.create_task(self._run(running, message.payload, self._viewer))

    def _too_many(self) -> LimitExceeded:
        most = self._asking.limits.socket_operations
        return LimitExceeded(f"The connection has more than {most} operations at a time.")

    async def _run(self, running: Running, asked: GraphQLRequest, viewer: Viewer) -> None:
        subscription = await self._asking.begin(asked, viewer, self._language, running)
        if subscription is None:
            return
        if self._running.get(running.id) is not running:  # it ended while it began
            subscription.stop()
            return
        running.by, running.is_counted = subscription, True
        self._connections.streams.started(streams.WEBSOCKET)

    def _completed(self, id: str) -> None:
        running = self._running.get(id)
        if running is not None:
            self._forget(running, streams.BY_CLIENT)
            running.stop()

    def _forget(self, running: Running, why: str) -> None:
        del self._running[running.id]
        if running.is_counted:
            self._connections.streams.ended(streams.WEBSOCKET, why)

    def _stop_all(self, why: str) -> None:
        if self._entering is not None:
            self._entering.cancel()
        for running in list(self._running.values()):
            self._forget(running, why)
            running.stop()

    def _depart(self) -> None:
        """Close because the process ends, once what was asked for has been answered."""
        if any(isinstance(running.by, asyncio.Task) for running in self._running.values()):
            self._wait(_AGAIN_SECONDS)
        else:
            self._conclude(Ending.RESTARTING, Code.SERVICE_RESTART)

    def _conclude(self, ending: Ending, code: Code) -> None:
        self._end(ending.name, code, reason(ending.name, ending.value))

    def _end(self, counted_as: str, code: Code, why: str) -> None:
        self._is_closing = True
        self._stop_all(counted_as)
        self.wire.close(code, why)
        self._wait(_CLOSING_SECONDS)

    def _wait(self, seconds: float) -> None:
        calendar = self._connections.calendar
        calendar.take(self, self._place)
        self._place = calendar.put(self, min(seconds, self._left()))

    def _left(self) -> float:
        """Return for how many seconds the token is good yet."""
        if self._viewer is None or self._is_closing:
            return float("inf")
        return (self._viewer.expires_at - datetime.now(UTC)).total_seconds()
