from __future__ import annotations

import pytest

from domain.coding import Coding
from domain.content.self_care import MedicineInstruction
from domain.outdated.comparison import ComparisonState
from domain.outdated.reason import OutdatedKind, OutdatedReason
from domain.outdated.source_line import SOURCE_OF
from domain.source.section import SectionName
from domain.wording.comparison import reason_sentence, state_sentence
from domain.words import LANGUAGES
from tests.builders import NOW


def of(
    kind: OutdatedKind,
    section: SectionName = SectionName.MEDICATIONS,
    line: MedicineInstruction | None = None,
) -> OutdatedReason:
    return OutdatedReason(kind=kind, section=section, noticed_at=NOW, line=line)


def is_sentence(said: str) -> bool:
    return said[0].isupper() and said.endswith(".") and "{" not in said


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("section", list(SOURCE_OF))
@pytest.mark.parametrize("kind", list(OutdatedKind))
def test_every_reason_is_a_sentence(
    kind: OutdatedKind, section: SectionName, language: str
) -> None:
    assert is_sentence(reason_sentence(of(kind, section), language))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("state", list(ComparisonState))
def test_every_state_is_a_sentence(state: ComparisonState, language: str) -> None:
    assert is_sentence(state_sentence(state, language))


def test_a_disagreement_says_what_the_plan_says_and_not_what_the_list_does() -> None:
    line = MedicineInstruction(
        id="l1", medicine=Coding(text="Frisium (klobazam)"), instruction="", dose="5 mg"
    )
    said = reason_sentence(of(OutdatedKind.PLAN_AND_LIST_DISAGREE, line=line), "nb")
    assert said == "Planen sier 5 mg for Frisium (klobazam). Medisinlisten sier noe annet."


def test_braces_in_a_plan_are_its_own_words() -> None:
    line = MedicineInstruction(id="l1", medicine=Coding(text="{x}"), instruction="", dose="{0}")
    said = reason_sentence(of(OutdatedKind.PLAN_AND_LIST_DISAGREE, line=line), "en")
    assert said == "The plan says {0} for {x}. The medicine list says something else."


def test_another_language_is_told_in_bokmaal() -> None:
    kind = OutdatedKind.ADMISSION
    assert reason_sentence(of(kind), "fr") == reason_sentence(of(kind), "nb")
