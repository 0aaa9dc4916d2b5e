"""The third axis: who has been given a plan part, besides those with a care relation."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from domain.noun import Noun


class SharingState(Enum):
    """SHARED while any share is open; WITHDRAWN when all have been taken back or have ended."""

    NOT_SHARED = "NOT_SHARED"
    SHARED = "SHARED"
    WITHDRAWN = "WITHDRAWN"


class Share(Noun):
    """A part given to a named recipient, from when and until when; `until` None is open-ended."""

    id: str
    patient_id: str
    part_id: str
    recipient: str
    organisation_number: str | None
    shared_by: str
    since: datetime
    until: datetime | None = None
    withdrawn_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Tell whether the recipient has it now."""
        ended = self.until is not None and self.until <= now
        return self.since <= now and not ended and self.withdrawn_at is None


class Sharing(Noun):
    """Every share of a plan part, newest first."""

    shares: tuple[Share, ...] = ()

    def state(self, now: datetime) -> SharingState:
        """Return where sharing stands at a time."""
        if not self.shares:
            return SharingState.NOT_SHARED
        if any(share.is_open(now) for share in self.shares):
            return SharingState.SHARED
        return SharingState.WITHDRAWN
