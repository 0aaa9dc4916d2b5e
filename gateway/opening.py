"""`POST /opening`: a code handed over in person is exchanged for access to what is shared."""

from __future__ import annotations

import ipaddress

import msgspec
from starlette.datastructures import Headers
from starlette.types import Receive, Scope

from gateway import request, response
from gateway.endpoint import Endpoint
from gateway.errors import NoSuchRoute, PostRequired
from gateway.limits import Limits
from gateway.request import BadRequest
from gateway.response import Answer
from resolvers.opening import Openings

MOST_BYTES = 1_000
_UNKNOWN = "unknown"


class _Asked(msgspec.Struct, frozen=True):
    code: str


_decode = msgspec.json.Decoder(_Asked).decode


class OpeningEndpoint(Endpoint):
    """An ASGI application for `/opening`.

    Wrong codes are counted by the caller's address. Behind a proxy that is the proxy's own, unless
    `address_header` names the header in which the proxy says whom it speaks for.
    """

    def __init__(self, openings: Openings | None, limits: Limits, address_header: str = "") -> None:
        self._openings = openings
        self._limits = msgspec.structs.replace(limits, body_bytes=MOST_BYTES)
        self._address_header = address_header

    async def _answer(
        self, scope: Scope, headers: Headers, receive: Receive, event_id: str
    ) -> Answer:
        if self._openings is None:
            raise NoSuchRoute
        if scope["method"] != "POST":
            raise PostRequired
        code = _code(await request.json_body(headers, receive, self._limits))
        place = place_of(self._address(scope, headers))
        opened = await self._openings.exchange(code, place, event_id)
        return Answer(body=response.encode(opened))

    def _address(self, scope: Scope, headers: Headers) -> str:
        if self._address_header:
            # The last one is what our own proxy has seen; those before it, the caller may make up.
            return headers.get(self._address_header, "").rpartition(",")[2].strip()
        return str(scope["client"][0]) if scope.get("client") else ""


def place_of(address: str) -> str:
    """Return the place on the network that tries are counted for: one household has one."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return _UNKNOWN
    if isinstance(known, ipaddress.IPv6Address):
        old = known.ipv4_mapped
        return str(old or ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def _code(body: bytes) -> str:
    try:
        return _decode(body).code
    except (ValueError, RecursionError):
        raise BadRequest("The body must be a JSON object with a string `code`.") from None
