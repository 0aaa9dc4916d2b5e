from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from msgspec import structs

from domain.content.goal import Achievement, Target
from domain.content.line import LINKS, ContentSection, LineKey, lines
from domain.content.plan_content import PlanContent
from domain.content.problem import ProblemStatus
from domain.content.self_care import SelfCare
from domain.content.zone import ZoneLevel
from domain.revision.clash import ClashKind
from domain.revision.difference import ChangeKind, differences, is_same
from domain.revision.merge import Merged, merge
from tests.domain.contents import Three, often, triples
from tests.domain.lines import (
    a_contact,
    a_content,
    a_goal,
    a_limit,
    a_medicine,
    a_problem,
    a_zone,
    an_action,
)

any_three = given(triples())


def changed_lines(before: PlanContent, after: PlanContent) -> set[tuple[ContentSection, Any]]:
    found = differences(before, after)
    return {(it.section, it.line) for it in found if it.kind is not ChangeKind.MOVED}


def untouched(base: PlanContent, side: PlanContent) -> set[LineKey]:
    was, now = lines(base), lines(side)
    return {key for key in {**was, **now} if was.get(key) == now.get(key)}


@often
@any_three
def test_what_only_ours_changed_is_ours(three: Three) -> None:
    assert merge(three.base, three.ours, three.base) == Merged(content=three.ours)


@often
@any_three
def test_what_only_theirs_changed_is_theirs(three: Three) -> None:
    assert merge(three.base, three.base, three.theirs) == Merged(content=three.theirs)


@often
@any_three
def test_what_both_changed_alike_is_what_both_have(three: Three) -> None:
    assert merge(three.base, three.ours, three.ours) == Merged(content=three.ours)


@often
@any_three
def test_whether_it_clashes_does_not_depend_on_the_side(three: Three) -> None:
    one = merge(three.base, three.ours, three.theirs)
    other = merge(three.base, three.theirs, three.ours)
    assert (one.content is None) == (other.content is None)
    assert sorted(it.kind.name for it in one.clashes) == sorted(
        it.kind.name for it in other.clashes
    )
    if one.content and other.content:
        assert set(lines(one.content)) == set(lines(other.content))


@often
@any_three
def test_there_is_a_content_or_a_clash_and_never_both(three: Three) -> None:
    merged = merge(*three)
    assert (merged.content is None) == bool(merged.clashes)


@often
@any_three
def test_no_line_is_lost_that_the_other_side_left_alone(three: Three) -> None:
    merged = merge(*three).content
    if merged is None:
        return
    found, ours, theirs = lines(merged), lines(three.ours), lines(three.theirs)
    for key in untouched(three.base, three.theirs):
        assert found.get(key) == ours.get(key)
    for key in untouched(three.base, three.ours):
        assert found.get(key) == theirs.get(key)


@often
@any_three
def test_ids_are_unique_and_no_link_dangles_after_a_merge(three: Three) -> None:
    merged = merge(*three).content
    if merged is None:
        return
    found = lines(merged)
    ids = [line.id for line in found.values() if line.is_item]
    assert len(ids) == len(set(ids))
    for line in found.values():
        for field, section in LINKS.items():
            assert all((section, id) in found for id in getattr(line.value, field, ()))


@often
@any_three
def test_the_merged_differs_from_the_base_in_just_what_either_side_changed(three: Three) -> None:
    merged = merge(*three).content
    if merged is None:
        return
    ours = changed_lines(three.base, three.ours)
    theirs = changed_lines(three.base, three.theirs)
    assert changed_lines(three.base, merged) == ours | theirs


@often
@any_three
def test_each_clash_tells_a_difference_of_each_side(three: Three) -> None:
    for clash in merge(*three).clashes:
        assert clash.ours in differences(three.base, three.ours)
        assert clash.theirs in differences(three.base, three.theirs)
        assert (clash.section, clash.line) in {
            (it.section, it.line) for it in (clash.ours, clash.theirs)
        }


@often
@any_three
def test_what_a_merge_came_to_can_be_kept_as_json(three: Three) -> None:
    merged = merge(*three)
    assert msgspec.json.decode(msgspec.json.encode(merged), type=Merged) == merged


def clash_kinds(base: PlanContent, ours: PlanContent, theirs: PlanContent) -> list[ClashKind]:
    return [clash.kind for clash in merge(base, ours, theirs).clashes]


def test_two_people_at_different_lines_are_merged() -> None:
    base = a_content(goals=(a_goal("g1"), a_goal("g2")), zones=(a_zone(), a_zone(ZoneLevel.RED)))
    ours = a_content(
        goals=(a_goal("g1", description="Løpe"), a_goal("g2")),
        zones=(a_zone(what_to_do="Hvil"), a_zone(ZoneLevel.RED)),
    )
    theirs = a_content(
        goals=(a_goal("g1"),), zones=(a_zone(), a_zone(ZoneLevel.RED, what_to_do="Ring 113"))
    )
    merged = merge(base, ours, theirs).content
    assert merged == a_content(
        goals=(a_goal("g1", description="Løpe"),),
        zones=(a_zone(what_to_do="Hvil"), a_zone(ZoneLevel.RED, what_to_do="Ring 113")),
    )


