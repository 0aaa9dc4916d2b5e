"""The three simulated sources over real HTTP, and the connectors to them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import aiohttp

from connectors import Connectors
from connectors.hospital import HospitalConnector
from connectors.http import SourceClient, SourceSettings
from connectors.kjernejournal import KjernejournalConnector
from connectors.medication import MedicationConnector
from domain.access.subject import Gender, Subject
from domain.caller import Caller
from domain.identity_number import IdentityNumber, IdentityNumberKind
from domain.source.section import Section, SectionName, SourceName
from simulators import hospital, kjernejournal, medication
from simulators.building import build
from simulators.people import Person
from simulators.serving import serve
from simulators.source import Settings
from simulators.world import World
from tests.connectors.asking import NOW, clock

Batch = Callable[[Sequence[Subject], Caller], Awaitable[list[Section[Any]]]]

HASTE = 0.3
CONCURRENCY = 8


@dataclass(frozen=True)
class Doors:
    """The development doors of one simulated source."""

    url: str
    http: aiohttp.ClientSession

    async def switch(self, *faults: dict[str, Any]) -> None:
        async with self.http.put(f"{self.url}/_faults", json=list(faults)) as response:
            assert response.status == 200, await response.text()

    async def calls(self) -> dict[str, int]:
        """Return the calls since this was last asked, without those to the doors."""
        async with self.http.delete(f"{self.url}/_calls") as response:
            counted: dict[str, int] = (await response.json())["calls"]
        return counted

    async def most_at_once(self) -> int:
        async with self.http.get(f"{self.url}/_calls") as response:
            return int((await response.json())["mostInFlight"])


@dataclass(frozen=True)
class Sources:
    """A world, the doors of its sources, and connectors that wait long or hardly at all."""

    world: World
    doors: dict[SourceName, Doors]
    patient: Connectors
    hasty: Connectors

    def batch(self, name: SectionName, *, hasty: bool = False) -> Batch:
        """Return the batch method that feeds a section."""
        sources = self.hasty if hasty else self.patient
        batches: dict[SectionName, Batch] = {
            SectionName.MEDICATIONS: sources.medication.medications,
            SectionName.CRITICAL_INFO: sources.kjernejournal.critical_info,
            SectionName.APPOINTMENTS: sources.hospital.appointments,
            SectionName.CARE_TEAM: sources.hospital.care_team,
            SectionName.DOCUMENTS: sources.hospital.documents,
        }
        return batches[name]

    async def heal(self) -> None:
        for doors in self.doors.values():
            await doors.switch()
            await doors.calls()

    def subject(self, number: str) -> Subject:
        person = self.world.person(number)
        assert person is not None
        return subject_of(person)

    def subjects(self, count: int) -> list[Subject]:
        """Return persons with one number each."""
        people = [person for person in self.world.people if len(person.numbers) == 1]
        return [subject_of(person) for person in people[:count]]


def subject_of(person: Person) -> Subject:
    return Subject(
        patient_id=person.id,
        numbers=tuple(
            IdentityNumber(value=n.value, kind=IdentityNumberKind(n.system)) for n in person.numbers
        ),
        given_name=person.name.given,
        family_name=person.name.family,
        birth_date=date.fromisoformat(person.birth_date) if person.birth_date else None,
        gender=Gender(person.gender),
    )


def connectors_to(urls: dict[SourceName, str], seconds: float, stack: AsyncExitStack) -> Connectors:
    """Return connectors that wait for as many seconds; the stack closes them."""
    secrets = Settings()
    key = {"Ocp-Apim-Subscription-Key": secrets.hospital_subscription_key}

    def client(name: SourceName, token: str, headers: Mapping[str, str]) -> SourceClient:
        made = SourceClient(
            SourceSettings(
                name=name,
                base_url=urls[name],
                token=token,
                headers=headers,
                total_timeout=seconds,
                concurrency=CONCURRENCY,
            )
        )
        stack.push_async_callback(made.close)
        return made

    return Connectors(
        KjernejournalConnector(
            client(SourceName.KJERNEJOURNAL, secrets.kjernejournal_token, {}), clock
        ),
        MedicationConnector(client(SourceName.MEDICATION, secrets.medication_token, {}), clock),
        HospitalConnector(client(SourceName.HOSPITAL, secrets.hospital_token, key), clock),
    )


@asynccontextmanager
async def simulated_sources() -> AsyncIterator[Sources]:
    world = build(today=NOW.date(), patients=60)
    apps = {
        SourceName.KJERNEJOURNAL: kjernejournal.create_app(world),
        SourceName.MEDICATION: medication.create_app(world),
        SourceName.HOSPITAL: hospital.create_app(world),
    }
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())
        urls = {name: await stack.enter_async_context(serve(app)) for name, app in apps.items()}
        yield Sources(
            world,
            {name: Doors(url, http) for name, url in urls.items()},
            patient=connectors_to(urls, 20, stack),
            hasty=connectors_to(urls, HASTE, stack),
        )
