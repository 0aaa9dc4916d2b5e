"""Who is who around a patient: the words of a story, and who answers for a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.author import Author
from local.synthetic.world import Person, TeamMember


def responsible(person: Person) -> TeamMember:
    """Return who answers for the plan: by function, else a doctor, else the first of the team."""
    return (
        _with_function(person, "PLAN_RESPONSIBLE", "CONTACT_DOCTOR", "PRIMARY_CONTACT")
        or next((m for m in person.everyone if m.role.code == "LE"), None)
        or person.everyone[0]
    )


def doctor(person: Person) -> TeamMember | None:
    """Return the doctor who approves: the contact doctor, any other in the team, the GP."""
    doctors = [m for m in person.everyone if m.role.code == "LE"]
    return next((m for m in doctors if "CONTACT_DOCTOR" in m.functions), next(iter(doctors), None))


def author(member: TeamMember) -> Author:
    """Return a team member as the author of something written."""
    return Author(
        name=member.name,
        role=member.role.text,
        organisation=member.place,
        hpr_number=member.hpr,
        organisation_number=member.place_number,
    )


def speaker(person: Person, name: str) -> tuple[Author, str | None]:
    """Return somebody around the patient as an author, and their number unless they are personnel.

    A name that nobody around the patient has stands as it is.
    """
    for parent in person.parents:
        if parent.name == name:
            return Author(name=name, role="Forelder"), parent.number
    if str(person.name) == name:
        return Author(name=name, role="Pasient"), person.number
    known = next((member for member in person.everyone if member.name == name), None)
    return (Author(name=name) if known is None else author(known)), None


def birthday(born: date, years: int) -> date:
    """Return the day somebody turns an age; born on 29 February it is 1 March in common years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def is_under(person: Person, years: int, today: date) -> bool:
    """Tell whether somebody is younger than so many years."""
    return person.born is not None and today < birthday(person.born, years)


def words(person: Person, phones: Mapping[str, str]) -> dict[str, str]:
    """Return the names and numbers that the stories speak of; unknown ones are empty."""
    answers_for = responsible(person)
    contact = _with_function(person, "PRIMARY_CONTACT") or answers_for
    coordinator = _with_function(person, "COORDINATOR", "CHILD_COORDINATOR") or contact
    child_coordinator = _with_function(person, "CHILD_COORDINATOR") or coordinator
    found = {"navn": person.name.given}
    found |= _member("ansvarlig", answers_for) | _member("kontakt", contact)
    found |= _member("koordinator", coordinator) | _member("barnekoordinator", child_coordinator)
    found |= _member("fastlege", person.gp or doctor(person))
    found |= _places(person, answers_for, contact)
    for order in (0, 1):
        parent = person.parents[order] if order < len(person.parents) else None
        found[f"forelder{order + 1}"] = parent.name if parent else ""
        found[f"forelder{order + 1}_tlf"] = phones.get(parent.number, "") if parent else ""
    return found


def _places(person: Person, answers_for: TeamMember, contact: TeamMember) -> dict[str, str]:
    town = f"{person.municipality} kommune" if person.municipality else "kommunen"
    employers = (member.organisation.name for member in person.everyone)
    return {
        "avdeling": answers_for.place,
        "avdeling_orgnr": answers_for.place_number or "",
        "avdeling_tlf": answers_for.phone or contact.phone or "",
        "kommune": next((name for name in employers if name.endswith("kommune")), town),
    }


def _member(word: str, member: TeamMember | None) -> dict[str, str]:
    if member is None:
        return {word: "behandler", f"{word}_tlf": ""}
    return {word: member.name, f"{word}_tlf": member.phone or ""}


def _with_function(person: Person, *functions: str) -> TeamMember | None:
    """Return a member with the first of these functions that anyone has."""
    for function in functions:
        for member in person.everyone:
            if function in member.functions:
                return member
    return None
