"""Measured values as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.content.observable import CATALOGUE, Observable, name
from domain.following.entry import EntrySource, EntryStatus
from resolvers import correction, report
from schema.correction import EntryDecision
from schema.entry import EntryChange, ReplacedEntry
from schema.field import enum, field, plain


def _described(observable: Observable) -> str:
    known = CATALOGUE[observable]
    units = ", ".join((known.unit, *known.units))
    codes = ", ".join(code for _, code in known.codes)
    words = name(observable, "en")
    return f"{words[0].upper()}{words[1:]}; {units} (codes {codes})."


enum(
    Observable,
    "What can be measured at home. A blood pressure is two: one for each of its numbers.",
    **{each.name: _described(each) for each in Observable},
)


@strawberry.type(description="One measured value, as it was registered.")
class Measurement:
    id: strawberry.ID = plain("The value's id within its report.")
    observable: Observable = plain("What was measured.")
    name: str = field(report.name_of, "What was measured, in words.")
    value: float = plain("How much, in the unit.")
    unit: str = plain("The unit (UCUM).")
    quantity: str = field(report.in_words, "The value with its unit, as people write it.")
    measured_at: datetime = plain("When it was measured, by the clock of who measured.")
    received_at: datetime = plain("When it came here, by our clock.")
    is_late: bool = plain("Whether it came over an hour after it was measured.")
    is_possible: bool = plain("Whether it can be a measurement at all.")
    source: EntrySource = plain("Who or what it comes from.")
    source_label: str = field(report.source_label, "The same as a label to show beside it.")
    device_id: str | None = plain("The device, as it names itself.")
    status: EntryStatus = plain("What became of it.")
    status_label: str = field(report.status_label, "The same in words.")
    change: EntryChange | None = plain("Why it is no longer current.")
    replaces: ReplacedEntry | None = plain("The value that it stands for.")
    decisions: list[EntryDecision] = field(
        correction.beside,
        "Requests to correct or delete it that were granted, in whole or in part, newest first.",
        size=2,
    )
