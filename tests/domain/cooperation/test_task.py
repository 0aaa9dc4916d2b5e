from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.author import Author
from domain.cooperation.task import ShiftTask, TaskClaim, TaskKind, subject_of
from domain.errors import NotFound
from tests.builders import NOW

INGRID = Author(name="Ingrid Haugen")


def _task(**claim: Any) -> ShiftTask:
    known: dict[str, Any] = {"version": 1, "at": NOW, "by": INGRID}
    kept = TaskClaim(
        patient_id="pat_1",
        organisation="900000001",
        kind=TaskKind.APPROVAL,
        subject_id="drf_1",
        **known | claim,
    )
    return ShiftTask(
        patient_id="pat_1",
        kind=TaskKind.APPROVAL,
        subject_id="drf_1",
        waiting_since=NOW,
        claim=kept,
    )


def test_an_id_leads_back_to_what_the_task_is_about() -> None:
    assert subject_of(_task().id) == (TaskKind.APPROVAL, "drf_1")


@pytest.mark.parametrize(
    "id", ["", "tsk_", "drf_1", "tsk_approval_drf_1", "tsk_NONE_x", "tsk_REVIEW_tsk_REVIEW_prt_1"]
)
def test_what_is_no_task_s_id_names_nothing(id: str) -> None:
    with pytest.raises(NotFound):
        subject_of(id)


def test_a_claim_holds_from_when_the_subject_began_to_wait() -> None:
    assert _task().taken is not None
    assert _task(at=NOW - timedelta(seconds=1)).taken is None


def test_a_claim_let_go_holds_no_more() -> None:
    assert _task(by=None).taken is None
