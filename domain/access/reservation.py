"""Reservation: the patient wants no plan here. All is hidden at once, and erased after 30 days.

As with reservation against kjernejournal: it can be undone within the 30 days, not after.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from domain.given_word import GivenWord
from domain.noun import Noun

UNDO_TIME = timedelta(days=30)


class Reservation(Noun):
    """A reservation, standing until it is ended, also after its erasure.

    `erase_after` is when the time to undo it is over. `blocked_at` is since when its erasure has
    waited for a version that the record of the responsible organisation does not have yet.
    """

    id: str
    patient_id: str
    version: int
    made: GivenWord
    erase_after: datetime
    ended: GivenWord | None = None
    erased_at: datetime | None = None
    blocked_at: datetime | None = None

    @property
    def since(self) -> datetime:
        """Return from when it holds."""
        return self.made.at

    @property
    def ended_at(self) -> datetime | None:
        """Return when it was ended, None while it stands."""
        return self.ended.at if self.ended else None

    def can_be_undone(self, now: datetime) -> bool:
        """Tell whether it stands and everything can still be had back."""
        return self.ended is None and self.erased_at is None and now < self.erase_after

    def can_be_ended(self, now: datetime) -> bool:
        """Tell whether it can be ended: in time, or once there is nothing left to erase."""
        return self.erased_at is not None or self.can_be_undone(now)


def hastened(reservation: Reservation, now: datetime) -> Reservation:
    """Return a reservation whose erasure is due now, since somebody entitled to has decided so."""
    due = min(reservation.erase_after, now)
    return replace(reservation, version=reservation.version + 1, erase_after=due)


def ended(reservation: Reservation, word: GivenWord) -> Reservation:
    """Return a reservation as it stands once it is ended."""
    return replace(reservation, version=reservation.version + 1, ended=word)
