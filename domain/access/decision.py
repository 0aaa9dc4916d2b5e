"""The access policy: who may see what of a patient, decided from facts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum

from msgspec.structs import replace

from domain.access.viewer import Viewer, ViewerRole
from domain.identity_number import IdentityNumber
from domain.noun import Noun
from domain.plan.shared_content import widest
from domain.plan.sharing import WHOLE, Portion, ShareScope
from domain.refusal import Refusal
from domain.source.section import SectionName


class Basis(Enum):
    """What an access rests on."""

    OWN = "OWN"
    PARENT = "PARENT"
    CARE_TEAM = "CARE_TEAM"
    SHARE = "SHARE"
    HANDOVER = "HANDOVER"
    ATTEST = "ATTEST"
    OVERSIGHT = "OVERSIGHT"


class Relation(Noun):
    """A tie between a patient and an organisation or person, with its period and origin.

    `organisation` is the number of the organisation it belongs to and `organisation_name` what we
    know it as, `hpr_number` that of the member of the care team it is of, `person_number` the
    identity number of a parent or of a share's named recipient and `person_name` the parent's name.
    A share says which, of which part, how much of it, and who shared. `origin` says in words where
    we know it from. `since` is included, `until` is not.
    """

    basis: Basis
    origin: str
    since: datetime
    until: datetime | None = None
    organisation: str | None = None
    organisation_name: str | None = None
    hpr_number: str | None = None
    person_number: str | None = None
    person_name: str | None = None
    share_id: str | None = None
    part_id: str | None = None
    scopes: tuple[ShareScope, ...] = ()
    shared_by_number: str | None = None

    @property
    def is_care_relation(self) -> bool:
        """Tell whether it opens the plan to health personnel; a share of a whole part does."""
        return self.basis is not Basis.SHARE or ShareScope.WHOLE_PART in self.scopes

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

    `shared` are the only plan parts that may be seen, each with how much of it; None is no limit.
    Drafts are for health personnel. `is_of_age` says that the patient asks, and decides alone on
    health matters (pbrl. § 4-3). `plan` rules over the plan as a whole, `content` over what it
    says.
    """

    ruling: Ruling
    relation: Relation | None = None
    sections: Mapping[SectionName, Ruling] = {}
    shared: Mapping[str, Portion] | None = None
    sees_drafts: bool = False
    plan: Ruling = Ruling()
    content: Ruling = Ruling()
    is_of_age: bool = False

    @property
    def is_guardian(self) -> bool:
        """Tell whether the viewer acts for the patient by parental responsibility."""
        return self.relation is not None and self.relation.basis is Basis.PARENT

    @property
    def is_narrow(self) -> bool:
        """Tell whether nothing is seen but pieces of parts."""
        return self.shared is not None and not any(
            ShareScope.WHOLE_PART in portion for portion in self.shared.values()
        )

    def sees_part(self, part_id: str, is_draft: bool) -> bool:
        """Tell whether a plan part may be shown."""
        return (self.shared is None or part_id in self.shared) and (
            self.sees_drafts or not is_draft
        )

    def portion(self, part_id: str) -> Portion:
        """Return how much may be shown of a part that may be shown."""
        return WHOLE if self.shared is None else self.shared[part_id]

    def sees_report(self, author_id: str, viewer: Viewer) -> bool:
        """Tell whether a report may be shown; who has been given single parts sees only their own.

        `author_id` is the subject of the one who sent it.
        """
        return self.shared is None or author_id == viewer.subject

    def section(self, name: SectionName) -> Ruling:
        """Return the ruling of one section: the patient's own unless the section has another."""
        if not self.ruling.is_allowed:
            return self.ruling
        return self.sections.get(name, self.ruling)


class AccessFacts(Noun):
    """What the policy may know of a patient.

    `has_consent` tells of the consent to have a plan: False is withdrawn, None never given.
    """

    birth_date: date
    identity_numbers: tuple[IdentityNumber, ...]
    relations: tuple[Relation, ...]
    is_reserved: bool = False
    has_consent: bool | None = None


