from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from docs.drawing import gallery
from docs.drawing.gallery import FOLDER, PICTURES
from docs.drawing.geometry import Area, Point, upright
from docs.drawing.lifecycle import DIAGRAM
from docs.drawing.picture import Picture, stretches
from docs.drawing.states import DriftError
from domain.operation import Operation
from domain.plan.part import Lifecycle
from domain.writing.lifecycle import TRANSITIONS

SVG = "{http://www.w3.org/2000/svg}"
each_picture = pytest.mark.parametrize("draw", PICTURES, ids=lambda draw: draw.__name__)


def test_the_committed_pictures_are_what_the_tables_say() -> None:
    assert gallery.stale() == []


def test_a_picture_that_the_code_does_not_say_is_not_drawn() -> None:
    without = {by: steps for by, steps in TRANSITIONS.items() if by is not Operation.RESUME}
    more = TRANSITIONS | {Operation.SAVE_DRAFT: {Lifecycle.DRAFT: Lifecycle.DRAFT}}
    for table in (without, more):
        with pytest.raises(DriftError, match=r"livslop: .*(RESUME|SAVE_DRAFT)"):
            DIAGRAM.require_steps(table)
    fewer = replace(DIAGRAM, states=DIAGRAM.states[1:])
    with pytest.raises(DriftError, match=r"not drawn: \['Lifecycle.DRAFT'\]"):
        fewer.require_values(Lifecycle)


@each_picture
def test_no_line_goes_through_words(draw: Callable[[], Picture]) -> None:
    picture = draw()
    for line in picture.lines:
        for start, end in stretches(line):
            assert start.x == end.x or start.y == end.y
            crossed = [w.text for w in picture.words if w.area.meets(_thick(start, end))]
            assert crossed == []


@each_picture
def test_words_have_room_where_they_stand_in_any_common_typeface(
    draw: Callable[[], Picture],
) -> None:
    picture = draw()
    for words in picture.words:
        around = [area for area, _ in picture.boxes if area.holds(_dot(words.area.middle))]
        for area in (picture.area, *around):
            assert area.holds(words.area), words.text
    for one, other in combinations(picture.words, 2):
        assert not one.area.meets(other.area), (one.text, other.text)


@each_picture
def test_a_picture_is_readable_by_ear_and_on_a_dark_page(draw: Callable[[], Picture]) -> None:
    picture = draw()
    root = ET.parse(FOLDER / f"{picture.name}.svg").getroot()
    title, described, background = list(root)[:3]
    assert (root.get("role"), root.get("lang")) == ("img", picture.language)
    assert (title.tag, title.text) == (f"{SVG}title", picture.title)
    assert (described.tag, described.text) == (f"{SVG}desc", picture.description)
    assert root.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"
    assert (background.tag, background.get("fill")) == (f"{SVG}rect", "#ffffff")
    assert [text.text for text in root.iter(f"{SVG}text")] == [w.text for w in picture.words]


def _thick(start: Point, end: Point) -> Area:
    area = upright(start, end)
    return Area(area.x - 1, area.y - 1, area.width + 2, area.height + 2)


def _dot(at: Point) -> Area:
    return Area(at.x, at.y, 0, 0)
