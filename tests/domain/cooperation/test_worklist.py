from __future__ import annotations

import pytest

from domain.content.zone import ZoneLevel
from domain.cooperation.worklist import WorklistEntry
from tests.builders import NOW


@pytest.mark.parametrize(
    ("reds", "yellows", "worst"),
    [
        (0, 0, None),
        (0, 3, ZoneLevel.YELLOW),
        (1, 0, ZoneLevel.RED),
        (1, 3, ZoneLevel.RED),
    ],
)
def test_the_worst_that_nobody_has_seen_is_told(
    reds: int, yellows: int, worst: ZoneLevel | None
) -> None:
    entry = WorklistEntry(
        patient_id="pat-nora",
        changed_at=NOW,
        kinds=(),
        approval_requested=False,
        open_comments=0,
        unseen_reds=reds,
        unseen_yellows=yellows,
    )
    assert entry.worst_unseen is worst
