"""Somebody's word on the plan itself: the patient's own act, or spoken and written down for them.

Who may give it follows the health law's ages: the patient from 16, a parent for a child under 12,
and in between health personnel write down what they have heard of child and parents
(pasient- og brukerrettighetsloven §§ 4-3 and 4-4; section numbers need a lawyer's check).
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from domain.author import Author
from domain.noun import Noun

OF_AGE = 16
HEARD_FROM = 12


class WordGiver(Enum):
    """Whose word it is."""

    PATIENT = "PATIENT"
    PARENT = "PARENT"
    CHILD_AND_PARENTS = "CHILD_AND_PARENTS"
    CHILD_WELFARE = "CHILD_WELFARE"
    GUARDIAN = "GUARDIAN"


def givers_at(age: int) -> frozenset[WordGiver]:
    """Return whose word counts at an age in years."""
    if age >= OF_AGE:
        return frozenset({WordGiver.PATIENT, WordGiver.GUARDIAN})
    if age >= HEARD_FROM:
        return frozenset({WordGiver.CHILD_AND_PARENTS, WordGiver.CHILD_WELFARE})
    return frozenset({WordGiver.PARENT, WordGiver.CHILD_AND_PARENTS, WordGiver.CHILD_WELFARE})


# Agreement is each person's own (two parents may differ), so that of a child who is heard, and of
# one parent, can be written down beside what all of them say together.
HEARD = frozenset(
    {
        WordGiver.PATIENT,
        WordGiver.PARENT,
        WordGiver.CHILD_AND_PARENTS,
        WordGiver.CHILD_WELFARE,
    }
)


def is_heard(age: int) -> bool:
    """Tell whether child and parents are heard by personnel, who write their word down."""
    return HEARD_FROM <= age < OF_AGE


class SpokenWord(Noun):
    """What health personnel state when they write somebody's word down for them.

    `by` names who said it, `how` tells in words how and where it was said.
    """

    by: str
    giver: WordGiver
    how: str


class GivenWord(Noun):
    """A word that was given: when, by whom, and who wrote it down if it was spoken.

    `by` is the name of the patient or parent; `registered_by` and `how` are None when they gave it
    themselves.
    """

    at: datetime
    by: str
    giver: WordGiver
    registered_by: Author | None = None
    how: str | None = None