ADULT_AGE = 16
PARENTS_SEE_UNTIL = 12
# What is fed by kjernejournal, and so hidden by reservation as the plan is.
OF_KJERNEJOURNAL = (SectionName.CRITICAL_INFO,)
# Kjernejournal accepts persons who have logged in at level 4, and no others (its documentation).
ASKS_LEVEL_4 = OF_KJERNEJOURNAL
_PATIENT_SIDE = (Basis.OWN, Basis.PARENT)


def decide(viewer: Viewer, facts: AccessFacts, now: datetime) -> Access:
    """Decide what a viewer may see of a patient at a time.

    First who they are to each other, then how surely the viewer is who they say, then what the
    patient has chosen for everyone.
    """
    access = _by_relation(viewer, facts, now)
    relation = access.relation
    if relation is None or not access.ruling.is_allowed:
        return access
    if viewer.security_level < 4:
        access = _below_level_4(access)
    if facts.is_reserved:
        return _reserved(access, relation)
    if facts.has_consent is False and relation.basis not in _PATIENT_SIDE:
        return replace(access, content=Ruling(refusal=Refusal.NO_CONSENT))
    return access


def _below_level_4(access: Access) -> Access:
    """Return an access without what sources give at level 4 only; the own plan stays as it is."""
    against = Ruling(refusal=Refusal.SECURITY_LEVEL)
    asking = [name for name in ASKS_LEVEL_4 if access.section(name).is_allowed]
    return replace(access, sections={**access.sections, **dict.fromkeys(asking, against)})


def oversight(viewer: Viewer, now: datetime) -> Access:
    """Return what a privacy officer has towards any patient: the log of use, and nothing else."""
    against = Ruling(refusal=Refusal.ROLE)
    if viewer.role is not ViewerRole.PRIVACY_OFFICER:
        return _refused(Refusal.ROLE)
    relation = Relation(
        basis=Basis.OVERSIGHT,
        origin="Personvernombud",
        since=now,
        organisation=viewer.organisation,
    )
    return Access(
        ruling=Ruling(),
        relation=relation,
        sections=dict.fromkeys(SectionName, against),
        shared={},
        plan=against,
        content=against,
    )


def _reserved(access: Access, relation: Relation) -> Access:
    """Return what is left of an access under reservation: to oneself, that one has reserved.

    Whom something is shared with is not told of a choice that is none of their business: nothing
    is shared with them now.
    """
    against = Ruling(refusal=Refusal.RESERVED)
    if access.shared is not None:
        return _refused(Refusal.NO_CARE_RELATION)
    if relation.basis not in _PATIENT_SIDE:
        return Access(ruling=against)
    sections = {**access.sections, **dict.fromkeys(OF_KJERNEJOURNAL, against)}
    return replace(access, plan=against, sections=sections)


def _by_relation(viewer: Viewer, facts: AccessFacts, now: datetime) -> Access:
    """Decide by who the viewer is to the patient.

    A first plain rule: one's own data; a parent of a child under 12; and for organisations a care
    relation, which is care-team membership, an open share or handover, or the token's attest. A
    vendor's machine has no user behind it and sees the shared parts only; recipients outside health
    care see the pieces that are shared with them.
    """
    if viewer.role is ViewerRole.CITIZEN:
        return _citizen(viewer, facts, now)
    if viewer.role is ViewerRole.PRIVACY_OFFICER:
        return _refused(Refusal.ROLE)
    if viewer.role is ViewerRole.CLINICIAN:
        relation = _care_relation(viewer, facts, now)
        if relation is not None:
            return Access(ruling=Ruling(), relation=relation, sees_drafts=True)
    return _by_shares(viewer, facts, now) or _refused(Refusal.NO_CARE_RELATION)


