from __future__ import annotations

import pytest

from domain.plan.part import PlanKind
from domain.wording.plan import name
from domain.words import LANGUAGES


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_kind_of_part_has_a_name_of_its_own(language: str) -> None:
    assert len({name(kind, language) for kind in PlanKind}) == len(PlanKind)


def test_another_language_has_the_name_in_bokmaal() -> None:
    assert name(PlanKind.KRISEPLAN, "fr") == "Kriseplan"
