"""Parents are told that their child will soon be 12; nobody asks for it, and each stage is once."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from uuid import uuid4

from domain.access import age
from domain.access.audit import AuditEntry
from domain.access.landing import born_between, stage_on
from domain.cooperation.notice import of_patient_side
from domain.errors import NotFound
from domain.event import EventKind
from domain.operation import Operation
from domain.receipt import KeptReceipt
from resolvers.writing.escalation import BY
from store import Store
from store.unit import Unit


async def warn_due(store: Store, now: datetime) -> int:
    """Tell the parents of each child that has come to a stage; return how many were told of.

    Each is one transaction, and leaves a receipt that keeps it from being done again, however often
    and from wherever this is called. What fails doesn't hold back the others; all failures are
    raised at the end.
    """
    count, failures, today = 0, [], age.today(now)
    for patient_id, born in await store.birthday.born_between(*born_between(today)):
        if stage_on(born, today) is None:
            continue
        try:
            count += await _warn(store, patient_id, now)
        except NotFound:  # erased since it was listed
            continue
        except Exception as failure:  # noqa: BLE001  # the next child must not wait for this one
            failures.append(failure)
    if failures:
        raise ExceptionGroup("Some parents could not be told of a birthday.", failures)
    return count


async def _warn(store: Store, patient_id: str, now: datetime) -> bool:
    """Tell whether there was something to tell, now that nobody else can change it."""
    async with store.unit.begin_if_free(patient_id) as unit:
        if unit is None or unit.record.reservation is not None:
            return False
        stage = stage_on(unit.record.patient.birth_date, age.today(now))
        if stage is None or not await unit.keep(_receipt(unit, stage, now)):
            return False
        event = await unit.happened(EventKind.BIRTHDAY_NEAR, unit.patient_id, now)
        await unit.tell(event, of_patient_side(unit.patient_id))
        await unit.add(_audit_entry(unit, event.id, now))
        await unit.renew_worklist()
        return True


def _receipt(unit: Unit, stage: int, now: datetime) -> KeptReceipt:
    """Return what tells that a stage was told of; a birth date that is corrected is told anew."""
    patient = unit.record.patient
    day: date = age.birthday(patient.birth_date, age.LIMITED)
    key = f"birthday {patient.id} {day} {stage}"
    return KeptReceipt(
        sender=BY.name,
        key=key,
        patient_id=patient.id,
        operation=Operation.WARN_OF_BIRTHDAY,
        input_hash=hashlib.sha256(key.encode()).digest(),
        subject_id=patient.id,
        at=now,
    )


def _audit_entry(unit: Unit, event_id: str, now: datetime) -> AuditEntry:
    return AuditEntry(
        patient_id=unit.patient_id,
        id=event_id,
        at=now,
        operation=Operation.WARN_OF_BIRTHDAY,
        subject_id=unit.patient_id,
        by=BY,
        correlation_id=str(uuid4()),
    )
