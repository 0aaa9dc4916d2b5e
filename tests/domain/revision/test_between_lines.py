from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.coding import Coding
from domain.content.line import ContentSection
from domain.content.plan_content import PlanContent
from domain.content.self_care import MedicineInstruction
from domain.content.zone import Zone, ZoneLevel
from domain.revision.clash import Clash, ClashKind
from domain.revision.difference import ChangeKind
from domain.revision.merge import merge
from tests.domain.lines import (
    a_content,
    a_goal,
    a_limit,
    a_medicine,
    a_problem,
    a_zone,
    an_action,
)

YELLOW, RED = ZoneLevel.YELLOW, ZoneLevel.RED


def only_clash(base: PlanContent, ours: PlanContent, theirs: PlanContent) -> Clash:
    (clash,) = merge(base, ours, theirs).clashes
    return clash


def test_a_goal_for_a_problem_that_the_other_side_removed_clashes() -> None:
    base = a_content(problems=(a_problem(),))
    goal = a_content(problems=(a_problem(),), goals=(a_goal(problem_ids=("p1",)),))
    clash = only_clash(base, a_content(), goal)
    assert clash.kind is ClashKind.REMOVED_AND_USED
    assert (clash.section, clash.line) == (ContentSection.PROBLEMS, "p1")
    assert (clash.ours.kind, clash.theirs.kind) == (ChangeKind.REMOVED, ChangeKind.ADDED)
    turned = only_clash(base, goal, a_content())
    assert (turned.ours.kind, turned.theirs.kind) == (ChangeKind.ADDED, ChangeKind.REMOVED)


def test_an_action_for_a_goal_that_the_other_side_removed_clashes() -> None:
    base = a_content(goals=(a_goal(),), actions=(an_action(),))
    ours = a_content(goals=(a_goal(),), actions=(an_action(goal_ids=("g1",)),))
    clash = only_clash(base, ours, a_content(actions=(an_action(),)))
    assert (clash.kind, clash.line) == (ClashKind.REMOVED_AND_USED, "g1")


def test_a_removed_problem_may_go_with_its_links() -> None:
    base = a_content(problems=(a_problem(),), goals=(a_goal(problem_ids=("p1",)),))
    theirs = a_content(
        problems=(a_problem(),), goals=(a_goal(description="Løpe", problem_ids=("p1",)),)
    )
    merged = merge(base, a_content(goals=(a_goal(),)), theirs).content
    assert merged == a_content(goals=(a_goal(description="Løpe"),))


def test_a_goal_that_both_sides_changed_may_not_keep_a_link_that_is_gone() -> None:
    base = a_content(problems=(a_problem(),), goals=(a_goal(),))
    ours = a_content(problems=(a_problem(),), goals=(a_goal(problem_ids=("p1",)),))
    theirs = a_content(goals=(a_goal(priority=1),))
    assert only_clash(base, ours, theirs).kind is ClashKind.REMOVED_AND_USED


def test_a_line_that_is_to_be_settled_is_not_gone() -> None:
    base = a_content(problems=(a_problem(),))
    ours = a_content(problems=(a_problem(note="A"),), goals=(a_goal(problem_ids=("p1",)),))
    theirs = a_content(problems=(a_problem(note="B"),))
    assert only_clash(base, ours, theirs).kind is ClashKind.BOTH_CHANGED


def test_the_same_id_in_two_sections_clashes() -> None:
    ours = a_content(goals=(a_goal("x"),))
    clash = only_clash(a_content(), ours, a_content(actions=(an_action("x"),)))
    assert clash.kind is ClashKind.SAME_ID
    assert (clash.ours.section, clash.theirs.section) == (
        ContentSection.GOALS,
        ContentSection.ACTIONS,
    )


def _coded(id: str, text: str, code: str) -> MedicineInstruction:
    medicine = Coding(text=text, system="http://www.whocc.no/atc", code=code)
    return MedicineInstruction(id=id, medicine=medicine, instruction="Hver morgen")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (a_medicine("m1"), a_medicine("m2")),
        (a_medicine("m1", "Bisoprolol"), a_medicine("m2", " bisoprolol", dose="10 mg")),
        (_coded("m1", "Bisoprolol", "C07AB07"), a_medicine("m2")),
        (_coded("m1", "Bisoprolol", "C07AB07"), _coded("m2", "Emconcor", "C07AB07")),
    ],
)
def test_two_instructions_for_one_medicine_clash(
    ours: MedicineInstruction, theirs: MedicineInstruction
) -> None:
    clash = only_clash(a_content(), a_content(medicines=(ours,)), a_content(medicines=(theirs,)))
    assert (clash.kind, clash.line) == (ClashKind.BOTH_ADDED, "m1")
    assert (clash.ours.line, clash.theirs.line) == ("m1", "m2")


