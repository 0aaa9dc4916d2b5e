"""Reads what is kept of accepted writes."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.operation import Operation
from domain.receipt import KeptReceipt
from store import saving
from store.tables import ReceiptRow


async def keep(session: AsyncSession, kept: KeptReceipt) -> bool:
    """Keep a receipt; False when its sender has used the key already."""
    row = saving.values_of(ReceiptRow, kept)
    made = insert(ReceiptRow).values(row).on_conflict_do_nothing().returning(ReceiptRow.key)
    return await session.scalar(made) is not None


async def one(session: AsyncSession, sender: str, key: str) -> KeptReceipt | None:
    """Return what is kept of a write that somebody has sent under a key."""
    row = await session.get(ReceiptRow, (sender, key))
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
