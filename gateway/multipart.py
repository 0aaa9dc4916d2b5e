"""Writes an HTTP answer that comes in parts, each JSON (RFC 2046, 5.1.3: `multipart/mixed`)."""

from __future__ import annotations

from starlette.types import Send

from gateway.response import Header

_BOUNDARY = b"\r\n--graphql"
_HEAD = b"\r\ncontent-type: application/json\r\n\r\n"


class Multipart:
    """One answer in parts.

    A reader takes a part for whole when it sees the boundary behind it, so each part is sent with
    that: else it would be read only when the next one comes. `spec` names the parts' protocol.
    """

    def __init__(self, send: Send, spec: str, *headers: Header) -> None:
        self._send = send
        self._headers = [
            ("content-type", f'multipart/mixed; boundary="graphql"; {spec}'),
            ("x-accel-buffering", "no"),  # nginx would collect the parts
            *headers,
        ]
        self.has_begun = False

    async def part(self, body: bytes, *, is_last: bool = False) -> None:
        """Send one part, before the first of which the status is sent."""
        end = b"--\r\n" if is_last else b""
        if self.has_begun:
            await self._body(_HEAD + body + _BOUNDARY + end, is_last=is_last)
            return
        headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in self._headers
        ]
        await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        self.has_begun = True
        await self._body(_BOUNDARY + _HEAD + body + _BOUNDARY + end, is_last=is_last)

    async def _body(self, body: bytes, *, is_last: bool) -> None:
        await self._send({"type": "http.response.body", "body": body, "more_body": not is_last})
