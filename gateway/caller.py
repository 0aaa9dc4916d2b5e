"""Who asks for what, once it is known, and what is made for them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

import msgspec

from domain.access.viewer import Viewer


class Caller(msgspec.Struct, frozen=True):
    """Who asks, under which correlation id, and in which language (nb, nn or en)."""

    viewer: Viewer
    event_id: str
    language: str

    @property
    def until(self) -> datetime:
        """Return when the caller's token ends, and with it whatever was begun under it."""
        return self.viewer.expires_at


class Context(Protocol):
    """What resolvers are given; `close` stops whatever an operation left running.

    Nothing of an answer may leave before `settle` has returned.
    """

    async def settle(self) -> None:
        """Return once the log of use has all of the answer; raise NotLogged if it can't."""

    async def close(self) -> None:
        """Cancel leftovers."""
