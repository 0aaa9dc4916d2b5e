from __future__ import annotations

from domain.content.line import ContentSection
from domain.revision.clash import ClashKind
from domain.revision.sides import sides
from tests.domain.lines import a_content, a_goal, an_action

GOAL, ACTION = (ContentSection.GOALS, "g1"), (ContentSection.ACTIONS, "a1")
THREE = sides(a_content(), a_content(goals=(a_goal(),)), a_content(actions=(an_action(),)))


def test_each_side_tells_what_it_did_since_the_base() -> None:
    assert list(THREE.ours.differences) == [GOAL]
    assert list(THREE.theirs.differences) == [ACTION]


def test_a_clash_is_about_the_line_of_the_side_given_first() -> None:
    ours = THREE.clash(ClashKind.SAME_ID, THREE.ours, GOAL, ACTION)
    theirs = THREE.clash(ClashKind.SAME_ID, THREE.theirs, ACTION, GOAL)
    assert (ours.section, ours.line, ours.label.nb) == (*GOAL, "Gå til butikken")
    assert (theirs.section, theirs.line, theirs.label.nb) == (*ACTION, "Blåse PEF")


def test_a_clash_keeps_the_sides_apart_whichever_is_given_first() -> None:
    for clash in (
        THREE.clash(ClashKind.SAME_ID, THREE.ours, GOAL, ACTION),
        THREE.clash(ClashKind.SAME_ID, THREE.theirs, ACTION, GOAL),
    ):
        assert (clash.ours.section, clash.theirs.section) == (GOAL[0], ACTION[0])
