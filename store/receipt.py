"""Reads what is kept of accepted writes."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.operation import Operation
from domain.receipt import KeptReceipt
from store import saving
from store.tables import ReceiptRow, Row


async def keep(session: AsyncSession, kept: KeptReceipt) -> bool:
    """Keep a receipt; False when its sender has used the key already."""
    return await session.scalar(_KEEP, saving.values_of(ReceiptRow, kept)) is not None


async def one(session: AsyncSession, sender: str, key: str) -> KeptReceipt | None:
    """Return what is kept of a write that somebody has sent under a key."""
    connection = await session.connection()
    row = (await connection.execute(_ONE, {"sender": sender, "key": key})).one_or_none()
    if row is None:
        return None
    return KeptReceipt(
        sender=row.sender,
        key=row.key,
        patient_id=f"{ids.PATIENT}{row.patient_id}",
        operation=Operation[row.operation],
        input_hash=row.input_hash,
        subject_id=row.subject_id,
        at=row.at,
        version=row.version,
    )


_TABLE = Row.metadata.tables[ReceiptRow.__tablename__]
_KEEP = insert(_TABLE).on_conflict_do_nothing().returning(_TABLE.c.key)
_ONE = select(_TABLE).where(
    _TABLE.c.sender == bindparam("sender"), _TABLE.c.key == bindparam("key")
)
