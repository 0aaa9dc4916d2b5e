from __future__ import annotations

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from gateway.health import NotReady
from store.saving import add as save
from store.sealing import Sealing
from tests.store.test_log_writer import an_entry
from tests.worker.backroom import Backroom
from tests.writing.in_use import in_use
from worker.sealing import EmptyingJob, SealingJob


async def _log(backroom: Backroom, count: int = 2) -> None:
    async with backroom.clinic.db.begin() as session:
        for _ in range(count):
            await save(session, an_entry(backroom.clinic.key, correlation_id=str(uuid4())))


async def _has_waited(backroom: Backroom, seconds: int) -> None:
    async with backroom.clinic.db.begin() as session:
        late = text("UPDATE unsealed_line SET since = clock_timestamp() - :late * interval '1 s'")
        await session.execute(late, {"late": seconds})


async def test_what_waits_is_sealed_and_the_head_is_noted_in_the_log_of_the_process(
    backroom: Backroom, caplog: pytest.LogCaptureFixture
) -> None:
    sealing = Sealing(backroom.clinic.db)
    job = SealingJob(sealing, backroom.now)
    await _log(backroom)
    with caplog.at_level(logging.INFO):
        assert not await job.turn()
    newest, broken = await sealing.verify()
    assert newest is not None
    assert broken == []
    assert f"head={newest.number}:{newest.digest.hex()}" in caplog.text
    caplog.clear()
    await _log(backroom)
    await job.turn()
    assert "head=" not in caplog.text  # once an hour is enough


async def test_health_says_when_the_seals_are_more_than_ten_seconds_behind(
    backroom: Backroom,
) -> None:
    job = SealingJob(Sealing(backroom.clinic.db), backroom.now)
    await job.turn()
    await job.keeps_up()
    await _log(backroom)
    await job.keeps_up()
    await _has_waited(backroom, 11)
    with pytest.raises(NotReady, match="has waited 11 s"):
        await job.keeps_up()
    await job.turn()
    await job.keeps_up()


async def test_erasing_a_patient_leaves_the_seals_whole(backroom: Backroom) -> None:
    sealing = Sealing(backroom.clinic.db)
    await in_use(backroom.clinic)
    await _log(backroom)
    await sealing.seal(backroom.now())
    await backroom.reserve()
    backroom.later(days=31)
    await backroom.delivering.turn()
    await backroom.erasing.turn()
    await sealing.seal(backroom.now())
    _, broken = await sealing.verify()
    assert broken == []


async def test_lines_are_kept_for_ever_unless_somebody_has_set_a_time(backroom: Backroom) -> None:
    sealing = Sealing(backroom.clinic.db)
    await _log(backroom)
    await sealing.seal(backroom.now() - timedelta(days=50 * 365))
    assert not await EmptyingJob(sealing, 0, backroom.now).turn()
    assert not await EmptyingJob(sealing, 51, backroom.now).turn()
    assert await EmptyingJob(sealing, 10, backroom.now).turn()
    _, broken = await sealing.verify()
    assert broken == []
