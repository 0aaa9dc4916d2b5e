from __future__ import annotations

from enum import Enum

import pytest

from domain.content.enum_wording import _NAMES, enum_name
from domain.content.line import ContentSection
from domain.content.passage import Heading
from domain.source.section import SourceName
from tests.domain.nouns import fixed_values


def test_the_fixed_values_of_a_content_are_all_found() -> None:
    assert {*Heading, *SourceName} < set(fixed_values())


@pytest.mark.parametrize("value", [*fixed_values(), *ContentSection], ids=str)
def test_every_fixed_value_is_called_something(value: Enum) -> None:
    assert enum_name(value).nb
    assert enum_name(value).en
    assert value.name not in (enum_name(value).nb, enum_name(value).en)


def test_no_value_is_called_something_that_is_not_there() -> None:
    assert set(_NAMES) == {*fixed_values(), *ContentSection}


@pytest.mark.parametrize("kind", sorted({type(value) for value in fixed_values()}, key=str))
def test_no_two_values_of_a_kind_are_called_the_same(kind: type[Enum]) -> None:
    names = [enum_name(value) for value in kind]
    assert len({name.nb for name in names}) == len({name.en for name in names}) == len(names)
