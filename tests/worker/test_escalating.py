from __future__ import annotations

from datetime import timedelta

from store.session import Sessions
from store.tables import EventRow
from tests.writing.clinic import Clinic
from tests.writing.reporting import MONDAY, in_use, send
from worker.escalating import Escalating


async def test_an_unseen_yellow_is_passed_on_once_by_the_worker(db: Sessions) -> None:
    clinic = await Clinic.open(db)
    await in_use(clinic)
    clinic.now = MONDAY
    await send(clinic, 220)
    job = Escalating(clinic.store, lambda: MONDAY + timedelta(hours=1))
    assert not await job.turn()
    assert not await job.turn()
    kinds = [row.kind for row in await clinic.rows(EventRow)]
    assert kinds.count("REPORT_ESCALATED") == 1
