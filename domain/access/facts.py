"""What the policy may know of a patient, and what a deployment has chosen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import Enum

from domain.access import death
from domain.access.relation import Basis, Relation
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind
from domain.identity_number import IdentityNumber
from domain.noun import Noun


class AddressRule(Enum):
    """Which parents have access; sources on Helsenorge's rule disagree, so it is a choice.

    ALL_IF_ONE lets every parent in as long as one is registered at the child's address, ONLY_THAT
    those who are.
    """

    ALL_IF_ONE = "ALL_IF_ONE"
    ONLY_THAT = "ONLY_THAT"


class Choices(Noun):
    """What the deployment's controller has decided where the law leaves it open.

    `kept_by_default` is what parents of a child of 12 to 15 keep until a clinician has decided;
    `own_access_from` the age in years of a youth's own login, with the parents' agreement.
    `opened_for` is the longest that what is restricted stays open on a consent, `emergency_for` how
    long emergency access lasts. `read_after_death` is how long personnel with a care relation read
    the plan of somebody who has died.
    """

    address_rule: AddressRule = AddressRule.ALL_IF_ONE
    kept_by_default: frozenset[Right] = frozenset(
        {Right.SEE_PATIENT, Right.PLAN_STATUS, Right.READ_ZONES}
    )
    own_access_from: int = 13
    opened_for: timedelta = timedelta(hours=8)
    emergency_for: timedelta = timedelta(minutes=60)
    read_after_death: timedelta = timedelta(days=365)


DEFAULT = Choices()


class AccessFacts(Noun):
    """What the policy may know of a patient.

    `has_consent` tells of the consent to have a plan: False is withdrawn, None never given.
    """

    birth_date: date
    identity_numbers: tuple[IdentityNumber, ...]
    relations: tuple[Relation, ...]
    is_reserved: bool = False
    has_consent: bool | None = None
    is_address_protected: bool = False
    rules: tuple[AccessRule, ...] = ()
    died_on: date | None = None

    def ties(self, now: datetime) -> Iterator[Relation]:
        """Yield the ties that hold at a time; of the dead, those that outlive them."""
        is_dead = self.died_on is not None
        open_ties = (tie for tie in self.relations if tie.is_open(now))
        return (tie for tie in open_ties if not is_dead or tie.basis in death.TIES)

    def was_parent(self, number: str | None) -> bool:
        """Tell whether somebody has, or had, parental responsibility."""
        parents = (tie for tie in self.relations if tie.basis is Basis.PARENT)
        return number is not None and any(tie.person_number == number for tie in parents)

    def hidden_from_parent(self, number: str | None, now: datetime) -> Iterator[AccessRule]:
        """Yield what is hidden from a parent with a number."""
        rules = self.holding(RuleKind.HIDDEN_FROM_PARENTS, now)
        return (rule for rule in rules if rule.person_number in (None, number))

    def hidden_from_sharer(self, share: Relation, now: datetime) -> Iterator[AccessRule]:
        """Yield what is hidden from the parent who made a share; nobody gives what they don't see.

        Personnel see it, and so do those who share for themselves.
        """
        number = share.shared_by_number
        is_by_parent = share.basis is Basis.SHARE and self.was_parent(number)
        return self.hidden_from_parent(number, now) if is_by_parent else iter(())

    def holding(self, kind: RuleKind, now: datetime) -> Iterator[AccessRule]:
        """Yield the rules of a kind that hold at a time."""
        return (rule for rule in self.rules if rule.kind is kind and rule.holds(now))

    def is_of(self, number: IdentityNumber) -> bool:
        """Tell whether a number is or was the patient's."""
        return any(number.value == own.value for own in self.identity_numbers)
