"""Somebody follows a patient of the clinic: a hub on the real store, and sinks that keep it all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

from msgspec.structs import replace
from redis.asyncio import Redis

from domain.access.viewer import Viewer
from gateway.caller import Caller
from gateway.demand import Demand
from gateway.documents import Documents
from gateway.execution import Executor
from gateway.limits import Limits
from gateway.live.cursors import Cursors
from gateway.live.hub import Hub
from gateway.live.starting import LiveParts, live
from gateway.live.stream import Ending, Subscription
from gateway.live.wake import Wake
from gateway.rates import Rates
from gateway.request import GraphQLRequest
from schema import schema
from store import Store
from tests.writing.clinic import Clinic

CURSORS = Cursors("a-key-of-the-tests-that-is-long-enough")
CHANGED = """
subscription ($patient: ID!, $sections: [ChangedSection!], $after: String) {
  patientChanged(patientId: $patient, sections: $sections, after: $after) {
    __typename
    ... on ChangeNotice { id kind section patientId subjectId version at cursor }
    ... on ResyncRequired { reason cursor }
  }
}
"""
CONCERNED = """
subscription ($sections: [ChangedSection!], $after: String) {
  organisationChanged(sections: $sections, after: $after) {
    __typename
    ... on ChangeNotice { id kind section patientId subjectId version at cursor }
    ... on ResyncRequired { reason cursor }
  }
}
"""


class Seen:
    """A sink that keeps what it is sent."""

    def __init__(self) -> None:
        self.payloads: list[Any] = []
        self.cursors: list[str | None] = []
        self.ending: Ending | None = None
        self.errors: Sequence[Mapping[str, Any]] = ()
        self.is_full = False
        self._changed = asyncio.Event()

    def send(self, payload: bytes, cursor: str | None) -> None:
        assert self.ending is None
        self.payloads.append(json.loads(payload))
        self.cursors.append(cursor)
        self._changed.set()

    def end(self, entries: Sequence[Mapping[str, Any]], ending: Ending | None) -> None:
        self.errors, self.ending = entries, ending
        self._changed.set()

    @property
    def kinds(self) -> list[str]:
        """Return what it was told, in order."""
        told = (next(iter(each["data"].values())) for each in self.payloads)
        return [each.get("kind") or each["__typename"] for each in told]

    async def until(self, is_so: Callable[[Seen], bool]) -> None:
        """Wait until something is so of it."""
        async with asyncio.timeout(10):
            while not is_so(self):
                self._changed.clear()
                await self._changed.wait()


class Following:
    """A hub, and the clinic that it follows."""

    def __init__(self, hub: Hub, clinic: Clinic, documents: Documents) -> None:
        self.hub = hub
        self.clinic = clinic
        self._documents = documents

    async def follow(
        self, viewer: Viewer, text: str = CHANGED, **variables: Any
    ) -> tuple[Seen, Subscription]:
        """Let somebody follow the clinic's patient, by notices or by a view."""
        seen = Seen()
        if "$patient" in text:
            variables.setdefault("patient", self.clinic.patient_id)
        operation = self._documents.get(text).operation(None)
        asked = GraphQLRequest(query=text, variables=variables)
        caller = Caller(viewer, str(uuid4()), "nb")
        return seen, await self.hub.subscribe(operation, asked, caller, seen)

    async def told(self) -> None:
        """Let what has happened be read by the hub."""
        await self.clinic.store.outbox.place()
        self.hub.reading.wake()

    async def settled(self) -> None:
        """Wait until nothing is under way any more."""
        await self.told()
        async with asyncio.timeout(10):
            while self.hub.is_busy or not await self._is_read():  # noqa: ASYNC110 # nothing tells
                await asyncio.sleep(0.01)

    async def _is_read(self) -> bool:
        return self.hub.reading.position == await self.clinic.store.outbox.newest()


@asynccontextmanager
async def following(clinic: Clinic, redis: Redis) -> AsyncIterator[Following]:
    """Run a hub over a clinic's store."""
    executor = Executor(schema, deadline_seconds=10)
    store = Store.over(clinic.db)
    parts = LiveParts(
        build_context=lambda caller: clinic.context(caller.viewer),
        patients=store.patient,
        outbox=store.outbox,
        wake=Wake(redis),
        cursors=CURSORS,
        clock=lambda: clinic.now,
        resumable_for=timedelta(days=7),
    )
    documents = Documents(executor.graphql_schema, Limits(), is_production=False)
    async with live(parts, executor, Demand(Rates(), Limits())) as hub:
        yield Following(hub, clinic, documents)


def until(viewer: Viewer, clinic: Clinic, seconds: float) -> Viewer:
    """Return a viewer whose token ends so many seconds from now."""
    return replace(viewer, expires_at=clinic.now + timedelta(seconds=seconds))
