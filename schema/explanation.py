"""Why somebody may see or do something, as the graph tells it."""

from __future__ import annotations

from datetime import date

import strawberry

from domain.access.explanation import AccessOutcome
from domain.access.lock import Key
from domain.access.right import Right
from domain.access.standing import Standing
from domain.refusal import Refusal
from domain.source.section import SectionName
from domain.wording.policy import KEYS
from domain.wording.right import RIGHTS
from domain.wording.standing import WHO
from domain.words import capital
from resolvers import explanation
from schema.field import enum, field, plain

enum(
    Right,
    "What somebody may be entitled to with a patient's plan: the rows of the policy's table.",
    **{right.name: f"{capital(RIGHTS[right].en)}." for right in Right},
)
enum(
    Standing,
    "As what somebody stands before a patient, at this time and in this login.",
    **{standing.name: WHO[standing].en for standing in Standing},
)
enum(
    Key,
    "What opens what is closed.",
    **{key.name: f"{capital(KEYS[key].en)}." for key in Key},
)
enum(
    AccessOutcome,
    "What comes of a decision.",
    ALLOW="All of it is given.",
    MASK="Some of it is given: what `condition` says, or pieces of it.",
    WITHHOLD="It is closed, and can be opened.",
    DENY="It is not given.",
)
enum(
    SectionName,
    "The sections of a patient that sources feed.",
    MEDICATIONS="Medicines in use.",
    CRITICAL_INFO="What anyone who treats the patient must know first.",
    APPOINTMENTS="Hospital appointments.",
    DOCUMENTS="Documents that the hospital shares.",
    CARE_TEAM="Those who treat the patient according to the hospital.",
)


@strawberry.type(description="A section of a law that access rests on, with its dates.")
class LegalBasis:
    key: str = plain("A stable name for it.")
    law: str = field(explanation.law, "The law and its section, as it is cited.")
    about: str = field(explanation.about, "What it says, in short.")
    since: date = plain("From which day it is law, included.")
    until: date | None = plain("Until which day, not included; null until further notice.")
    is_confirmed: bool = plain("Whether what it says was read in a source.")


@strawberry.type(description="Why the viewer has a right to a patient's plan, or has not.")
class AccessExplanation:
    right: Right = plain("The right.")
    name: str = field(explanation.name, "The right in words.")
    outcome: AccessOutcome = plain("What comes of the decision.")
    sentence: str = field(explanation.sentence, "Whether the viewer has it, and why, in words.")
    reason: Refusal | None = field(
        explanation.reason, "The rule that stands against it; null where nothing does."
    )
    condition: str | None = field(explanation.condition, "What it is given on, in words.")
    can_be_opened: bool = field(
        explanation.can_be_opened, "Whether what is closed can be opened by the viewer."
    )
    can_be_opened_by: list[Key] = field(explanation.opened_by, "What opens it.", size=4)
    would_change: list[str] = field(
        explanation.changes,
        "What would change the answer, in words; empty where all is given.",
        size=4,
    )
    legal_bases: list[LegalBasis] = field(
        explanation.legal_bases,
        "The laws in force today that give it, or that stand against it; empty where the rule is "
        "the process's own.",
        size=3,
    )


@strawberry.type(description="What the viewer may see and do with a patient's plan, and why.")
class ExplainedAccess:
    standing: Standing | None = plain("As what the viewer stands before the patient.")
    standing_name: str | None = field(explanation.standing_name, "The same in words.")
    notice: str | None = field(
        explanation.notice,
        "What the patient and everybody who represents the patient is always told, whether "
        "anything is left out or not; null to others.",
    )
    explanations: list[AccessExplanation] = plain("The answers to what was asked.", size=50)
