"""The people of the demonstration, the same whatever the seed.

| id | who | number |
| --- | --- | --- |
| cdp1000001 | Nora Fjell, 11 years: severe asthma and epilepsy, two homes | 20811590267 * |
| cdp1000002 | Kari Fjell, her mother | 14898430252 |
| cdp1000003 | Ola Fjell, her father | 03868130139 |
| cdp1000004 | Arne Fjell, her grandfather, KOLS | 02834530190 |
| cdp1000005 | Emil Fjell, her brother, well and without medicines | 11852290341 |

* Nora is two months from her twelfth birthday, the end of her parents' access, on whatever day the
world is made. Her birth date and so her number follow that day; this one is of 2026-11-22.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from simulators import staff
from simulators.chart import Chart
from simulators.clinical import Code
from simulators.fill import fill
from simulators.identity import NATIONAL, Number, NumberSeries
from simulators.nora import fill_nora, team_of_nora
from simulators.people import Address, Home, Name, Parent, Person, Problem, Vital, member
from simulators.stories import lungs_and_heart
from simulators.stories.children import ASTHMA
from simulators.stories.parts import COPD, EPILEPSY
from simulators.world import World

KARIS_HOME = Address(line="Solbakken 14", postal_code="9910", city="Fjordvik")
OLAS_HOME = Address(line="Havnegata 3B", postal_code="9910", city="Fjordvik")
ARNES_HOME = Address(line="Fjellveien 61", postal_code="9932", city="Solvær")

KARI = Parent(name="Kari Fjell", number="14898430252", home="Hjemme hos mor")
OLA = Parent(name="Ola Fjell", number="03868130139", home="Hjemme hos far")

_GP = member(staff.at("999000207", "Fastlege")[0])


def add_cast(world: World, series: NumberSeries) -> None:
    """Add the cast, keeping their numbers from being given to others."""
    others = (_kari(), _ola(), _arne(), _emil())
    for person in others:
        series.reserve(person.number.value)
    for serial, person in enumerate((_nora(world.today, series), *others), 1_000_001):
        chart = Chart(person, serial)
        if person.story == "astma_epilepsi_barn":
            fill_nora(chart, world.today)
        elif person.story == "kols":
            fill(chart, lungs_and_heart.STORIES[0], Random("arne"), world.today)
        world.add(person, chart.record)


def _nora(today: date, series: NumberSeries) -> Person:
    born = _so_long_before(today + timedelta(days=59), years=12)
    number = series.national(born, "female", "nora 40").value
    nora = _fjell(1, "Nora", number, born.isoformat(), "female", "astma_epilepsi_barn")
    nora.address = KARIS_HOME
    nora.parents = [KARI, OLA]
    nora.homes = [
        Home(label=KARI.home, address=KARIS_HOME, share="Annenhver uke, bytte fredag"),
        Home(label=OLA.home, address=OLAS_HOME, share="Annenhver uke, bytte fredag"),
    ]
    nora.problems = [_problem(ASTHMA), _problem(EPILEPSY)]
    nora.vitals = [
        Vital(code="19935-6", text="PEF", value=310, unit="L/min"),
        Vital(code="2708-6", text="Oksygenmetning", value=97, unit="%"),
        Vital(code="8867-4", text="Puls", value=84, unit="/min"),
        Vital(code="29463-7", text="Kroppsvekt", value=37, unit="kg"),
    ]
    nora.team = team_of_nora(_GP)
    nora.sources.withheld_documents = 2
    return nora


def _kari() -> Person:
    kari = _fjell(2, "Kari", KARI.number, "1984-09-14", "female", "forelder")
    kari.address, kari.phone = KARIS_HOME, "99058402"
    return kari


def _ola() -> Person:
    ola = _fjell(3, "Ola", OLA.number, "1981-06-03", "male", "forelder")
    ola.address, ola.phone = OLAS_HOME, "99058103"
    return ola


def _arne() -> Person:
    arne = _fjell(4, "Arne", "02834530190", "1945-03-02", "male", "kols")
    arne.address, arne.municipality = ARNES_HOME, "Solvær"
    arne.problems = [_problem(COPD)]
    arne.vitals = [Vital(code="2708-6", text="Oksygenmetning", value=91, unit="%")]
    doctor = staff.at("974795523", "Overlege")[1]
    nurse = staff.at("974795523", "Lungesykepleier")[0]
    home_nurse = staff.at("999000118", "Sykepleier")[0]
    arne.team = [
        member(doctor, "CONTACT_DOCTOR", title="Kontaktlege", since="2019-02-11"),
        member(nurse, "PLAN_RESPONSIBLE", "PRIMARY_CONTACT", since="2021-05-03"),
        member(home_nurse, since="2024-10-21"),
        _GP,
    ]
    return arne


def _emil() -> Person:
    emil = _fjell(5, "Emil", "11852290341", "2022-05-11", "male", "frisk_barn")
    emil.address = KARIS_HOME
    emil.parents = [KARI, OLA]
    emil.homes = [
        Home(label=KARI.home, address=KARIS_HOME),
        Home(label=OLA.home, address=OLAS_HOME),
    ]
    return emil


def _fjell(serial: int, given: str, number: str, born: str, gender: str, story: str) -> Person:
    return Person(
        id=f"cdp{1_000_000 + serial}",
        numbers=[Number(number, NATIONAL)],
        name=Name(given=given, family="Fjell"),
        gender=gender,
        story=story,
        birth_date=born,
        municipality="Fjordvik",
        gp=_GP,
    )


def _so_long_before(day: date, years: int) -> date:
    """Return the same day years earlier; 29 February may have none."""
    return day.replace(year=day.year - years, day=min(day.day, 28))


def _problem(code: Code) -> Problem:
    return Problem(text=code.text, system=code.system, code=code.code)
