from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.access.log_line import LogLine
from domain.access.relation import Basis
from domain.access.viewer import Viewer, ViewerRole
from domain.errors import NotFound, NotPermitted
from domain.operation import Operation
from domain.plan.approval import AgreementState
from domain.plan.part import PlanKind
from domain.refusal import Refusal
from domain.writing.rejection import NotAllowed, VersionConflict
from domain.written import Written
from resolvers import delivery, log
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers import reservation as reservations
from resolvers.page import cursor_of
from resolvers.writing import agreement, draft, part
from store.log_writer import LogWriter
from store.session import engine
from store.tables import AuditEntryRow
from tests.builders import a_citizen
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, OMAR, SAID, STRANGER, Clinic
from tests.writing.in_use import SCHOOL, in_use, shared

OLA = a_citizen("03868130139", subject="s-ola", name="Ola Fjell")


async def _lines(clinic: Clinic, viewer: Viewer, **asked: Any) -> list[LogLine]:
    ctx = clinic.context(viewer)
    page = await log.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id), **asked)
    return list(page.edges)


async def _seen(clinic: Clinic, viewer: Viewer) -> list[tuple[str, str]]:
    return [(line.by.name, line.operation.name) for line in await _lines(clinic, viewer)]


@pytest.fixture
async def logged(clinic: Clinic) -> Clinic:
    """A clinic where personnel and both parents have left lines in the log."""
    await add(clinic.db, rows.a_parent(clinic.key, OLA.identity_number.value))  # type: ignore[union-attr]  # a citizen has one
    part_id = await in_use(clinic)
    await shared(clinic, part_id)
    word: dict[str, Any] = {"part_id": part_id, "content_version": 1}
    for viewer in (clinic.kari, OLA):
        await clinic.do(viewer, agreement.GIVE, state=AgreementState.AGREES, **word)
    return clinic


INGRIDS = {("Ingrid Haugen", "ACTIVATE"), ("Ingrid Haugen", "START_DRAFT")}
KARIS, OLAS = {("Kari Fjell", "AGREE")}, {("Ola Fjell", "AGREE")}


async def test_the_patient_sees_every_line(logged: Clinic) -> None:
    assert set(await _seen(logged, logged.nora)) == INGRIDS | KARIS | OLAS


async def test_one_parent_s_lines_are_not_shown_to_the_other(logged: Clinic) -> None:
    assert set(await _seen(logged, logged.kari)) == INGRIDS | KARIS
    assert set(await _seen(logged, OLA)) == INGRIDS | OLAS


async def test_personnel_see_their_own_lines(logged: Clinic) -> None:
    assert set(await _seen(logged, INGRID)) == INGRIDS
    assert await _seen(logged, OMAR) == []


@pytest.mark.parametrize("read", [log.for_patient, delivery.for_patient])
async def test_a_vendor_sees_neither_log_nor_deliveries(logged: Clinic, read: Any) -> None:
    ctx = logged.context(SCHOOL)
    patient = await patients.by_id(ctx, logged.patient_id)
    with pytest.raises(NotPermitted) as refused:
        await read(ctx, patient)
    assert refused.value.reason == "NOT_SHARED"


async def test_proofs_of_erasure_are_the_patient_s_side_s(logged: Clinic) -> None:
    ctx = logged.context(INGRID)
    patient = await patients.by_id(ctx, logged.patient_id)
    with pytest.raises(NotPermitted) as refused:
        await reservations.erasures(ctx, patient)
    assert refused.value.reason == "PATIENT_ONLY"


@pytest.fixture
async def writer(database_url: str) -> AsyncIterator[LogWriter]:
    own = engine(database_url, pool_size=1, max_overflow=0)
    async with LogWriter(own).running() as running:
        yield running
    await own.dispose()


@pytest.fixture
async def watched(clinic: Clinic, writer: LogWriter) -> Clinic:
    """A clinic with a plan, whose readings are written down from now on."""
    await in_use(clinic)
    clinic.log = writer
    clinic.now += timedelta(hours=1)
    return clinic


async def _newest(clinic: Clinic) -> LogLine:
    """Return the newest line, as the patient reads it a minute later."""
    clinic.now += timedelta(minutes=1)
    return next(line for line in await _lines(clinic, clinic.nora) if line.at < clinic.now)


async def _ask(clinic: Clinic, viewer: Viewer, mutation: Any, **fields: Any) -> Any:
    ctx = clinic.context(viewer)
    command = mutation.command(idempotency_key=f"key-{uuid4()}", **fields)
    answer = await mutation(ctx, command)
    await ctx.settle()
    return answer


async def _read(clinic: Clinic, viewer: Viewer) -> None:
    """Look at the plan as the gateway does, up to the moment before the answer leaves."""
    ctx = clinic.context(viewer)
    found = await plans.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    assert found is not None
    plans.parts(ctx, found)
    ctx.disclosures.shown(clinic.patient_id, "plan")
    await ctx.settle()


async def test_a_reading_is_in_the_patient_s_log_before_its_answer_leaves(
    watched: Clinic,
) -> None:
    await _read(watched, OMAR)
    line = await _newest(watched)
    assert (line.by.name, line.by.organisation) == ("Omar Rashid", "Barneavdelingen")
    assert (line.operation, line.basis, line.count) == (Operation.READ, Basis.CARE_TEAM, 1)
    assert line.shown == ("plan",)
    assert [shown.content_version for shown in line.parts] == [1]


