"""Reads what hangs on plan parts, such as comments: a part's newest, or a single one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import ids

N = TypeVar("N")

MOST = 100


class OfPart(Generic[N]):
    """The statements that read one table's rows as nouns; made once, since making them costs.

    Its rows have `patient_id`, `id` and `part_id`; `at` is the column that tells which is newest.
    """

    # Any: tables share no type that has these columns.
    def __init__(
        self, row: Any, noun: ColumnElement[Any], prefix: str, decode: Callable[[str], N], at: Any
    ) -> None:
        self._prefix, self._decode = prefix, decode
        self._newest = _newest(row, noun, at)
        self._one = select(cast(noun, Text)).where(
            row.patient_id == bindparam("patient"), row.id == bindparam("id")
        )

    async def by_parts(
        self, connection: AsyncConnection, keys: Sequence[tuple[str, str]]
    ) -> list[list[N]]:
        """Return what hangs on (patient id, part id) pairs, in their order; at most MOST each."""
        parts = [ids.uuid_of(part_id, ids.PART) for _, part_id in keys]
        patients = [ids.uuid_of(patient_id, ids.PATIENT) for patient_id, _ in keys]
        found: dict[UUID, list[N]] = {part: [] for part in parts}
        of_parts = {"patients": patients, "parts": parts}
        for part_id, noun in await connection.execute(self._newest, of_parts):
            found[part_id].append(self._decode(noun))
        return [found[part] for part in parts]

    async def one(self, connection: AsyncConnection, patient_id: str, id: str) -> N | None:
        """Return one of a patient's, as the caller's transaction sees it."""
        key = {
            "patient": ids.uuid_of(patient_id, ids.PATIENT),
            "id": ids.uuid_of(id, self._prefix),
        }
        found = (await connection.execute(self._one, key)).scalar()
        return None if found is None else self._decode(found)


def _newest(row: Any, noun: ColumnElement[Any], at: Any) -> Select[Any]:
    """Return the statement that walks each part's rows from the newest, and stops at the last one.

    However long a thread is, no more of it is read.
    """
    patients, parts = (bindparam(name, type_=ARRAY(Uuid)) for name in ("patients", "parts"))
    pairs = func.unnest(patients, parts).table_valued("patient_id", "part_id", name="asked")
    asked = pairs.render_derived()
    newest = (
        select(cast(noun, Text).label("noun"), at.label("at"), row.id)
        .where(row.patient_id == asked.c.patient_id, row.part_id == asked.c.part_id)
        .order_by(at.desc(), row.id)
        .limit(MOST)
        .lateral("newest")
    )
    return (
        select(asked.c.part_id, newest.c.noun)
        .join_from(asked, newest, true())
        .order_by(newest.c.at.desc(), newest.c.id)
    )
