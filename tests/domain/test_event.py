from __future__ import annotations

from domain.event import CHANGES_NOTHING


def test_who_takes_what_who_opens_a_share_and_what_is_asked_about_the_log_changes_nothing() -> None:
    assert {kind.name for kind in CHANGES_NOTHING} == {
        *("TASK_TAKEN", "TASK_RELEASED"),
        *("SHARE_CODE_MADE", "SHARE_OPENED"),
        *("LOG_QUESTION_ASKED", "LOG_QUESTION_ANSWERED"),
    }
