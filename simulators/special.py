"""Patients whom the sources answer about in their own ways; the same whatever the seed.

| id | number | what is special |
| --- | --- | --- |
| cdp1000011 | 05846813804 | has blocked a doctor (HPR 7209932): nothing from kjernejournal |
| cdp1000012 | 17897505746 | has restricted kjernejournal: opens with higher consent or emergency |
| cdp1000013 | 11829092680 | has no kjernejournal |
| cdp1000014 | 30865104940 | has reserved against kjernejournal |
| cdp1000015 | 08914999465 | prescriptions were not looked up (no RFHentetTidspunkt) |
| cdp1000016 | 21878336590 | has locked prescriptions, which are withheld |
| cdp1000017 | 14836247265 | the hospital holds everything back |
| cdp1000018 | 53868603751 | has a D-number |
| cdp1000019 | 80875172690 | has only a shared temporary number (FHN) |
| cdp1000020 | 02909206424, 80822983379 | had a temporary number before the national one |
| cdp1000021 | 09859922500 | known everywhere, nothing registered anywhere |
| cdp1000022 | 26885704203 | has codes that no code list has |
| cdp1000023 | 03923822150 | died three weeks before the world's day |
| cdp1000024 | 19814410431 | has very many medicines, appointments and documents |
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

import msgspec

from simulators import staff
from simulators.catalogue import JOURNAL
from simulators.chart import Chart
from simulators.clinical import Story
from simulators.fhir import Resource
from simulators.fill import fill
from simulators.hospital_record import Visit
from simulators.identity import D_NUMBER, NATIONAL, TEMPORARY, Number, NumberSeries
from simulators.medicine_list import Entry
from simulators.people import Address, Name, Person, Problem, SourceTraits, member
from simulators.stories import STORIES
from simulators.world import World


class Special(msgspec.Struct, frozen=True):
    """One row of the table: who, which story and which traits."""

    serial: int
    name: Name
    born: str
    gender: str
    numbers: tuple[str, ...]
    story: str
    traits: dict[str, str]


MANY = 1_000_024
UNKNOWN_CODES = 1_000_022
DECEASED = 1_000_023

_TABLE = """
1000011 | Bente Bakke | 1968-04-05 | female | 05846813804 | astma | kjernejournal=blocked
1000012 | Stig Strand | 1975-09-17 | male | 17897505746 | diabetes1 | kjernejournal=restricted
1000013 | Une Utsi | 1990-02-11 | female | 11829092680 | epilepsi | kjernejournal=none
1000014 | Reidar Rønning | 1951-06-30 | male | 30865104940 | hjertesvikt | kjernejournal=reserved
1000015 | Rita Rognli | 1949-11-08 | female | 08914999465 | diabetes2 | prescriptionLookup=
1000016 | Lars Lunde | 1983-07-21 | male | 21878336590 | bipolar | locked=withheld
1000017 | Hilde Holm | 1962-03-14 | female | 14836247265 | kreft | hospital=withheld
1000018 | Piotr Kowalski | 1986-06-13 | male | 53868603751 | diabetes1 | language=pl
1000019 | Amina Ali | 1979-01-01 | female | 80875172690 | astma | kjernejournal=none language=so
1000020 | Oksana Kovalenko | 1992-10-02 | female | 02909206424 80822983379 | epilepsi | language=uk
1000021 | Jonas Tangen | 1999-05-09 | male | 09859922500 | frisk |
1000022 | Grete Ødegård | 1957-08-26 | female | 26885704203 | kols |
1000023 | Oddvar Nes | 1938-12-03 | male | 03923822150 | kols_hjertesvikt |
1000024 | Borghild Vik | 1944-01-19 | female | 19814410431 | skropelig_eldre | withheldDocuments=7
"""


def _read(table: str) -> tuple[Special, ...]:
    return tuple(
        _row(*(cell.strip() for cell in line.split("|"))) for line in table.split("\n")[1:-1]
    )


def _row(
    serial: str, name: str, born: str, gender: str, numbers: str, story: str, traits: str
) -> Special:
    given, family = name.split()
    return Special(
        serial=int(serial),
        name=Name(given=given, family=family),
        born=born,
        gender=gender,
        numbers=tuple(numbers.split()),
        story=story,
        traits=dict(trait.split("=") for trait in traits.split()),
    )


SPECIAL = _read(_TABLE)


def add_special(world: World, series: NumberSeries) -> None:
    """Add the special patients, keeping their numbers from being given to others."""
    for special in SPECIAL:
        for number in special.numbers:
            series.reserve(number)
        story = next((s for s in STORIES if s.key == special.story), None)
        person = _person(special, story, world.today)
        chart = Chart(person, special.serial)
        if story:
            fill(chart, story, Random(special.serial), world.today)
        _twist(special.serial, chart, world.today)
        world.add(person, chart.record)


def _twist(serial: int, chart: Chart, today: date) -> None:
    if serial == MANY:
        _multiply(chart, today)
    if serial == UNKNOWN_CODES:
        _use_unknown_codes(chart)
    if chart.person.sources.locked == "withheld":
        _lock(chart.record["MedicationStatement"][0])


def _person(special: Special, story: Story | None, today: date) -> Person:
    gp = member(staff.at("999000215", "Fastlege")[1])
    posts = story.team if story else ()
    team = [member(staff.at(p.unit, p.title)[0], *p.functions, title=p.role) for p in posts]
    language = special.traits.get("language", "nb")
    died = (today - timedelta(days=21)).isoformat() if special.serial == DECEASED else None
    return Person(
        id=f"cdp{special.serial}",
        numbers=[_number(value) for value in special.numbers],
        name=special.name,
        gender=special.gender,
        story=special.story,
        birth_date=special.born,
        deceased=died,
        address=Address(line="Parkveien 7", postal_code="9910", city="Fjordvik"),
        municipality="Fjordvik",
        phone=f"990{60000 + special.serial % 1000}",
        language=language,
        interpreter=language in {"pl", "so", "uk"},
        problems=[
            Problem(text=code.text, system=code.system, code=code.code)
            for code in (story.problems if story else ())
        ],
        team=[*team, gp] if story else [],
        gp=gp,
        sources=_traits(special.traits),
    )


def _traits(traits: dict[str, str]) -> SourceTraits:
    return SourceTraits(
        kjernejournal=traits.get("kjernejournal", "present"),
        prescription_lookup=bool(traits.get("prescriptionLookup", "yes")),
        locked=traits.get("locked", "visible"),
        hospital=traits.get("hospital", "open"),
        withheld_documents=int(traits.get("withheldDocuments", 0)),
    )


def _number(value: str) -> Number:
    first = value[0]
    system = TEMPORARY if first in "89" else D_NUMBER if first in "4567" else NATIONAL
    return Number(value, system)


def _multiply(chart: Chart, today: date) -> None:
    story = next(s for s in STORIES if s.key == chart.person.story)
    author = chart.person.team[0]
    for number in range(600):
        day = datetime.combine(today + timedelta(days=number - 500), time(10))
        prescription = story.prescriptions[number % len(story.prescriptions)]
        chart.medicine(
            Entry(
                prescription=prescription,
                dosage=prescription.dosage,
                prescribed=today - timedelta(days=number + 1),
                by=author.name,
                status="active" if number < 120 else "completed",
            )
        )
        status = "fulfilled" if day.date() < today else "booked"
        chart.visit(Visit(meeting=story.meetings[0], start=day, by=author, status=status))
        chart.document(JOURNAL, f"Notat {number + 1}", day - timedelta(days=101), author)


def _use_unknown_codes(chart: Chart) -> None:
    record = chart.record
    record["MedicationStatement"][0]["status"] = "paused-by-pharmacy"
    record["Medication"][-1]["code"]["coding"].append(
        {"system": "urn:oid:2.16.578.1.12.4.1.1.99999", "code": "X1", "display": "Ukjent kodeverk"}
    )
    record["Appointment"][-1]["status"] = "rescheduling"
    record["CareTeam"][0]["participant"][0]["role"] = [{"text": "Digital veileder"}]
    for condition in record.get("Condition", ()):
        condition["category"][0]["coding"][0] |= {"code": "42", "display": "Ny kategori"}
        condition["verificationStatus"]["coding"][0]["code"] = "rumoured"


def _lock(statement: Resource) -> None:
    for part in statement["extension"][0]["extension"]:
        if part["url"] == "lockedresept":
            part["valueBoolean"] = True
