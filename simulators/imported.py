"""Gives patients from an imported folder a synthetic number and a place in the world.

Codes and texts stay as they came; a missing piece stays missing; a resource that can't be used is
counted under `left_out` with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from simulators.fhir import Resource
from simulators.identity import Number, NumberSeries, NumbersExhausted
from simulators.imported_contacts import Contacts
from simulators.imported_critical import allergy_of, condition_of
from simulators.imported_medicines import medicines_of
from simulators.ndjson import Folder, checked, code_of, first, resource_key
from simulators.people import Address, Name, Person, Problem
from simulators.world import Record, World

_ONGOING = ("active", "recurrence", "relapse")

_SUBJECTS = ("subject", "patient")


def add_folder(world: World, series: NumberSeries, path: Path) -> None:
    """Add every patient of a folder that can be identified, with all that the sources serve."""
    folder = Folder(path)
    owned = _by_patient(folder)
    contacts = Contacts(folder, world.directory)
    for patient in folder.of("Patient"):
        person = folder.attempt("Patient", partial(_person, patient, series))
        if person:
            resources = owned[patient["id"]]
            record = _record(person, resources, folder, contacts)
            _describe(person, resources, record, folder, contacts)
            world.add(person, record)
    world.left_out = dict(folder.left_out)


def _by_patient(folder: Folder) -> dict[str, dict[str, list[Resource]]]:
    owned: dict[str, dict[str, list[Resource]]] = defaultdict(lambda: defaultdict(list))
    for kind, resources in folder.by_type.items():
        for resource in resources.values():
            owner = _owner(resource, folder)
            if owner:
                owned[owner][kind].append(resource)
    return owned


def _owner(resource: Resource, folder: Folder) -> str | None:
    references = [resource.get(name) for name in _SUBJECTS]
    participants = resource.get("participant")
    if isinstance(participants, list):
        references += [p.get("actor") for p in participants if isinstance(p, dict)]
    for reference in references:
        found = folder.find(reference.get("reference")) if isinstance(reference, dict) else None
        if found and found["resourceType"] == "Patient":
            return str(found["id"])
    return None


def _record(
    person: Person, owned: dict[str, list[Resource]], folder: Folder, contacts: Contacts
) -> Record:
    def made(kind: str, make: Callable[[Resource], Resource | None]) -> list[Resource]:
        found = (folder.attempt(kind, partial(make, each)) for each in owned.get(kind, ()))
        return [resource for resource in found if resource is not None]

    meetings = "Appointment" if owned.get("Appointment") else "Encounter"
    teams = "CareTeam" if owned.get("CareTeam") else "Encounter"
    return {
        "AllergyIntolerance": made("AllergyIntolerance", lambda r: allergy_of(r, person, folder)),
        "Condition": made("Condition", lambda r: condition_of(r, person, folder)),
        "Appointment": made(meetings, lambda r: contacts.appointment(r, person)),
        "CareTeam": made(teams, lambda r: contacts.care_team(r, person)),
        "DocumentReference": made("DocumentReference", lambda r: contacts.document(r, person)),
        **medicines_of(person, owned, folder),
    }


def _describe(
    person: Person,
    owned: dict[str, list[Resource]],
    record: Record,
    folder: Folder,
    contacts: Contacts,
) -> None:
    """Fill in what the world file says about a person beyond what the sources serve."""
    for condition in owned.get("Condition", ()):
        problem = folder.attempt("Condition", partial(_problem, condition))
        person.problems += [problem] if problem else []
    team = folder.attempt("CareTeam", lambda: contacts.members(record["CareTeam"]))
    person.team = [*{each.name: each for each in team or ()}.values()]


def _person(patient: Resource, series: NumberSeries) -> Person:
    name = first(patient.get("name"))
    address = first(patient.get("address"))
    gender = patient.get("gender") if patient.get("gender") in ("female", "male") else "unknown"
    birth_date = patient.get("birthDate")
    person = Person(
        id=resource_key("cdpi", patient["id"]),
        numbers=[_number(series, patient["id"], birth_date, str(gender))],
        name=Name(
            given=" ".join(name.get("given") or ()),
            family=name.get("family") or name.get("text") or "",
        ),
        gender=str(gender),
        story="imported",
        birth_date=birth_date,
        deceased=patient.get("deceasedDateTime"),
        address=Address(
            line=", ".join(address.get("line") or ()),
            postal_code=address.get("postalCode") or "",
            city=address.get("city") or "",
        )
        if address
        else None,
        phone=next(
            (t["value"] for t in patient.get("telecom", ()) if t.get("system") == "phone"), None
        ),
        language=_language(patient),
    )
    return checked(person)


def _number(series: NumberSeries, key: str, birth_date: str | None, gender: str) -> Number:
    """A partial birth date counts from its first day; without one, a temporary number is given."""
    if birth_date is None:
        return series.temporary(key)
    year, month, day = (*birth_date.split("-"), "01", "01")[:3]
    try:
        return series.national(date(int(year), int(month), int(day)), gender, key)
    except NumbersExhausted:
        return series.temporary(key)


def _language(patient: Resource) -> str:
    coding = first(first(patient.get("communication")).get("language", {}).get("coding"))
    return str(coding.get("code") or "nb").partition("-")[0]


def _problem(condition: Resource) -> Problem | None:
    """Return an active entry of the problem list."""
    status = code_of(condition.get("clinicalStatus")) or "active"
    category = code_of(first(condition.get("category")))
    if status not in _ONGOING or category not in (None, "problem-list-item"):
        return None
    code = condition["code"]
    coding = first(code.get("coding"))
    text = code.get("text") or coding.get("display") or coding["code"]
    return checked(Problem(text=text, system=coding.get("system"), code=coding.get("code")))
