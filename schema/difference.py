"""What differs between two versions, and what clashes, as the graph shows it."""

from __future__ import annotations

import strawberry

from domain.content.line import ContentSection
from domain.revision.clash import ClashKind
from domain.revision.difference import ChangeKind
from resolvers import difference
from schema.field import enum, plain
from schema.field import field as kept_by

enum(
    ContentSection,
    "The sections of what a plan says.",
    ABOUT="Title, description, what matters, period and interpreter.",
    PASSAGES="Texts under headings.",
    PROBLEMS="Problems.",
    GOALS="Goals.",
    ACTIONS="Actions.",
    ZONES="Zones, and what to do in an emergency.",
    MEASUREMENTS="What is measured at home.",
    MEDICINES="How medicines are used.",
    RECEIVER="Who reads what is reported.",
    CONTACTS="Whom to call.",
)
enum(
    ChangeKind,
    "What happened to a line.",
    ADDED="It is new.",
    REMOVED="It is gone.",
    CHANGED="It says something else.",
    MOVED="The lines of the section have a new order; told once for the section.",
)
enum(
    ClashKind,
    "Why a machine must not choose between two changes.",
    BOTH_CHANGED="Both sides changed the line, and not alike.",
    BOTH_ADDED="Both added a line with the same id, diagnosis, measurement or medicine.",
    CHANGED_AND_REMOVED="One side changed what the other removed.",
    REMOVED_AND_USED="One side removed what a line of the other points at.",
    LIMITS_APART="Each side moved limits of one measure, in different zones.",
    PERIOD_BACKWARDS="Together, the end would come before the start.",
    SAME_ID="One id for two lines of different sections.",
)


@strawberry.type(description="One field of a line that says something else.")
class FieldChange:
    field: str = plain("Its path from the line, as in `target.due`.")
    name: str = kept_by(difference.field_name, "What it is called, in words.")
    before: list[str] = kept_by(
        difference.before, "What it said, in words; several for a list.", size=10
    )
    after: list[str] = kept_by(
        difference.after, "What it says, in words; several for a list.", size=10
    )


@strawberry.type(description="One line that differs between two versions.")
class Difference:
    section: ContentSection = plain("The section it stands in.")
    line: strawberry.ID | None = plain(
        "The line's id, a zone's level, or a field's name; null for the order of a section."
    )
    label: str = kept_by(difference.label, "What the line is called.")
    kind: ChangeKind = plain("What happened to it.")
    sentence: str = kept_by(
        difference.sentence, "The difference in words, in the language of Accept-Language."
    )
    changes: list[FieldChange] = plain("Its fields that say something else.", size=10)


@strawberry.type(description="One line that somebody must settle before two versions can be one.")
class Clash:
    section: ContentSection = plain("The section it stands in.")
    line: strawberry.ID = plain("The line's id, a zone's level, or a field's name.")
    label: str = kept_by(difference.clash_label, "What the line is called.")
    kind: ClashKind = plain("Why a machine must not choose.")
    sentence: str = kept_by(difference.clash_sentence, "The clash in words.")
    ours: Difference = plain("What the writer has done.")
    theirs: Difference = plain("What others have done meanwhile.")
