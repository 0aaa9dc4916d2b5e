"""Brings our rows to what the population register says of a child's parents and address."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.access.family import Family, RegisteredParent
from domain.access.relation import Basis
from store.tables import PatientRow, RepresentationRow

ORIGIN = "Folkeregisteret: foreldreansvar"


async def register(session: AsyncSession, key: UUID, family: Family, now: datetime) -> bool:
    """Note what is new, and tell whether anything was."""
    of_child = await session.execute(
        update(PatientRow)
        .where(PatientRow.id == key, PatientRow.is_address_protected.is_not(family.is_protected))
        .values(is_address_protected=family.is_protected)
    )
    changed = [await _parent(session, key, each, now) for each in family.parents]
    gone = await _end(session, key, [each.number for each in family.parents], now)
    return bool(of_child.rowcount or gone or any(changed))  # type: ignore[attr-defined]  # an UPDATE


async def _parent(
    session: AsyncSession, key: UUID, parent: RegisteredParent, now: datetime
) -> bool:
    row = RepresentationRow
    mine = (*_open(key, now), row.representative_number == parent.number)
    says = {
        "representative_name": parent.name,
        "lives_with_patient": parent.lives_with_child,
        "is_protected": parent.is_protected,
    }
    if not parent.has_responsibility:
        ended = await session.execute(update(row).where(*mine).values(until=now))
        return bool(ended.rowcount)  # type: ignore[attr-defined]  # an UPDATE
    known = (await session.scalars(select(row).where(*mine))).first()
    if known is None:
        new = {
            "patient_id": key,
            "id": uuid4(),
            "kind": Basis.PARENT.name,
            "representative_number": parent.number,
            "origin": ORIGIN,
            "since": now,
        }
        await session.execute(insert(row).values(new | says))
        return True
    if all(getattr(known, name) == value for name, value in says.items()):
        return False
    await session.execute(update(row).where(*mine).values(says))
    return True


async def _end(session: AsyncSession, key: UUID, named: list[str], now: datetime) -> int:
    """End the ties of parents whom the register no longer names; return how many there were."""
    row = RepresentationRow
    others = (*_open(key, now), row.representative_number.not_in(named))
    ended = await session.execute(
        update(row).where(*others).values(until=func.greatest(row.since, now))
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]  # an UPDATE


def _open(key: UUID, now: datetime) -> tuple[ColumnElement[bool], ...]:
    row = RepresentationRow
    still = or_(row.until.is_(None), row.until > now)
    return row.patient_id == key, row.kind == Basis.PARENT.name, still
