from __future__ import annotations

import pytest

from domain.cooperation.task import ShiftTask, TaskKind
from domain.plan.part import PlanKind
from domain.wording.task import sentence
from domain.words import LANGUAGES
from tests.builders import NOW


def _waits(kind: TaskKind, part_kind: PlanKind | None = None) -> ShiftTask:
    return ShiftTask(
        patient_id="pat_1", kind=kind, subject_id="x_1", waiting_since=NOW, part_kind=part_kind
    )


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("kind", list(TaskKind))
def test_whatever_waits_can_be_told(kind: TaskKind, language: str) -> None:
    assert sentence(_waits(kind), language).endswith(".")


def test_what_waits_with_a_part_is_told_with_its_name() -> None:
    waits = _waits(TaskKind.REVIEW, PlanKind.KRISEPLAN)
    assert sentence(waits, "nb") == "Kriseplan: det er tid for evaluering."
    assert sentence(waits, "en") == "Crisis plan: it is time for the review."
