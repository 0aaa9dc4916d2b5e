"""Erases what patients have reserved against, once it can no longer be undone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from gateway.health import NotReady
from store.erasing import Erasing, Outcome
from store.erasure import ErasureStore

log = logging.getLogger("dbep.worker")


class ErasingJob:
    """Erasures that are due; one that is blocked is looked at again each turn."""

    def __init__(
        self, erasing: Erasing, store: ErasureStore, clock: Callable[[], datetime]
    ) -> None:
        self._erasing = erasing
        self._store = store
        self._clock = clock
        self._alarmed: set[str] = set()

    async def turn(self) -> bool:
        """Erase whoever is due; nothing more is due after that."""
        now = self._clock()
        for patient_id in await self._store.due(now):
            outcome = await self._erasing.run(patient_id, now)
            if outcome is Outcome.BLOCKED and patient_id not in self._alarmed:
                self._alarmed.add(patient_id)
                log.error("an erasure waits for deliveries: patient=%s", patient_id)
            elif outcome is Outcome.ERASED:
                self._alarmed.discard(patient_id)
                log.info("a patient's plan was erased: patient=%s", patient_id)
        return False

    async def none_is_blocked(self) -> None:
        """Raise NotReady when an erasure waits for a version that no record has answered for."""
        blocked = await self._store.blocked()
        if blocked:
            raise NotReady(f"{blocked} erasures wait for deliveries.")
