from __future__ import annotations

import pytest

from domain.cooperation.task import TaskKind
from domain.wording.task import sentence
from domain.words import LANGUAGES


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("kind", list(TaskKind))
def test_whatever_waits_can_be_told(kind: TaskKind, language: str) -> None:
    assert sentence(kind, language).endswith(".")
