"""The patient, and what the store knows of one before anything else is fetched."""

from __future__ import annotations

from datetime import date

import msgspec

from domain.access.facts import AccessFacts
from domain.access.relation import Relation
from domain.access.reservation import Reservation
from domain.access.rule import AccessRule
from domain.access.subject import Gender
from domain.identity_number import IdentityNumber
from domain.noun import Noun


class Patient(Noun):
    """A person whose plan this is. The id is ours and opaque; identity numbers come and go.

    `identity_numbers` has the current ones first. Age is never derived from a number.
    """

    id: str
    given_name: str
    family_name: str
    birth_date: date
    gender: Gender
    identity_numbers: tuple[IdentityNumber, ...] = ()
    died_on: date | None = None
    is_address_protected: bool = False

    @property
    def name(self) -> str:
        """The whole name, as it is spoken."""
        return f"{self.given_name} {self.family_name}".strip()

    def age_on(self, day: date) -> int:
        """Return completed years on a day, or on the day of death if that came first."""
        day = min(day, self.died_on) if self.died_on else day
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not had_birthday)


class PatientRecord(Noun):
    """One patient as one statement reads them: numbers, access facts and plan.

    `plan` is the encoded plan or null, decoded only if somebody may see it and asks. `reservation`
    is the one that stands; `has_consent` is None when consent to have a plan was never given.
    """

    patient: Patient
    relations: tuple[Relation, ...] = ()
    reservation: Reservation | None = None
    has_consent: bool | None = None
    rules: tuple[AccessRule, ...] = ()
    plan: msgspec.Raw = msgspec.Raw(b"null")

    @property
    def facts(self) -> AccessFacts:
        """What the policy may know of the patient."""
        return AccessFacts(
            birth_date=self.patient.birth_date,
            identity_numbers=self.patient.identity_numbers,
            relations=self.relations,
            is_reserved=self.reservation is not None,
            has_consent=self.has_consent,
            is_address_protected=self.patient.is_address_protected,
            rules=self.rules,
            died_on=self.patient.died_on,
        )

    def name_of_organisation(self, number: str | None) -> str | None:
        """Return the name of an organisation that is or was tied to the patient, if it is known."""
        names = (tie.organisation_name for tie in self.relations if tie.organisation == number)
        return None if number is None else next(filter(None, names), None)
