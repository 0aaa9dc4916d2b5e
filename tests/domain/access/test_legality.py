from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.access.decision import decide, oversight
from domain.access.legal_basis import bases
from domain.access.legality import without_law
from domain.access.matrix import CELLS
from domain.access.right import Right
from domain.access.standing import Standing
from domain.access.viewer import ViewerRole
from domain.refusal import Refusal
from tests.builders import NOW, a_clinician, a_relation, facts

TODAY = NOW.date()
BEFORE_ANY_LAW = datetime(2000, 12, 31, 22, 59, tzinfo=UTC)
ON_THE_DAY = datetime(2000, 12, 31, 23, 0, tzinfo=UTC)  # midnight in Norway, 1 January 2001


@pytest.mark.parametrize("standing", Standing)
def test_every_right_that_is_given_rests_on_a_law_today(standing: Standing) -> None:
    assert without_law(standing, TODAY) == {}


@pytest.mark.parametrize("standing", Standing)
def test_what_rests_on_no_law_yet_is_refused(standing: Standing) -> None:
    given = {right for right in Right if CELLS[standing][right].is_given}
    assert without_law(standing, date(1999, 1, 1)) == dict.fromkeys(given, Refusal.NO_LEGAL_BASIS)


def test_the_day_is_norway_s() -> None:
    tie = a_relation(since=datetime(1999, 1, 1, tzinfo=UTC))
    viewer = a_clinician()
    before = decide(viewer, facts(tie), BEFORE_ANY_LAW)
    assert before.on(Right.READ_PLAN).refusal is Refusal.NO_LEGAL_BASIS
    assert decide(viewer, facts(tie), ON_THE_DAY).may(Right.READ_PLAN)


def test_a_law_that_comes_later_is_waited_for() -> None:
    tie = a_relation(since=datetime(1999, 1, 1, tzinfo=UTC))
    decided = decide(a_clinician(), facts(tie), datetime(2010, 1, 1, tzinfo=UTC))
    assert decided.may(Right.READ_PLAN)
    assert decided.on(Right.READ_LOG).refusal is Refusal.NO_LEGAL_BASIS  # the act is of 2015


def test_the_privacy_officer_s_oversight_rests_on_a_law_too() -> None:
    officer = a_clinician(role=ViewerRole.PRIVACY_OFFICER)
    decided = oversight(officer, datetime(2017, 1, 1, tzinfo=UTC))
    assert decided.on(Right.READ_LOG).refusal is Refusal.NO_LEGAL_BASIS
    assert oversight(officer, NOW).may(Right.READ_LOG)


@pytest.mark.parametrize("right", Right)
def test_personnel_who_answer_for_a_part_rest_on_the_same_law_as_the_rest(right: Right) -> None:
    assert bases(right, Standing.RESPONSIBLE) == bases(right, Standing.PERSONNEL)
