"""What patients and their devices register: who said it, for whom, and what became of it.

An entry is never changed or erased. Who made it can correct it, withdraw it, or move it to the
child it was meant for; the original is kept, and both are marked. A decision about a request to
delete it withdraws it too, whoever made it.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TypeVar

from msgspec import structs

from domain.noun import Noun
from domain.writing.rejection import Rejected, Rejection


class EntrySource(Enum):
    """Who or what an entry comes from; it is the label that readers see.

    SELF is the patient or who represents them, DEVICE a device in their home.
    """

    SELF = "SELF"
    DEVICE = "DEVICE"
    CLINICIAN = "CLINICIAN"


class EntryStatus(Enum):
    """What became of an entry; all but CURRENT are kept to be read, and count for nothing."""

    CURRENT = "CURRENT"
    CORRECTED = "CORRECTED"
    WITHDRAWN = "WITHDRAWN"
    MOVED = "MOVED"


class Change(Noun):
    """Why an entry is no longer current: what was done, by whom, when.

    `replaced_by` is the entry that counts instead, after a correction or a move; it names no
    patient, and opens only for who may see that patient. `request_id` is the request for deletion
    whose decision withdrew the entry; `by` is then who decided.
    """

    status: EntryStatus
    by: str
    by_id: str
    at: datetime
    reason: str | None = None
    replaced_by: str | None = None
    request_id: str | None = None

    @property
    def is_decided(self) -> bool:
        """Tell whether a decision about a request made it, and not who made the entry."""
        return self.request_id is not None


class Replaced(Noun):
    """The entry that this one stands for: CORRECTED here, or MOVED here."""

    id: str
    status: EntryStatus


class Entry(Noun):
    """What every entry has.

    `author_id` is the author's own subject, which a later change is compared with; it is not shown.
    `on_behalf_of` names the patient when a parent or proxy wrote it. `received_at` is our clock.
    """

    id: str
    patient_id: str
    source: EntrySource
    author: str
    author_id: str
    received_at: datetime
    on_behalf_of: str | None = None
    note: str | None = None
    change: Change | None = None
    replaces: Replaced | None = None

    @property
    def status(self) -> EntryStatus:
        """What became of it."""
        return EntryStatus.CURRENT if self.change is None else self.change.status

    @property
    def is_current(self) -> bool:
        """Tell whether it still counts."""
        return self.change is None

    @property
    def is_patient_registered(self) -> bool:
        """Tell whether it comes from the patient's side; such data never replaces clinical data."""
        return self.source is not EntrySource.CLINICIAN


class AlreadyChanged(Rejection):
    """The entry is no longer current, so there is nothing to change; `entry_status` says why."""

    code = "ALREADY_CHANGED"

    entry_status: EntryStatus


class NotYourEntry(Rejection):
    """Only who made an entry can change it; a device's is the patient's side's to change."""

    code = "NOT_YOUR_ENTRY"


E = TypeVar("E", bound=Entry)


def changed(entry: E, change: Change, *, for_patient: bool = False) -> E:
    """Return the entry as it is kept from now on; `for_patient`: the changer speaks for them."""
    if entry.change is not None:
        raise Rejected(AlreadyChanged(entry_status=entry.change.status))
    is_own_device = for_patient and entry.source is EntrySource.DEVICE
    is_own = entry.author_id == change.by_id or is_own_device
    if not is_own and not change.is_decided:
        raise Rejected(NotYourEntry())
    return structs.replace(entry, change=change)


def stands_for(entry: Entry, status: EntryStatus) -> Replaced:
    """Return what the entry that takes this one's place is marked with."""
    return Replaced(id=entry.id, status=status)