async def test_a_refused_attempt_is_in_the_patient_s_log(watched: Clinic) -> None:
    ctx = watched.context(STRANGER)
    with pytest.raises(NotPermitted):
        await patients.by_id(ctx, watched.patient_id)
    await ctx.settle()
    line = await _newest(watched)
    assert (line.refusal, line.basis, line.outcomes) == (Refusal.NO_CARE_RELATION, None, ())


async def test_a_write_that_is_refused_is_in_the_log_as_that_write(watched: Clinic) -> None:
    answer = await _ask(
        watched,
        watched.nora,
        draft.START,
        patient_id=watched.patient_id,
        kind=PlanKind.EGENBEHANDLINGSPLAN,
        content=SAID,
        change_comment="Nytt",
    )
    assert isinstance(answer, NotAllowed)
    line = await _newest(watched)
    assert (line.operation, line.refusal) == (Operation.START_DRAFT, Refusal.ROLE)


async def test_a_write_that_is_rejected_has_read_the_plan(watched: Clinic) -> None:
    part_id = (await watched.plan(INGRID)).parts[0].id
    watched.now += timedelta(minutes=1)
    conflict = await _ask(
        watched, INGRID, part.HOLD, part_id=part_id, expected_version=99, reason="Pause"
    )
    assert isinstance(conflict, VersionConflict)
    line = await _newest(watched)
    assert (line.operation, line.by.name) == (Operation.READ, "Ingrid Haugen")


async def test_what_an_accepted_write_is_answered_with_adds_to_its_own_entry(
    watched: Clinic,
) -> None:
    part_id = (await watched.plan(INGRID)).parts[0].id
    watched.now += timedelta(minutes=1)
    ctx = watched.context(INGRID)
    command = part.HOLD.command(
        idempotency_key="hold-once", part_id=part_id, expected_version=2, reason="Pause"
    )
    written = await part.HOLD(ctx, command)
    assert isinstance(written, Written)
    await plans.part_by_id(ctx, written.subject_id)
    await ctx.settle()
    line = await _newest(watched)
    assert line.operation is Operation.HOLD
    assert [shown.part_id for shown in line.parts] == [part_id]


async def test_forty_readings_in_a_day_are_one_line_and_the_next_day_another(
    watched: Clinic,
) -> None:
    for _ in range(40):
        await _read(watched, OMAR)
        watched.now += timedelta(minutes=1)
    watched.now += timedelta(days=1)
    await _read(watched, OMAR)
    lines = [each for each in await _lines(watched, watched.nora) if each.by.name == "Omar Rashid"]
    assert [line.count for line in lines] == [1, 40]
    assert lines[1].at - lines[1].first_at == timedelta(minutes=39)


async def test_pages_have_every_line_once_though_readers_take_turns(watched: Clinic) -> None:
    for _ in range(6):
        for viewer in (OMAR, INGRID, watched.kari):
            await _read(watched, viewer)
            watched.now += timedelta(hours=2)
    whole = await _lines(watched, watched.nora, first=100)
    paged, after = [], None
    while True:
        found = await _lines(watched, watched.nora, first=2, after=after)
        if not found:
            break
        paged += found
        after = cursor_of(found[-1].position)
        # Reading the log is a reading too, by the patient; it is newer than all of these.
    names = [(line.id, line.count) for line in paged if line.by.name != "Nora Fjell"]
    assert names == [(line.id, line.count) for line in whole if line.by.name != "Nora Fjell"]


async def test_a_page_reaches_further_back_when_the_newest_entries_are_one_line(
    watched: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _read(watched, INGRID)
    watched.now += timedelta(days=2)
    for _ in range(6):
        await _read(watched, OMAR)
    monkeypatch.setattr("store.log.MOST_ENTRIES", 4)
    watched.now += timedelta(days=2)
    lines = await _lines(watched, watched.nora, first=2)
    lines = [line for line in lines if line.by.name != "Nora Fjell"]
    assert [(line.by.name, line.count) for line in lines][:1] == [("Omar Rashid", 6)]


async def test_a_parent_sees_refused_attempts_but_not_the_other_parent_s(
    watched: Clinic,
) -> None:
    for viewer in (STRANGER, OLA):
        ctx = watched.context(viewer)
        with pytest.raises((NotPermitted, NotFound)):
            await patients.by_id(ctx, watched.patient_id)
        await ctx.settle()
    await _read(watched, watched.ola)
    seen = await _lines(watched, watched.kari)
    assert {line.role for line in seen if line.refusal} == {ViewerRole.CLINICIAN}
    assert "Ola Fjell" not in {line.by.name for line in seen}


async def test_one_operation_writes_one_entry_a_patient(watched: Clinic) -> None:
    ctx = watched.context(OMAR)
    for _ in range(3):
        await patients.by_id(ctx, watched.patient_id)
    await ctx.settle()
    await ctx.settle()
    mine = [row for row in await watched.rows(AuditEntryRow) if row.correlation_id == ctx.event_id]
    assert sorted(row.adds_to is None for row in mine) == [False, True]
