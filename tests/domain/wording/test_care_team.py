from __future__ import annotations

import pytest

from domain.plan.care_team import CareTeamFunction
from domain.wording.care_team import function_name
from domain.words import LANGUAGES


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_tasks_are_different_things_with_names_of_their_own(language: str) -> None:
    names = {function_name(function, language) for function in CareTeamFunction}
    assert len(names) == len(CareTeamFunction)
