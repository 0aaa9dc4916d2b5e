"""What was reported is read: by whom, in which order, as graphs, and what has fallen silent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access.patient import Patient
from domain.access.viewer import Viewer
from domain.content.observable import Observable
from domain.errors import BadInput, NotFound, NotPermitted
from domain.following.entry import EntrySource, EntryStatus
from domain.following.report import Report
from domain.following.series import Series, Silence
from resolvers import node, patient, plan, series
from resolvers import report as reports
from resolvers.page import end_cursor
from resolvers.writing import entry, part, report
from tests.domain.nora import NORAS
from tests.writing.clinic import INGRID, STRANGER, Clinic
from tests.writing.reporting import MONDAY, VENDOR, in_use, peak_flow, send, share

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def _patient(clinic: Clinic, viewer: Viewer) -> tuple[Any, Patient]:
    ctx = clinic.context(viewer)
    return ctx, await patient.by_id(ctx, clinic.patient_id)


async def _reports(clinic: Clinic, viewer: Viewer, **asked: Any) -> list[Report]:
    ctx, whose = await _patient(clinic, viewer)
    return list((await reports.for_patient(ctx, whose, **asked)).edges)


async def _series(
    clinic: Clinic,
    viewer: Viewer,
    since: datetime = MONDAY - DAY,
    until: datetime = MONDAY + DAY,
) -> Series:
    ctx, whose = await _patient(clinic, viewer)
    return await series.for_patient(ctx, whose, Observable.PEAK_FLOW, since, until)


async def _silent(clinic: Clinic, viewer: Viewer) -> list[Silence]:
    return await series.silent(*await _patient(clinic, viewer))


async def test_pages_hold_every_report_once_newest_received_first(clinic: Clinic) -> None:
    await in_use(clinic)
    for minute in range(7):
        clinic.now = MONDAY + timedelta(minutes=minute // 3)  # some at the same moment
        await send(clinic, 300 + minute)
    ctx, whose = await _patient(clinic, clinic.kari)
    seen, after = [], None
    while True:
        page = await reports.for_patient(ctx, whose, first=2, after=after)
        seen += page.edges
        if not page.has_next_page:
            break
        after = end_cursor(ctx, page)
    assert len({each.id for each in seen}) == len(seen) == 7
    received = [each.received_at for each in seen]
    assert received == sorted(received, reverse=True)


async def test_the_patients_side_and_the_unit_see_the_same(clinic: Clinic) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    await send(clinic, 220)
    await send(clinic, 230, viewer=clinic.nora)
    for viewer in (clinic.kari, clinic.nora, INGRID):
        assert len(await _reports(clinic, viewer)) == 2


async def test_of_a_part_only_what_was_told_under_it(clinic: Clinic) -> None:
    clinic.now = MONDAY
    await send(clinic, note="Før planen")
    part_id = await in_use(clinic)
    under = await send(clinic, 220)
    ctx = clinic.context(INGRID)
    found = await reports.for_part(ctx, await plan.part_by_id(ctx, part_id))
    assert [each.id for each in found.edges] == [under.subject_id]


async def test_a_vendors_machine_sees_its_own_reports_and_no_graph(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await share(clinic, part_id)
    clinic.now = MONDAY
    theirs = await send(clinic, 220)
    own = await clinic.do(
        VENDOR,
        report.REGISTER,
        patient_id=clinic.patient_id,
        measurements=(peak_flow(300, MONDAY),),
    )
    assert [each.id for each in await _reports(clinic, VENDOR)] == [own.subject_id]
    with pytest.raises(NotFound):
        await reports.by_id(clinic.context(VENDOR), theirs.subject_id)
    with pytest.raises(NotPermitted):
        await _series(clinic, VENDOR)
    with pytest.raises(NotPermitted):
        await _silent(clinic, VENDOR)


async def test_nobody_else_sees_a_report(clinic: Clinic) -> None:
    written = await send(clinic, note="Hei")
    with pytest.raises(NotPermitted):
        await reports.by_id(clinic.context(STRANGER), written.subject_id)
    with pytest.raises(NotFound):
        await reports.by_id(clinic.context(INGRID), f"rep_{clinic.key}")


async def test_a_report_is_found_again_by_its_id(clinic: Clinic) -> None:
    written = await send(clinic, note="Hei")
    found: Any = await node.by_id(clinic.context(INGRID), written.subject_id)
    assert found.note == "Hei"


async def test_a_graph_has_late_corrected_and_labelled_points_and_the_plans_bands(
    clinic: Clinic,
) -> None:
    await in_use(clinic)
    clinic.now = MONDAY
    late = await send(clinic, measurements=(peak_flow(290, MONDAY, 3 * HOUR),))
    await clinic.do(
        clinic.kari,
        report.REGISTER,
        patient_id=clinic.patient_id,
        measurements=(peak_flow(300, MONDAY, HOUR / 2),),
    )
    await clinic.do(clinic.kari, entry.WITHDRAW, report_id=late.subject_id)
    found = await _series(clinic, INGRID)
    assert [(p.value, p.is_late, p.source, p.status) for p in found.points] == [
        (290, True, EntrySource.SELF, EntryStatus.WITHDRAWN),
        (300, False, EntrySource.DEVICE, EntryStatus.CURRENT),
    ]
    assert [(band.level.name, band.low, band.high) for band in found.bands] == [
        ("RED", None, 155.0),
        ("YELLOW", 155.0, 248.0),
        ("GREEN", 248.0, None),
    ]
    assert series.source_label(clinic.context(INGRID), found.points[1]) == "Målt med utstyr hjemme"


async def test_a_period_begins_with_its_start_and_ends_before_its_end(clinic: Clinic) -> None:
    clinic.now = MONDAY
    values = tuple(peak_flow(300 + hours, MONDAY, hours * HOUR) for hours in range(4))
    await send(clinic, measurements=values)
    found = await _series(clinic, INGRID, MONDAY - 2 * HOUR, MONDAY)
    assert [point.value for point in found.points] == [302, 301]


async def test_a_graph_that_would_be_too_long_keeps_the_newest_and_says_so(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "MOST_POINTS", 2)
    clinic.now = MONDAY
    values = tuple(peak_flow(300 + hours, MONDAY, hours * HOUR) for hours in range(3))
    await send(clinic, measurements=values)
    found = await _series(clinic, INGRID)
    assert ([point.value for point in found.points], found.is_cut) == ([301, 300], True)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (MONDAY, MONDAY),
        (MONDAY, MONDAY - HOUR),
        (MONDAY, MONDAY + 401 * DAY),
        (MONDAY.replace(year=1), MONDAY.replace(year=9999)),
        (MONDAY.replace(tzinfo=None), MONDAY),
    ],
)
async def test_a_period_has_bounds(clinic: Clinic, since: datetime, until: datetime) -> None:
    with pytest.raises(BadInput):
        await _series(clinic, INGRID, since, until)


async def test_what_the_plan_asks_for_is_silent_after_its_rhythm(clinic: Clinic) -> None:
    await in_use(clinic)  # asks for a peak flow every 24 hours
    assert await _silent(clinic, clinic.kari) == []
    clinic.now = clinic.now + DAY + HOUR
    (never,) = await _silent(clinic, clinic.kari)
    assert (never.name, never.since) == ("PEF", None)
    await send(clinic, 300)
    assert await _silent(clinic, clinic.kari) == []
    measured = clinic.now - timedelta(minutes=5)
    clinic.now = clinic.now + DAY
    (since,) = await _silent(clinic, INGRID)
    assert since.since == measured
    words = series.silence_sentence(clinic.context(INGRID), since)
    assert words == "Ingen verdier for PEF siden mandag 23. november kl. 13:55."


async def test_nonsense_and_withdrawn_values_break_no_silence(clinic: Clinic) -> None:
    await in_use(clinic)
    clinic.now = clinic.now + 2 * DAY
    odd = (peak_flow(9_000, clinic.now), peak_flow(300, clinic.now + 9 * DAY))
    await clinic.do(clinic.kari, report.REGISTER, patient_id=clinic.patient_id, measurements=odd)
    taken_back = await send(clinic, 300)
    await clinic.do(clinic.kari, entry.WITHDRAW, report_id=taken_back.subject_id)
    assert [each.since for each in await _silent(clinic, INGRID)] == [None]


async def test_nothing_is_asked_for_by_a_paused_plan(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await clinic.do(INGRID, part.HOLD, part_id=part_id, expected_version=2, reason="Innlagt")
    clinic.now = clinic.now + 9 * DAY
    assert await _silent(clinic, INGRID) == []


async def test_a_plan_without_rhythm_is_never_silent(clinic: Clinic) -> None:
    some_day = replace(NORAS.measurements[0], every_hours=None)
    await in_use(clinic, replace(NORAS, measurements=(some_day,)))
    clinic.now = clinic.now + 99 * DAY
    assert await _silent(clinic, INGRID) == []


async def test_what_was_entered_in_error_is_not_told_again_in_an_answer(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    clinic.now = MONDAY
    written = await send(clinic, 220)
    await clinic.do(
        INGRID, part.ENTER_IN_ERROR, part_id=part_id, expected_version=2, reason="Feil pasient"
    )
    ctx = clinic.context(clinic.kari)
    answer = await reports.answer_to(ctx, await reports.by_id(ctx, written.subject_id))
    assert (answer.zones, answer.reading.reader) == ((), None)
    assert {call.phone for call in answer.calls} >= {"113", "116117"}
