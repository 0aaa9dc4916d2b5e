from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.coding import Coding
from domain.outdated.source_line import SOURCE_OF, SourceLine, lines_of
from domain.source.appointment import Appointment, AppointmentStatus
from domain.source.critical_info import Certainty, CriticalInfo, CriticalInfoCategory
from domain.source.medication import Medication, MedicationStatus
from domain.source.section import Reason, ReasonCode, Section, SectionName, SourceName
from tests.builders import NOW

FRISIUM = Medication(
    id="pll-1",
    name="Frisium tab 10 mg",
    status=MedicationStatus.ACTIVE,
    status_text="active",
    dosage="1 tablett hver kveld",
)
LATEX = CriticalInfo(
    id="kj-1",
    category=CriticalInfoCategory.ALLERGY,
    concept=Coding(text="Lateks"),
    is_active=True,
    certainty=Certainty.CONFIRMED,
)
STAY = Appointment(
    id="ahi-1", status=AppointmentStatus.ARRIVED, status_text="arrived", is_inpatient=True
)


def lines(name: SectionName, *items: Any, reasons: tuple[Reason, ...] = ()) -> list[SourceLine]:
    return list(lines_of(name, Section.answered(SOURCE_OF[name], items, NOW, reasons)))


def line(name: SectionName, item: Any) -> SourceLine:
    (only,) = lines(name, item)
    return only


@pytest.mark.parametrize(
    "change",
    [
        {"prescribed_on": date(2026, 11, 1)},
        {"prescription_expires_on": date(2027, 11, 1)},
        {"refills": 3},
        {"registered_by": "En annen lege"},
    ],
)
def test_a_renewed_prescription_says_the_same(change: dict[str, Any]) -> None:
    renewed = line(SectionName.MEDICATIONS, replace(FRISIUM, **change))
    assert renewed == line(SectionName.MEDICATIONS, FRISIUM)


@pytest.mark.parametrize(
    "change",
    [
        {"dosage": "2 tabletter hver kveld"},
        {"name": "Frisium tab 5 mg"},
        {"short_dosage": "0+0+2"},
        {"as_needed": True},
        {"status": MedicationStatus.ON_HOLD, "status_text": "on-hold"},
    ],
)
def test_another_dosage_or_strength_says_something_else(change: dict[str, Any]) -> None:
    changed = line(SectionName.MEDICATIONS, replace(FRISIUM, **change))
    assert changed.says != line(SectionName.MEDICATIONS, FRISIUM).says
    assert changed.is_current


@pytest.mark.parametrize(
    ("status", "is_current"),
    [
        (MedicationStatus.STOPPED, False),
        (MedicationStatus.COMPLETED, False),
        (MedicationStatus.NOT_TAKEN, False),
        (MedicationStatus.INTENDED, True),
        (MedicationStatus.UNKNOWN, True),
    ],
)
def test_a_status_that_we_do_not_know_is_not_taken_for_an_end(
    status: MedicationStatus, is_current: bool
) -> None:
    assert line(SectionName.MEDICATIONS, replace(FRISIUM, status=status)).is_current is is_current


def test_a_locked_medicine_is_no_line() -> None:
    assert lines(SectionName.MEDICATIONS, replace(FRISIUM, is_locked=True)) == []


def test_without_prescriptions_nobody_knows_what_is_hidden_from_guardians() -> None:
    reason = Reason(code=ReasonCode.NO_PRESCRIPTION_LOOKUP)
    (shut,) = lines(SectionName.MEDICATIONS, FRISIUM, reasons=(reason,))
    assert shut.is_hidden_from_guardians
    assert not line(SectionName.MEDICATIONS, FRISIUM).is_hidden_from_guardians


def test_critical_information_that_is_refuted_or_inactive_does_not_hold() -> None:
    name = SectionName.CRITICAL_INFO
    assert line(name, LATEX).is_current
    assert not line(name, replace(LATEX, certainty=Certainty.REFUTED)).is_current
    assert not line(name, replace(LATEX, is_active=False)).is_current
    assert line(name, replace(LATEX, is_active=None)).is_current


def test_only_stays_that_have_begun_are_lines() -> None:
    name = SectionName.APPOINTMENTS
    assert line(name, STAY).is_current
    assert not line(name, replace(STAY, status=AppointmentStatus.FULFILLED)).is_current
    assert lines(name, replace(STAY, status=AppointmentStatus.BOOKED)) == []
    assert lines(name, replace(STAY, is_inpatient=False)) == []


def test_a_source_that_said_nothing_has_no_lines() -> None:
    silent: Section[Any] = Section.missing(SourceName.MEDICATION, ReasonCode.SOURCE_TIMEOUT)
    assert lines_of(SectionName.MEDICATIONS, silent) == ()
    assert lines_of(SectionName.DOCUMENTS, silent) == ()


def test_the_text_form_of_a_line_shows_nothing() -> None:
    assert repr(line(SectionName.MEDICATIONS, FRISIUM)) == "SourceLine()"
