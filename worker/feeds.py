"""Follows the sources' change feeds, and lets what they tell of be compared with the plans."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from connectors.change_feed import ChangeFeed, Changes
from connectors.http import SourceFailure
from domain.event import EventKind
from domain.outdated.comparison import SILENT_AFTER
from domain.source.section import SectionName
from gateway.health import NotReady
from store import Store
from store.comparison import FEED
from store.feed import FeedStore
from worker.caller import ourselves

EVERY = timedelta(seconds=2)
EVERY_WHILE_SILENT = timedelta(seconds=30)

# What the feeds call a change of what a plan is compared with; other changes are passed over.
KINDS: Mapping[SectionName, str] = {
    SectionName.MEDICATIONS: "medication",
    SectionName.CRITICAL_INFO: "critical-info",
    SectionName.APPOINTMENTS: "appointment",
}

log = logging.getLogger("dbep.worker")


class Feeds:
    """The feeds of the sources, each read from where one was.

    The place is noted after what was told: what is told twice is compared twice, and found once. A
    feed that does not go on from that place has lost changes, so everything is compared anew.
    """

    def __init__(
        self,
        store: Store,
        places: FeedStore,
        feeds: Mapping[SectionName, ChangeFeed],
        organisation_number: str,
        clock: Callable[[], datetime],
        every: timedelta = EVERY,
    ) -> None:
        self._store = store
        self._places = places
        self._feeds = feeds
        self._organisation_number = organisation_number
        self._clock = clock
        self._every = every
        self._heard = dict.fromkeys(feeds, clock())
        self._next: dict[SectionName, datetime] = {}

    async def turn(self) -> bool:
        """Read each feed now and then, one that doesn't answer more seldom."""
        now = self._clock()
        due = [section for section in self._feeds if self._next.get(section, now) <= now]
        await asyncio.gather(*(self._follow(section, now) for section in due))
        return False

    async def all_are_heard(self) -> None:
        """Raise NotReady when a feed could not be read for a while."""
        now = self._clock()
        silent = [s.value for s, heard in self._heard.items() if now - heard > SILENT_AFTER]
        if silent:
            raise NotReady(f"No changes are heard of {', '.join(sorted(silent))}.")

    async def _follow(self, section: SectionName, now: datetime) -> None:
        self._next[section] = now + max(self._every, EVERY_WHILE_SILENT)
        name = f"{FEED}{section.name}"
        position = await self._places.position(name)
        caller = ourselves(self._organisation_number, now)
        try:
            told = await self._feeds[section].after(position, caller)
        except SourceFailure:  # the client has told the log
            return
        await self._take(section, told, now)
        if told.goes_on_from(position):
            await self._places.advance(name, told.position, now)
        else:
            log.warning("a change feed does not go on: section=%s, all is compared", section.value)
            await self._store.comparison.all_due(section, now)
            await self._places.begin_anew(name, told.position, now)
        self._heard[section] = now
        self._next[section] = now + self._every

    async def _take(self, section: SectionName, told: Changes, now: datetime) -> None:
        newest = {
            each.number: each.at
            for each in sorted(told.changes, key=lambda each: each.at)
            if each.kind == KINDS[section]
        }
        if newest:
            await self._store.comparison.told(section, newest, now)
        for number, at in newest.items():
            await self._note(section, number, at, now)

    async def _note(
        self, section: SectionName, number: str, changed_at: datetime, now: datetime
    ) -> None:
        """Leave an event for those who follow a patient; once, however often it is told."""
        known = await self._store.patient.by_identity_number(number)
        if known is None or known.reservation is not None:
            return
        async with self._store.unit.begin(known.patient.id) as unit:
            same = f"{section.name} {changed_at.isoformat()}"
            await unit.happened_once(EventKind.SOURCE_CHANGED, section.name, now, same)
