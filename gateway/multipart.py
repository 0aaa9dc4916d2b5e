"""Writes an HTTP answer that comes in parts, each JSON (RFC 2046, 5.1.3: `multipart/mixed`).

A reader takes a part for whole when it sees the boundary behind it, so each part is sent with that:
else it would be read only when the next one comes.
"""

from __future__ import annotations

from starlette.types import Send

from gateway.response import UNBUFFERED, Header

BEGIN = b"\r\n--graphql"
"""What is sent before the first part."""
END = b"--\r\n"
"""What is sent behind the last."""


def content_type(spec: str) -> bytes:
    """Return the media type; `spec` is the parameter that names the protocol of the parts."""
    return f'multipart/mixed; boundary="graphql"; {spec}'.encode("ascii")


def part(body: bytes) -> bytes:
    """Return one part."""
    return b"\r\ncontent-type: application/json\r\n\r\n" + body + BEGIN


class Multipart:
    """One answer in a few parts."""

    def __init__(self, send: Send, spec: str, *headers: Header) -> None:
        self._send = send
        self._spec = spec
        self._headers = headers
        self.has_begun = False

    async def part(self, body: bytes, *, is_last: bool = False) -> None:
        """Send one part, before the first of which the status is sent."""
        begin = b""
        if not self.has_begun:
            await self._start()
            begin = BEGIN
            self.has_begun = True
        message = begin + part(body) + (END if is_last else b"")
        await self._send({"type": "http.response.body", "body": message, "more_body": not is_last})

    async def _start(self) -> None:
        headers = [(b"content-type", content_type(self._spec)), UNBUFFERED]
        for name, value in self._headers:
            headers.append((name.encode("latin-1"), value.encode("latin-1")))
        await self._send({"type": "http.response.start", "status": 200, "headers": headers})
