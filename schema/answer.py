"""The answer to a report, as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.content.observable import Observable
from domain.content.zone import ZoneLevel
from domain.following.answer import Called
from resolvers import report
from schema.assessment import Assessment
from schema.field import enum, field, plain
from schema.self_care import ReadingHours
from schema.zone import Zone

enum(
    Called,
    "Who answers a call.",
    EMERGENCY="The emergency line, 113: at all hours.",
    OUT_OF_HOURS="The out-of-hours clinic, 116117: at all hours.",
    UNIT="The unit that reads reports, while it is open.",
    CONTACT="Somebody that the plan names.",
)


@strawberry.type(description="Somebody to call.")
class Call:
    called: Called = plain("Who answers.")
    phone: str | None = plain("The number; null where the plan has it among the words.")
    label: str | None = plain("Who it is, in the plan's words.")
    hours: str | None = plain("When they answer, in the plan's words.")


@strawberry.type(description="Whether somebody reads what is reported.")
class Reading:
    at: datetime = plain("The time that this is about.")
    reader: str | None = plain("The unit; null when the plan names nobody.")
    hours: list[ReadingHours] = plain("When it reads.", size=14)
    hours_in_words: str = field(report.hours_in_words, "The hours in words; empty when unknown.")
    is_open: bool = plain("Whether somebody reads now. If not, nobody is watching.")
    closes_at: datetime | None = plain("Until when, while somebody reads.")
    opens_next_at: datetime | None = plain("When somebody reads next, while nobody does.")


@strawberry.type(
    description="What the reporter is told: which zone, what the plan says to do, who reads it and "
    "when, and whom to call now."
)
class Answer:
    level: ZoneLevel | None = plain("The zone; null where it can't be said.")
    assessment: Assessment | None = plain("What decided, or why it can't be said.")
    zones: list[Zone] = plain(
        "The plan's own text: the zone it is, or all with the worst first where none can be said.",
        size=3,
    )
    to_measure_again: list[Observable] = plain(
        "What is to be measured again, since the value can't be right or can't be understood; the "
        "unit that reads is told as of a yellow report.",
        size=5,
    )
    reading: Reading = plain("Who reads, and whether they do so now.")
    calls: list[Call] = plain(
        "Whom to call, those who answer now first; always 113 and 116117.", size=10
    )
    escalates_at: datetime | None = plain(
        "When a yellow or red report that nobody has seen is passed on."
    )
    escalates_to: str | None = plain("To whom.")
    sentences: list[str] = field(
        report.sentences, "All of it in words, in the language of Accept-Language.", size=10
    )
