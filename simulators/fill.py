"""Fills a chart from a story: what is prescribed, planned, written and known to be critical."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

import msgspec

from simulators import organisations as org
from simulators import staff as region_staff
from simulators.catalogue import ADULT_ALLERGIES, CHILD_ALLERGIES
from simulators.chart import Chart
from simulators.clinical import Meeting, Prescription, Story
from simulators.hospital_record import Visit
from simulators.medicine_list import Entry
from simulators.people import Person, TeamMember, age_on, member, weight_at


def fill(chart: Chart, story: Story, random: Random, today: date) -> None:
    """Write everything that the sources hold about a generated patient."""
    _medicines(chart, story, random, today)
    _visits(chart, story, random, today)
    _teams(chart)
    _documents(chart, story, random, today)
    _critical(chart, story, random, today)


def age_of(person: Person, today: date) -> int:
    """Return a person's age; an unknown birth date counts as grown up."""
    return age_on(date.fromisoformat(person.birth_date), today) if person.birth_date else 40


def _past_day(person: Person, random: Random, today: date, low: int, high: int) -> date:
    """Return a day so many days ago, but none before the person was a month old."""
    day = today - timedelta(days=random.randint(low, high))
    if person.birth_date is None:
        return day
    return max(day, min(date.fromisoformat(person.birth_date) + timedelta(days=30), today))


def _doctor(person: Person) -> TeamMember:
    doctors = [m for m in person.team if m.role.code == "LE"]
    return doctors[0] if doctors else person.team[0]


def _medicines(chart: Chart, story: Story, random: Random, today: date) -> None:
    age = age_of(chart.person, today)
    weight = weight_at(age)
    chosen = [
        p
        for p in story.prescriptions
        if p.ages[0] <= age <= p.ages[1] and random.random() <= p.chance
    ]
    for number, prescription in enumerate(chosen):
        chart.medicine(_entry(chart.person, prescription, weight, random, today))
        # Two lines for one drug, as when the hospital and the GP both prescribe it.
        if number == 0 and random.random() < 0.06:
            chart.medicine(_entry(chart.person, prescription, weight, random, today))


def _entry(
    person: Person, prescription: Prescription, weight: float, random: Random, today: date
) -> Entry:
    prescribed = _past_day(person, random, today, 3, 340)
    renewed_from = prescribed - timedelta(days=random.randint(200, 380))
    ended = prescribed + timedelta(days=10)
    is_over = prescription.use == "kur" and ended < today
    was_born = person.birth_date is None or person.birth_date < renewed_from.isoformat()
    is_renewed = random.random() < 0.25 and not is_over and was_born
    return Entry(
        prescription=prescription,
        dosage=prescription.dosage_for(weight),
        prescribed=prescribed,
        by=random.choice((_doctor(person), person.gp or _doctor(person))).name,
        renewed_from=renewed_from if is_renewed else None,
        status="completed" if is_over else "active",
        ended=ended if is_over else None,
        refills=0 if prescription.use == "kur" else random.randint(0, 3),
        locked=random.random() < 0.015,
    )


def _visits(chart: Chart, story: Story, random: Random, today: date) -> None:
    for planned in story.meetings:
        # Here and there a care level that no code list has: it must be kept as it came.
        level = "99" if random.random() < 0.02 else planned.level
        meeting = msgspec.structs.replace(planned, level=level)
        ahead = random.randint(1, meeting.every * 7)
        by = _holder(chart.person, meeting, random)
        for weeks, status in ((-2, "fulfilled"), (-1, "fulfilled"), (0, "booked")):
            day = today + timedelta(days=ahead + weeks * meeting.every * 7)
            is_its_time = (day < today) == (status == "fulfilled")
            if is_its_time and day.isoformat() > (chart.person.birth_date or ""):
                start = _slot(random, day, later=status == "booked")
                is_off = chart.person.deceased is not None and status == "booked"
                state = "cancelled" if is_off else status
                chart.visit(Visit(meeting=meeting, start=start, by=by, status=state))
    if random.random() < 0.1:
        chart.visit(Visit(meeting=story.meetings[0], start=None, status="waitlist"))


def _slot(random: Random, day: date, *, later: bool = False) -> datetime:
    into_weekend = max(0, day.weekday() - 4)
    workday = day + timedelta(days=(3 - into_weekend if later and into_weekend else -into_weekend))
    return datetime.combine(workday, time(8)) + timedelta(minutes=15 * random.randint(0, 28))


def _holder(person: Person, meeting: Meeting, random: Random) -> TeamMember:
    unit = org.ORGANISATIONS[meeting.unit].name
    known = [m for m in person.team if m.unit == unit]
    return (
        known[0] if known else member(random.choice(region_staff.at(meeting.unit, meeting.title)))
    )


def _teams(chart: Chart) -> None:
    team = chart.person.team
    hospital = [m for m in team if m.organisation.number == org.HOSPITAL]
    others = [m for m in team if m.organisation.number != org.HOSPITAL]
    chart.team("Behandlingsteam", hospital, org.HOSPITAL)
    chart.team("Samarbeidsgruppe", others, org.MUNICIPALITY)


def _documents(chart: Chart, story: Story, random: Random, today: date) -> None:
    for paper in story.papers:
        if random.random() <= paper.chance:
            day = _past_day(chart.person, random, today, 2, 700)
            author = member(random.choice(region_staff.at(paper.unit, paper.staff)))
            chart.document(paper.kind, paper.title, _slot(random, day), author)


def _critical(chart: Chart, story: Story, random: Random, today: date) -> None:
    by = _doctor(chart.person)
    for critical in story.critical:
        if random.random() <= critical.chance:
            chart.condition(critical, _past_day(chart.person, random, today, 30, 2000), by)
    is_child = age_of(chart.person, today) < 18
    if random.random() < 0.3:
        allergies = CHILD_ALLERGIES if is_child else ADULT_ALLERGIES
        for allergy in random.sample(allergies, random.choice((1, 1, 2))):
            certainty = random.choice(("confirmed", "confirmed", "presumed", "refuted"))
            clinical = "inactive" if certainty == "refuted" else "active"
            recorded = _past_day(chart.person, random, today, 30, 3000)
            chart.allergy(allergy, recorded, by, clinical=clinical, verification=certainty)