def _by_shares(viewer: Viewer, facts: AccessFacts, now: datetime) -> Access | None:
    """Return what shares open: their parts, and no source's section; None without a share."""
    ties = [tie for tie in _open(facts.relations, now) if _is_shared_with(viewer, tie)]
    if not ties:
        return None
    by_part: dict[str, list[Portion]] = {}
    for tie in ties:
        if tie.part_id is not None:
            by_part.setdefault(tie.part_id, []).append(_portion(tie, facts))
    return Access(
        ruling=Ruling(),
        relation=ties[0],
        sections=dict.fromkeys(SectionName, Ruling(refusal=Refusal.NOT_SHARED)),
        shared={part: widest(portions) for part, portions in by_part.items()},
    )


def _is_shared_with(viewer: Viewer, tie: Relation) -> bool:
    if tie.basis is not Basis.SHARE:
        return False
    if viewer.role is ViewerRole.RECIPIENT:
        return viewer.share_id is not None and tie.share_id == viewer.share_id
    if viewer.role is ViewerRole.CITIZEN:
        number = viewer.identity_number
        return number is not None and tie.person_number == number.value
    return viewer.organisation is not None and tie.organisation == viewer.organisation


def _portion(share: Relation, facts: AccessFacts) -> Portion:
    """Return what a share shows; the numbers of parents other than who shared are left out."""
    if ShareScope.WHOLE_PART in share.scopes:
        return WHOLE
    others = frozenset(
        tie.person_name
        for tie in facts.relations
        if tie.basis is Basis.PARENT
        and tie.person_name
        and tie.person_number != share.shared_by_number
    )
    return dict.fromkeys(share.scopes, others)


def _citizen(viewer: Viewer, facts: AccessFacts, now: datetime) -> Access:
    number = viewer.identity_number
    if number is None:
        return _refused(Refusal.NOT_REPRESENTATIVE)
    if _holds(facts, number):
        return _own(facts, now)
    as_parent = None
    for relation in _open(facts.relations, now):
        if relation.basis is Basis.PARENT and relation.person_number == number.value:
            as_parent = _parent(relation, facts, now)
    if as_parent is not None and as_parent.ruling.is_allowed:
        return as_parent
    shared = _by_shares(viewer, facts, now)
    return shared or as_parent or _refused(Refusal.NOT_REPRESENTATIVE)


def _own(facts: AccessFacts, now: datetime) -> Access:
    since = datetime.combine(facts.birth_date, datetime.min.time(), now.tzinfo)
    own = Relation(basis=Basis.OWN, origin="Egen plan", since=since)
    is_of_age = now.date() >= _birthday(facts.birth_date, ADULT_AGE)
    return Access(ruling=Ruling(), relation=own, is_of_age=is_of_age)


def _parent(relation: Relation, facts: AccessFacts, now: datetime) -> Access:
    if now.date() >= _birthday(facts.birth_date, ADULT_AGE):
        return _refused(Refusal.OVER_16)
    if now.date() >= _birthday(facts.birth_date, PARENTS_SEE_UNTIL):
        return _refused(Refusal.PARENT_12_16)
    return Access(ruling=Ruling(), relation=relation)


def _care_relation(viewer: Viewer, facts: AccessFacts, now: datetime) -> Relation | None:
    ties = [tie for tie in _ties(viewer, facts, now) if tie.is_care_relation]
    if ties:
        return _nearest(viewer, ties)
    attest = viewer.attest
    if attest is None or not _holds(facts, attest.patient_number):
        return None
    origin = attest.decision_text or "Attestert tjenstlig behov"
    until = viewer.expires_at
    return Relation(basis=Basis.ATTEST, origin=origin, since=attest.at, until=until)


def _nearest(viewer: Viewer, ties: Sequence[Relation]) -> Relation:
    """Return the tie that an access is said to rest on: the viewer's own, or else their unit's.

    A colleague's membership opens the plan for the whole unit, and is told as the unit's.
    """
    own = viewer.hpr_number
    for tie in ties:
        if own is not None and tie.hpr_number == own:
            return tie
    first = ties[0]
    if first.basis is not Basis.CARE_TEAM or first.organisation_name is None:
        return first
    return replace(first, origin=f"Behandlingsteam: {first.organisation_name}")


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
