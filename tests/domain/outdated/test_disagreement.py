from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.code_system import ATC
from domain.coding import Coding
from domain.content.plan_content import PlanContent
from domain.content.self_care import MedicineInstruction, SelfCare
from domain.outdated.disagreement import disagreements
from domain.outdated.fingerprint import FingerprintKey
from domain.outdated.reason import Noticed, OutdatedKind
from domain.source.medication import Medication, MedicationStatus
from tests.builders import NOW

KEY = FingerprintKey("a-secret-of-at-least-32-characters")
FEST = "http://dmp.no/fhir/NamingSystem/festLegemiddelMerkevare"
SAID = MedicineInstruction(
    id="l1",
    medicine=Coding(text="Frisium (klobazam)", system=ATC, code="N05BA09"),
    instruction="Hver kveld",
    dose="5 mg",
)
LISTED = Medication(
    id="pll-1",
    name="Frisium tab 10 mg",
    status=MedicationStatus.ACTIVE,
    status_text="active",
    atc="N05BA09",
    product=Coding(text="Frisium", system=FEST, code="ID-1"),
    dosage="1 tablett (10 mg) hver kveld",
)


def found(
    said: MedicineInstruction = SAID, *listed: Medication, patient: str = "pat_1"
) -> tuple[Noticed, ...]:
    content = PlanContent(title="Egenbehandling", self_care=SelfCare(medicines=(said,)))
    return disagreements(patient, content, listed or (LISTED,), KEY, NOW)


def test_the_plan_says_5_mg_and_the_list_says_10_mg() -> None:
    (noticed,) = found()
    assert (noticed.kind, noticed.line_id, noticed.noticed_at) == (
        OutdatedKind.PLAN_AND_LIST_DISAGREE,
        "l1",
        NOW,
    )


@pytest.mark.parametrize(
    "named",
    [
        Coding(text="Frisium", system=FEST, code="ID-1"),
        Coding(text="frisium TAB 10 mg"),
    ],
)
def test_the_same_medicine_is_known_by_product_or_by_the_very_same_words(named: Coding) -> None:
    assert found(replace(SAID, medicine=named))


@pytest.mark.parametrize(
    "named",
    [
        Coding(text="Frisium", system=ATC, code="N03AX14"),
        Coding(text="Frisium", system=FEST, code="ID-2"),
        Coding(text="Frisium"),
    ],
)
def test_nobody_guesses_which_medicine_is_meant(named: Coding) -> None:
    assert found(replace(SAID, medicine=named)) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"status": MedicationStatus.STOPPED},
        {"is_locked": True},
        {"dosage": "½ tablett hver kveld"},
    ],
)
def test_a_medicine_that_is_stopped_locked_or_says_the_same_is_not_at_odds(
    change: dict[str, Any],
) -> None:
    assert found(SAID, replace(LISTED, **change)) == ()


def test_a_plan_without_a_dose_or_medicines_disagrees_with_nothing() -> None:
    assert found(replace(SAID, dose=None)) == ()
    assert disagreements("pat_1", PlanContent(title="Plan"), [LISTED], KEY, NOW) == ()
    assert disagreements("pat_1", None, [LISTED], KEY, NOW) == ()


def test_another_dose_on_either_side_is_another_disagreement() -> None:
    other_list = replace(LISTED, name="Frisium tab 20 mg", dosage="1 tablett")
    marks = {
        found()[0].mark,
        found(replace(SAID, dose="2 mg"))[0].mark,
        found(SAID, other_list)[0].mark,
        found(patient="pat_2")[0].mark,
    }
    assert len(marks) == 4
    assert found()[0].mark == found()[0].mark


def test_what_is_hidden_from_guardians_is_hidden_here_too() -> None:
    (noticed,) = found(SAID, replace(LISTED, is_hidden_from_guardians=True))
    assert noticed.is_hidden_from_guardians
