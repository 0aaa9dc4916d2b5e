from __future__ import annotations

import pytest

from domain.content.plan_content import PlanContent, TemplateUse
from domain.content.zone import ZoneLevel
from domain.revision.merge import merge
from tests.domain.lines import a_content, a_goal, a_zone


def used(*confirmed: str, id: str = "t1", version: int = 1) -> TemplateUse:
    return TemplateUse(template_id=id, template_version=version, confirmed_lines=confirmed)


def content(template: TemplateUse | None, goal: str = "Gå tur", todo: str = "Hvil") -> PlanContent:
    return a_content(
        goals=(a_goal("g1", description=goal), a_goal("g2")),
        zones=(a_zone(ZoneLevel.RED, what_to_do=todo),),
        template=template,
    )


def merged(base: PlanContent, ours: PlanContent, theirs: PlanContent) -> TemplateUse | None:
    made = merge(base, ours, theirs).content
    assert made
    return made.template


def test_what_either_side_confirmed_is_confirmed() -> None:
    three = content(used("g2")), content(used("g2", "g1")), content(used("RED", "g2"))
    assert merged(*three) == used("RED", "g2", "g1")


def test_a_confirmation_taken_back_stays_taken_back() -> None:
    assert merged(content(used("g1")), content(used()), content(used("g1", "g2"))) == used("g2")


@pytest.mark.parametrize(
    ("line", "changed"), [("g1", {"goal": "Løpe"}), ("RED", {"todo": "Ring 113"})]
)
def test_a_confirmation_falls_with_the_line_that_was_read(
    line: str, changed: dict[str, str]
) -> None:
    theirs = content(used(), **changed)
    assert merged(content(used()), content(used(line)), theirs) == used()
    assert merged(content(used()), theirs, content(used(line))) == used()


def test_who_changed_and_confirmed_a_line_has_read_it() -> None:
    ours = content(used("g1"), goal="Løpe")
    assert merged(content(used()), ours, content(used("g2"))) == used("g2", "g1")


def test_of_two_new_templates_ours_stands_with_what_ours_confirmed() -> None:
    three = content(None), content(used("g1", id="t2")), content(used("g2", id="t3"))
    assert merged(*three) == used("g1", id="t2")


def test_a_newer_template_does_not_inherit_what_was_confirmed_of_the_old_one() -> None:
    three = content(used()), content(used("g1", version=2)), content(used("g2"))
    assert merged(*three) == used("g1", version=2)


def test_a_template_let_go_is_gone() -> None:
    assert merged(content(used()), content(None), content(used("g1"))) is None
