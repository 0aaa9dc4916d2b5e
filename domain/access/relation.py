"""The ties between a patient and those who ask: what any access rests on."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from domain.access.right import Right
from domain.noun import Noun
from domain.plan.sharing import ShareScope


class Basis(Enum):
    """What an access rests on."""

    OWN = "OWN"
    PARENT = "PARENT"
    CHILD_WELFARE = "CHILD_WELFARE"
    GUARDIAN = "GUARDIAN"
    LASTING_POWER = "LASTING_POWER"
    POWER_OF_ATTORNEY = "POWER_OF_ATTORNEY"
    ADVISER = "ADVISER"
    NEXT_OF_KIN = "NEXT_OF_KIN"
    CARE_TEAM = "CARE_TEAM"
    SHARE = "SHARE"
    HANDOVER = "HANDOVER"
    ATTEST = "ATTEST"
    EMERGENCY = "EMERGENCY"
    OVERSIGHT = "OVERSIGHT"


class Relation(Noun):
    """A tie between a patient and an organisation or person, with its period and origin.

    `organisation` is the number of the organisation it belongs to and `organisation_name` what we
    know it as, `hpr_number` that of the member of the care team it is of, `person_number` the
    identity number of a representative or of a share's named recipient and `person_name` the
    representative's name. A share says which, of which part, how much of it, and who shared. A
    representation has `representation_id`; its `rights` are those that a mandate gives, and no
    others. Of a parent, `lives_with_patient` is whether they are registered at the same address.
    `is_protected` tells that the representative's own address is protected. `origin` says in words
    where we know it from. `since` is included, `until` is not.
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
    representation_id: str | None = None
    rights: frozenset[Right] = frozenset()
    lives_with_patient: bool = True
    is_protected: bool = False

    @property
    def is_care_relation(self) -> bool:
        """Tell whether it opens the plan to health personnel; a share of a whole part does."""
        if self.basis is Basis.SHARE:
            return ShareScope.WHOLE_PART in self.scopes
        return self.basis in (Basis.CARE_TEAM, Basis.HANDOVER)

    def is_open(self, now: datetime) -> bool:
        """Tell whether the tie holds now."""
        return self.since <= now and (self.until is None or now < self.until)

    def __repr__(self) -> str:
        return f"Relation({self.basis.name})"
