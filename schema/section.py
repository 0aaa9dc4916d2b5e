"""The envelope that every source-fed section comes in."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.access.lock import Key
from domain.refusal import Refusal
from domain.source import section as domain_section
from domain.source.section import ReasonCode, SectionState, SourceName
from domain.wording.reason import sentence
from resolvers import section
from schema.field import enum, field, plain

enum(
    SectionState,
    "What may be concluded from a section. When several apply, the worst is shown; the values "
    "stand from best to worst.",
    OK="The source answered in full; an empty list is its own word that it holds nothing.",
    PARTIAL="The source answered, but something is missing from what is shown; see the reasons.",
    STALE="The source can't be reached now; what is shown is an older copy, see `age`.",
    WITHHELD="Something is there, or may be, that is held back from this viewer by the source or "
    "by the access policy.",
    NOT_ASKED="The data was not asked for, since the source can't hold it for this patient.",
    UNAVAILABLE="The source gave no answer that can be used; nothing is known of what it holds.",
)
enum(
    SourceName,
    "The systems that own what sections show.",
    KJERNEJOURNAL="Kjernejournal, the national summary record.",
    MEDICATION="The national medicine list (PLL) and prescriptions, through SFM.",
    HOSPITAL="The hospital's record system.",
)
enum(
    ReasonCode,
    "Why a section is not simply OK. New codes may be added: show the sentence of one you don't "
    "know.",
    **{code.name: sentence(code, "en") for code in ReasonCode},
)
enum(
    Refusal,
    "The rule that stands against access.",
    **{code.name: sentence(code, "en") for code in Refusal},
)


@strawberry.type(description="One cause of a section's state.")
class Reason:
    code: ReasonCode = plain("The stable code.")
    sentence: str = field(
        section.reason_sentence, "The reason in words, in the language of Accept-Language."
    )
    count: int | None = plain("How many items it concerns, where the source tells.")
    path: str | None = plain(
        "The place of a wrong value in the source's answer; never the value itself."
    )
    refusal: Refusal | None = plain("The access rule behind ACCESS_DENIED.")
    opened_by: list[Key] = field(
        section.opened_by, "What would open it for this viewer; empty where nothing does.", size=2
    )


@strawberry.interface(
    description="What one source answered about one patient, and what may be concluded from it. "
    "The state never depends on what is selected."
)
class Section:
    state: SectionState = plain("What may be concluded: the worst of what applies.")
    reasons: list[Reason] = plain("Everything that keeps the section from being OK.", size=5)
    source: SourceName = plain("The system that owns the data.")
    retrieved_at: datetime | None = plain(
        "When the source said so; null if it didn't answer. The source's own lookup time where it "
        "states one."
    )
    age: int | None = field(section.age, "Seconds since `retrievedAt`, at the time of the answer.")
    withheld_count: int | None = plain(
        "How many items are held back, where that is known. What the policy or a lock holds back is "
        "not fetched, so of that it is null: nobody has counted."
    )
    total: int | None = field(
        section.total, "How many items there are; null when we can't say what the source holds."
    )

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:
        return isinstance(value, domain_section.Section)
