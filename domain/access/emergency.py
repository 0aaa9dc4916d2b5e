"""Emergency access (nødtilgang): who may open it, asked before there is any tie to the patient.

It opens what is restricted, and gives those without a care relation what the table has for them. It
never goes past a block, a reservation or a withdrawn consent, and is not for the dead.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from domain.access.decision import Access, decide, refused
from domain.access.facts import DEFAULT, AccessFacts, Choices
from domain.access.lock import LEVEL
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind
from domain.access.viewer import Viewer, ViewerRole
from domain.author import Author
from domain.noun import Noun
from domain.refusal import Refusal

# Numbers that lead to nobody: so many an hour are a slip of the hand, more may be a search.
MOST_MISSES = 5
MISSES_WINDOW = timedelta(hours=1)

# What must not be told to whoever looks for a patient by number: there is nobody to be found.
UNTOLD = frozenset({Refusal.RESERVED, Refusal.NO_CONSENT, Refusal.DECEASED})


class Search(Noun):
    """That somebody looked for a patient by number in an emergency; the number is kept nowhere."""

    id: str
    at: datetime
    hpr_number: str
    by: Author
    legal_entity: str | None = None
    is_found: bool = False


def refusal(viewer: Viewer) -> Refusal | None:
    """Return why somebody opens no emergency access, whoever the patient is; None when they may."""
    if viewer.role is not ViewerRole.CLINICIAN or None in (viewer.hpr_number, viewer.organisation):
        return Refusal.ROLE
    if viewer.is_student:
        return Refusal.STUDENT
    return Refusal.SECURITY_LEVEL if viewer.security_level < LEVEL else None


def access(viewer: Viewer, facts: AccessFacts, now: datetime, choices: Choices = DEFAULT) -> Access:
    """Return what somebody has once they open emergency access, or why they may not.

    The zone sheet decides: where it stays closed, nothing is opened.
    """
    against = refusal(viewer) or (None if facts.died_on is None else Refusal.DECEASED)
    if against is not None:
        return refused(against)
    opened = replace(facts, rules=(*facts.rules, _opened(viewer, now, choices)))
    would_have = decide(viewer, opened, now, choices)
    closed = would_have.on(Right.READ_ZONES).refusal
    return would_have if closed is None else refused(closed)


def _opened(viewer: Viewer, now: datetime, choices: Choices) -> AccessRule:
    return AccessRule(
        id="",
        patient_id="",
        version=1,
        kind=RuleKind.EMERGENCY,
        set_by=Author(name=viewer.name or viewer.subject),
        since=now,
        until=now + choices.emergency_for,
        hpr_number=viewer.hpr_number,
        organisation=viewer.organisation,
    )
