"""Makes the contexts of deliveries, each fresh, over records that are read once for all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from domain.access.patient import PatientRecord
from gateway.caller import Caller
from gateway.clock import Clock
from gateway.live.follower import Follower
from resolvers.context import Shareable
from store.patient import PatientStore

Records = Mapping[str, PatientRecord | None]


class Contexts:
    """What one delivery is decided and shown with."""

    def __init__(
        self, build: Callable[[Caller], Shareable], patients: PatientStore, clock: Clock
    ) -> None:
        self.now = clock
        self._build = build
        self._patients = patients

    async def records(self, patient_ids: Collection[str]) -> Records:
        """Return the records of patients as they are now, by their ids."""
        asked = list(dict.fromkeys(patient_ids))
        return dict(zip(asked, await self._patients.by_ids(asked), strict=True)) if asked else {}

    def fresh(self, follower: Follower, records: Records) -> Shareable:
        """Return the context of one delivery to a follower."""
        return self.of_caller(follower.caller, records)

    def of_caller(self, caller: Caller, records: Records) -> Shareable:
        """Return the context of a caller, who knows these records."""
        context = self._build(caller)
        for patient_id, record in records.items():
            context.loaders.record.prime(patient_id, record)
        return context
