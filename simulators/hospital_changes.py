"""Changes that the development door makes to what the hospital holds about a patient."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from simulators import organisations as org
from simulators import staff
from simulators.catalogue import LETTER, PAEDIATRICS, TEST
from simulators.clinical import Meeting
from simulators.fhir import NOT_FOR_PATIENT_BEFORE, Resource, concept
from simulators.hospital_record import Visit, appointment, document
from simulators.people import Person, member
from simulators.world import World

# An alteration returns the kind that the feed tells.
Alter = Callable[[World, Person], str]

_OVERNIGHT = "1"


def _add_appointment(world: World, person: Person) -> str:
    meeting = Meeting(
        service=PAEDIATRICS,
        description="Ekstra kontroll",
        unit=org.PAEDIATRICS,
        title=staff.OMAR.title,
        every=1,
    )
    start = _tomorrow() + timedelta(days=6)
    visit = Visit(meeting=meeting, start=start, by=member(staff.OMAR))
    found = world.of(person, "Appointment")
    found.append(appointment(person, _new_id("ahi", person, found), visit))
    return "appointment"


def _move_appointment(world: World, person: Person) -> str:
    if booked := _next_booked(world, person):
        for name in ("start", "end"):
            if name in booked:
                moved = datetime.fromisoformat(booked[name]) + timedelta(days=7)
                booked[name] = moved.isoformat()
    return "appointment"


def _cancel_appointment(world: World, person: Person) -> str:
    if booked := _next_booked(world, person):
        booked["status"] = "cancelled"
    return "appointment"


def _add_document(world: World, person: Person) -> str:
    found = world.of(person, "DocumentReference")
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    resource_id = _new_id("ako", person, found)
    by = member(staff.OMAR)
    found.append(document(person, resource_id, LETTER, "Nytt brev til fastlege", now, by))
    return "document"


def _add_result(world: World, person: Person) -> str:
    """Add a result that the patient is told of in person first: it is theirs to see in a week."""
    _add_document(world, person)
    result = world.of(person, "DocumentReference")[-1]
    result["type"] = concept(TEST)
    until = datetime.now(UTC) + timedelta(days=7)
    mark = {"url": NOT_FOR_PATIENT_BEFORE, "valueDateTime": until.isoformat(timespec="seconds")}
    result["extension"] = [mark]
    return "document"


def _release_results(world: World, person: Person) -> str:
    for each in world.of(person, "DocumentReference"):
        each.pop("extension", None)
    return "document"


def is_held(resource: Resource) -> bool:
    """Tell whether a document is not for the patient's side yet."""
    marks = [m for m in resource.get("extension", ()) if m["url"] == NOT_FOR_PATIENT_BEFORE]
    now = datetime.now(UTC)
    return any(datetime.fromisoformat(mark["valueDateTime"]) > now for mark in marks)


def _leave_care_team(world: World, person: Person) -> str:
    for team in world.of(person, "CareTeam")[:1]:
        del team["participant"][-1:]
    return "care-team"


def _admit(world: World, person: Person) -> str:
    stay = Meeting(
        service=PAEDIATRICS,
        description="Innleggelse",
        unit=org.PAEDIATRICS,
        title=staff.OMAR.title,
        every=1,
        level=_OVERNIGHT,
    )
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    visit = Visit(meeting=stay, start=now, by=member(staff.OMAR), status="arrived")
    found = world.of(person, "Appointment")
    found.append(appointment(person, _new_id("ahi", person, found), visit))
    return "appointment"


def _discharge(world: World, person: Person) -> str:
    for stay in world.of(person, "Appointment"):
        codes = [coding.get("code") for coding in stay["appointmentType"]["coding"]]
        if stay["status"] == "arrived" and _OVERNIGHT in codes[:1]:
            stay["status"] = "fulfilled"
    return "appointment"


ALTERATIONS: dict[str, Alter] = {
    "addAppointment": _add_appointment,
    "moveAppointment": _move_appointment,
    "cancelAppointment": _cancel_appointment,
    "admit": _admit,
    "discharge": _discharge,
    "addDocument": _add_document,
    "addResult": _add_result,
    "releaseResults": _release_results,
    "leaveCareTeam": _leave_care_team,
}


def _next_booked(world: World, person: Person) -> Resource | None:
    booked = [r for r in world.of(person, "Appointment") if r.get("status") == "booked"]
    return min(booked, key=lambda r: str(r.get("start")), default=None)


def _tomorrow() -> datetime:
    now = datetime.now(UTC).replace(tzinfo=None)
    return now.replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _new_id(prefix: str, person: Person, found: list[Resource]) -> str:
    return f"{prefix}{person.id[3:]}n{len(found)}"
