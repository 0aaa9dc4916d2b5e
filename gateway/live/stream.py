"""What a subscription is to the protocol that carries it: payloads in order, and one end."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from gateway.caller import Caller
from gateway.documents import Operation
from gateway.errors import Entry
from gateway.request import GraphQLRequest


class Ending(Enum):
    """Why a subscription ends before its client ends it; the value is the sentence for it."""

    TOKEN_EXPIRED = "The token has expired: connect again with a new one."  # noqa: S105  # a sentence
    ACCESS_ENDED = "The viewer may no longer follow this; ask again to be told why."
    TOO_SLOW = "The client reads too slowly: subscribe again from the last cursor."
    RESTARTING = "The gateway restarts: connect again and subscribe from the last cursor."
    FAILED = "The subscription failed on our side: subscribe again from the last cursor."


def entry_of(ending: Ending) -> Entry:
    """Render why a stream ends before its client ends it."""
    remedy = "Connect again; docs/live.md says how nothing is missed."
    return {"message": ending.value, "extensions": {"code": ending.name, "remedy": remedy}}


class Sink(Protocol):
    """Where the payloads of one subscription go.

    `send` and `end` never wait: what can't be written at once is kept, within the bounds of
    `is_full`; who calls them asks first.
    """

    @property
    def is_full(self) -> bool:
        """Whether so much waits to be written that nothing more is taken."""

    def send(self, payload: bytes, cursor: str | None) -> None:
        """Take the JSON of one execution result; `cursor` is the place that it leads to."""

    def end(self, entries: Sequence[Entry], ending: Ending | None) -> None:
        """Take the last word: errors that say why, or none where all has been sent."""


class Subscription(Protocol):
    """One that runs."""

    def stop(self) -> None:
        """End it because the client no longer wants it; nothing more is sent."""


class Live(Protocol):
    """Starts subscriptions."""

    async def subscribe(
        self,
        operation: Operation,
        asked: GraphQLRequest,
        caller: Caller,
        sink: Sink,
        last_cursor: str | None = None,
    ) -> Subscription:
        """Begin to send to a sink; `last_cursor` is what the transport resumes from.

        Raises NotExecuted or a CallerError when it may not be, or a Fault.
        """
