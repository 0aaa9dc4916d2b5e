"""Whose word a choice rests on, as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.given_word import WordGiver
from schema.author import Author
from schema.field import enum, plain

enum(
    WordGiver,
    "Whose word it is.",
    PATIENT="The patient's own, from 16; of agreement also that of a child who has been heard.",
    PARENT="A parent's, for a child under 12; of agreement until 16.",
    CHILD_AND_PARENTS="Child and parents have been heard together; from 12 to 16.",
    CHILD_WELFARE="The child welfare service's, which has taken over the care.",
    GUARDIAN="A guardian's, within the mandate.",
)


@strawberry.type(description="A word that was given: by whom, when, and who wrote it down.")
class GivenWord:
    at: datetime = plain("When.")
    by: str = plain("Who gave it.")
    giver: WordGiver = plain("Whose word it is.")
    registered_by: Author | None = plain("Who wrote it down; null for the person's own act.")
    how: str | None = plain("How it was said, when it was written down.")


@strawberry.type(
    description="What health personnel state when they write down somebody's word for them. Left "
    "out by citizens, who give their own."
)
class SpokenWord:
    by: str = plain("Who said it, by name.")
    giver: WordGiver = plain("Whose word it is; it must suit the patient's age.")
    how: str = plain("How and where it was said.")


@strawberry.type(description="Lends its field's type to inputs; it is not in the graph itself.")
class Choice:
    spoken: SpokenWord | None = plain(
        "Whose word is written down, and how it was given. Needed from health personnel, left out "
        "by citizens."
    )
