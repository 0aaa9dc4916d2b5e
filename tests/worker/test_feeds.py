"""The change feeds as a job: when they are read, and when somebody should look."""

from __future__ import annotations

import pytest

from domain.outdated.comparison import SILENT_AFTER
from domain.source.section import SectionName, SourceName
from gateway.health import NotReady
from store.comparison import FEED
from store.feed import FeedStore
from store.tables import EventRow
from tests.worker.watch import Watch

MEDICINES = f"{FEED}{SectionName.MEDICATIONS.name}"
DOWN = {"kind": "status", "status": 503}


def reads(watch: Watch) -> int:
    return watch.sources[SourceName.MEDICATION].calls["GET /changes"]


async def test_each_feed_is_read_every_other_second_and_one_that_is_down_more_seldom(
    watch: Watch,
) -> None:
    await watch.feeds.turn()
    await watch.feeds.turn()
    assert reads(watch) == 1
    await watch.turn(seconds=2)
    assert reads(watch) == 2
    await watch.faults(SourceName.MEDICATION, DOWN)
    await watch.turn(seconds=2)
    await watch.turn(seconds=2)
    assert reads(watch) == 3
    await watch.turn(seconds=30)
    assert reads(watch) == 4


async def test_the_place_is_noted_only_when_what_was_told_is_taken_care_of(watch: Watch) -> None:
    places = FeedStore(watch.clinic.db)
    await watch.faults(SourceName.MEDICATION, DOWN)
    await watch.turn()
    assert await places.position(MEDICINES) == 0
    await watch.faults(SourceName.MEDICATION)
    await watch.turn(minutes=1)
    at = await places.position(MEDICINES)
    assert at > 0
    await watch.change(SourceName.MEDICATION, "startMedication")
    await watch.turn()
    assert await places.position(MEDICINES) == at + 1


async def test_somebody_is_told_when_a_feed_has_been_silent_for_a_while(watch: Watch) -> None:
    await watch.turn()
    await watch.feeds.all_are_heard()
    await watch.faults(SourceName.HOSPITAL, DOWN)
    await watch.turn(seconds=SILENT_AFTER.total_seconds() + 1)
    with pytest.raises(NotReady, match="No changes are heard of APPOINTMENTS"):
        await watch.feeds.all_are_heard()
    await watch.faults(SourceName.HOSPITAL)
    await watch.turn(minutes=1)
    await watch.feeds.all_are_heard()


async def test_a_change_at_a_source_is_an_event_once_however_often_it_is_told(watch: Watch) -> None:
    await watch.turn()
    before = await changes(watch)
    await watch.change(SourceName.MEDICATION, "startMedication")
    places = FeedStore(watch.clinic.db)
    at = await places.position(MEDICINES)
    for _ in range(2):
        await watch.turn(minutes=1)
        assert await changes(watch) == [*before, "MEDICATIONS"]
        # As after a crash: the place in the feed was not noted.
        await places.begin_anew(MEDICINES, at, watch.clinic.now)


async def changes(watch: Watch) -> list[str]:
    rows = await watch.clinic.rows(EventRow)
    return [row.subject_id for row in rows if row.kind == "SOURCE_CHANGED"]
