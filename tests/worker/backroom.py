"""What a test of the worker stands in: a clinic, a record, a register, and the jobs themselves."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
from sqlalchemy import Text, cast, func, select, update

from connectors.http import SourceClient, SourceSettings
from connectors.kjernejournal.death import DeathFeed
from connectors.kjernejournal.family import FamilyFeed
from connectors.record import ReceiverName, RecordConnector
from connectors.sender import SenderConnector, SenderName
from domain.access.facts import Choices
from domain.source.section import SourceName
from resolvers.writing import reservation
from simulators.record import Record
from simulators.sender import Sender
from store import Store
from store.delivery import DeliveryStore
from store.erasing import Erasing
from store.erasure import ErasureStore
from store.erasure_log import ErasureLog
from store.feed import FeedStore
from store.message import MessageStore
from store.tables import DeliveryRow, IdentityNumberRow, Row
from store.unit import UnitStore
from tests.connectors.asking import ARNE
from tests.writing.clinic import Clinic
from worker.deaths import Deaths
from worker.delivering import Delivering
from worker.erasing import ErasingJob
from worker.families import Families
from worker.messaging import Asking, Messaging

OURS = "999000002"


@dataclass
class Backroom:
    """The worker's jobs on one clinic's database, at the clinic's time."""

    clinic: Clinic
    database_url: str
    record: Record
    record_url: str
    register_url: str
    sender: Sender
    sender_url: str
    log: Path
    http: aiohttp.ClientSession
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def close(self) -> None:
        """End the sessions with record and register."""
        await self.stack.aclose()

    async def number_patient(self) -> None:
        """Give the patient a number that record and register know."""
        row = IdentityNumberRow
        async with self.clinic.db.begin() as session:
            mine = update(row).where(row.patient_id == self.clinic.key).values(value=ARNE)
            await session.execute(mine)

    def now(self) -> datetime:
        """Return the clinic's time."""
        return self.clinic.now

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.clinic.now += timedelta(**by)

    @cached_property
    def delivering(self) -> Delivering:
        """The deliveries; the record has little time to answer."""
        connector = RecordConnector(self._client(ReceiverName.RECORD, self.record_url, "record"))
        return Delivering(DeliveryStore(self.clinic.db), connector, OURS, self.now)

    @cached_property
    def erasures(self) -> ErasureStore:
        """The erasures of the database, and their log."""
        return ErasureStore(self.clinic.db, ErasureLog(self.log))

    @cached_property
    def erasing(self) -> ErasingJob:
        """The erasures as a job."""
        return ErasingJob(self.again, self.erasures, self.now)

    @property
    def again(self) -> Erasing:
        """The erasures one by one, and all of the log anew."""
        return Erasing(UnitStore(self.clinic.db), self.erasures)

    @cached_property
    def deaths(self) -> Deaths:
        """The register's deaths, read at every turn."""
        client = self._client(SourceName.KJERNEJOURNAL, self.register_url, "kjernejournal")
        places = FeedStore(self.clinic.db)
        store = Store.over(self.clinic.db)
        return Deaths(store, places, DeathFeed(client), OURS, self.now, every_seconds=0)

    @cached_property
    def families(self) -> Families:
        """What the register says of families, read at every turn."""
        client = self._client(SourceName.KJERNEJOURNAL, self.register_url, "kjernejournal")
        places = FeedStore(self.clinic.db)
        store = Store.over(self.clinic.db)
        return Families(store, places, FamilyFeed(client), OURS, self.now, every_seconds=0)

    @cached_property
    def messaging(self) -> Messaging:
        """The messages to people; the sender has little time to answer."""
        client = self._client(SenderName.SENDER, self.sender_url, "sender")
        nowhere: Any = SimpleNamespace()  # no source is asked for a notice
        asking = Asking(Store.over(self.clinic.db), nowhere, Choices(own_access_from=9))
        return Messaging(
            MessageStore(self.clinic.db), asking, SenderConnector(client), OURS, self.now
        )

    def _client(self, name: Any, url: str, source: str) -> SourceClient:
        settings = SourceSettings(name=name, base_url=url, token=f"dev-{source}", total_timeout=0.5)
        client = SourceClient(settings)
        self.stack.push_async_callback(client.close)
        return client

    async def faults(self, *faults: dict[str, Any], url: str | None = None) -> None:
        """Turn a fault switch, the record's unless told otherwise."""
        to = f"{url or self.record_url}/_faults"
        async with self.http.put(to, json=faults) as answer:
            assert answer.status == 200

    async def deliveries(self) -> list[DeliveryRow]:
        """Return the patient's deliveries in the order of what they tell of."""
        found = await self.clinic.rows(DeliveryRow)
        return sorted(found, key=lambda row: (row.occurred_at, row.content_version, row.occasion))

    async def reserve(self) -> str:
        """Reserve as the mother, and return the reservation's id."""
        clinic = self.clinic
        done = await clinic.do(clinic.kari, reservation.RESERVE, patient_id=clinic.patient_id)
        return done.subject_id

    async def holding(self, marker: str) -> set[str]:
        """Return the tables that have a text somewhere in any row."""
        found = set()
        async with self.clinic.db() as session:
            for table in Row.metadata.sorted_tables:
                whole = cast(func.to_jsonb(table.table_valued()), Text)
                hit = select(func.count()).select_from(table).where(whole.contains(marker))
                if await session.scalar(hit):
                    found.add(table.name)
        return found
