"""The person that a source is asked about, in the words that sources need."""

from __future__ import annotations

from datetime import date
from enum import Enum

from domain.identity_number import IdentityNumber, IdentityNumberKind
from domain.noun import Noun


class Gender(Enum):
    """Administrative gender; the values are FHIR's."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class Subject(Noun):
    """One patient as a source must know them.

    `patient_id` is our own opaque id and the key of a batch. `numbers` has the current number
    first, then former ones; it may be empty. Its text form shows neither name nor number.
    """

    patient_id: str
    numbers: tuple[IdentityNumber, ...] = ()
    given_name: str | None = None
    family_name: str | None = None
    birth_date: date | None = None
    gender: Gender = Gender.UNKNOWN

    @property
    def register_number(self) -> IdentityNumber | None:
        """The newest national or D-number: the only series that national registers know."""
        for number in self.numbers:
            if number.kind is not IdentityNumberKind.TEMPORARY:
                return number
        return None

    def __repr__(self) -> str:
        return f"Subject({self.patient_id})"

    __str__ = __repr__
