from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from domain.registered_operation import RegisteredOperation, Room, id_of
from store.registered_operation import NoRoom, RegisteredOperationStore
from store.session import Sessions
from store.tables import RegisteredOperationRow
from tests.store.rows import NOW

# In a comment a document may have what text columns can't hold.
DOCUMENT = "query A { hello } # \0 æ".encode()
ROOM = Room(operations=3, size=1_000)


@pytest.fixture
def operations(db: Sessions) -> RegisteredOperationStore:
    return RegisteredOperationStore(db)


@pytest.fixture
def client() -> str:
    return f"client-{uuid4()}"


def about(document: bytes, minutes: int = 0) -> RegisteredOperation:
    at = NOW + timedelta(minutes=minutes)
    return RegisteredOperation(
        id=id_of(document), names=("A",), size=len(document), registered_at=at
    )


async def test_what_is_registered_is_found_by_its_client_alone_byte_by_byte(
    operations: RegisteredOperationStore, client: str
) -> None:
    assert await operations.register(client, about(DOCUMENT), DOCUMENT, ROOM) is None
    assert await operations.document(client, id_of(DOCUMENT)) == DOCUMENT
    assert await operations.document("another", id_of(DOCUMENT)) is None
    assert await operations.of_client("another") == []


async def test_registering_again_changes_nothing(
    operations: RegisteredOperationStore, client: str
) -> None:
    await operations.register(client, about(DOCUMENT), DOCUMENT, ROOM)
    assert await operations.register(client, about(DOCUMENT, 5), DOCUMENT, ROOM) == NOW
    assert await operations.of_client(client) == [about(DOCUMENT)]


async def test_the_newest_is_listed_first(
    operations: RegisteredOperationStore, client: str
) -> None:
    for minutes, document in enumerate((DOCUMENT, b"query B { hello }")):
        await operations.register(client, about(document, minutes), document, ROOM)
    listed = await operations.of_client(client)
    assert [each.id for each in listed] == [id_of(b"query B { hello }"), id_of(DOCUMENT)]


async def test_what_is_retired_is_gone_for_its_client_alone(
    operations: RegisteredOperationStore, client: str
) -> None:
    other = f"{client}-2"
    for each in (client, other):
        await operations.register(each, about(DOCUMENT), DOCUMENT, ROOM)
    assert await operations.retire(client, id_of(DOCUMENT))
    assert not await operations.retire(client, id_of(DOCUMENT))
    assert await operations.document(client, id_of(DOCUMENT)) is None
    assert await operations.document(other, id_of(DOCUMENT)) == DOCUMENT


async def test_of_many_at_once_only_so_many_find_room(
    operations: RegisteredOperationStore, client: str
) -> None:
    documents = [f"query A{each} {{ hello }}".encode() for each in range(8)]
    results = await asyncio.gather(
        *(operations.register(client, about(each), each, ROOM) for each in documents),
        return_exceptions=True,
    )
    assert sorted(map(str, results)) == [*[""] * 5, *["None"] * 3]
    assert all(result is None or isinstance(result, NoRoom) for result in results)
    assert len(await operations.of_client(client)) == 3


async def test_bytes_are_counted_together(
    operations: RegisteredOperationStore, client: str
) -> None:
    room = Room(operations=3, size=len(DOCUMENT) + 5)
    await operations.register(client, about(DOCUMENT), DOCUMENT, room)
    with pytest.raises(NoRoom):
        await operations.register(client, about(b"{ a }#"), b"{ a }#", room)
    assert await operations.register(client, about(b"{ a }"), b"{ a }", room) is None


async def test_one_that_was_altered_is_mended_by_registering_it(
    db: Sessions, operations: RegisteredOperationStore, client: str
) -> None:
    await operations.register(client, about(DOCUMENT), DOCUMENT, ROOM)
    row = RegisteredOperationRow
    async with db.begin() as session:
        await session.execute(
            update(row).where(row.client_id == client).values(document=b"{ other }")
        )
    full = Room(operations=1, size=1_000)
    assert await operations.register(client, about(DOCUMENT), DOCUMENT, full) is None
    assert await operations.document(client, id_of(DOCUMENT)) == DOCUMENT
