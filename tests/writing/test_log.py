from __future__ import annotations

from typing import Any

import pytest

from domain.access.viewer import Viewer
from domain.errors import NotPermitted
from domain.plan.approval import AgreementState
from resolvers import delivery, log
from resolvers import patient as patients
from resolvers import reservation as reservations
from resolvers.writing import agreement
from tests.builders import a_citizen
from tests.store import rows
from tests.store.rows import add
from tests.writing.clinic import INGRID, OMAR, Clinic
from tests.writing.in_use import SCHOOL, in_use, shared

OLA = a_citizen("03868130139", subject="s-ola", name="Ola Fjell")


async def _seen(clinic: Clinic, viewer: Viewer) -> list[tuple[str, str]]:
    ctx = clinic.context(viewer)
    lines = await log.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    return [(line.by.name, line.operation.name) for line in lines]


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
