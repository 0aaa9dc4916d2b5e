from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
from msgspec.structs import replace
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from connectors import Connectors
from domain.access.audit import NOBODY
from domain.access.viewer import Viewer
from domain.operation import Operation
from domain.plan.part import Lifecycle, PlanKind
from domain.refusal import Refusal
from resolvers import log, plan_status
from resolvers import patient as patients
from resolvers.writing import block, part, reservation, restriction
from schema import schema
from simulators.identity import NumberSeries
from store.log_writer import LogWriter
from store.session import Sessions, engine
from store.tables import IdentityNumberRow
from tests.builders import HOSPITAL, a_clinician, a_vendor
from tests.resolvers.memory import MemoryLog
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, OMAR, Clinic

SYSTEM = a_vendor(subject="s-epj", organisation=HOSPITAL, name="Barneavdelingens journalsystem")
COMPANY = a_vendor(subject="s-firm", organisation="999000150", name="Hjemmemåling AS")
ELSEWHERE = replace(SYSTEM, organisation="999000142")
_STATUS = """query ($number: IdentityNumber!) {
  planStatus(identityNumber: $number) {
    hasActivePlan lifecycle lastChangedAt privacy { hasConsent isRestricted isBlocked }
  }
}"""
_MORE = """query ($number: IdentityNumber!) {
  patientByIdentityNumber(identityNumber: $number) { id name plan { id parts { kind } } }
}"""
Statements = list[str]


@pytest.fixture
async def statements(database: AsyncEngine) -> AsyncIterator[Statements]:
    seen: Statements = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(database.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.sync_engine, "before_cursor_execute", note)


async def _number(clinic: Clinic) -> str:
    """Return a number of the patient's that can be sent."""
    number = NumberSeries().temporary(str(clinic.key)).value
    if not any(row.value == number for row in await clinic.rows(IdentityNumberRow)):
        await add(clinic.db, rows.a_number(clinic.key, number))
    return number


async def _ask(
    clinic: Clinic, viewer: Viewer, number: str | None = None, query: str = _STATUS
) -> tuple[Any, MemoryLog]:
    """Ask with sources that nobody may ask."""
    ctx = clinic.context(viewer)
    ctx.connectors = cast(Connectors, None)
    ctx.log = told = MemoryLog()
    asked = number or await _number(clinic)
    answer = await schema.execute(query, variable_values={"number": asked}, context_value=ctx)
    await ctx.settle()
    await ctx.close()
    return answer, told


async def _status(clinic: Clinic, viewer: Viewer) -> Any:
    answer, _ = await _ask(clinic, viewer)
    assert not answer.errors, answer.errors
    assert answer.data is not None
    return answer.data["planStatus"]


async def test_a_record_system_learns_that_there_is_a_plan_and_where_it_stands(
    clinic: Clinic,
) -> None:
    part_id = await clinic.active()
    told = await _status(clinic, SYSTEM)
    changed = (await clinic.part(INGRID, part_id)).updated_at.isoformat()
    assert told == {
        "hasActivePlan": True,
        "lifecycle": "ACTIVE",
        "lastChangedAt": changed,
        "privacy": {"hasConsent": True, "isRestricted": False, "isBlocked": False},
    }
    await clinic.do(OMAR, part.HOLD, part_id=part_id, expected_version=2, reason="Innlagt")
    told = await _status(clinic, SYSTEM)
    assert (told["hasActivePlan"], told["lifecycle"]) == (False, "ON_HOLD")


async def test_it_learns_of_the_choices_that_decide_on_which_ground_it_is_opened(
    clinic: Clinic,
) -> None:
    await clinic.active()
    await clinic.do(clinic.kari, restriction.SET, patient_id=clinic.patient_id)
    of_person = {"patient_id": clinic.patient_id, "hpr_number": "7777777", "name": "Per Berg"}
    await clinic.do(clinic.kari, block.BLOCK, **of_person)
    told = await _status(clinic, SYSTEM)
    assert told["privacy"] == {"hasConsent": True, "isRestricted": True, "isBlocked": True}
    assert told["hasActivePlan"] is True


async def test_a_patient_without_a_plan_has_none(clinic: Clinic) -> None:
    told = await _status(clinic, SYSTEM)
    assert (told["hasActivePlan"], told["lifecycle"], told["lastChangedAt"]) == (False, None, None)


async def test_a_company_learns_of_what_is_shared_with_it_and_of_no_choice(clinic: Clinic) -> None:
    shared = await clinic.active()
    await clinic.active(PlanKind.KRISEPLAN)
    await clinic.shared(shared, COMPANY.organisation or "")
    await clinic.do(OMAR, part.HOLD, part_id=shared, expected_version=2, reason="Innlagt")
    told = await _status(clinic, COMPANY)
    assert (told["lifecycle"], told["privacy"]) == (Lifecycle.ON_HOLD.name, None)


async def test_it_learns_nothing_else(clinic: Clinic) -> None:
    await clinic.active()
    answer, told = await _ask(clinic, SYSTEM, query=_MORE)
    assert answer.data == {"patientByIdentityNumber": None}
    [refused] = answer.errors or []
    assert refused.original_error.reason == Refusal.NOT_SHARED.name
    assert [entry.refusal for entry in told.entries] == [Refusal.NOT_SHARED]


async def test_whoever_it_may_not_know_is_answered_as_nobody_is(
    clinic: Clinic, db: Sessions, statements: Statements
) -> None:
    await clinic.active()
    hidden = await Clinic.open(db)
    await hidden.active()
    await hidden.do(hidden.kari, reservation.RESERVE, patient_id=hidden.patient_id)
    nobody = NumberSeries().temporary("nobody").value
    told = []
    for asked, viewer, number in (
        (clinic, ELSEWHERE, None),
        (clinic, COMPANY, None),
        (hidden, SYSTEM, None),
        (clinic, SYSTEM, nobody),
    ):
        sent = number or await _number(asked)
        statements.clear()
        answer, entries = await _ask(asked, viewer, sent)
        [entry] = entries.entries
        assert entry.operation is Operation.ASK_STATUS
        assert (entry.patient_id == NOBODY) is (sent == nobody)
        told.append((json.dumps([answer.data, answer.errors]), list(statements)))
    assert told == [told[0]] * 4
    assert json.loads(told[0][0]) == [{"planStatus": None}, None]


@pytest.mark.parametrize("who", ["nora", "kari", "nurse"])
async def test_it_is_for_machines(clinic: Clinic, who: str) -> None:
    viewer = {"nora": clinic.nora, "kari": clinic.kari, "nurse": a_clinician()}[who]
    answer, _ = await _ask(clinic, viewer)
    [refused] = answer.errors or []
    assert refused.original_error.reason == Refusal.ROLE.name


async def test_the_patient_s_side_reads_that_it_was_asked(
    clinic: Clinic, database_url: str
) -> None:
    await clinic.active()
    own = engine(database_url)
    async with LogWriter(own).running() as clinic.log:
        for viewer in (SYSTEM, COMPANY):
            ctx, number = clinic.context(viewer), clinic.nora.identity_number
            assert number is not None
            await plan_status.by_identity_number(ctx, number)
            await ctx.settle()
    await own.dispose()
    clinic.log = MemoryLog()
    ctx = clinic.context(clinic.kari)
    lines = await log.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    told = [line for line in lines.edges if line.operation is Operation.ASK_STATUS]
    assert {(line.by.name, line.refusal) for line in told} == {
        ("Barneavdelingens journalsystem", None),
        ("Hjemmemåling AS", Refusal.NO_CARE_RELATION),
    }
