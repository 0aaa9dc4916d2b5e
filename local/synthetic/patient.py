"""Makes all rows of one patient: the person, those around, and a plan of the story's parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from domain.access.relation import Basis
from domain.access.subject import Gender
from local.synthetic import cast
from local.synthetic.access import add_access
from local.synthetic.handover import add_handover, some_offer
from local.synthetic.part import VENDOR, Part, by_chance, draft_on_top
from local.synthetic.people import birthday, is_under, responsible, words
from local.synthetic.plan import add_plan
from local.synthetic.report import add_reports
from local.synthetic.rows import Batch, new_id
from local.synthetic.stories import Drawn, Template, draw, fill, of_story
from local.synthetic.world import Person, TeamMember, first_day
from store.tables import (
    CareTeamMemberRow,
    IdentityNumberRow,
    PatientRow,
    RepresentationRow,
)

_MAJORITY = 18
_WELL = {"frisk", "frisk_barn"}
_WITHOUT_PLAN = 0.07


def patient_id(person: Person) -> UUID:
    """Return the id of a person in the store."""
    return new_id("patient", person.number)


def add_patient(
    batch: Batch, person: Person, phones: Mapping[str, str], seed: int, now: datetime
) -> None:
    """Add all that the store is to hold about one person."""
    random = Random(f"{seed}:{person.number}")
    patient = patient_id(person)
    _add_person(batch, patient, person, now)
    _add_parents(batch, patient, person, now)
    _add_team(batch, patient, person, random, now)
    add_access(batch, patient, person, now)
    parts = _parts(person, phones, random, now)
    if parts:
        add_plan(batch, patient, person, parts)
        offer = cast.handover(person, now)
        chance = some_offer(person, random, now)
        add_handover(batch, patient, person, parts, offer or chance)
        add_reports(batch, patient, person, parts, seed, now)


def _parts(
    person: Person, phones: Mapping[str, str], random: Random, now: datetime
) -> Sequence[Part]:
    """Return the parts of the plan: none for some, and none where nobody could answer for it."""
    has_none = random.random() < _WITHOUT_PLAN and not cast.is_known(person)
    if has_none or not person.everyone or person.story in _WELL:
        return ()
    drawn = Drawn(words(person, phones), {})
    parts: dict[str, Part] = {}
    for template in of_story(person.story):
        drawn = draw(template, person, random, drawn)
        if _has_it(template, person, random) and template.kind.name not in parts:
            content = fill(template, person, drawn)
            made = cast.part(template.kind, content, person, now)
            part = made or by_chance(template.kind, content, person, random, now)
            parts[template.kind.name] = part
    if cast.is_known(person):
        return tuple(parts.values())
    return tuple(
        draft_on_top(part, random, now) if random.random() < 0.08 else part
        for part in parts.values()
    )


def _has_it(template: Template, person: Person, random: Random) -> bool:
    chance = random.random()
    return cast.is_known(person) or chance < template.sometimes


def _add_person(batch: Batch, patient: UUID, person: Person, now: datetime) -> None:
    batch.add(
        PatientRow,
        id=patient,
        given_name=person.name.given,
        family_name=person.name.family,
        birth_date=person.born,
        gender=_gender(person),
        died_on=first_day(person.deceased),
    )
    for order, number in enumerate(person.numbers):
        batch.add(
            IdentityNumberRow,
            patient_id=patient,
            value=number.value,
            kind=number.system.name,
            valid_from=None,
            # The file doesn't say when a number was replaced, only that it was.
            valid_to=now.date() - timedelta(days=365 * order) if order else None,
        )


def _gender(person: Person) -> str:
    name = person.gender.upper()
    return name if name in Gender.__members__ else Gender.UNKNOWN.name


def _add_parents(batch: Batch, patient: UUID, person: Person, now: datetime) -> None:
    """Add the parents of somebody under age, from birth until the 18th birthday."""
    if person.born is None or not is_under(person, _MAJORITY, now.date()):
        return
    for parent in person.parents:
        batch.add(
            RepresentationRow,
            patient_id=patient,
            id=new_id("parent", person.number, parent.number),
            kind=Basis.PARENT.name,
            representative_number=parent.number,
            representative_name=parent.name,
            origin="Folkeregisteret: foreldreansvar",
            since=_midnight(person.born),
            until=_midnight(birthday(person.born, _MAJORITY)),
            # A child is registered in one of its homes: the first that is named.
            lives_with_patient=parent.home == person.parents[0].home,
        )


def _add_team(batch: Batch, patient: UUID, person: Person, random: Random, now: datetime) -> None:
    answers_for = responsible(person) if person.everyone else None
    for order, member in enumerate(person.everyone):
        since = now - timedelta(days=random.randint(60, 900))
        may_leave = member is not answers_for and not member.functions and member != person.gp
        has_left = random.random() < 0.12 and may_leave and not cast.is_known(person)
        batch.add(
            CareTeamMemberRow,
            patient_id=patient,
            id=new_id("member", person.number, order),
            **_member(member),
            since=_midnight(joined) if (joined := first_day(member.since)) else since,
            until=now - timedelta(days=random.randint(1, 59)) if has_left else None,
        )


def _member(member: TeamMember) -> dict[str, object]:
    # A vendor sees what is shared with it, so that withdrawing the share ends it.
    is_vendor = member.place_number == VENDOR[1]
    return {
        "name": member.name,
        "role_code": member.role.code,
        "role_text": member.role.text,
        "hpr_number": member.hpr,
        "functions": list(member.functions),
        "organisation_name": member.place,
        "organisation_number": None if is_vendor else member.place_number,
        "team": None,
        "phone": member.phone,
        "reachable": "Hverdager 08–15" if member.phone else None,
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
