"""What a death changes in our own tables, besides the plan itself."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.access.relation import Basis
from store.tables import PatientRow, RepresentationRow


async def register(session: AsyncSession, key: UUID, died_on: date, now: datetime) -> None:
    """Note the day of death and end what others could do on the patient's behalf.

    Who was registered as next of kin goes on being that.
    """
    await session.execute(update(PatientRow).where(PatientRow.id == key).values(died_on=died_on))
    row = RepresentationRow
    acts = (row.patient_id == key, row.kind != Basis.NEXT_OF_KIN.name)
    still_open = (*acts, or_(row.until.is_(None), row.until > now))
    ended = func.greatest(row.since, now)
    await session.execute(update(row).where(*still_open).values(until=ended))
