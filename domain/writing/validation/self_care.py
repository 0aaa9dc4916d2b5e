"""The self-care part: zones, measurements, medicines and the emergency text."""

from __future__ import annotations

from domain.code_system import FOR_MEDICINES
from domain.content.self_care import MedicineInstruction, Monitoring, SelfCare
from domain.writing.validation.coding import code, measure, taken_over
from domain.writing.validation.line import few, placed
from domain.writing.validation.number import hours
from domain.writing.validation.overlap import together
from domain.writing.validation.receiver import receiver
from domain.writing.validation.text import (
    Faults,
    identifier,
    optional_line,
    optional_text,
    required_text,
)
from domain.writing.validation.zone import zones


def self_care(care: SelfCare, at: str) -> Faults:
    """Check a self-care part."""
    yield from zones(care.zones, f"{at}.zones")
    yield from optional_text(care.emergency_text, f"{at}.emergencyText")
    yield from few(care.measurements, f"{at}.measurements")
    for measurement, place in placed(care.measurements, f"{at}.measurements"):
        yield from _measurement(measurement, place)
    yield from few(care.medicines, f"{at}.medicines")
    for medicine, place in placed(care.medicines, f"{at}.medicines"):
        yield from _medicine(medicine, place)
    if care.receiver:
        yield from receiver(care.receiver, f"{at}.receiver")
    yield from together(care, at)


def _measurement(measurement: Monitoring, at: str) -> Faults:
    yield from identifier(measurement.id, f"{at}.id")
    yield from measure(measurement.observable, measurement.unit, at)
    yield from optional_line(measurement.timing, f"{at}.timing")
    yield from hours(measurement.every_hours, f"{at}.everyHours")
    yield from optional_text(measurement.note, f"{at}.note")


def _medicine(medicine: MedicineInstruction, at: str) -> Faults:
    yield from identifier(medicine.id, f"{at}.id")
    yield from code(medicine.medicine, f"{at}.medicine", FOR_MEDICINES, medicine.origin)
    yield from required_text(medicine.instruction, f"{at}.instruction")
    yield from optional_line(medicine.dose, f"{at}.dose")
    yield from taken_over(medicine.origin, f"{at}.origin")
