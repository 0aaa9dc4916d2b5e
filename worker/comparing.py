"""Compares plans with what sources say now, where something has changed or is not compared yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from domain.outdated.comparison import FIRST_WAIT
from domain.source.section import SectionName
from resolvers.writing.comparison import FETCHES, Comparing
from worker.caller import ourselves


class ComparingJob:
    """Comparisons that are due; the rest waits while a source answers for nobody."""

    def __init__(
        self, comparing: Comparing, organisation_number: str, clock: Callable[[], datetime]
    ) -> None:
        self._comparing = comparing
        self._organisation_number = organisation_number
        self._clock = clock
        self._rests_until: dict[SectionName, datetime] = {}

    async def turn(self) -> bool:
        """Compare some of what is due with each source; tell whether there is more."""
        has_more = False
        for fetch in FETCHES:
            now = self._clock()
            if self._rests_until.get(fetch.section, now) > now:
                continue
            caller = ourselves(self._organisation_number, now)
            compared = await self._comparing.due(fetch, caller, now)
            if compared.has_more and compared.got_no_answer:
                self._rests_until[fetch.section] = now + FIRST_WAIT
            else:
                has_more |= compared.has_more
        return has_more
