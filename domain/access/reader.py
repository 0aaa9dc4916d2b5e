"""Somebody who reads and takes part in what is said about a plan."""

from __future__ import annotations

from domain.access.decision import Access
from domain.access.patient import Patient
from domain.access.standing import OWN
from domain.access.viewer import Viewer
from domain.noun import Noun


class Reader(Noun):
    """Whoever reads: health personnel by their number, a citizen by all numbers of their own.

    `number` is the one that a citizen writes under now.
    """

    hpr_number: str | None = None
    number: str | None = None
    numbers: frozenset[str] = frozenset()

    @property
    def is_personnel(self) -> bool:
        """Tell whether they read as health personnel."""
        return self.hpr_number is not None

    def __repr__(self) -> str:
        return f"Reader(is_personnel={self.is_personnel})"


def reader_of(viewer: Viewer, access: Access, patient: Patient) -> Reader:
    """Return the viewer as a reader of what is said about a patient's plan."""
    if viewer.hpr_number is not None:
        return Reader(hpr_number=viewer.hpr_number)
    if viewer.identity_number is None:
        return Reader()
    number = viewer.identity_number.value
    numbers = {number}
    if access.standing in OWN:
        numbers |= {each.value for each in patient.identity_numbers}
    return Reader(number=number, numbers=frozenset(numbers))
