from __future__ import annotations

from domain.event import CHANGES_NOTHING


def test_who_does_what_at_work_and_who_opens_or_shuts_out_whom_changes_nothing() -> None:
    assert {kind.name for kind in CHANGES_NOTHING} == {
        *("TASK_TAKEN", "TASK_RELEASED"),
        *("SHARE_CODE_MADE", "SHARE_OPENED"),
        *("LOG_QUESTION_ASKED", "LOG_QUESTION_ANSWERED"),
        "SOURCE_CHANGED",
        *("EMERGENCY_OPENED", "EMERGENCY_REVIEWED", "RESTRICTION_OPENED", "ACCESS_CLOSED"),
        *("PERSON_BLOCKED", "BLOCK_LIFTED"),
    }
