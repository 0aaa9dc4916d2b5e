"""The story's last act: a patient reserves, undoes it, reserves again and is erased with proof."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from store.erasure_log import ErasureLog
from store.session import engine, sessions
from store.tables import DeliveryRow
from tests.gateway.serving import serving
from tests.journeys.conftest import NOW, Stack
from tests.journeys.emitted import EMITTED
from tests.journeys.test_export import arne, export
from tests.journeys.test_viewers import ARNE
from worker.app import create_app

RESERVE = """mutation ($id: ID!, $key: String!) {
  reserve(input: {patientId: $id, idempotencyKey: $key}) {
    ... on ReservationPayload { reservation { id version explanation canBeUndone } }
    ... on Rejection { code sentence }
  }
}"""
UNDO = """mutation ($id: ID!, $version: Int!, $key: String!) {
  undoReservation(input: {reservationId: $id, expectedVersion: $version, idempotencyKey: $key}) {
    __typename
    ... on ReservationPayload { reservation { ended { by } } }
    ... on Rejection { code sentence }
  }
}"""
SEEN = """query ($id: ID!) { patient(id: $id) {
  plan { parts { id } } criticalInfo { state reasons { refusal } }
  reservation { explanation } erasures {
    at digest tables { table rows } deliveries { organisationNumber receipt }
  }
} }"""
VENDORS = """query ($n: IdentityNumber!) {
  patientByIdentityNumber(identityNumber: $n) { plan { parts { id } } }
}"""


@pytest.fixture
async def stack(own_stack: Stack) -> Stack:
    await own_stack.calm()
    return own_stack


async def _reserve(stack: Stack, patient_id: str) -> dict[str, Any]:
    answer = await stack.ask("citizen", RESERVE, id=patient_id, key=str(uuid4()))
    return dict(answer["data"]["reserve"]["reservation"])


async def _undo(stack: Stack, made: dict[str, Any]) -> dict[str, Any]:
    sent = {"id": made["id"], "version": made["version"], "key": str(uuid4())}
    answer = await stack.ask("citizen", UNDO, **sent)
    return dict(answer["data"]["undoReservation"])


async def _vendor_s_parts(stack: Stack) -> int:
    patient = (await stack.ask("vendor", VENDORS, n=ARNE))["data"]["patientByIdentityNumber"]
    return len(patient["plan"]["parts"]) if patient else 0


async def _only(stack: Stack, patient_id: str) -> None:
    """Let the records have everything of everybody else's."""
    assert stack.settings is not None
    database = engine(stack.settings.database_url)
    arrived = {"state": "DELIVERED", "receipt": "J-0", "delivered_at": NOW}
    others = DeliveryRow.patient_id != UUID(patient_id.removeprefix("pat_"))
    async with sessions(database).begin() as session:
        await session.execute(update(DeliveryRow).where(others).values(arrived))
    await database.dispose()


async def test_reserved_all_is_gone_everywhere_and_undone_it_is_back(stack: Stack) -> None:
    patient_id = await arne(stack)
    assert await _vendor_s_parts(stack) == 1
    made = await _reserve(stack, patient_id)
    assert made["canBeUndone"]
    seen = await stack.ask("citizen", SEEN, id=patient_id)
    assert seen["data"]["patient"]["plan"] is None
    assert seen["data"]["patient"]["criticalInfo"]["reasons"][0]["refusal"] == "RESERVED"
    assert "angre til 22.12.2026" in seen["data"]["patient"]["reservation"]["explanation"]
    assert await _vendor_s_parts(stack) == 0
    _, content = await export(stack, "citizen", patient_id)
    assert content["patient"]["plan"] is None
    assert "RESERVED" in [each["extensions"].get("reason") for each in content["errors"]]
    assert (await _undo(stack, made))["reservation"]["ended"]["by"] == "Arne Fjell"
    seen = await stack.ask("citizen", SEEN, id=patient_id)
    assert len(seen["data"]["patient"]["plan"]["parts"]) == 2
    assert await _vendor_s_parts(stack) == 1


async def test_after_thirty_days_all_is_erased_with_proof_and_receipts(stack: Stack) -> None:
    patient_id = await arne(stack)
    await _only(stack, patient_id)
    await _reserve(stack, patient_id)
    assert stack.settings is not None
    worker = create_app(stack.settings, lambda: NOW + timedelta(days=31), pause_seconds=0.02)
    async with serving(EMITTED.watched(worker)) as url:
        await _until_erased(stack, patient_id)
        async with stack.session.get(f"{url}/readyz") as answer:
            assert answer.status == 200, await answer.text()
    seen = (await stack.ask("citizen", SEEN, id=patient_id))["data"]["patient"]
    (proof,) = seen["erasures"]
    rows = {each["table"]: each["rows"] for each in proof["tables"]}
    assert (rows["plan"], rows["plan_version"]) == (1, 4)
    assert {each["organisationNumber"] for each in proof["deliveries"]} != {None}
    assert len(proof["deliveries"]) == 4
    logged = ErasureLog(Path(stack.settings.erasure_log)).read()
    assert [each.digest for each in logged] == [proof["digest"]]
    assert "slettet for godt" in seen["reservation"]["explanation"]
    await _nothing_is_left(stack, patient_id)


async def _until_erased(stack: Stack, patient_id: str) -> None:
    async with asyncio.timeout(20):
        proofs = None
        while not proofs:
            await asyncio.sleep(0.05)
            seen = await stack.ask("citizen", SEEN, id=patient_id)
            proofs = seen["data"]["patient"]["erasures"]


async def _nothing_is_left(stack: Stack, patient_id: str) -> None:
    _, content = await export(stack, "citizen", patient_id)
    assert content["patient"]["plan"] is None
    assert content["patient"]["consents"] == []
    query = "query ($id: ID!) { patient(id: $id) { name } }"
    refused = await stack.ask("doctor", query, id=patient_id)
    assert refused["data"]["patient"] is None
