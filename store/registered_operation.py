"""Keeps what clients register, and finds it by client and id."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.registered_operation import RegisteredOperation, Room
from store.session import Sessions
from store.tables import RegisteredOperationRow, Row


class NoRoom(Exception):
    """The client has registered as much as it may."""


class RegisteredOperationStore:
    """Documents, each of them its client's alone."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def document(self, client_id: str, id: str) -> bytes | None:
        """Return what the client has registered under an id, if it has."""
        async with self._sessions() as session:
            return await session.scalar(_DOCUMENT, {"client_id": client_id, "id": id})

    async def of_client(self, client_id: str) -> list[RegisteredOperation]:
        """Return all that the client has registered, the newest first."""
        async with self._sessions() as session:
            rows = await session.execute(_OF_CLIENT, {"client_id": client_id})
            return [
                RegisteredOperation(id=id, names=tuple(names), size=size, registered_at=at)
                for id, names, size, at in rows
            ]

    async def register(
        self, client_id: str, operation: RegisteredOperation, document: bytes, room: Room
    ) -> datetime | None:
        """Keep a document; return since when it is there, if it was. Raises NoRoom.

        One registration of a client at a time, so that two can't share the last room.
        """
        key = {"client_id": client_id, "id": operation.id}
        async with self._sessions.begin() as session:
            await session.execute(_ONE_AT_A_TIME, {"client_id": client_id})
            since = await session.scalar(_SINCE, key | {"document": document})
            if since is not None:
                return since
            await _require_room(session, key, len(document), room)
            values = {"names": list(operation.names), "registered_at": operation.registered_at}
            await session.execute(_KEEP, key | values | {"document": document})
        return None

    async def retire(self, client_id: str, id: str) -> bool:
        """Forget a document; False when the client has none of this id."""
        row = RegisteredOperationRow
        gone = delete(row).where(row.client_id == client_id, row.id == id).returning(row.id)
        async with self._sessions.begin() as session:
            return await session.scalar(gone) is not None


async def _require_room(session: AsyncSession, key: dict[str, str], size: int, room: Room) -> None:
    taken, bytes_taken = (await session.execute(_OTHERS, key)).one()
    if not room.is_left(taken, bytes_taken + size):
        raise NoRoom


_ROW = RegisteredOperationRow
_SIZE = func.octet_length(_ROW.document)
_IS_CLIENT = _ROW.client_id == bindparam("client_id")
_ONE_AT_A_TIME = select(
    func.pg_advisory_xact_lock(func.hashtextextended(bindparam("client_id", type_=Text), 0))
)
_DOCUMENT = select(_ROW.document).where(_IS_CLIENT, _ROW.id == bindparam("id"))
_SINCE = select(_ROW.registered_at).where(
    _IS_CLIENT, _ROW.id == bindparam("id"), _ROW.document == bindparam("document")
)
_OF_CLIENT = (
    select(_ROW.id, _ROW.names, _SIZE, _ROW.registered_at)
    .where(_IS_CLIENT)
    .order_by(_ROW.registered_at.desc(), _ROW.id)
)
_OTHERS = select(func.count(), func.coalesce(func.sum(_SIZE), 0)).where(
    _IS_CLIENT, _ROW.id != bindparam("id")
)
_INSERT = insert(Row.metadata.tables[_ROW.__tablename__])
# What stands under the id and is not this document was changed behind our back: it is mended.
_KEEP = _INSERT.on_conflict_do_update(
    index_elements=["client_id", "id"], set_={"document": _INSERT.excluded.document}
)
