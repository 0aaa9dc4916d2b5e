from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from msgspec import structs

from domain.content.line import LINKS, SECTIONS, ContentSection, content_of, lines
from domain.content.plan_content import PlanContent
from domain.content.self_care import SelfCare
from domain.content.zone import ZoneLevel
from local.synthetic.stories import FOLDER
from tests.domain.contents import contents, often
from tests.domain.lines import a_content, a_goal, a_zone, an_action


@often
@given(contents())
def test_a_content_can_be_made_again_from_its_lines(content: PlanContent) -> None:
    has_self_care = content.self_care is not None
    made = content_of(lines(content).values(), content.template, has_self_care)
    assert made == content


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_every_written_plan_is_its_lines(path: Path) -> None:
    raw = msgspec.json.decode(path.read_bytes())["content"]
    content = msgspec.convert(raw, PlanContent)
    assert content_of(lines(content).values()) == content


def test_every_field_of_a_content_holds_lines_except_where_it_came_from() -> None:
    fields = {*PlanContent.__struct_fields__, *SelfCare.__struct_fields__}
    assert fields - SECTIONS.keys() == {"template", "self_care"}
    assert set(SECTIONS) <= fields


def test_every_section_has_a_field() -> None:
    assert set(SECTIONS.values()) == set(ContentSection)


def test_links_are_fields_that_end_in_ids() -> None:
    nouns = [a_goal(), an_action(), a_zone()]
    names = {name for noun in nouns for name in noun.__struct_fields__ if name.endswith("_ids")}
    assert names == LINKS.keys()


def test_items_are_known_by_their_id_zones_by_colour_and_values_by_their_field() -> None:
    content = a_content(goals=(a_goal("g7"),), zones=(a_zone(ZoneLevel.RED),), emergency_text="113")
    assert list(lines(content)) == [
        (ContentSection.ABOUT, "title"),
        (ContentSection.GOALS, "g7"),
        (ContentSection.ZONES, "emergencyText"),
        (ContentSection.ZONES, "RED"),
    ]


def test_lines_are_in_the_order_they_are_read() -> None:
    content = a_content(actions=(an_action(),), goals=(a_goal("g2"), a_goal("g1")))
    assert [id for _, id in lines(content)] == ["title", "g2", "g1", "a1"]


def test_two_lines_with_one_id_are_not_taken_for_one_another() -> None:
    content = a_content(goals=(a_goal(), a_goal(description="Et annet")))
    with pytest.raises(ValueError, match="Two lines of goals"):
        lines(content)


def test_a_self_care_that_says_nothing_yet_is_kept_when_asked_for() -> None:
    content = structs.replace(a_content(), self_care=SelfCare())
    assert content_of(lines(content).values()) == a_content()
    assert content_of(lines(content).values(), has_self_care=True) == content
