"""What patients have reported lately: as the story has it, or as chance does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from domain import ids
from domain.content.observable import CATALOGUE, Observable
from domain.content.zone import ZoneLevel
from domain.following.conclusion import self_care_of
from domain.following.limit import Limit, limits_of
from domain.following.measurement import NewMeasurement
from domain.following.report import Feeling
from domain.plan.part import Lifecycle, PlanKind, PlanPart
from local.synthetic import cast_reports
from local.synthetic.diary import Diary, Teller
from local.synthetic.part import Part
from local.synthetic.people import is_under, responsible
from local.synthetic.rows import Batch, new_id
from local.synthetic.world import Person

_SHARE_WHO_REPORT = 0.4
_LEVELS = {ZoneLevel.GREEN: 84, ZoneLevel.YELLOW: 14, ZoneLevel.RED: 2}
_PARENTS_UNTIL = 12
# What is read off a scale or a meter has no more digits than these.
_WITH_DECIMALS = {
    Observable.GLUCOSE,
    Observable.KETONES,
    Observable.TEMPERATURE,
    Observable.WEIGHT,
}


def add_reports(
    batch: Batch, patient: UUID, person: Person, parts: Sequence[Part], seed: int, now: datetime
) -> None:
    """Add what was reported under the self-care plan that a patient follows, if they report."""
    random = Random(f"{seed}:{person.number}:reports")
    told_under = next((p for p in parts if p.kind is PlanKind.EGENBEHANDLINGSPLAN), None)
    if told_under is None or told_under.lifecycle is not Lifecycle.ACTIVE:
        return
    part = _part(patient, person, told_under)
    diary = Diary(person.number, part)
    story = cast_reports.of(person)
    if story is not None:
        story(diary, now)
    elif random.random() < _SHARE_WHO_REPORT:
        _by_chance(diary, part, person, random, now)
    diary.add_to(batch)


def _part(patient: UUID, person: Person, part: Part) -> PlanPart:
    """Return the part as the domain knows it."""
    key = f"{person.number}:{part.kind.name}"
    return PlanPart(
        id=f"{ids.PART}{new_id('part', key)}",
        patient_id=f"{ids.PATIENT}{patient}",
        kind=part.kind,
        lifecycle=part.lifecycle,
        version=len(part.versions) + 1,
        content_version=len(part.versions),
        responsible=part.responsible,
        updated_at=part.written,
        updated_by=part.responsible,
        content=part.versions[-1].content,
        approval=part.approval,
    )


def _by_chance(diary: Diary, part: PlanPart, person: Person, random: Random, now: datetime) -> None:
    """Add a report on some of the last days; the unit has seen all but perhaps the newest."""
    care = self_care_of(part)
    limits = limits_of(care.zones) if care else ()
    by, reader = _teller(person, now), responsible(person).name
    days = sorted(random.sample(range(15), random.randint(4, 10)), reverse=True)
    for day in days:
        at = now - timedelta(days=day, minutes=random.randint(10, 170))
        level = random.choices(list(_LEVELS), list(_LEVELS.values()))[0]
        feeling = random.choice((None, Feeling.SO_SO, Feeling.GOOD))
        values = _values(limits, level, random, at)
        chosen = None if values else level
        report = diary.tell(by, at, values, feeling=feeling, chosen=chosen)
        if report.is_waiting and day:
            diary.see(reader, at + timedelta(hours=random.randint(2, 6)))


def _teller(person: Person, now: datetime) -> Teller:
    name = str(person.name)
    if person.parents and is_under(person, _PARENTS_UNTIL, now.date()):
        parent = person.parents[0]
        return Teller(parent.name, f"citizen-{new_id('citizen', parent.number)}", name)
    return Teller(name, f"citizen-{new_id('citizen', person.number)}")


def _values(
    limits: Sequence[Limit], level: ZoneLevel, random: Random, at: datetime
) -> tuple[NewMeasurement, ...]:
    """Return a value of all that the zones measure: one of them at a level, the others green."""
    measured = list(dict.fromkeys(each.observable for each in limits))
    ill = random.choice(measured) if measured else None
    found = []
    for observable in measured:
        at_level = level if observable is ill else ZoneLevel.GREEN
        here = [each for each in limits if each.observable is observable]
        value = value_in(here, at_level, random)
        if value is not None:
            unit = CATALOGUE[observable].unit
            found.append(
                NewMeasurement(observable=observable, value=value, unit=unit, measured_at=at)
            )
    return tuple(found)


def value_in(limits: Sequence[Limit], level: ZoneLevel, random: Random) -> float | None:
    """Return a likely value of one observable in a zone; None where that has no limit for it."""
    limit = next((each for each in limits if each.level is level and not each.doubt), None)
    if limit is None:
        return None
    known = CATALOGUE[limit.observable]
    low = limit.low if limit.low is not None else (limit.high or known.highest) * 94 / 100
    high = limit.high if limit.high is not None else low * 112 / 100
    low, high = max(low, known.lowest), min(high, known.highest)
    digits = 1 if limit.observable in _WITH_DECIMALS else 0
    return round(float(low) + float(high - low) * random.uniform(0.1, 0.9), digits)
