"""What clients have registered, as every process knows it: for seconds, so that it is soon news."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

import msgspec

from domain.registered_operation import RegisteredOperation, Room, id_of, is_id
from gateway.limits import Limits
from store.registered_operation import RegisteredOperationStore

log = logging.getLogger("dbep.gateway")
Key = tuple[str, str]
"""A client and an id."""


class _Said(msgspec.Struct):
    """What the store has said: a document or that there is none, and how long that holds."""

    text: str | None
    until: float


class RegisteredOperations:
    """Registers and finds documents of clients.

    What the store has said of an id, also that there is nothing, holds for `registered_seconds`;
    then it is asked again. What there isn't is kept apart, so that asking for much of it pushes
    nothing out.
    """

    def __init__(
        self,
        store: RegisteredOperationStore,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._clock = clock
        self._seconds = limits.registered_seconds
        self._room = Room(operations=limits.registered_operations, size=limits.registered_bytes)
        self._there = _Kept(limits.cached_documents, limits.cached_characters)
        self._not_there = _Kept(limits.cached_documents, limits.cached_characters)

    async def document(self, client_id: str, id: str) -> str | None:
        """Return what a client has registered under an id, None when that is nothing."""
        key = (client_id, id)
        said = self._there.get(key) or self._not_there.get(key)
        if said is not None and said.until > self._clock():
            return said.text
        if not is_id(id):
            return None
        return await self._ask(key, said)

    async def of_client(self, client_id: str) -> list[RegisteredOperation]:
        """Return all that the client has registered."""
        return await self._store.of_client(client_id)

    async def register(
        self, client_id: str, operation: RegisteredOperation, text: str
    ) -> datetime | None:
        """Register a valid document; return since when it is there, if it was. Raises NoRoom."""
        since = await self._store.register(client_id, operation, text.encode(), self._room)
        self._note((client_id, operation.id), text)
        return since

    async def retire(self, client_id: str, id: str) -> bool:
        """Forget a document; False when the client has none of this id."""
        was_there = await self._store.retire(client_id, id)
        self._note((client_id, id), None)
        return was_there

    async def _ask(self, key: Key, said: _Said | None) -> str | None:
        if said is None:
            return self._note(key, await self._read(key))
        # Whoever comes meanwhile is answered as before, so that one of many asks the store.
        said.until = self._clock() + self._seconds
        try:
            found = await self._read(key)
        except BaseException:
            said.until = 0
            raise
        return self._note(key, said.text if found == said.text else found)

    async def _read(self, key: Key) -> str | None:
        """Ask the store; a document that is not what its id was made of is none."""
        found = await self._store.document(*key)
        if found is not None and id_of(found) != key[1]:
            log.error("event=- error=OperationAltered client=%s operation=%s", *key)
            return None
        return None if found is None else found.decode()

    def _note(self, key: Key, text: str | None) -> str | None:
        kept, other = (
            (self._not_there, self._there) if text is None else (self._there, self._not_there)
        )
        other.drop(key)
        kept.put(key, _Said(text, self._clock() + self._seconds))
        return text


class _Kept:
    """The latest words of the store, bounded in number and in length together."""

    def __init__(self, entries: int, characters: int) -> None:
        self._entries = entries
        self._characters = characters
        self._held = 0
        self._said: OrderedDict[Key, _Said] = OrderedDict()
        self.get = self._said.get

    def __len__(self) -> int:
        return len(self._said)

    def put(self, key: Key, said: _Said) -> None:
        """Keep what was said, dropping what was said longest ago."""
        self.drop(key)
        self._said[key] = said
        self._held += _length(said)
        while len(self._said) > self._entries or self._held > self._characters:
            self.drop(next(iter(self._said)))

    def drop(self, key: Key) -> None:
        """Forget what was said."""
        dropped = self._said.pop(key, None)
        if dropped is not None:
            self._held -= _length(dropped)


def _length(said: _Said) -> int:
    return len(said.text or "")
