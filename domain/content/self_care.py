"""The self-care part: zones, what to measure, how to use medicines, and who reads reports when."""

from __future__ import annotations

from datetime import time
from enum import Enum

from domain.coding import Coding
from domain.content.zone import Zone
from domain.noun import Noun
from domain.source.origin import Origin


class Weekday(Enum):
    """A day of the week; the values are ISO 8601's."""

    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6
    SUNDAY = 7


class ReadingHours(Noun):
    """Hours of some weekdays, in Norwegian local time; `closes` is not included.

    00:00 as `closes` is midnight at the day's end. Public holidays are closed.
    """

    weekdays: tuple[Weekday, ...]
    opens: time
    closes: time


class Receiver(Noun):
    """The unit that reads what the patient reports, and what happens when nobody does.

    A yellow or red report unseen for `escalate_after_minutes` of reading time goes to
    `escalate_to`.
    """

    name: str
    organisation_number: str
    phone: str | None = None
    hours: tuple[ReadingHours, ...] = ()
    escalate_to: str | None = None
    escalate_phone: str | None = None
    escalate_after_minutes: int = 60


class Monitoring(Noun):
    """Something to be measured at home; without a value for `every_hours` it counts as silent."""

    id: str
    observable: Coding
    unit: str
    timing: str | None = None
    every_hours: float | None = None
    note: str | None = None


class MedicineInstruction(Noun):
    """How the plan says a medicine is used; the legal list of medicines is the source's.

    `dose` is the strength or dose in words ("5 mg"), compared with the list to tell a plan that may
    be outdated.
    """

    id: str
    medicine: Coding
    instruction: str
    dose: str | None = None
    origin: Origin | None = None


class SelfCare(Noun):
    """The self-care plan's zones from green to red, and what goes with them."""

    zones: tuple[Zone, ...] = ()
    emergency_text: str | None = None
    measurements: tuple[Monitoring, ...] = ()
    medicines: tuple[MedicineInstruction, ...] = ()
    receiver: Receiver | None = None