def test_a_line_turned_into_another_medicine_clashes_with_a_new_one() -> None:
    base = a_content(medicines=(a_medicine("m1", "Metoprolol"),))
    ours = a_content(medicines=(a_medicine("m1", "Bisoprolol"),))
    theirs = a_content(medicines=(a_medicine("m1", "Metoprolol"), a_medicine("m2", "Bisoprolol")))
    assert only_clash(base, ours, theirs).kind is ClashKind.BOTH_ADDED


def test_a_medicine_that_one_side_wrote_twice_is_its_own_doing() -> None:
    base = a_content(medicines=(a_medicine("m1"),))
    twice = a_content(medicines=(a_medicine("m1"), a_medicine("m2", instruction="Hver kveld")))
    changed = a_content(medicines=(a_medicine("m1", dose="10 mg"),))
    assert merge(base, twice, changed).content is not None


def test_one_line_that_both_sides_added_is_not_two() -> None:
    both = (a_medicine("m1"), a_medicine("m2", instruction="Hver kveld"))
    ours, theirs = a_content(medicines=both[:1]), a_content(medicines=both)
    assert merge(a_content(), ours, theirs).content == theirs


def test_a_line_that_is_to_be_settled_is_told_once() -> None:
    base = a_content(medicines=(a_medicine("m1", "Metoprolol"),))
    ours = a_content(medicines=(a_medicine("m1", "Bisoprolol"),))
    changed = a_medicine("m1", "Metoprolol", dose="10 mg")
    theirs = a_content(medicines=(changed, a_medicine("m2", "Bisoprolol")))
    assert only_clash(base, ours, theirs).kind is ClashKind.BOTH_CHANGED


def test_a_problem_and_a_measurement_may_have_one_name() -> None:
    ours = a_content(problems=(a_problem("p1", "Vekt"),))
    theirs = a_content(medicines=(a_medicine("m1", "Vekt"),))
    assert merge(a_content(), ours, theirs).content is not None


def _zones(yellow: float | None, red: float, **yellow_fields: Any) -> PlanContent:
    limits = () if yellow is None else (a_limit(low=yellow, high=80),)
    zones: tuple[Zone, ...] = (
        a_zone(YELLOW, thresholds=limits, **yellow_fields),
        a_zone(RED, thresholds=(a_limit(high=red),)),
    )
    return a_content(zones=zones)


def test_limits_for_one_measure_moved_in_two_colours_clash() -> None:
    clash = only_clash(_zones(50, 50), _zones(60, 50), _zones(50, 55))
    assert (clash.kind, clash.line) == (ClashKind.LIMITS_APART, "YELLOW")
    assert (clash.ours.line, clash.theirs.line) == ("YELLOW", "RED")


def test_limits_that_one_side_took_away_clash_with_those_the_other_moved() -> None:
    assert only_clash(_zones(50, 50), _zones(None, 50), _zones(50, 55)).line == "YELLOW"


def test_limits_of_zones_that_are_to_be_settled_are_told_with_them() -> None:
    clashes = merge(_zones(50, 50), _zones(60, 60), _zones(55, 55)).clashes
    assert [clash.kind for clash in clashes] == [ClashKind.BOTH_CHANGED, ClashKind.BOTH_CHANGED]


def test_limits_moved_alike_on_both_sides_do_not_clash() -> None:
    ours, theirs = _zones(60, 60, contact="Avdelingen"), _zones(60, 60, contact="Avdelingen")
    assert merge(_zones(50, 50), ours, theirs).content == ours


def test_limits_for_different_measures_are_moved_apart() -> None:
    def zones(pef: float, pulse: float) -> PlanContent:
        yellow = a_zone(YELLOW, thresholds=(a_limit("PEF", high=pef),))
        return a_content(zones=(yellow, a_zone(RED, thresholds=(a_limit("Puls", low=pulse),))))

    assert merge(zones(80, 120), zones(75, 120), zones(80, 130)).content == zones(75, 130)


def test_words_of_one_colour_and_limits_of_another_are_merged() -> None:
    ours = _zones(50, 50, contact="Avdelingen")
    assert merge(_zones(50, 50), ours, _zones(50, 45)).content == _zones(
        50, 45, contact="Avdelingen"
    )


MARCH, JUNE, SEPTEMBER = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


def test_a_period_may_not_end_before_it_starts() -> None:
    base = a_content(period_start=MARCH, period_end=SEPTEMBER)
    later = a_content(period_start=JUNE, period_end=SEPTEMBER)
    shorter = a_content(period_start=MARCH, period_end=MARCH)
    for ours, theirs in ((later, shorter), (shorter, later)):
        assert only_clash(base, ours, theirs).kind is ClashKind.PERIOD_BACKWARDS


def test_a_period_moved_at_both_ends_is_merged_when_it_still_is_one() -> None:
    base = a_content(period_start=MARCH, period_end=JUNE)
    ours = a_content(period_start=JUNE, period_end=JUNE)
    theirs = a_content(period_start=MARCH, period_end=SEPTEMBER)
    merged = merge(base, ours, theirs).content
    assert merged == a_content(period_start=JUNE, period_end=SEPTEMBER)
