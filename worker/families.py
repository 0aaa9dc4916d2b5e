"""Follows what the population register says of children's parents and addresses."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from connectors.http import SourceFailure
from connectors.kjernejournal.family import FamilyFeed
from domain import ids
from domain.access import age
from domain.access.family import Family
from domain.access.rule import AccessRule, RuleKind
from domain.author import Author
from domain.event import EventKind
from store import Store
from store.feed import FeedStore
from store.unit import Unit
from worker.caller import ourselves

FEED = "families"
EVERY_SECONDS = 60.0
REGISTER = Author(name="Folkeregisteret")

log = logging.getLogger("dbep.worker")


class Families:
    """The register's tellings, read from where one was; each is the whole of a family.

    So what we know is as old as the last reading, a minute as a rule, and is read at each decision.
    The place is noted after what was read: what is told twice changes nothing the second time.
    """

    def __init__(
        self,
        store: Store,
        places: FeedStore,
        feed: FamilyFeed,
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
        if self._read_at and (now - self._read_at).total_seconds() < self._every_seconds:
            return False
        self._read_at = now
        caller = ourselves(self._organisation_number, now)
        try:
            told = await self._feed.after(await self._places.position(FEED), caller)
        except SourceFailure:  # the client has told the log
            return False
        for family in told.families:
            await self._register(family, now)
        await self._places.advance(FEED, told.position, now)
        return False

    async def _register(self, family: Family, now: datetime) -> None:
        known = await self._store.patient.by_identity_number(family.number)
        if known is None:
            return
        async with self._store.unit.begin(known.patient.id) as unit:
            is_new = await unit.live_with(family, now)
            is_new |= await _register_care(unit, family, now)
            if not is_new:
                return
            await unit.happened(EventKind.REGISTER_TOLD, unit.patient_id, now)
            await unit.renew_worklist()
        log.info("the register's word on a family is taken in: patient=%s", known.patient.id)


async def _register_care(unit: Unit, family: Family, now: datetime) -> bool:
    """Note that child welfare has the care, or has no longer; tell whether that is new.

    What personnel have registered is theirs to end.
    """
    kind = RuleKind.CARE_TAKEN_OVER
    standing = [each for each in unit.record.rules if each.kind is kind and each.holds(now)]
    if any(each.organisation == family.has_care for each in standing):
        return False
    over = [each for each in standing if each.set_by == REGISTER]
    for rule in over:
        ended = replace(rule, version=rule.version + 1, ended_at=now, ended_by=REGISTER)
        await unit.change(ended)
    if family.has_care is None:
        return bool(over)
    born = unit.record.patient.birth_date
    await unit.add(
        AccessRule(
            id=ids.new(ids.ACCESS_RULE),
            patient_id=unit.patient_id,
            version=1,
            kind=kind,
            set_by=REGISTER,
            since=now,
            until=age.midnight(age.birthday(born, age.MAJORITY), now.tzinfo),
            organisation=family.has_care,
            person_name=family.has_care_name,
        )
    )
    return True
