"""Goes round the jobs for as long as the process lives."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from time import monotonic
from typing import Protocol

from gateway.errors import log_fault
from gateway.health import NotReady

PAUSE_SECONDS = 1.0
LATE_SECONDS = 60.0


class Job(Protocol):
    """Some kind of work that becomes due."""

    async def turn(self) -> bool:
        """Do some of what is due; tell whether there may be more at once."""


class Loop:
    """Gives each job its turn, again and again; one that fails does not hold the others up."""

    def __init__(self, jobs: Sequence[Job], pause_seconds: float = PAUSE_SECONDS) -> None:
        self._jobs = jobs
        self._pause_seconds = pause_seconds
        self._went_round_at = monotonic()

    async def run(self) -> None:
        """Go round until cancelled, resting while nothing is due."""
        while True:
            has_more = [await _turn(job) for job in self._jobs]
            self._went_round_at = monotonic()
            if not any(has_more):
                await asyncio.sleep(self._pause_seconds)

    async def goes_round(self) -> None:
        """Raise NotReady when the last round is too long ago."""
        if monotonic() - self._went_round_at > LATE_SECONDS:
            raise NotReady(f"No round was finished in the last {LATE_SECONDS:.0f} s.")


async def _turn(job: Job) -> bool:
    try:
        return await job.turn()
    except Exception as error:  # noqa: BLE001 # logged without its message, and tried again
        log_fault(error, type(job).__name__)
        return False
