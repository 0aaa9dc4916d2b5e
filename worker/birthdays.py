"""Tells parents, in good time, that their child will soon be 12."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from domain.access import age
from resolvers.writing.birthday import warn_due
from store import Store


class Birthdays:
    """The stages of the soft landing, looked for once a day and after every start."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._done_on: date | None = None

    async def turn(self) -> bool:
        """Tell whoever is to be told today; there is never more to do at once."""
        now = self._clock()
        today = age.today(now)
        if self._done_on != today:
            await warn_due(self._store, now)
            self._done_on = today
        return False
