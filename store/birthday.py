"""Finds the children with a plan who will soon be 12."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text

from domain import ids
from store.session import Sessions


class BirthdayStore:
    """Children by when they were born."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def born_between(self, first: date, last: date) -> Sequence[tuple[str, date]]:
        """Return the public ids and birth dates of children with a plan in use and a parent."""
        asked = {"first": first, "last": last}
        async with self._sessions() as session:
            rows = await session.execute(_CHILDREN, asked)
            return [(_public(row.id), row.birth_date) for row in rows]


def _public(key: UUID) -> str:
    return f"{ids.PATIENT}{key}"


_CHILDREN = text("""
    SELECT id, birth_date
      FROM patient
     WHERE birth_date BETWEEN :first AND :last
       AND died_on IS NULL AND merged_into IS NULL
       AND EXISTS (SELECT 1 FROM plan_part
                    WHERE patient_id = patient.id AND lifecycle IN ('ACTIVE', 'ON_HOLD'))
       AND EXISTS (SELECT 1 FROM representation
                    WHERE patient_id = patient.id AND kind = 'PARENT')
       AND NOT EXISTS (SELECT 1 FROM reservation
                        WHERE patient_id = patient.id AND ended_at IS NULL)
     ORDER BY birth_date, id
    """)
