from __future__ import annotations

import pytest

from domain.source.section import Reason, ReasonCode, Section, SectionState, SourceName
from domain.wording.reason import sentence
from domain.words import LANGUAGES
from tests.builders import NOW


def _reason(code: ReasonCode, count: int | None = None) -> Reason:
    return Reason(code=code, count=count)


def test_an_empty_answer_is_the_source_s_word_that_it_holds_nothing() -> None:
    section: Section[str] = Section.answered(SourceName.HOSPITAL, [], NOW)
    assert (section.state, section.items) == (SectionState.OK, ())


def test_nothing_with_a_gap_is_not_an_empty_list() -> None:
    gap = _reason(ReasonCode.WITHHELD_BY_SOURCE, 2)
    section: Section[str] = Section.answered(SourceName.HOSPITAL, [], NOW, [gap])
    assert (section.state, section.items) == (SectionState.WITHHELD, None)
    assert section.withheld_count == 2


def test_the_worst_reason_is_the_state_and_all_are_kept() -> None:
    codes = [ReasonCode.WITHHELD_BY_SOURCE, ReasonCode.UNREADABLE_ITEM]
    section = Section.answered(SourceName.HOSPITAL, ["x"], NOW, [_reason(code) for code in codes])
    assert section.state is SectionState.WITHHELD
    assert [reason.code for reason in section.reasons] == codes


def test_a_missing_section_has_no_items() -> None:
    section: Section[str] = Section.missing(SourceName.MEDICATION, ReasonCode.SOURCE_TIMEOUT)
    assert (section.state, section.items) == (SectionState.UNAVAILABLE, None)
    assert section.retrieved_at is None


def test_states_stand_from_best_to_worst() -> None:
    assert [state.name for state in SectionState] == [
        "OK",
        "PARTIAL",
        "STALE",
        "WITHHELD",
        "NOT_ASKED",
        "UNAVAILABLE",
    ]


@pytest.mark.parametrize("code", ReasonCode)
@pytest.mark.parametrize("language", [*sorted(LANGUAGES), "se"])
def test_every_reason_has_a_sentence(code: ReasonCode, language: str) -> None:
    assert sentence(code, language).endswith(".")


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_keeps_a_section_from_being_ok(code: ReasonCode) -> None:
    assert _reason(code).state is not SectionState.OK