@pytest.mark.parametrize(
    ("field", "base", "ours", "theirs"),
    [
        ("medicines", a_medicine(), {"dose": "10 mg"}, {"instruction": "Hver kveld"}),
        ("actions", an_action(), {"timing": "Hver kveld"}, {"description": "Tre ganger"}),
        ("actions", an_action(), {"due": date(2027, 1, 15)}, {"timing": "Hver kveld"}),
        ("zones", a_zone(), {"what_to_do": "Hvil"}, {"thresholds": (a_limit(high=50),)}),
        ("zones", a_zone(), {"contact": "Avdelingen"}, {"when_to_call": "Ved feber"}),
        ("contacts", a_contact(), {"label": "Fastlegen"}, {"phone": "55500002"}),
        ("problems", a_problem(), {"status": ProblemStatus.RESOLVED}, {"note": "Verre i natt"}),
        (
            "goals",
            a_goal(),
            {"achievement": Achievement.ACHIEVED},
            {"target": Target(measure="Turer", value="7")},
        ),
        (
            "goals",
            a_goal(target=Target(measure="Turer", value="7")),
            {"target": Target(measure="Turer", value="7", due=date(2027, 1, 15))},
            {"target": Target(measure="Turer", value="8")},
        ),
        ("goals", a_goal(), {"priority": 1}, {"priority": 2}),
        ("goals", a_goal(), {"description": "Løpe"}, {"description": "Hvile"}),
    ],
)
def test_a_line_is_never_half_of_each(
    field: str, base: Any, ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    made = (base, structs.replace(base, **ours), structs.replace(base, **theirs))
    assert clash_kinds(*(a_content(**{field: (line,)}) for line in made)) == [
        ClashKind.BOTH_CHANGED
    ]


def test_where_a_goal_belongs_may_come_from_the_other_side_than_what_it_says() -> None:
    problems = (a_problem("p1"), a_problem("p2", "Astma"))
    base = a_content(problems=problems, goals=(a_goal(problem_ids=("p1",)),))
    ours = a_content(problems=problems, goals=(a_goal(description="Løpe", problem_ids=("p1",)),))
    theirs = a_content(problems=problems, goals=(a_goal(problem_ids=("p1", "p2"), priority=1),))
    (goal,) = merge(base, ours, theirs).content.goals  # type: ignore[union-attr]  # no clash
    assert goal == a_goal(description="Løpe", problem_ids=("p1", "p2"), priority=1)


def test_removed_here_and_changed_there_clashes() -> None:
    base, changed = (
        a_content(medicines=(a_medicine(),)),
        a_content(medicines=(a_medicine(dose="1"),)),
    )
    for ours, theirs in ((a_content(), changed), (changed, a_content())):
        assert clash_kinds(base, ours, theirs) == [ClashKind.CHANGED_AND_REMOVED]


def test_removed_on_both_sides_is_removed() -> None:
    base = a_content(medicines=(a_medicine(),))
    merged = merge(base, a_content(), a_content(description="Ny")).content
    assert merged == a_content(description="Ny", self_care=None)


def test_the_same_new_id_for_two_things_clashes() -> None:
    ours, theirs = (a_content(goals=(a_goal(description=it),)) for it in ("Løpe", "Hvile"))
    assert clash_kinds(a_content(), ours, theirs) == [ClashKind.BOTH_ADDED]


def test_a_change_that_no_reader_would_notice_gives_way() -> None:
    base = a_content(goals=(a_goal(),))
    spaced = a_content(goals=(a_goal(description="Gå til butikken "),))
    assert merge(base, spaced, a_content()).content == a_content()
    assert merge(base, a_content(), spaced).content == a_content()


def test_every_clash_is_found_at_once_in_the_order_of_the_plan() -> None:
    base = a_content(actions=(an_action(),), medicines=(a_medicine(),))
    ours = a_content(actions=(an_action(title="A"),), medicines=(a_medicine(dose="1"),), title="A")
    theirs = a_content(
        actions=(an_action(title="B"),), medicines=(a_medicine(dose="2"),), title="B"
    )
    clashes = merge(base, ours, theirs).clashes
    assert [clash.section for clash in clashes] == [
        ContentSection.ABOUT,
        ContentSection.ACTIONS,
        ContentSection.MEDICINES,
    ]
    assert clashes[2].ours.changes[0].after[0].nb == "1"
    assert clashes[2].theirs.changes[0].after[0].nb == "2"


def test_what_does_not_fit_between_lines_is_told_in_its_place() -> None:
    base = a_content(problems=(a_problem(),), medicines=(a_medicine(),))
    ours = a_content(medicines=(a_medicine(dose="1"),))
    theirs = a_content(
        problems=(a_problem(),),
        goals=(a_goal(problem_ids=("p1",)),),
        medicines=(a_medicine(dose="2"),),
    )
    assert clash_kinds(base, ours, theirs) == [ClashKind.REMOVED_AND_USED, ClashKind.BOTH_CHANGED]


def test_lines_added_on_both_sides_stand_after_those_they_were_added_after() -> None:
    base = a_content(actions=(an_action("a1"), an_action("a2")))
    ours = a_content(actions=(an_action("a1"), an_action("x"), an_action("a2")))
    theirs = a_content(actions=(an_action("a1"), an_action("a2"), an_action("y")))
    merged = merge(base, ours, theirs).content
    assert merged
    assert [action.id for action in merged.actions] == ["a1", "x", "a2", "y"]


def test_a_self_care_that_one_side_began_is_kept() -> None:
    began = structs.replace(a_content(), self_care=SelfCare())
    merged = merge(a_content(), began, a_content(description="Ny")).content
    assert merged == structs.replace(began, description="Ny")
    assert merged is not None
    assert is_same(merged, a_content(description="Ny"))
