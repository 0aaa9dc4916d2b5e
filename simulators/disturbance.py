"""Carries out the faults that hit a call, down to the TCP connection."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.types import Receive, Send

from simulators import spoiling
from simulators.faults import Fault, wait
from simulators.source import Source
from simulators.wire import Answer, Call, Handler, respond

_LINGER_ZERO = struct.pack("ii", 1, 0)
_FOREVER_MS = 600_000
_SHORT = 7


async def disturb(
    source: Source, faults: list[Fault], call: Call, handler: Handler, receive: Receive, send: Send
) -> None:
    """Answer a call as its faults want: delay first, then what breaks, then what spoils."""
    await wait(faults)
    by_kind = {fault.kind: fault for fault in faults}
    if "hang" in by_kind:
        await _hang(by_kind["hang"], receive)
        return
    if "reset" in by_kind:
        await _cut(receive, reset=True)
        return
    call.forced = frozenset(by_kind)
    answer = handler(call)
    if "status" in by_kind:
        answer = source.failing(by_kind["status"], call)
    answer = _spoilt(answer, by_kind)
    if "shortBody" in by_kind:
        await respond(call, _first_half(answer), send, announced=len(answer.body) + _SHORT)
        await _cut(receive, reset=False)
        return
    await respond(call, answer, send)


def _spoilt(answer: Answer, faults: dict[Any, Fault]) -> Answer:
    if "wrongBody" in faults:
        body = faults["wrongBody"].body
        content_type = b"application/json" if body[:1] in "[{" else b"text/html; charset=utf-8"
        return Answer(body.encode(), content_type=content_type)
    spoilers: dict[str, Callable[[Answer], Answer]] = {
        "unknownCodes": lambda a: replace(a, body=spoiling.with_unknown_codes(a.body)),
        "wrongValues": lambda a: replace(a, body=spoiling.with_wrong_values(a.body)),
        "truncate": _first_half,
    }
    for kind, spoil in spoilers.items():
        # An error's body is left alone, except that any body can be cut.
        if kind in faults and (answer.status == 200 or kind == "truncate"):
            answer = spoil(answer)
    return answer


def _first_half(answer: Answer) -> Answer:
    return replace(answer, body=answer.body[: len(answer.body) // 2])


async def _hang(fault: Fault, receive: Receive) -> None:
    try:
        await asyncio.wait_for(_gone(receive), (fault.ms or _FOREVER_MS) / 1000)
    except TimeoutError:
        await _cut(receive, reset=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cut(receive: Receive, *, reset: bool) -> None:
    """End the connection under the answer: with a reset, or as if all had been said."""
    transport = _transport(receive)
    if reset:
        _linger_zero(transport.get_extra_info("socket"))
        transport.abort()
    else:
        transport.close()
    # The server must see that the connection is gone before the call ends, or it logs an error.
    await asyncio.sleep(0.01)


def _transport(receive: Receive) -> asyncio.Transport:
    # ASGI has no word for this: uvicorn's receive is a method of what holds the transport.
    transport: asyncio.Transport = receive.__self__.transport  # type: ignore[attr-defined]  # uvicorn's
    return transport


def _linger_zero(connection: Any) -> None:
    duplicate = socket.socket(fileno=os.dup(connection.fileno()))
    with duplicate:
        duplicate.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
