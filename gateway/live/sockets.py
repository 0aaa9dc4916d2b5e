"""Who may open a WebSocket here, and what is spoken over it: `/graphql`, one protocol, our pages.

The old subprotocol `graphql-ws` has no pings, and clients of it are not told why they are closed:
it is refused, as is a client that names none.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from websockets.http11 import Request

from domain.errors import CallerError
from gateway import origin, request
from gateway.errors import Fault, NoSuchRoute, caller_entry, fault_entry, status_of
from gateway.live import messages
from gateway.live.asking import PATH, Asking
from gateway.live.connections import Connections
from gateway.live.conversation import Conversation
from gateway.live.messages import Code
from gateway.live.websocket import Refusal, Wire
from gateway.response import encode


class Sockets:
    """Lets WebSockets in, and begins a conversation over each."""

    def __init__(
        self,
        asking: Asking,
        connections: Connections,
        own: frozenset[str],
        headers: Mapping[str, str],
    ) -> None:
        self.bounds = connections.bounds
        self.longest = asking.limits.body_bytes
        self._asking = asking
        self._connections = connections
        self._own = own
        self._headers = headers

    def admit(self, given: Request) -> None:
        """Raise Refusal for another site's page, another address, or when no more are taken."""
        headers = _headers(given)
        try:
            if given.path.partition("?")[0] != PATH:
                raise NoSuchRoute
            origin.check(headers, self._own)
            self._connections.check()
        except CallerError as refused:
            raise self._refusal(status_of(refused), caller_entry(refused)) from None
        except Fault as fault:
            entry = fault_entry(fault, request.event_id(headers))
            raise self._refusal(fault.status, entry) from None

    def begin(self, wire: Wire, given: Request, subprotocol: str | None) -> Conversation:
        """Begin to talk; who does not speak our protocol is told so, and nothing else."""
        language = request.language(_headers(given).get("accept-language"))
        conversation = Conversation(wire, self._asking, self._connections, language)
        if subprotocol != messages.PROTOCOL:
            conversation.close(Code.SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")
        return conversation

    def _refusal(self, status: int, entry: object) -> Refusal:
        headers = {**self._headers, "content-type": "application/json; charset=utf-8"}
        return Refusal(status, encode({"errors": [entry]}), headers)


def _headers(given: Request) -> Headers:
    pairs = given.headers.raw_items()
    return Headers(raw=[(name.lower().encode(), value.encode("latin-1")) for name, value in pairs])
