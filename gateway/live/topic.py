"""What is followed by one or more in this process: a patient, or an organisation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from domain.event import PlacedEvent
from gateway.live.follower import Follower, Kind

Work = Callable[["Topic"], Awaitable[None]]


@dataclass(eq=False, slots=True)
class Topic:
    """Its followers, and what waits to be told to them.

    Notices are told one delivery after the other, and so are views; a view waits for sources, and
    must not hold up a notice.
    """

    key: str
    followers: set[Follower] = field(default_factory=set)
    waiting: list[PlacedEvent] = field(default_factory=list)
    due: set[Follower] = field(default_factory=set)
    telling: asyncio.Task[None] | None = None
    showing: asyncio.Task[None] | None = None

    @property
    def told(self) -> list[Follower]:
        """Those who are told of new events by notices."""
        return [
            each for each in self.followers if each.is_live and each.followed.kind is not Kind.VIEW
        ]

    @property
    def shown(self) -> list[Follower]:
        """Those who are shown the view."""
        return [each for each in self.followers if each.followed.kind is Kind.VIEW]

    @property
    def is_idle(self) -> bool:
        """Whether nobody follows it, and nothing is under way."""
        return not (self.followers or self.telling or self.showing)
