"""Why a plan part may be outdated, and how far it has been compared with its sources."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.outdated.comparison import ComparisonState
from domain.outdated.reason import OutdatedKind
from domain.source.section import SourceName
from resolvers import comparison
from schema.field import enum, field, plain

enum(
    OutdatedKind,
    "What was noticed since the part was last looked at. New kinds may be added: show the sentence.",
    NEW_MEDICINE="A medicine is in use that was not.",
    CHANGED_MEDICINE="A medicine or its dosage has changed.",
    STOPPED_MEDICINE="A medicine is no longer in use.",
    PLAN_AND_LIST_DISAGREE="The plan and the medicine list say different doses.",
    NEW_CRITICAL_INFORMATION="There is new critical information.",
    CHANGED_CRITICAL_INFORMATION="Critical information has changed.",
    ENDED_CRITICAL_INFORMATION="Critical information no longer holds.",
    ADMISSION="The patient was admitted to hospital.",
    DISCHARGE="The patient was discharged from hospital.",
    CHANGE_NOT_SEEN="Something changed at the source before anybody could see what it said.",
)
enum(
    ComparisonState,
    "What it is worth that nothing was found.",
    COMPARED="The source answered in full: what was not found had not changed.",
    PARTLY_COMPARED="The source answered, but not with all: what it did not show is not compared.",
    WAITING="The source has not answered since the part was last looked at, or since something "
    "changed. It is asked again.",
    NOT_FOLLOWED="The source has not told of changes for a while: nothing is known of later ones.",
    CLOSED="The source gives out nothing about the patient; it is asked again from time to time.",
)


@strawberry.type(
    description="One reason to think that a part may be outdated. It never says what the source holds."
)
class OutdatedReason:
    kind: OutdatedKind = plain("What was noticed.")
    source: SourceName = plain("Whose data it was noticed in.")
    noticed_at: datetime = plain("When it was noticed.")
    line_id: strawberry.ID | None = plain("The line of the part that it is about, if about one.")
    sentence: str = field(comparison.sentence, "The reason in words.")


@strawberry.type(
    description="How far a part has been compared with a source since it was activated or reviewed."
)
class Comparison:
    source: SourceName = plain("The source.")
    state: ComparisonState = field(comparison.state, "What it is worth that nothing was found.")
    sentence: str = field(comparison.state_in_words, "The same in words.")
    baseline_at: datetime | None = plain(
        "From when on changes are noticed: when the source first answered after the part was last "
        "looked at; null when it has not."
    )
    as_of: datetime | None = plain("Until when it is known what has changed; null when never.")
