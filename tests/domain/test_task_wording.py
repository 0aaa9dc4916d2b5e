from __future__ import annotations

import pytest

from domain.task import TaskKind
from domain.task_wording import sentence
from domain.wording import LANGUAGES


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("kind", list(TaskKind))
def test_whatever_waits_can_be_told(kind: TaskKind, language: str) -> None:
    assert sentence(kind, language).endswith(".")
