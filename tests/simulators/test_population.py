"""The population: all ages and kinds, right numbers, doses that fit, the same again."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators import cast, organisations, staff
from simulators.building import build
from simulators.clinical import PerKilo
from simulators.identity import D_NUMBER, NATIONAL, TEMPORARY, NumberSeries, is_valid
from simulators.medicines import MEDICINES
from simulators.people import Person, age_on
from simulators.stories import STORIES
from simulators.world import World, WorldFileUnusable, load

TODAY = date(2026, 11, 22)
CAST = {
    "cdp1000001": ("Nora", "20811590267"),
    "cdp1000002": ("Kari", "14898430252"),
    "cdp1000003": ("Ola", "03868130139"),
    "cdp1000004": ("Arne", "02834530190"),
    "cdp1000005": ("Emil", "11852290341"),
}


def age(person: Person) -> int:
    assert person.birth_date
    return age_on(date.fromisoformat(person.birth_date), TODAY)


def all_numbers(world: World) -> list[str]:
    parents = {parent.number for person in world.people for parent in person.parents}
    own = [number.value for person in world.people for number in person.numbers]
    return own + sorted(parents - {cast.KARI.number, cast.OLA.number})


def test_at_least_five_hundred_patients_of_all_ages_and_stories(world: World) -> None:
    assert len(world.people) >= 539
    ages = Counter(age(person) // 10 for person in world.people)
    assert all(ages[decade] for decade in range(10))
    assert {story.key for story in STORIES} <= {person.story for person in world.people}


def test_a_dozen_seriously_ill_children_have_two_homes_and_large_teams(world: World) -> None:
    children = [p for p in world.people if p.story == "palliasjon_barn"]
    assert len(children) >= 12
    for child in children:
        assert age(child) < 18
        assert len(child.homes) == len(child.parents) == 2
        assert len(child.team) >= 12


def test_numbers_are_synthetic_valid_and_unique(world: World) -> None:
    numbers = all_numbers(world)
    assert len(numbers) == len(set(numbers))
    for number in numbers:
        assert is_valid(number)
        assert 81 <= int(number[2:4]) <= 92


def test_numbers_fit_birth_date_gender_and_series(world: World) -> None:
    for person in world.people:
        number = person.number
        if number.system == TEMPORARY:
            assert number.value[0] == "8"
            continue
        day = int(number.value[:2]) - (40 if number.system == D_NUMBER else 0)
        assert person.birth_date == (
            f"{person.birth_date[:2] if person.birth_date else ''}{number.value[4:6]}"
            f"-{int(number.value[2:4]) - 80:02}-{day:02}"
        )
        assert (int(number.value[8]) % 2 == 0) == (person.gender == "female")


def test_d_numbers_and_temporary_numbers_are_among_them(world: World) -> None:
    systems = Counter(person.number.system for person in world.people)
    assert systems[D_NUMBER] >= 15
    assert systems[TEMPORARY] >= 8
    assert systems[NATIONAL] >= 450


def test_the_cast_is_the_same_whatever_the_seed(world: World) -> None:
    for each in (world, build(seed=99, today=TODAY, patients=40)):
        for person_id, (name, number) in CAST.items():
            person = each.person(number)
            assert person is not None
            assert (person.id, person.name.given) == (person_id, name)


@pytest.mark.parametrize(
    "today", [TODAY, date(2027, 1, 20), date(2028, 2, 29), date(2031, 12, 31)], ids=str
)
def test_nora_is_two_months_from_twelve_whenever_the_world_is_made(today: date) -> None:
    nora = build(today=today, patients=1).people[0]
    born = date.fromisoformat(nora.birth_date or "")
    assert age_on(born, today) == 11
    assert age_on(born, today + timedelta(days=62)) == 12
    assert is_valid(nora.number.value)
    assert (nora.number.value[:2], nora.number.value[4:6]) == (f"{born:%d}", f"{born:%y}")


def test_nora_has_a_full_record(world: World) -> None:
    record = world.records["cdp1000001"]
    nora = world.person("20811590267")
    assert nora is not None
    assert (nora.birth_date, len(nora.team), len(nora.homes)) == ("2015-01-20", 15, 2)
    heads = [s for s in record["MedicationStatement"] if "partOf" not in s]
    assert len(heads) == 12
    assert len(record["MedicationStatement"]) == 14
    assert len(record["Appointment"]) == 13
    assert len(record["DocumentReference"]) == 10
    assert len(record["AllergyIntolerance"]) + len(record["Condition"]) == 6
    names = {member.name for member in nora.team}
    assert {staff.INGRID.name, staff.OMAR.name, staff.SIRI.name} <= names


def test_the_head_of_a_chain_has_a_pll_id_and_its_tail_is_completed(world: World) -> None:
    tails = 0
    for record in world.records.values():
        statements = {f"urn:uuid:{s['id']}": s for s in record.get("MedicationStatement", ())}
        for statement in statements.values():
            kinds = [i["type"]["text"] for i in statement["identifier"]]
            if "partOf" in statement:
                tails += 1
                assert statement["status"] == "completed"
                assert "PLL" not in kinds
                assert "partOf" not in statements[statement["partOf"][0]["reference"]]
            else:
                assert kinds[0] == "PLL"
    assert tails > 100


def test_every_reference_of_the_hospital_is_served(world: World) -> None:
    for person in world.people:
        for kind in ("Appointment", "CareTeam", "DocumentReference"):
            for resource in world.of(person, kind):
                for name in re.findall(r'"reference":"([^"]+)"', _text(resource)):
                    assert name == f"Patient/{person.id}" or name in world.directory, name


def test_nothing_happened_before_birth(world: World) -> None:
    for person in world.people:
        dates = set(re.findall(r'"(\d{4}-\d\d-\d\d)', _text(world.records[person.id])))
        dates |= {member.since for member in person.team if member.since}
        assert min(dates, default="9999") >= str(person.birth_date)


def test_children_get_doses_for_children(world: World) -> None:
    adult_only = {MEDICINES[key].name for key in ("buccolam_10", "trelegy", "oxynorm", "metformin")}
    for person in world.people:
        if age(person) < 10:
            names = {m["code"]["text"] for m in world.of(person, "Medication")}
            assert not names & adult_only


def test_a_dose_by_weight_stops_at_its_limit() -> None:
    dose = PerKilo(15, 24, 1000)
    assert dose.text(10) == "6,2 ml (148,8 mg)"
    assert dose.text(200) == "41,7 ml (1000,8 mg)"


def test_medicines_have_seven_figure_atc_codes_or_say_less() -> None:
    for medicine in MEDICINES.values():
        assert re.fullmatch(r"[A-Z]\d\d[A-Z]{2}(\d\d)?", medicine.atc), medicine


def test_same_seed_same_world() -> None:
    worlds = [build(seed=seed, today=TODAY, patients=60) for seed in (7, 7, 8)]
    first, again, other = (msgspec.json.encode(world) for world in worlds)
    assert first == again != other


@pytest.mark.parametrize("patients", [0, 1, 5, 100, 700])
def test_as_many_patients_as_asked_for(patients: int) -> None:
    fixed = len(build(today=TODAY, patients=0).people)
    assert len(build(today=TODAY, patients=patients).people) == fixed + patients


def test_a_leap_day_is_a_day_like_any_other() -> None:
    world = build(today=date(2028, 2, 29), patients=30)
    assert all(p.birth_date is not None and p.birth_date <= "2028-02-29" for p in world.people)


def test_a_world_comes_back_from_its_file(tmp_path: Path) -> None:
    world = build(today=TODAY)
    path = tmp_path / "world.json"
    world.save(path)
    again = load(path)
    assert again == world
    assert again.person("20811590267") is not None


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{", '{"seed": 1, "today": "2026-01-01", "version": 9}']
)
def test_a_file_that_is_no_world_says_what_to_do(tmp_path: Path, text: str) -> None:
    path = tmp_path / "world.json"
    with pytest.raises(WorldFileUnusable, match="build one first"):
        load(path)
    path.write_text(text)
    with pytest.raises(WorldFileUnusable, match="build it again"):
        load(path)


def test_staff_and_organisations_hang_together() -> None:
    for person in staff.everyone():
        assert person.unit in organisations.ORGANISATIONS
    hprs = [person.hpr for person in staff.everyone() if person.hpr]
    assert len(hprs) == len(set(hprs))


@given(st.dates(date(1854, 1, 1), date(2039, 12, 31)), st.sampled_from(["male", "female", "other"]))
def test_any_birth_date_gets_a_valid_number(born: date, gender: str) -> None:
    series = NumberSeries()
    for number in (series.national(born, gender, "x"), series.d_number(born, gender, "x")):
        assert is_valid(number.value)
        assert int(number.value[2:4]) == born.month + 80


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()
