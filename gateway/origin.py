"""Whose page may ask: the one rule for every way in that a browser can take.

`OwnPages` stands before each endpoint that has anything to tell. A WebSocket's handshake, which no
preflight stands before, is asked by the same `check` (gateway/live/sockets.py).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway import request, response
from gateway.errors import CrossSiteRefused

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_USUAL_PORT = {"http": ":80", "https": ":443"}


class OwnPages:
    """An ASGI application that refuses what another site's page sent, whatever it is."""

    def __init__(self, app: ASGIApp, own: frozenset[str]) -> None:
        self._app = app
        self._own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it."""
        headers = Headers(scope=scope)
        try:
            check(headers, self._own)
        except CrossSiteRefused as refused:
            event_id = request.event_id(headers)
            await response.refused(refused).send(send, ("x-event-id", event_id))
            return
        await self._app(scope, receive, send)


def check(headers: Headers, own: frozenset[str]) -> None:
    """Refuse what a browser sends for a page that is not ours; raises CrossSiteRefused.

    What has neither header comes from no page of today's browsers, and is for the token to decide
    about. No page can leave these two out or change them (Fetch, "forbidden request-header").
    """
    origin = headers.get("origin")
    if origin is not None and origin in own:
        return
    if origin is not None or headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise CrossSiteRefused


def own_origins(
    public_url: str, allowed: tuple[str, ...], *, is_production: bool
) -> frozenset[str]:
    """Return the origins whose pages may ask: our own, and those that settings name.

    A developer's machine has three names for itself.
    """
    own = origin_of(public_url)
    names = {own, *allowed}
    if not is_production:
        names |= {own.replace(host, name) for host in _LOOPBACK for name in _LOOPBACK}
    return frozenset(names)


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address, as browsers write an origin."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].lower()
    return f"{parts.scheme}://{host.removesuffix(_USUAL_PORT.get(parts.scheme, ' '))}"
