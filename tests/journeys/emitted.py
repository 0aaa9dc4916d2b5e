"""Everything that leaves a process while journeys run, but for the answers that were asked for.

A new way out (a span, a metric, a message to a channel) is a member of `Channel` and one line that
hands it to `Emitted.add`; the last test of `test_emitted.py` then fails until something comes that
way, and searches what comes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
from redis.asyncio import Redis
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.journeys.naming import People


class Channel(Enum):
    """A way by which something leaves a process of ours."""

    LOG = "a line of a log: ours, PostgreSQL's or Redis's"
    URL = "the address of a request, to us or from us to a source"
    HEADER = "a header of an answer, or of a request from us to a source"
    ERROR = "what an answer says went wrong"
    REDIS = "a command to Redis, with its keys and values"
    METRIC = "a number for operators, with its labels"


# By these a source is told whose data are asked for, and who asks (docs/sources.md).
_MEANT_FOR_SOURCES = frozenset({b"nhn-patient-nin", b"authorization"})


class Emitted:
    """What was emitted so far, and whom it must not name."""

    def __init__(self) -> None:
        self.people = People()
        self._said: dict[Channel, set[str]] = {channel: set() for channel in Channel}

    def add(self, channel: Channel, text: str) -> None:
        """Take note of something that went out."""
        self._said[channel].add(text)

    def silent(self) -> list[Channel]:
        """Return the channels that nothing has come by, so that searching them proves nothing."""
        return [channel for channel, said in self._said.items() if not said]

    def leaks(self) -> list[str]:
        """Return what names somebody, with the channel that it went out by."""
        return [
            f"{channel.name}: {found!r} in {text[:2000]!r}"
            for channel, said in self._said.items()
            for text in said
            for found in self.people.named_in(text)
        ]

    @contextmanager
    def logging(self) -> Iterator[None]:
        """Hear the log as `gateway/serving.py` has it written."""
        heard, root = _Heard(self), logging.getLogger()
        level = root.level
        root.addHandler(heard)
        root.setLevel(logging.INFO)
        try:
            yield
        finally:
            root.setLevel(level)
            root.removeHandler(heard)

    def read_logs(self, files: Iterable[Path]) -> None:
        """Take note of what other programs have written to their logs."""
        for file in files:
            for line in file.read_text(errors="replace").splitlines():
                self.add(Channel.LOG, line)

    @asynccontextmanager
    async def watching(self, redis_url: str) -> AsyncIterator[None]:
        """Hear every command that Redis is given, until all that were given have been heard."""
        heard, end = asyncio.Event(), uuid4().hex
        async with Redis.from_url(redis_url) as client, client.monitor() as monitor:

            async def listen() -> None:
                async for given in monitor.listen():
                    if end in given["command"]:
                        heard.set()
                    self.add(Channel.REDIS, given["command"])

            listening = asyncio.create_task(listen())
            yield
            await client.echo(end)
            async with asyncio.timeout(10):
                await heard.wait()
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    def watched(self, app: ASGIApp, *, is_ours: bool = True) -> ASGIApp:
        """Return an application that is listened to; what is asked of one not ours is our doing."""
        return _Watched(app, self, is_ours)


class _Heard(logging.Handler):
    def __init__(self, emitted: Emitted) -> None:
        super().__init__()
        self._emitted = emitted
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self._emitted.add(Channel.LOG, self.format(record))


# What is asked so that it can't be asked (405) was never ours: a caller put it into an address.
NOT_SO = 405


class _Watched:
    """Tells of each request its address, and what there is to tell of its answer."""

    def __init__(self, app: ASGIApp, emitted: Emitted, is_ours: bool) -> None:
        self._app = app
        self._emitted = emitted
        self._is_ours = is_ours
        self.state = getattr(app, "state", None)  # by which the server takes WebSockets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not self._is_ours:
            self._address(scope)
            self._headers(scope["headers"])
            await self._app(scope, receive, send)
            return
        answer: dict[str, Any] = {"body": b""}

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._headers(message["headers"])
                answer["status"] = message["status"]
            else:
                answer["body"] += message.get("body", b"")
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            self._error(answer)
            self._metrics(scope, answer)
            if answer.get("status") != NOT_SO:
                self._address(scope)

    def _metrics(self, scope: Scope, answer: dict[str, Any]) -> None:
        if scope["path"] == "/metrics":
            self._emitted.add(Channel.METRIC, answer["body"].decode())

    def _address(self, scope: Scope) -> None:
        query = scope["query_string"].decode("latin-1")
        self._emitted.add(Channel.URL, f"{scope['path']}?{query}")

    def _headers(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        for name, value in headers:
            if name not in _MEANT_FOR_SOURCES:
                told = f"{name.decode('latin-1')}: {value.decode('latin-1')}"
                self._emitted.add(Channel.HEADER, told)

    def _error(self, answer: Mapping[str, Any]) -> None:
        if answer.get("status", 500) >= 400:
            self._emitted.add(Channel.ERROR, answer["body"].decode(errors="replace"))
        elif b'"errors"' in answer["body"]:
            errors = msgspec.json.decode(answer["body"]).get("errors")
            self._emitted.add(Channel.ERROR, msgspec.json.encode(errors).decode())


EMITTED = Emitted()
"""What all journeys of a session emit."""
