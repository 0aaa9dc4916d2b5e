"""Seals the log of use every few seconds, and empties lines whose time is over."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from gateway.health import NotReady
from store.sealing import MOST_LINES, Sealing

PAUSE_SECONDS = 4.0
LATE_SECONDS = 10.0
_DAYS_A_YEAR = 365.2425
_HOUR = timedelta(hours=1)

log = logging.getLogger("dbep.worker")


class SealingJob:
    """Seals what waits; once an hour it notes the newest seal where no database reaches: our log.

    It has a round of its own, so that no other job can hold it up.
    """

    def __init__(self, sealing: Sealing, clock: Callable[[], datetime]) -> None:
        self._sealing = sealing
        self._clock = clock
        self._noted_at: datetime | None = None

    async def turn(self) -> bool:
        """Seal what waits; tell whether more does."""
        now = self._clock()
        made = await self._sealing.seal(now)
        if made is None:
            return False
        if self._noted_at is None or now - self._noted_at >= _HOUR:
            self._noted_at = now
            log.info("the log of use is sealed: head=%s:%s", made.number, made.digest.hex())
        return len(made.places) == MOST_LINES

    async def keeps_up(self) -> None:
        """Raise NotReady when a line has waited too long for its seal."""
        behind = await self._sealing.behind_seconds()
        if behind > LATE_SECONDS:
            raise NotReady(f"The oldest line that is not sealed has waited {behind:.0f} s.")


class EmptyingJob:
    """Empties lines once retention has passed, some at a time; without retention they stay."""

    def __init__(
        self, sealing: Sealing, retention_years: float, clock: Callable[[], datetime]
    ) -> None:
        self._sealing = sealing
        self._retention = timedelta(days=retention_years * _DAYS_A_YEAR)
        self._clock = clock

    async def turn(self) -> bool:
        """Empty some of what is due; tell whether more may be."""
        if not self._retention:
            return False
        now = self._clock()
        emptied = await self._sealing.empty(now - self._retention, now)
        if emptied:
            log.info("lines of the log of use were emptied: count=%s", emptied)
        return emptied > 0
