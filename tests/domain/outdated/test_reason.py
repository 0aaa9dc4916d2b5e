from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outdated.fingerprint import Fingerprint
from domain.outdated.reason import OutdatedKind, changes
from domain.source.section import SectionName
from tests.builders import NOW

MEDICINES, CRITICAL, STAYS = (
    SectionName.MEDICATIONS,
    SectionName.CRITICAL_INFO,
    SectionName.APPOINTMENTS,
)


def printed(
    line: str, says: str = "10 mg", *, is_current: bool = True, is_hidden: bool = False
) -> Fingerprint:
    return Fingerprint(
        line=line, says=says, is_current=is_current, is_hidden_from_guardians=is_hidden
    )


def kinds(
    section: SectionName,
    before: list[Fingerprint],
    now: list[Fingerprint],
    *,
    is_whole: bool = True,
) -> list[tuple[OutdatedKind, str]]:
    found = changes(section, before, now, NOW, is_whole=is_whole)
    return [each.is_about for each in found]


A, B = printed("a"), printed("b", "20 mg")

sets = st.lists(
    st.builds(
        Fingerprint,
        line=st.sampled_from("abcdef"),
        says=st.sampled_from("xyz"),
        is_current=st.booleans(),
        is_hidden_from_guardians=st.booleans(),
    ),
    unique_by=lambda each: each.line,
)


@pytest.mark.parametrize(
    ("section", "new", "changed", "ended"),
    [
        (
            MEDICINES,
            OutdatedKind.NEW_MEDICINE,
            OutdatedKind.CHANGED_MEDICINE,
            OutdatedKind.STOPPED_MEDICINE,
        ),
        (
            CRITICAL,
            OutdatedKind.NEW_CRITICAL_INFORMATION,
            OutdatedKind.CHANGED_CRITICAL_INFORMATION,
            OutdatedKind.ENDED_CRITICAL_INFORMATION,
        ),
    ],
)
def test_new_changed_and_ended_lines_are_told_apart(
    section: SectionName, new: OutdatedKind, changed: OutdatedKind, ended: OutdatedKind
) -> None:
    assert kinds(section, [A], [A, B]) == [(new, "b")]
    assert kinds(section, [A], [printed("a", "5 mg")]) == [(changed, "a")]
    assert kinds(section, [A, B], [A]) == [(ended, "b")]
    assert kinds(section, [A], [printed("a", is_current=False)]) == [(ended, "a")]
    assert kinds(section, [printed("a", is_current=False)], [A]) == [(new, "a")]


@given(st.sampled_from([MEDICINES, CRITICAL, STAYS]), sets, st.booleans())
def test_what_is_back_as_it_was_is_no_reason(
    section: SectionName, lines: list[Fingerprint], is_whole: bool
) -> None:
    assert changes(section, lines, lines, NOW, is_whole=is_whole) == ()


@given(st.sampled_from([MEDICINES, CRITICAL, STAYS]), sets, sets)
def test_an_answer_with_gaps_tells_of_nothing_that_a_whole_one_does_not(
    section: SectionName, before: list[Fingerprint], now: list[Fingerprint]
) -> None:
    whole = set(kinds(section, before, now))
    assert set(kinds(section, before, now, is_whole=False)) <= whole


@given(sets, sets)
def test_the_order_of_lines_means_nothing(
    before: list[Fingerprint], now: list[Fingerprint]
) -> None:
    again = kinds(MEDICINES, before[::-1], now[::-1])
    assert {kind for kind, _ in again} == {kind for kind, _ in kinds(MEDICINES, before, now)}
    assert len(again) == len(kinds(MEDICINES, before, now))


def test_a_line_that_is_not_shown_may_just_be_held_back() -> None:
    assert kinds(MEDICINES, [A, B], [A], is_whole=False) == []


def test_a_prescription_that_is_renewed_under_another_id_is_the_same() -> None:
    ended = printed("a", "ended", is_current=False)
    renewed = printed("a2", A.says)
    assert kinds(MEDICINES, [A], [renewed]) == []
    assert kinds(MEDICINES, [A], [ended, renewed]) == []
    assert kinds(MEDICINES, [A], [A, renewed]) == [(OutdatedKind.NEW_MEDICINE, "a2")]


def test_a_cure_that_came_and_went_leaves_the_plan_as_it_is() -> None:
    assert kinds(MEDICINES, [A], [A, printed("b", is_current=False)]) == []


def test_a_stay_is_an_admission_and_then_a_discharge() -> None:
    goes_on, over = printed("s"), printed("s", is_current=False)
    assert kinds(STAYS, [], [goes_on]) == [(OutdatedKind.ADMISSION, "s")]
    assert kinds(STAYS, [], [over]) == [(OutdatedKind.DISCHARGE, "s")]
    assert kinds(STAYS, [goes_on], [over]) == [(OutdatedKind.DISCHARGE, "s")]
    assert kinds(STAYS, [over], [over]) == []
    assert kinds(STAYS, [goes_on], []) == []
    assert kinds(STAYS, [over], [over, printed("t")]) == [(OutdatedKind.ADMISSION, "t")]


def test_what_is_hidden_from_guardians_is_so_in_the_reason() -> None:
    hidden = printed("a", is_hidden=True)
    for before, now in (([], [hidden]), ([hidden], []), ([A], [printed("a", "x", is_hidden=True)])):
        (found,) = changes(MEDICINES, before, now, NOW, is_whole=True)
        assert found.is_hidden_from_guardians
    (shown,) = changes(MEDICINES, [], [A], NOW + timedelta(1), is_whole=True)
    assert not shown.is_hidden_from_guardians
    assert shown.noticed_at == NOW + timedelta(1)
