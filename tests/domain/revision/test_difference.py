from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.content.gist import alike
from domain.content.line import ContentSection, Line, lines
from domain.content.plan_content import Interpreter, PlanContent, TemplateUse
from domain.content.self_care import SelfCare
from domain.content.zone import ZoneLevel
from domain.revision.difference import ChangeKind, Difference, differences, is_same
from tests.domain.contents import contents, often, revisions
from tests.domain.lines import (
    a_content,
    a_goal,
    a_medicine,
    a_problem,
    a_zone,
    an_action,
)

pairs = contents().flatmap(lambda content: st.tuples(st.just(content), revisions(content)))


def only(before: PlanContent, after: PlanContent) -> Difference:
    (difference,) = differences(before, after)
    return difference


@often
@given(contents())
def test_a_content_does_not_differ_from_itself(content: PlanContent) -> None:
    assert differences(content, content) == ()


@often
@given(pairs)
def test_what_is_added_one_way_is_removed_the_other_way(
    pair: tuple[PlanContent, PlanContent],
) -> None:
    before, after = pair
    opposite = {ChangeKind.ADDED: ChangeKind.REMOVED, ChangeKind.REMOVED: ChangeKind.ADDED}
    there = {(it.section, it.line): it.kind for it in differences(before, after)}
    back = {(it.section, it.line): it.kind for it in differences(after, before)}
    assert back == {key: opposite.get(kind, kind) for key, kind in there.items()}


@often
@given(pairs)
def test_a_line_differs_when_it_says_something_else_and_not_otherwise(
    pair: tuple[PlanContent, PlanContent],
) -> None:
    before, after = pair
    old, new = lines(before), lines(after)
    said = {key: (_value(old.get(key)), _value(new.get(key))) for key in {**old, **new}}
    expected = {key for key, (was, now) in said.items() if not alike(was, now)}
    found = [it for it in differences(before, after) if it.kind is not ChangeKind.MOVED]
    assert {(it.section, it.line) for it in found} == expected
    assert all(it.changes for it in found)


@often
@given(pairs)
def test_every_change_says_something_before_or_after(
    pair: tuple[PlanContent, PlanContent],
) -> None:
    for difference in differences(*pair):
        fields = [change.field for change in difference.changes]
        assert len(fields) == len(set(fields))
        assert all(change.before or change.after for change in difference.changes)


def _value(line: Line | None) -> object:
    return line.value if line else None


@often
@given(pairs)
def test_each_line_is_told_once_and_sections_in_the_order_of_the_plan(
    pair: tuple[PlanContent, PlanContent],
) -> None:
    found = differences(*pair)
    keys = [(it.section, it.line) for it in found]
    assert len(keys) == len(set(keys))
    order = list(ContentSection)
    assert [it.section for it in found] == sorted((it.section for it in found), key=order.index)


@often
@given(pairs)
def test_lines_that_are_there_only_once_are_told(pair: tuple[PlanContent, PlanContent]) -> None:
    before, after = pair
    kinds = {(it.section, it.line): it.kind for it in differences(before, after)}
    items = {key for key, line in {**lines(before), **lines(after)}.items() if line.is_item}
    for key in items - lines(before).keys():
        assert kinds[key] is ChangeKind.ADDED
    for key in items - lines(after).keys():
        assert kinds[key] is ChangeKind.REMOVED


def test_a_line_that_is_linked_to_does_not_change_the_lines_that_link() -> None:
    goals = (a_goal(problem_ids=("p1",)),)
    before = a_content(problems=(a_problem(text="Astma"),), goals=goals)
    after = a_content(problems=(a_problem(text="KOLS"),), goals=goals)
    assert only(before, after).section is ContentSection.PROBLEMS


def test_a_changed_line_is_called_what_it_was_called() -> None:
    before, after = a_goal(description="Gå tur"), a_goal(description="Løpe")
    assert only(a_content(goals=(before,)), a_content(goals=(after,))).label.nb == "Gå tur"


def test_a_single_value_is_its_own_field() -> None:
    difference = only(a_content(period_end=date(2026, 6, 1)), a_content())
    assert (difference.kind, difference.line) == (ChangeKind.REMOVED, "periodEnd")
    (change,) = difference.changes
    assert change.field == "periodEnd"


def test_a_new_order_is_told_once_for_its_section() -> None:
    goals = tuple(a_goal(id) for id in ("g1", "g2", "g3", "g4"))
    difference = only(a_content(goals=goals), a_content(goals=goals[::-1]))
    assert (difference.kind, difference.line) == (ChangeKind.MOVED, None)
    assert difference.label.nb == "Målene"


def test_a_line_that_comes_in_between_moves_nothing() -> None:
    one, two, three = (an_action(id) for id in ("a1", "a2", "a3"))
    found = only(a_content(actions=(one, three)), a_content(actions=(one, two, three)))
    assert (found.kind, found.line) == (ChangeKind.ADDED, "a2")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"title": "Min plan"}, {"title": " Min plan "}),
        ({"description": None}, {"description": "\n"}),
        ({"interpreter": Interpreter(language="ar")}, {"interpreter": Interpreter(language="ar ")}),
        (
            {"zones": (a_zone(), a_zone(ZoneLevel.RED))},
            {"zones": (a_zone(ZoneLevel.RED), a_zone())},
        ),
        ({}, {"self_care": SelfCare()}),
        ({}, {"template": TemplateUse(template_id="t1", template_version=1)}),
    ],
)
def test_what_no_reader_would_notice_is_no_real_change(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert is_same(a_content(**before), a_content(**after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"description": "Ny"}),
        ({"goals": (a_goal(),)}, {"goals": (a_goal("g2"),)}),
        ({"goals": (a_goal(), a_goal("g2"))}, {"goals": (a_goal("g2"), a_goal())}),
        ({"medicines": (a_medicine(),)}, {"medicines": (a_medicine(dose="10 mg"),)}),
    ],
)
def test_what_a_reader_would_notice_is_a_real_change(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert not is_same(a_content(**before), a_content(**after))
