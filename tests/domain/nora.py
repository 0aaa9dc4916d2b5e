"""Nora's self-care plan, and what is measured and told under it; a test changes what it is about.

The numbers are examples in a synthetic plan, no advice.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from domain.coding import Coding
from domain.content.observable import LOINC, Observable
from domain.content.self_care import Monitoring, ReadingHours, Receiver, SelfCare, Weekday
from domain.content.zone import Threshold, ThresholdBasis, Zone, ZoneLevel
from domain.following.entry import EntrySource
from domain.following.measurement import Measurement
from domain.following.report import Report
from tests.builders import NOW

GREEN, YELLOW, RED = ZoneLevel.GREEN, ZoneLevel.YELLOW, ZoneLevel.RED
PEAK_FLOW = Coding(text="PEF", system=LOINC, code="19935-6")
SATURATION = Coding(text="SpO2", system=LOINC, code="2708-6")
GLUCOSE = Coding(text="Blodsukker", system=LOINC, code="15074-8")
WEIGHT = Coding(text="Vekt", system=LOINC, code="29463-7")
SYSTOLIC = Coding(text="Overtrykk", system=LOINC, code="8480-6")

WORKDAYS = tuple(Weekday)[:5]
OFFICE_HOURS = ReadingHours(weekdays=WORKDAYS, opens=time(8), closes=time(15))
WARD = Receiver(
    name="Barneavdelingen",
    organisation_number="974795515",
    phone="55 00 00 01",
    hours=(OFFICE_HOURS,),
    escalate_to="Vakthavende lege",
    escalate_after_minutes=60,
)


def a_threshold(
    low: float | None, high: float | None, of: Coding = GLUCOSE, unit: str = "mmol/L", **more: Any
) -> Threshold:
    return Threshold(observable=of, unit=unit, low=low, high=high, **more)


def of_best(low: float | None, high: float | None, best: float | None = 310.0) -> Threshold:
    basis = ThresholdBasis.PERCENT_OF_BASELINE
    return a_threshold(low, high, PEAK_FLOW, "L/min", basis=basis, baseline=best)


def a_zone(level: ZoneLevel, *thresholds: Threshold, **more: Any) -> Zone:
    known: dict[str, Any] = {
        "condition": f"Slik er {level.name}.",
        "what_to_do": f"Gjør som {level.name} sier.",
        "thresholds": thresholds,
    }
    return Zone(level=level, **known | more)


def a_plan(*zones: Zone, **more: Any) -> SelfCare:
    return SelfCare(zones=zones, **more)


NORAS = a_plan(
    a_zone(GREEN, of_best(80, None), warning_signs=("Løper uten å hoste",)),
    a_zone(YELLOW, of_best(50, 80), warning_signs=("Feber",), contact="Ingrid, 55 00 00 01"),
    a_zone(RED, of_best(None, 50), warning_signs=("Drar inn mellom ribbeina",)),
    receiver=WARD,
    measurements=(
        Monitoring(id="m1", observable=PEAK_FLOW, unit="L/min", every_hours=24, timing="Morgen"),
    ),
)
BOTH = a_plan(
    a_zone(GREEN, of_best(80, None), a_threshold(94, None, SATURATION, "%")),
    a_zone(YELLOW, of_best(50, 80), a_threshold(91, 94, SATURATION, "%")),
    a_zone(RED, of_best(None, 50), a_threshold(None, 91, SATURATION, "%")),
)


def a_value(
    value: float,
    observable: Observable = Observable.PEAK_FLOW,
    unit: str = "L/min",
    ago: timedelta = timedelta(minutes=5),
    **more: Any,
) -> Measurement:
    measured_at: datetime = more.pop("measured_at", NOW - ago)
    known: dict[str, Any] = {
        "id": f"msm-{observable.name}-{value}-{measured_at.isoformat()}",
        "patient_id": "pat-nora",
        "source": EntrySource.SELF,
        "author": "Kari Fjell",
        "author_id": "s-kari",
        "on_behalf_of": "Nora Fjell",
        "received_at": NOW,
        "report_id": "rep-1",
    }
    fixed = {"observable": observable, "value": value, "unit": unit, "measured_at": measured_at}
    return Measurement(**known | fixed | more)


def glucose(value: float, ago: timedelta = timedelta(minutes=5), **more: Any) -> Measurement:
    return a_value(value, Observable.GLUCOSE, more.pop("unit", "mmol/L"), ago, **more)


def a_report(*values: Measurement, **more: Any) -> Report:
    known: dict[str, Any] = {
        "id": "rep-1",
        "patient_id": "pat-nora",
        "source": EntrySource.SELF,
        "author": "Kari Fjell",
        "author_id": "s-kari",
        "on_behalf_of": "Nora Fjell",
        "received_at": NOW,
        "happened_at": NOW - timedelta(minutes=5),
        "part_id": "prt-1",
        "content_version": 3,
        "measurements": values,
    }
    return Report(**known | more)
