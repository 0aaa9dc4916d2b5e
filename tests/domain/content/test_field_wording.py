from __future__ import annotations

import pytest

from domain.coding import Coding
from domain.content.field_wording import _NAMES, field_name
from domain.content.plan_content import PlanContent, TemplateUse
from domain.content.self_care import ReadingHours
from domain.content.zone import Threshold
from domain.noun import Noun
from tests.domain.nouns import nouns

FIELDS = [
    (noun, field)
    for noun in sorted(nouns(), key=lambda noun: noun.__name__)
    for field in noun.__struct_fields__
]


def test_the_nouns_of_a_content_are_all_found() -> None:
    deep = {PlanContent, TemplateUse, Threshold, ReadingHours, Coding}
    assert deep < nouns()
    assert len(nouns()) == 18


@pytest.mark.parametrize(("noun", "field"), FIELDS, ids=str)
def test_every_field_that_a_content_can_have_is_called_something(
    noun: type[Noun], field: str
) -> None:
    name = field_name(noun, field)
    assert name.nb
    assert name.en
    assert "_" not in name.nb + name.en


def test_no_field_is_called_something_that_is_not_there() -> None:
    assert {(noun, field) for noun, names in _NAMES.items() for field in names} == set(FIELDS)


@pytest.mark.parametrize("noun", sorted(nouns(), key=lambda noun: noun.__name__))
def test_no_two_fields_of_a_noun_are_called_the_same(noun: type[Noun]) -> None:
    names = [field_name(noun, field) for field in noun.__struct_fields__]
    assert len({name.nb for name in names}) == len({name.en for name in names}) == len(names)
