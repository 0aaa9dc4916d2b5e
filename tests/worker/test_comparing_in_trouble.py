"""What is told of a plan while its sources are down, silent, slow or begin anew."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.outdated.comparison import SILENT_AFTER, ComparisonState
from domain.outdated.fingerprint import FingerprintKey
from domain.outdated.reason import OutdatedKind
from domain.source.section import SectionName, SourceName
from simulators.changes import Changes
from store.tables import ComparisonRow
from tests.connectors.asking import NORA
from tests.worker.watch import Watch, held

MEDICINES = SectionName.MEDICATIONS
CRITICAL = SectionName.CRITICAL_INFO
STAYS = SectionName.APPOINTMENTS


async def test_a_source_that_is_down_is_told_and_asked_again(watch: Watch, part_id: str) -> None:
    await watch.change(SourceName.MEDICATION, "startMedication")
    down = {"kind": "status", "status": 503, "endpoint": "/Patient/$getMedication"}
    await watch.faults(SourceName.MEDICATION, down)
    await watch.turn()
    assert await watch.state(part_id, MEDICINES) is ComparisonState.WAITING
    known = await watch.comparison(part_id, MEDICINES)
    assert known.as_of is not None
    assert known.as_of < watch.clinic.now
    assert await watch.state(part_id, CRITICAL) is ComparisonState.COMPARED
    await watch.faults(SourceName.MEDICATION)
    await watch.turn(minutes=2)
    assert await watch.kinds(part_id) == [OutdatedKind.NEW_MEDICINE]
    assert await watch.state(part_id, MEDICINES) is ComparisonState.COMPARED


async def test_a_change_that_nobody_could_see_before_the_baseline_is_told_of(watch: Watch) -> None:
    down = {"kind": "status", "status": 503, "endpoint": "/Patient/$getMedication"}
    await watch.faults(SourceName.MEDICATION, down)
    part_id = await watch.clinic.active()
    await watch.turn()
    assert (await watch.comparison(part_id, MEDICINES)).baseline_at is None
    watch.clinic.now += timedelta(days=9)  # past the machine's own clock, which the source tells
    await watch.change(SourceName.MEDICATION, "changeDosage")
    async with watch.clinic.db.begin() as session:
        # The activation was before that change, whatever the two clocks say.
        long_ago = {"since": watch.clinic.now - timedelta(days=999)}
        await session.execute(update(ComparisonRow).values(long_ago))
    await watch.feeds.turn()
    await watch.faults(SourceName.MEDICATION)
    await watch.turn(minutes=5)
    assert await watch.kinds(part_id) == [OutdatedKind.CHANGE_NOT_SEEN]


async def test_a_feed_that_cannot_be_read_makes_what_is_known_older(
    watch: Watch, part_id: str
) -> None:
    await watch.faults(
        SourceName.KJERNEJOURNAL, {"kind": "status", "status": 503, "endpoint": "/changes"}
    )
    await watch.turn(seconds=SILENT_AFTER.total_seconds() + 60)
    assert await watch.state(part_id, CRITICAL) is ComparisonState.NOT_FOLLOWED
    assert await watch.state(part_id, STAYS) is ComparisonState.COMPARED
    await watch.faults(SourceName.KJERNEJOURNAL)
    await watch.turn(minutes=1)
    assert await watch.state(part_id, CRITICAL) is ComparisonState.COMPARED


@pytest.mark.parametrize("is_earlier", [True, False])
async def test_after_a_feed_has_begun_anew_everything_is_compared(
    watch: Watch, part_id: str, is_earlier: bool
) -> None:
    await watch.change(SourceName.MEDICATION, "startMedication")
    feed = watch.sources[SourceName.MEDICATION].changes = Changes()
    if is_earlier:
        feed._last = feed._forgotten = 5
    await watch.turn()
    assert await watch.kinds(part_id) == [OutdatedKind.NEW_MEDICINE]
    await watch.change(SourceName.MEDICATION, "stopMedication")
    await watch.turn()
    assert OutdatedKind.STOPPED_MEDICINE in await watch.kinds(part_id)


async def test_the_worker_goes_on_where_it_was_after_a_restart(watch: Watch, part_id: str) -> None:
    await watch.change(SourceName.MEDICATION, "startMedication")
    watch.start()
    await watch.turn()
    assert await watch.kinds(part_id) == [OutdatedKind.NEW_MEDICINE]
    watch.key = FingerprintKey("another-secret-of-32-or-more-chars")
    watch.start()
    await watch.change(SourceName.MEDICATION, "changeDosage")
    await watch.turn()
    # With another key there is a new baseline; what was found stands, and that something changed.
    assert set(await watch.kinds(part_id)) >= {OutdatedKind.NEW_MEDICINE}
    known = await watch.comparison(part_id, MEDICINES)
    assert known.baseline_at == watch.clinic.now


async def test_what_changes_while_a_source_is_asked_is_asked_about_again(
    watch: Watch, part_id: str
) -> None:
    await watch.change(SourceName.MEDICATION, "changeDosage")
    watch.clinic.now += timedelta(seconds=3)
    await watch.feeds.turn()
    await watch.faults(SourceName.MEDICATION, {"kind": "latency", "ms": 400})
    asking = asyncio.create_task(watch.comparing.turn())
    await asyncio.sleep(0.2)
    watch.clinic.now += timedelta(seconds=3)
    await watch.clinic.store.comparison.told(
        MEDICINES, {NORA: watch.clinic.now + timedelta(days=99)}, watch.clinic.now
    )
    await asking
    assert await watch.kinds(part_id) == [OutdatedKind.CHANGED_MEDICINE]
    assert await watch.state(part_id, MEDICINES) is ComparisonState.WAITING
    await watch.turn()
    assert await watch.state(part_id, MEDICINES) is ComparisonState.COMPARED


async def test_an_answer_from_before_a_review_is_not_its_baseline(
    watch: Watch, part_id: str
) -> None:
    await watch.change(SourceName.MEDICATION, "changeDosage")
    watch.clinic.now += timedelta(seconds=3)
    await watch.feeds.turn()
    await watch.faults(SourceName.MEDICATION, {"kind": "latency", "ms": 400})
    asking = asyncio.create_task(watch.comparing.turn())
    await asyncio.sleep(0.2)
    watch.clinic.now += timedelta(seconds=1)
    await held(watch, part_id)
    await asking
    assert (await watch.comparison(part_id, MEDICINES)).baseline_at is None
    await watch.faults(SourceName.MEDICATION)
    await watch.turn()
    assert (await watch.comparison(part_id, MEDICINES)).baseline_at == watch.clinic.now
