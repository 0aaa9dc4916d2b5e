from __future__ import annotations

from typing import Any

import pytest

from domain.coding import Coding
from domain.content.problem import Problem
from domain.content.self_care import MedicineInstruction
from domain.plan.care_team import CareTeamMember
from domain.plan.proposal import from_care_team, from_critical_info, from_medications
from domain.source.critical_info import Certainty, CriticalInfo, CriticalInfoCategory
from domain.source.medication import Medication, MedicationStatus, strength
from domain.source.origin import Origin
from domain.source.section import ReasonCode, Section, SectionState, SourceName
from tests.builders import NOW

ASTHMA = Coding(text="Astma", system="urn:oid:2.16.578.1.12.4.1.1.7110", code="J45")


def _medicine(**changes: Any) -> Medication:
    known: dict[str, Any] = {
        "id": "pll/1",
        "name": "Flutide inh aer 50 mikrog/dose",
        "status": MedicationStatus.ACTIVE,
        "status_text": "active",
        "dosage": "1 dose morgen og kveld",
        "reason_codes": (ASTHMA,),
    }
    return Medication(**known | changes)


def _medicines(*items: Medication) -> Section[Medication]:
    return Section.answered(SourceName.MEDICATION, items, NOW)


def test_a_medicine_in_use_proposes_its_instruction_and_what_it_is_taken_for() -> None:
    instruction, problem = from_medications(_medicines(_medicine())).items or ()
    origin = Origin(source=SourceName.MEDICATION, source_id="pll/1", retrieved_at=NOW)
    assert isinstance(instruction, MedicineInstruction)
    assert (instruction.instruction, instruction.dose) == (
        "1 dose morgen og kveld",
        "50 mikrog/dose",
    )
    assert isinstance(problem, Problem)
    assert (problem.concept, problem.origin, instruction.origin) == (ASTHMA, origin, origin)


def test_a_diagnosis_is_proposed_once_and_what_is_stopped_not_at_all() -> None:
    stopped = _medicine(id="3", status=MedicationStatus.STOPPED)
    proposed = from_medications(_medicines(_medicine(), _medicine(id="2"), stopped)).items or ()
    assert [type(line) for line in proposed] == [MedicineInstruction, MedicineInstruction, Problem]


def test_line_ids_are_the_same_each_time_and_fit_a_plan() -> None:
    one, two = (from_medications(_medicines(_medicine())).items or () for _ in range(2))
    assert [line.id for line in one] == [line.id for line in two]
    assert all(line.id.replace("-", "").isalnum() for line in one)


@pytest.mark.parametrize(
    ("changes", "is_proposed"),
    [
        ({}, True),
        ({"is_active": None}, True),
        ({"is_active": False}, False),
        ({"certainty": Certainty.REFUTED}, False),
        ({"category": CriticalInfoCategory.ALLERGY}, False),
    ],
)
def test_conditions_that_are_there_are_proposed(changes: Any, is_proposed: bool) -> None:
    known: dict[str, Any] = {
        "id": "c1",
        "category": CriticalInfoCategory.CONDITION,
        "concept": ASTHMA,
        "is_active": True,
        "certainty": Certainty.CONFIRMED,
    }
    told = Section.answered(SourceName.KJERNEJOURNAL, [CriticalInfo(**known | changes)], NOW)
    assert bool(from_critical_info(told).items) is is_proposed


def test_members_who_can_be_called_are_proposed_as_contacts() -> None:
    reachable = CareTeamMember(
        id="m1", name="Omar Rashid", phone="99011001", role=Coding(text="Lege")
    )
    team = [reachable, CareTeamMember(id="m2", name="Ukjent")]
    (contact,) = from_care_team(Section.answered(SourceName.HOSPITAL, team, NOW)).items or ()
    assert (contact.label, contact.phone) == ("Omar Rashid, Lege", "99011001")  # type: ignore[union-attr]  # a contact


def test_a_source_that_is_down_proposes_nothing_that_looks_like_none() -> None:
    down: Section[Medication] = Section.missing(SourceName.MEDICATION, ReasonCode.SOURCE_TIMEOUT)
    proposed = from_medications(down)
    assert (proposed.state, proposed.items) == (SectionState.UNAVAILABLE, None)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Paracet tab 500 mg", "500 mg"),
        ("Ventoline inh aer 0,1 mg/dose", "0,1 mg/dose"),
        ("Prednisolon tab 5 mg", "5 mg"),
        ("Stesolid rektalvæske 5 mg", "5 mg"),
        ("Fysioterapi", None),
    ],
)
def test_a_strength_is_read_from_the_name(name: str, found: str | None) -> None:
    assert strength(name) == found
