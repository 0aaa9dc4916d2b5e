"""A child's two homes: what is of the one is not shown to the other, since it could be dangerous.

Parents are of two homes where one is registered at the child's address and the other is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from domain.access.decision import Access
from domain.access.relation import Basis, Relation
from domain.plan.approval import Agreement
from domain.source.appointment import Appointment
from domain.source.section import Section


def other_home(access: Access, ties: Iterable[Relation], now: datetime) -> frozenset[str]:
    """Return the names of the parents of the other home; nobody to those who are no parent.

    To next of kin who were a parent, it is the home that the other parent had.
    """
    number = access.relation.person_number if access.relation else None
    if not access.is_parent or number is None:
        return frozenset()
    parents = [
        tie for tie in ties if tie.basis is Basis.PARENT and (tie.is_open(now) or access.was_parent)
    ]
    homes = {tie.lives_with_patient for tie in parents if tie.person_number == number}
    return frozenset(
        tie.person_name
        for tie in parents
        if tie.person_name and tie.person_number != number and {tie.lives_with_patient} != homes
    )


def words_of_own_home(
    agreements: Iterable[Agreement], own: str | None, others: frozenset[str]
) -> tuple[Agreement, ...]:
    """Return what everybody says of a part, as a parent with the name `own` is shown it.

    What the other home says stands, but not what they added to it. What personnel have written down
    is shown so to all but whom it names, since several may have been heard.
    """
    return tuple(each if _is_shown(each, own, others) else _bare(each) for each in agreements)


def _is_shown(agreement: Agreement, own: str | None, others: frozenset[str]) -> bool:
    if agreement.word is not None:
        return agreement.person == own
    return agreement.person not in others


def _bare(agreement: Agreement) -> Agreement:
    word = agreement.word
    return replace(agreement, comment=None, word=word and replace(word, how=None))


def without_places(section: Section[Appointment]) -> Section[Appointment]:
    """Return appointments without where they are and with whom.

    So they are shown to a parent of the home where the child is not registered: when the child is
    at a place is the other home's whereabouts.
    """
    if section.items is None:
        return section
    items = tuple(
        replace(each, location=None, practitioner=None, instruction=None) for each in section.items
    )
    return replace(section, items=items)
