"""Measurements over time as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.content.observable import Observable
from domain.content.zone import ZoneLevel
from domain.following.entry import EntrySource, EntryStatus
from resolvers import series
from schema.field import field, plain


@strawberry.type(description="One value in a graph; only current ones count.")
class SeriesPoint:
    measurement_id: strawberry.ID = plain("The value.")
    measured_at: datetime = plain("When it was measured.")
    value: float | None = plain(
        "In the unit of the series; null when the registered unit can't be converted."
    )
    is_possible: bool = plain("Whether it can be a measurement at all.")
    is_late: bool = plain("Whether it came over an hour after it was measured.")
    source: EntrySource = plain("Who or what it comes from.")
    source_label: str = field(series.source_label, "The same as a label to show beside it.")
    status: EntryStatus = plain("What became of it; all but CURRENT are shown as changed.")


@strawberry.type(
    description="A zone's stretch of a graph: low <= value < high; an open end is null."
)
class ZoneBand:
    level: ZoneLevel = plain("The zone.")
    low: float | None = plain("The lowest value in it, in the unit of the series.")
    high: float | None = plain("The first value above it.")
    for_hours: float | None = plain("How many hours a value must have lasted to be in it.")
    is_example: bool = plain("Whether it is a template's example that nobody has set.")


@strawberry.type(description="One observable over time, with the plan's zones behind it.")
class Series:
    observable: Observable = plain("What was measured.")
    name: str = field(series.name_of, "The same in words.")
    unit: str = plain("The unit of all points and bands (UCUM).")
    points: list[SeriesPoint] = plain(
        "The values, oldest first; at most the 5 000 newest.", size=1000
    )
    bands: list[ZoneBand] = plain("The zones of the plan in use, from worst to best.", size=20)
    is_cut: bool = plain("Whether older values in the period are left out.")


@strawberry.type(
    description="Something the plan asks to be measured, of which there is no usable value for "
    "longer than it says."
)
class Silence:
    monitoring_id: strawberry.ID = plain("The line of the plan that asks for it.")
    name: str = plain("What it is, in the plan's words.")
    since: datetime | None = plain("When the last one was measured; null when there is none.")
    sentence: str = field(series.silence_sentence, "The same in words.")
