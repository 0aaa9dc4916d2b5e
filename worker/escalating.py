"""Passes on yellow and red reports that nobody has seen in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from resolvers.writing.escalation import MOST_AT_A_TIME, escalate_due
from store import Store


class Escalating:
    """Reports that are due to be passed on."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def turn(self) -> bool:
        """Pass on what is due; tell whether more may be due at once."""
        return await escalate_due(self._store, self._clock()) >= MOST_AT_A_TIME
