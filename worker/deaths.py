"""Closes the plans of patients whose death the register tells of."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from connectors.http import SourceFailure
from connectors.kjernejournal.death import Death, DeathFeed
from domain.event import EventKind
from domain.plan.sharing import withdrawn
from store import Store
from store.feed import FeedStore
from worker.caller import ourselves

FEED = "deaths"
EVERY_SECONDS = 60.0

log = logging.getLogger("dbep.worker")


class Deaths:
    """The register's deaths, read from where one was; each is registered once.

    The place is noted after what was read: somebody read twice is found dead already.
    """

    def __init__(
        self,
        store: Store,
        places: FeedStore,
        feed: DeathFeed,
        organisation_number: str,
        clock: Callable[[], datetime],
        every_seconds: float = EVERY_SECONDS,
    ) -> None:
        self._store = store
        self._places = places
        self._feed = feed
        self._organisation_number = organisation_number
        self._clock = clock
        self._every_seconds = every_seconds
        self._read_at: datetime | None = None

    async def turn(self) -> bool:
        """Read the feed now and then; a register that doesn't answer is asked again later."""
        now = self._clock()
        if self._read_at is not None and self._rested(now) < self._every_seconds:
            return False
        self._read_at = now
        try:
            told = await self._feed.after(
                await self._places.position(FEED), ourselves(self._organisation_number, now)
            )
        except SourceFailure:  # the client has told the log
            return False
        for death in told.deaths:
            await self._register(death, now)
        await self._places.advance(FEED, told.position)
        return False

    def _rested(self, now: datetime) -> float:
        return (now - self._read_at).total_seconds() if self._read_at else self._every_seconds

    async def _register(self, death: Death, now: datetime) -> None:
        """Close the plan to all writing, end proxies and shares, and tell the team."""
        known = await self._store.patient.by_identity_number(death.number)
        if known is None:
            return
        async with self._store.unit.begin(known.patient.id) as unit:
            if unit.record.patient.died_on is not None:
                return
            await unit.die(death.died_on, now)
            for share in unit.plan.open_shares(now) if unit.plan else ():
                await unit.change(withdrawn(share, now))
            await unit.happened(EventKind.PATIENT_DIED, unit.patient_id, now)
            await unit.renew_worklist()
        log.info("a death was registered: patient=%s", known.patient.id)
