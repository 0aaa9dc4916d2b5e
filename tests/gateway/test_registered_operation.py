"""What a process knows of registrations, how long, and how often it asks a real store."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import update

from domain.registered_operation import RegisteredOperation, id_of
from gateway.limits import Limits
from gateway.registered_operation import RegisteredOperations
from store.registered_operation import RegisteredOperationStore
from store.session import Sessions
from store.tables import RegisteredOperationRow

TEXT = "query A { hello }"
ID = id_of(TEXT.encode())
OPERATION = RegisteredOperation(
    id=ID, names=("A",), size=len(TEXT), registered_at=datetime(2026, 11, 22, tzinfo=UTC)
)


class CountedStore(RegisteredOperationStore):
    """The real store, which counts what it is asked, and can be out of order."""

    reads = 0
    is_down = False

    async def document(self, client_id: str, id: str) -> bytes | None:
        self.reads += 1
        if self.is_down:
            raise ConnectionError
        return await super().document(client_id, id)


class Process:
    """What one process knows, by a clock of its own."""

    def __init__(self, db: Sessions, **limits: int) -> None:
        self.store = CountedStore(db)
        self.now = 0.0
        limits = {"registered_seconds": 5, **limits}
        self.knows = RegisteredOperations(self.store, Limits(**limits), lambda: self.now)


@pytest.fixture
def client() -> str:
    return f"client-{uuid4()}"


async def test_a_document_is_read_once_in_some_seconds(db: Sessions, client: str) -> None:
    one, other = Process(db), Process(db)
    await one.knows.register(client, OPERATION, TEXT)
    for _ in range(3):
        assert await one.knows.document(client, ID) == TEXT
        assert await other.knows.document(client, ID) == TEXT
    assert (one.store.reads, other.store.reads) == (0, 1)
    other.now = 5.1
    assert await other.knows.document(client, ID) == TEXT
    assert other.store.reads == 2


async def test_that_there_is_none_holds_for_some_seconds_only(db: Sessions, client: str) -> None:
    one, other = Process(db), Process(db)
    for _ in range(3):
        assert await other.knows.document(client, ID) is None
    assert other.store.reads == 1
    await one.knows.register(client, OPERATION, TEXT)
    assert await one.knows.document(client, ID) == TEXT
    other.now = 5.1
    assert await other.knows.document(client, ID) == TEXT


async def test_what_is_retired_is_soon_unknown_everywhere(db: Sessions, client: str) -> None:
    one, other = Process(db), Process(db)
    await one.knows.register(client, OPERATION, TEXT)
    assert await other.knows.document(client, ID) == TEXT
    assert await one.knows.retire(client, ID)
    assert await one.knows.document(client, ID) is None
    other.now = 5.1
    assert await other.knows.document(client, ID) is None


async def test_of_many_who_come_when_the_seconds_are_over_one_asks(
    db: Sessions, client: str
) -> None:
    process = Process(db)
    await process.knows.register(client, OPERATION, TEXT)
    process.now = 5.1
    found = await asyncio.gather(*(process.knows.document(client, ID) for _ in range(20)))
    assert (set(found), process.store.reads) == ({TEXT}, 1)


async def test_a_store_that_is_down_is_asked_again_by_the_next(db: Sessions, client: str) -> None:
    process = Process(db)
    await process.knows.register(client, OPERATION, TEXT)
    process.now, process.store.is_down = 5.1, True
    for _ in range(2):
        with pytest.raises(ConnectionError):
            await process.knows.document(client, ID)
    process.store.is_down = False
    assert await process.knows.document(client, ID) == TEXT


async def test_the_text_stays_the_same_object_so_that_looking_it_up_reads_nothing(
    db: Sessions, client: str
) -> None:
    process = Process(db)
    await process.knows.register(client, OPERATION, TEXT)
    first = await process.knows.document(client, ID)
    process.now = 5.1
    assert await process.knows.document(client, ID) is first


@pytest.mark.parametrize("id", ["", "x", ID.upper(), ID.removeprefix("sha256:"), ID + " "])
async def test_what_can_be_no_id_never_reaches_the_store(
    db: Sessions, client: str, id: str
) -> None:
    process = Process(db)
    assert await process.knows.document(client, id) is None
    assert process.store.reads == 0


async def test_asking_for_much_that_is_not_there_is_bounded_and_pushes_nothing_out(
    db: Sessions, client: str
) -> None:
    process = Process(db, cached_documents=4)
    await process.knows.register(client, OPERATION, TEXT)
    for each in range(10):
        await process.knows.document(client, id_of(bytes([each])))
    assert await process.knows.document(client, ID) == TEXT
    assert (process.store.reads, len(process.knows._not_there)) == (10, 4)


async def test_what_is_there_is_bounded_in_number_and_in_characters(
    db: Sessions, client: str
) -> None:
    for limits, kept in (({"cached_documents": 2}, 2), ({"cached_characters": 60}, 3)):
        process = Process(db, **limits)
        for each in range(5):
            text = f"query A{each} {{ hello }}"
            about = RegisteredOperation(
                id=id_of(text.encode()), names=(), size=1, registered_at=OPERATION.registered_at
            )
            await process.knows.register(client, about, text)
        assert len(process.knows._there) == kept


async def test_a_document_that_was_altered_is_none_and_is_reported(
    db: Sessions, client: str, caplog: pytest.LogCaptureFixture
) -> None:
    await Process(db).knows.register(client, OPERATION, TEXT)
    row = RegisteredOperationRow
    async with db.begin() as session:
        altered = update(row).where(row.client_id == client)
        await session.execute(altered.values(document=b"mutation { touch }"))
    assert await Process(db).knows.document(client, ID) is None
    assert f"error=OperationAltered client={client} operation={ID}" in caplog.text
    assert "touch" not in caplog.text
