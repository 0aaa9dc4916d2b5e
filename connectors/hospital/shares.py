"""Each patient's share of a search for many: items, and whatever may be missing from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from connectors.fhir.bundle import bounded, unreadable_reasons
from connectors.fhir.identity import numbers_in
from connectors.hospital.wire import WirePatient
from domain.access.subject import Subject
from domain.source.section import Reason, Section, SourceName

T = TypeVar("T")

_NOBODY: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Share(Generic[T]):
    items: list[T] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def section(self, at: datetime) -> Section[T]:
        items, cut = bounded(self.items)
        reasons = dict.fromkeys([*self.reasons, *cut, *unreadable_reasons(self.wrong)])
        return Section.answered(SourceName.HOSPITAL, items, at, list(reasons))


class Shares(Generic[T]):
    """Finds whom an address (`Type/id`) concerns.

    What can't be placed concerns everyone it may be about.
    `unread` are the addresses of entries of the answer that we could not read.
    """

    def __init__(
        self, subjects: Sequence[Subject], patients: Sequence[WirePatient], unread: Iterable[str]
    ) -> None:
        self._shares: dict[str, _Share[T]] = {s.patient_id: _Share() for s in subjects}
        self._owners = _owners(subjects, patients)
        self._users: dict[str, set[str]] = {}
        included = {f"Patient/{patient.id}" for patient in patients}
        included.update(address for address in unread if address.startswith("Patient/"))
        self._strangers = included - self._owners.keys()
        known = set[str]().union(*self._owners.values())
        self._unnamed = self._shares.keys() - known

    def owners(self, addresses: Iterable[str]) -> set[str]:
        """Return the patients among the addresses; none if no address is one of ours."""
        owners: set[str] = set()
        for address in addresses:
            owners |= self._owners.get(address, _NOBODY)
        return owners

    def add_items(self, addresses: Collection[str], items: Sequence[T]) -> bool:
        """Give items to their owners, and remember who relies on what they refer to.

        Returns whether there was an owner.
        """
        owners = self.owners(addresses)
        for owner in owners:
            self._shares[owner].items.extend(items)
        for address in addresses:
            self._users.setdefault(address, set()).update(owners)
        return bool(owners)

    def add_wrong(self, addresses: Collection[str], paths: Sequence[str]) -> None:
        """Tell those concerned of wrong values at the paths."""
        for patient in self._concerned(addresses):
            self._shares[patient].wrong.extend(paths)

    def add_reason(self, patients: Iterable[str], reason: Reason) -> None:
        """Tell the patients' sections a reason."""
        for patient in patients:
            self._shares[patient].reasons.append(reason)

    def everyone(self) -> Iterable[str]:
        """Return all patients of the search."""
        return self._shares

    def sections(self, at: datetime) -> dict[str, Section[T]]:
        """Return each patient's section by our id."""
        return {patient: share.section(at) for patient, share in self._shares.items()}

    def _concerned(self, addresses: Collection[str]) -> set[str]:
        """Return owners; else those whose items refer there; else everyone it may be about.

        A patient of the answer who is none of ours may be one of those whom it did not name; a
        patient who is not in the answer may be anyone.
        """
        users = set[str]().union(*(self._users.get(address, ()) for address in addresses))
        unnamed = set() if self._strangers.isdisjoint(addresses) else self._unnamed
        return self.owners(addresses) or users or unnamed or set(self._shares)


def _owners(subjects: Sequence[Subject], patients: Iterable[WirePatient]) -> dict[str, set[str]]:
    """Return our patients by the hospital's address of each."""
    ours: dict[str, set[str]] = {}
    for subject in subjects:
        for number in subject.numbers:
            ours.setdefault(number.value, set()).add(subject.patient_id)
    owners: dict[str, set[str]] = {}
    for patient in patients:
        for value in numbers_in(patient.identifier) & ours.keys():
            owners.setdefault(f"Patient/{patient.id}", set()).update(ours[value])
    return owners
