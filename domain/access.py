"""The access policy: who may see what of a patient, decided from facts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum

from domain.identity_number import IdentityNumber
from domain.noun import Noun
from domain.refusal import Refusal
from domain.section import SectionName
from domain.viewer import Viewer, ViewerRole


class Basis(Enum):
    """What an access rests on."""

    OWN = "OWN"
    PARENT = "PARENT"
    CARE_TEAM = "CARE_TEAM"
    SHARE = "SHARE"
    HANDOVER = "HANDOVER"
    ATTEST = "ATTEST"


class Relation(Noun):
    """A tie between a patient and an organisation or person, with its period and origin.

    `organisation` is the number of the organisation it belongs to and `organisation_name` what we
    know it as, `person_number` the identity
    number of a parent, `part_id` the plan part that is shared. `origin` says in words where we know
    it from. `since` is included, `until` is not.
    """

    basis: Basis
    origin: str
    since: datetime
    until: datetime | None = None
    organisation: str | None = None
    organisation_name: str | None = None
    person_number: str | None = None
    part_id: str | None = None

    def is_open(self, now: datetime) -> bool:
        """Tell whether the tie holds now."""
        return self.since <= now and (self.until is None or now < self.until)

    def __repr__(self) -> str:
        return f"Relation({self.basis.name})"


class Ruling(Noun):
    """A decision: allowed, or the refusal that stands against it."""

    refusal: Refusal | None = None

    @property
    def is_allowed(self) -> bool:
        """Tell whether the data may be fetched and shown."""
        return self.refusal is None


class Access(Noun):
    """The policy's answer for one viewer, patient and operation; it is never kept longer.

    `part_ids` limits the plan parts that may be seen, None to none of them; drafts are for health
    personnel.
    """

    ruling: Ruling
    relation: Relation | None = None
    sections: Mapping[SectionName, Ruling] = {}
    part_ids: frozenset[str] | None = None
    sees_drafts: bool = False

    @property
    def is_guardian(self) -> bool:
        """Tell whether the viewer acts for the patient by parental responsibility."""
        return self.relation is not None and self.relation.basis is Basis.PARENT

    def sees_part(self, part_id: str, is_draft: bool) -> bool:
        """Tell whether a plan part may be shown."""
        return (self.part_ids is None or part_id in self.part_ids) and (
            self.sees_drafts or not is_draft
        )

    def sees_report(self, author_id: str, viewer: Viewer) -> bool:
        """Tell whether a report may be shown; who has been given single parts sees only their own.

        `author_id` is the subject of the one who sent it.
        """
        return self.part_ids is None or author_id == viewer.subject

    def section(self, name: SectionName) -> Ruling:
        """Return the ruling of one section: the patient's own unless the section has another."""
        if not self.ruling.is_allowed:
            return self.ruling
        return self.sections.get(name, self.ruling)


class AccessFacts(Noun):
    """What the policy may know of a patient."""

    birth_date: date
    identity_numbers: tuple[IdentityNumber, ...]
    relations: tuple[Relation, ...]


ADULT_AGE = 16
PARENTS_SEE_UNTIL = 12


def decide(viewer: Viewer, facts: AccessFacts, now: datetime) -> Access:
    """Decide what a viewer may see of a patient at a time.

    A first plain rule: one's own data; a parent of a child under 12; and for organisations a care
    relation, which is care-team membership, an open share or handover, or the token's attest. A
    vendor's machine has no user behind it and sees the shared parts only.
    """
    if viewer.role is ViewerRole.CITIZEN:
        return _citizen(viewer, facts, now)
    if viewer.role is ViewerRole.VENDOR:
        return _vendor(viewer, facts, now)
    relation = _care_relation(viewer, facts, now)
    if relation is None:
        return _refused(Refusal.NO_CARE_RELATION)
    return Access(ruling=Ruling(), relation=relation, sees_drafts=True)


def _vendor(viewer: Viewer, facts: AccessFacts, now: datetime) -> Access:
    shares = [tie for tie in _ties(viewer, facts, now) if tie.basis is Basis.SHARE]
    if not shares:
        return _refused(Refusal.NO_CARE_RELATION)
    return Access(
        ruling=Ruling(),
        relation=shares[0],
        sections=dict.fromkeys(SectionName, Ruling(refusal=Refusal.NOT_SHARED)),
        part_ids=frozenset(share.part_id for share in shares if share.part_id),
    )


def _citizen(viewer: Viewer, facts: AccessFacts, now: datetime) -> Access:
    number = viewer.identity_number
    if number is None:
        return _refused(Refusal.NOT_REPRESENTATIVE)
    if _holds(facts, number):
        since = datetime.combine(facts.birth_date, datetime.min.time(), now.tzinfo)
        own = Relation(basis=Basis.OWN, origin="Egen plan", since=since)
        return Access(ruling=Ruling(), relation=own)
    for relation in _open(facts.relations, now):
        if relation.basis is Basis.PARENT and relation.person_number == number.value:
            return _parent(relation, facts, now)
    return _refused(Refusal.NOT_REPRESENTATIVE)


def _parent(relation: Relation, facts: AccessFacts, now: datetime) -> Access:
    if now.date() >= _birthday(facts.birth_date, ADULT_AGE):
        return _refused(Refusal.OVER_16)
    if now.date() >= _birthday(facts.birth_date, PARENTS_SEE_UNTIL):
        return _refused(Refusal.PARENT_12_16)
    return Access(ruling=Ruling(), relation=relation)


def _care_relation(viewer: Viewer, facts: AccessFacts, now: datetime) -> Relation | None:
    ties = _ties(viewer, facts, now)
    if ties:
        return ties[0]
    attest = viewer.attest
    if attest is None or not _holds(facts, attest.patient_number):
        return None
    origin = attest.decision_text or "Attestert tjenstlig behov"
    until = viewer.expires_at
    return Relation(basis=Basis.ATTEST, origin=origin, since=attest.at, until=until)


def _ties(viewer: Viewer, facts: AccessFacts, now: datetime) -> list[Relation]:
    """Return the open ties between the patient and the viewer's organisation."""
    ties = _open(facts.relations, now)
    return [tie for tie in ties if tie.organisation and tie.organisation == viewer.organisation]


def _open(relations: Sequence[Relation], now: datetime) -> list[Relation]:
    return [relation for relation in relations if relation.is_open(now)]


def _holds(facts: AccessFacts, number: IdentityNumber) -> bool:
    return any(number.value == own.value for own in facts.identity_numbers)


def _birthday(born: date, years: int) -> date:
    """Return the day somebody turns an age; born on 29 February it is 1 March in common years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def _refused(refusal: Refusal) -> Access:
    return Access(ruling=Ruling(refusal=refusal))
