from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.sharing import Share, Sharing, SharingState
from tests.builders import NOW

DAY = timedelta(days=1)


def _share(
    since: datetime = NOW - DAY, until: datetime | None = None, withdrawn: datetime | None = None
) -> Share:
    return Share(
        id="shr_1",
        patient_id="pat_1",
        part_id="prt_1",
        recipient="Skolen",
        organisation_number=None,
        shared_by="Kari",
        since=since,
        until=until,
        withdrawn_at=withdrawn,
    )


@pytest.mark.parametrize(
    ("shares", "state"),
    [
        ((), SharingState.NOT_SHARED),
        ((_share(),), SharingState.SHARED),
        ((_share(until=NOW),), SharingState.WITHDRAWN),
        ((_share(withdrawn=NOW - DAY),), SharingState.WITHDRAWN),
        ((_share(until=NOW), _share()), SharingState.SHARED),
    ],
)
def test_sharing_is_open_while_any_share_is(shares: tuple[Share, ...], state: SharingState) -> None:
    assert Sharing(shares=shares).state(NOW) is state
