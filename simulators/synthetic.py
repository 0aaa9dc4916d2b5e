"""Makes the population: patients whose medicines, meetings and teams fit their story and age."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from simulators import organisations as org
from simulators import staff as region_staff
from simulators.chart import Chart
from simulators.clinical import Code, Story
from simulators.fill import fill
from simulators.identity import TEMPORARY, Number, NumberSeries
from simulators.people import (
    Home,
    Parent,
    Person,
    Problem,
    SourceTraits,
    TeamMember,
    Vital,
    a_name,
    a_phone,
    age_on,
    an_address,
    member,
    weight_at,
)
from simulators.stories import STORIES
from simulators.world import World

_LANGUAGES = (("nb", 80), ("nn", 10), ("se", 2), ("en", 2), ("pl", 2), ("so", 2), ("uk", 2))
_INTERPRETED = {"pl", "so", "uk"}

# (value, how many of a hundred)
_TRAITS = (("present", 96), ("none", 1), ("reserved", 1), ("restricted", 1), ("blocked", 1))


def populate(world: World, series: NumberSeries, patients: int) -> None:
    """Add so many generated patients to a world."""
    for index, story in enumerate(_spread(patients)):
        random = Random(f"{world.seed}/{index}")
        person = _person(random, story, index, world.today, series)
        chart = Chart(person, 2_000_000 + index)
        fill(chart, story, random, world.today)
        world.add(person, chart.record)


def _spread(patients: int) -> list[Story]:
    """Share a number of patients among the stories, each in proportion and none forgotten."""
    total = sum(story.count for story in STORIES)
    spread = [s for s in STORIES for _ in range(max(1, round(s.count * patients / total)))]
    spread += [STORIES[n % len(STORIES)] for n in range(patients - len(spread))]
    # The largest stories come first and can spare the surplus.
    return spread[max(0, len(spread) - patients) :]


def _person(random: Random, story: Story, index: int, today: date, series: NumberSeries) -> Person:
    gender = story.gender or random.choice(("female", "male"))
    born = _birth_date(random, story, today)
    address, municipality = an_address(random)
    language = random.choices([code for code, _ in _LANGUAGES], [w for _, w in _LANGUAGES])[0]
    number = _number(series, index, born, gender)
    person = Person(
        id=f"cdp{2_000_000 + index}",
        numbers=[number],
        name=a_name(random, gender),
        gender=gender,
        story=story.key,
        birth_date=born.isoformat(),
        address=address,
        municipality=municipality,
        phone=a_phone(random) if age_on(born, today) >= 12 else None,
        language=language,
        interpreter=language in _INTERPRETED,
        problems=[_problem(code) for code in story.problems],
        vitals=_vitals(random, story, age_on(born, today)),
        gp=member(random.choice(region_staff.at(random.choice(org.GP_OFFICES), "Fastlege"))),
        sources=_traits(random, number),
    )
    person.team = _team(random, story, person, today)
    if age_on(born, today) < 18:
        _give_parents(random, person, born, story.two_homes, series)
    elif index % 160 == 159:
        person.deceased = (today - timedelta(days=random.randint(5, 90))).isoformat()
    return person


def _birth_date(random: Random, story: Story, today: date) -> date:
    years = random.randint(*story.ages)
    # A birthday in the past twelve months keeps the age whole, and 29 February out of the way.
    latest = today.replace(year=today.year - years, day=min(today.day, 28))
    return latest - timedelta(days=random.randint(0, 363))


def _number(series: NumberSeries, index: int, born: date, gender: str) -> Number:
    seed = f"patient/{index}"
    if index % 25 == 12:
        return series.d_number(born, gender, seed)
    if index % 50 == 30:
        return series.temporary(seed)
    return series.national(born, gender, seed)


def _traits(random: Random, number: Number) -> SourceTraits:
    traits = SourceTraits(
        kjernejournal=random.choices([t for t, _ in _TRAITS], [w for _, w in _TRAITS])[0],
        prescription_lookup=random.random() > 0.02,
        locked="withheld" if random.random() < 0.5 else "visible",
        hospital="withheld" if random.random() < 0.01 else "open",
        withheld_documents=random.randint(1, 3) if random.random() < 0.05 else 0,
    )
    if number.system == TEMPORARY:
        # Kjernejournal holds persons with a national or D-number only.
        traits.kjernejournal = "none"
    return traits


def _problem(code: Code) -> Problem:
    return Problem(text=code.text, system=code.system, code=code.code)


def _vitals(random: Random, story: Story, age: int) -> list[Vital]:
    vitals = [
        Vital(code=u.code, text=u.text, value=_between(random, u.low, u.high), unit=u.unit)
        for u in story.vitals
    ]
    weight = round(weight_at(age) * random.uniform(0.85, 1.2), 1)
    vitals.append(Vital(code="29463-7", text="Kroppsvekt", value=weight, unit="kg"))
    if story.key.startswith("astma") and age >= 5:
        peak = 10 * round((220 + 16 * (age - 8) if age < 18 else random.randint(330, 560)) / 10)
        vitals.append(Vital(code="19935-6", text="PEF", value=peak, unit="L/min"))
    return vitals


def _between(random: Random, low: float, high: float) -> float:
    return (
        round(random.uniform(low, high), 1)
        if high - low < 6
        else random.randint(int(low), int(high))
    )


def _team(random: Random, story: Story, person: Person, today: date) -> list[TeamMember]:
    team: list[TeamMember] = []
    for post in story.team:
        if random.random() > post.chance:
            continue
        holder = random.choice(region_staff.at(post.unit, post.title))
        since = max(
            (today - timedelta(days=random.randint(60, 1800))).isoformat(), person.birth_date or ""
        )
        team.append(member(holder, *post.functions, title=post.role, since=since))
    gp = [person.gp] if person.gp else []
    return team + gp


def _give_parents(
    random: Random, child: Person, born: date, two_homes: bool, series: NumberSeries
) -> None:
    address = child.address
    for number, gender in enumerate(("female", "male")):
        parent_born = born - timedelta(days=random.randint(24 * 365, 41 * 365))
        name = a_name(random, gender, child.name.family)
        label = f"Hjemme hos {'mor' if gender == 'female' else 'far'}" if two_homes else "Hjemme"
        value = series.national(parent_born, gender, f"{child.id}/parent/{number}").value
        child.parents.append(Parent(name=str(name), number=value, home=label))
        if address and label not in {home.label for home in child.homes}:
            share = "Annenhver uke" if two_homes else ""
            child.homes.append(Home(label=label, address=address, share=share))
        address = an_address(random)[0] if two_homes else address
