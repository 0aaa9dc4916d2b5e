"""Asks our own servers single questions over HTTP, while nothing is being measured."""

from __future__ import annotations

import contextlib
import http.client
from typing import Any

import msgspec

from local.stack import HOST


class Refused(Exception):
    """A server gave another answer than 200."""


def ask(
    port: int, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
) -> bytes:
    """Return the body of an answer."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    content = b"" if body is None else msgspec.json.encode(body)
    sent = {"content-type": "application/json", **(headers or {})}
    with contextlib.closing(connection):
        connection.request(method, path, content, sent)
        answer = connection.getresponse()
        said = answer.read()
    if answer.status != 200:
        raise Refused(
            f"{method} {path} gave {answer.status}: {said[:300].decode(errors='replace')}"
        )
    return said


class Source:
    """A simulated source's development doors."""

    def __init__(self, name: str, port: int) -> None:
        self.name = name
        self._port = port

    def delay(self, milliseconds: int) -> None:
        """Make every answer so much later; 0 makes it as quick as it can be."""
        late = {"kind": "latency", "distribution": "fixed", "ms": milliseconds}
        ask(self._port, "PUT", "/_faults", [late] if milliseconds else [])

    def faults(self) -> list[dict[str, Any]]:
        """Return what is switched on."""
        found: list[dict[str, Any]] = msgspec.json.decode(ask(self._port, "GET", "/_faults"))
        return found

    def take_calls(self) -> int:
        """Return how many calls there were since this was last asked."""
        counted: dict[str, Any] = msgspec.json.decode(ask(self._port, "DELETE", "/_calls"))
        return sum(counted["calls"].values())
