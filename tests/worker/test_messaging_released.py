"""What a source has not released reaches no family, nor does a message that it is there."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from connectors import Connectors
from connectors.hospital import HospitalConnector
from connectors.http import SourceClient, SourceSettings
from domain.access.viewer import Viewer
from domain.source.document import Document
from domain.source.section import Section, SectionState, SourceName
from resolvers import patient as patients
from resolvers import section as sections
from resolvers.source import DOCUMENTS
from store.tables import EventRow, NoticeRow, NoticeWaitingRow
from tests.worker.phones import choose
from tests.worker.watch import Watch
from tests.writing.clinic import INGRID


async def _documents(watch: Watch, viewer: Viewer) -> Section[Document]:
    settings = SourceSettings(
        name=SourceName.HOSPITAL,
        base_url=watch.urls[SourceName.HOSPITAL],
        token="dev-hospital",
        headers={"Ocp-Apim-Subscription-Key": "dev-hospital-key"},
    )
    client = SourceClient(settings)
    ctx = watch.clinic.context(viewer)
    hospital = HospitalConnector(client, lambda: watch.clinic.now)
    ctx.connectors = cast(Connectors, SimpleNamespace(hospital=hospital))
    try:
        patient = await patients.by_id(ctx, watch.clinic.patient_id)
        found: Section[Any] = await sections.for_patient(ctx, patient, DOCUMENTS)
        return found
    finally:
        await client.close()


async def test_a_result_that_is_held_is_counted_for_the_family_and_shown_to_personnel(
    watch: Watch,
) -> None:
    before = await _documents(watch, watch.clinic.kari)
    await watch.change(SourceName.HOSPITAL, "addResult")
    held = await _documents(watch, watch.clinic.kari)
    assert held.items == before.items
    assert held.state is SectionState.WITHHELD
    assert held.withheld_count == (before.withheld_count or 0) + 1
    shown = (await _documents(watch, INGRID)).items
    assert shown is not None
    assert [each.held_until is not None for each in shown].count(True) == 1
    await watch.change(SourceName.HOSPITAL, "releaseResults")
    released = (await _documents(watch, watch.clinic.kari)).items
    assert released is not None
    assert len(released) == len(before.items or ()) + 1


async def test_what_sources_change_makes_no_notice_to_anybody_of_the_family(watch: Watch) -> None:
    await watch.clinic.active()
    await watch.turn()
    for viewer in (watch.clinic.kari, watch.clinic.nora):
        await choose(watch.clinic, viewer)
    told = {(row.event_id, row.to_kind) for row in await watch.clinic.rows(NoticeRow)}
    for source, change in (
        (SourceName.HOSPITAL, "addResult"),
        (SourceName.HOSPITAL, "admit"),
        (SourceName.KJERNEJOURNAL, "addAllergy"),
        (SourceName.MEDICATION, "startMedication"),
    ):
        await watch.change(source, change)
        await watch.turn()
    # That the plan may be outdated is for personnel, on their worklist.
    events = {row.kind for row in await watch.clinic.rows(EventRow)}
    assert "MAY_BE_OUTDATED" in events
    assert {(row.event_id, row.to_kind) for row in await watch.clinic.rows(NoticeRow)} == told
    assert await watch.clinic.rows(NoticeWaitingRow) == []
