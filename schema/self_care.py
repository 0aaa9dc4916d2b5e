"""The self-care part as the graph shows it."""

from __future__ import annotations

from datetime import time

import strawberry

from domain.content import self_care as domain_self_care
from domain.content.self_care import Weekday
from schema.coding import Coding
from schema.field import enum, plain, twin
from schema.origin import Origin
from schema.zone import Zone

enum(
    Weekday,
    "A day of the week.",
    MONDAY="Monday.",
    TUESDAY="Tuesday.",
    WEDNESDAY="Wednesday.",
    THURSDAY="Thursday.",
    FRIDAY="Friday.",
    SATURDAY="Saturday.",
    SUNDAY="Sunday.",
)


@strawberry.type(
    description="Hours of some weekdays, in Norwegian local time; public holidays are closed."
)
class ReadingHours:
    weekdays: list[Weekday] = plain("The days.", size=7)
    opens: time = plain("From when.")
    closes: time = plain("Until when, not included; 00:00 is midnight at the day's end.")


@strawberry.type(description="The unit that reads what the patient reports.")
class Receiver:
    name: str = plain("The unit.")
    organisation_number: str = plain("The unit's organisation number.")
    phone: str | None = plain("Its telephone.")
    hours: list[ReadingHours] = plain(
        "When somebody reads. Outside these hours nobody watches.", size=14
    )
    escalate_to: str | None = plain("Who is told when a yellow or red report stays unseen.")
    escalate_phone: str | None = plain("Their telephone.")
    escalate_after_minutes: int = plain("After how many minutes of reading time that happens.")


@strawberry.type(description="Something to be measured at home.")
class Monitoring:
    id: strawberry.ID = plain("The line's id within the plan part.")
    observable: Coding = plain("What is measured (LOINC, SNOMED CT).")
    unit: str = plain("The unit (UCUM).")
    timing: str | None = plain("When, in words.")
    every_hours: float | None = plain(
        "Without a value for so many hours it counts as silent; null when it has no rhythm."
    )
    note: str | None = plain("A remark.")


@strawberry.type(
    description="How the plan says a medicine is used; the legal list is the medication source's."
)
@twin(domain_self_care.MedicineInstruction)
class MedicineInstruction:
    id: strawberry.ID = plain("The line's id within the plan part.")
    medicine: Coding = plain("The medicine (ATC) or its name.")
    instruction: str = plain("How it is used, in words.")
    dose: str | None = plain("The strength or dose in words; compared with the medicine list.")
    origin: Origin | None = plain("The source it was taken over from; null when written here.")


@strawberry.type(description="The self-care plan: zones, and what goes with them.")
class SelfCare:
    zones: list[Zone] = plain("The zones, from green to red.", size=3)
    emergency_text: str | None = plain("What to say and do in an emergency.")
    measurements: list[Monitoring] = plain("What is to be measured at home.", size=20)
    medicines: list[MedicineInstruction] = plain("How medicines are used.", size=20)
    receiver: Receiver | None = plain("Who reads what is reported, and when.")
