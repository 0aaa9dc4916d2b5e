"""Where comparisons are tested: a clinic, three sources with one world, and the two jobs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
from msgspec.structs import replace
from sqlalchemy import Text, cast, func, select, update

from connectors import Connectors
from connectors.change_feed import ChangeFeed
from connectors.hospital import HospitalConnector
from connectors.http import SourceClient, SourceSettings
from connectors.kjernejournal import KjernejournalConnector
from connectors.medication import MedicationConnector
from domain.access.viewer import Viewer
from domain.code_system import ATC
from domain.coding import Coding
from domain.content.plan_content import PlanContent
from domain.content.self_care import MedicineInstruction
from domain.cooperation.review import ReviewOutcome
from domain.cooperation.worklist import WorklistEntry, WorklistFilter
from domain.outdated.comparison import Comparison, ComparisonState
from domain.outdated.fingerprint import FingerprintKey
from domain.outdated.reason import OutdatedKind, OutdatedReason
from domain.outdated.source_line import SOURCE_OF
from domain.source.section import SectionName, SourceName
from resolvers import comparison, plan
from resolvers.writing import activation, draft, review
from resolvers.writing.comparison import Comparing
from simulators import hospital, kjernejournal, medication
from simulators.serving import serve
from simulators.source import Source
from simulators.world import World
from store import Store
from store.feed import FeedStore
from store.log_writer import LogWriter
from store.session import Sessions
from store.tables import ComparisonRow, EventRow, IdentityNumberRow, Row
from tests.builders import HOSPITAL
from tests.connectors.asking import NORA
from tests.writing.clinic import INGRID, REVIEW, SAID, Clinic
from worker.comparing import ComparingJob
from worker.feeds import Feeds

OURS = "999000002"
KEY = FingerprintKey("a-secret-of-at-least-32-characters")
_MODULES: dict[SourceName, Any] = {
    SourceName.KJERNEJOURNAL: kjernejournal,
    SourceName.MEDICATION: medication,
    SourceName.HOSPITAL: hospital,
}


@dataclass
class Watch:
    """The jobs on one clinic's database, whose patient the sources know as Nora."""

    clinic: Clinic
    world: World
    http: aiohttp.ClientSession
    key: FingerprintKey = KEY
    urls: dict[SourceName, str] = field(default_factory=dict)
    sources: dict[SourceName, Source] = field(default_factory=dict)
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    log: LogWriter = field(init=False)
    feeds: Feeds = field(init=False)
    comparing: ComparingJob = field(init=False)

    def start(self) -> None:
        """Make the jobs, as when the worker starts."""
        clock, db = (lambda: self.clinic.now), self.clinic.db
        by_section = {s: ChangeFeed(self._client(name)) for s, name in SOURCE_OF.items()}
        self.feeds = Feeds(Store.over(db), FeedStore(db), by_section, OURS, clock)
        asked = Connectors(
            kjernejournal=KjernejournalConnector(self._client(SourceName.KJERNEJOURNAL), clock),
            medication=MedicationConnector(self._client(SourceName.MEDICATION), clock),
            hospital=HospitalConnector(self._client(SourceName.HOSPITAL), clock),
        )
        comparing = Comparing(self.clinic.store, asked, self.log, self.key, timedelta(days=1))
        self.comparing = ComparingJob(comparing, OURS, clock)

    def _client(self, name: SourceName) -> SourceClient:
        settings = SourceSettings(
            name=name,
            base_url=self.urls[name],
            token=f"dev-{name.value.lower()}",
            headers={"Ocp-Apim-Subscription-Key": "dev-hospital-key"},
            total_timeout=2,
        )
        client = SourceClient(settings)
        self.stack.push_async_callback(client.close)
        return client

    async def turn(self, **later: float) -> None:
        """Let time pass, and give both jobs their turn."""
        self.clinic.now += timedelta(**later or {"seconds": 3})
        await self.feeds.turn()
        while await self.comparing.turn():
            pass

    async def change(self, source: SourceName, change: str, number: str = NORA) -> None:
        """Change what a source holds."""
        wish = {"patient": number, "change": change}
        async with self.http.post(f"{self.urls[source]}/_changes", json=wish) as answer:
            assert answer.status == 200, await answer.text()

    async def faults(self, source: SourceName, *faults: dict[str, Any]) -> None:
        """Turn a source's fault switch."""
        async with self.http.put(f"{self.urls[source]}/_faults", json=faults) as answer:
            assert answer.status == 200, await answer.text()

    async def reasons(self, part_id: str, viewer: Viewer = INGRID) -> list[OutdatedReason]:
        """Return what somebody is told of a part."""
        ctx = self.clinic.context(viewer)
        return await comparison.reasons(ctx, await plan.part_by_id(ctx, part_id)) or []

    async def kinds(self, part_id: str, viewer: Viewer = INGRID) -> list[OutdatedKind]:
        """Return the kinds of the same."""
        return [reason.kind for reason in await self.reasons(part_id, viewer)]

    async def comparison(
        self, part_id: str, section: SectionName, viewer: Viewer = INGRID
    ) -> Comparison:
        """Return how far a part is compared with a section."""
        ctx = self.clinic.context(viewer)
        compared = await comparison.for_part(ctx, await plan.part_by_id(ctx, part_id))
        return next(each for each in compared if each.section is section)

    async def state(self, part_id: str, section: SectionName) -> ComparisonState:
        """Return what is known of a section now."""
        return (await self.comparison(part_id, section)).state(self.clinic.now)

    async def events(self) -> list[str]:
        """Return the kinds of the patient's events about outdated parts, in order."""
        rows = sorted(await self.clinic.rows(EventRow), key=lambda row: row.number)
        return [row.kind for row in rows if row.kind.endswith("OUTDATED")]

    async def listed(self, **keep: Any) -> list[WorklistEntry]:
        """Return the hospital's worklist."""
        worklist = self.clinic.store.worklist
        return await worklist.page(HOSPITAL, WorklistFilter(**keep), None, 9, self.clinic.now)


@asynccontextmanager
async def watching(db: Sessions, of: World) -> AsyncIterator[Watch]:
    """Run the sources, with a world of their own to change, and give the jobs that follow them."""
    world = deepcopy(of)
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())
        watch = Watch(clinic=await Clinic.open(db), world=world, http=http, stack=stack)
        for name, module in _MODULES.items():
            app = module.create_app(world)
            watch.sources[name] = app.state.source
            watch.urls[name] = await stack.enter_async_context(serve(app))
        await _number(watch)
        writer = LogWriter(db.kw["bind"], patience_seconds=1)
        watch.log = await stack.enter_async_context(writer.running())
        watch.start()
        yield watch


async def _number(watch: Watch) -> None:
    """Give the patient the number that the sources know."""
    row = IdentityNumberRow
    async with watch.clinic.db.begin() as session:
        mine = update(row).where(row.patient_id == watch.clinic.key).values(value=NORA)
        await session.execute(mine)


async def everything_kept(watch: Watch) -> str:
    """Return all that is kept of comparisons, as text."""
    table = Row.metadata.tables[ComparisonRow.__tablename__]
    async with watch.clinic.db() as session:
        whole = cast(func.to_jsonb(table.table_valued()), Text)
        return "\n".join(await session.scalars(select(whole).select_from(table)))


def on_frisium(dose: str) -> PlanContent:
    """Return a content that tells how Frisium is used."""
    care = SAID.self_care
    assert care is not None
    line = MedicineInstruction(
        id="l9",
        medicine=Coding(text="Frisium (klobazam)", system=ATC, code="N05BA09"),
        instruction="Hver kveld",
        dose=dose,
    )
    return replace(SAID, self_care=replace(care, medicines=(*care.medicines, line)))


async def held(watch: Watch, part_id: str, **fields: Any) -> None:
    """Hold a review of a part."""
    known = {
        "part_id": part_id,
        "expected_version": (await watch.clinic.part(INGRID, part_id)).version,
        "outcome": ReviewOutcome.KEEP,
        "note": "Planen virker.",
        "participants": ("Kari Fjell",),
        "next_due": REVIEW + timedelta(days=90),
    }
    await watch.clinic.do(INGRID, review.HOLD, **known | fields)


async def revised(watch: Watch, part_id: str, content: PlanContent) -> None:
    """Take a new content of a part into use."""
    clinic = watch.clinic
    begun = await clinic.do(
        INGRID,
        draft.START,
        patient_id=clinic.patient_id,
        kind=(await clinic.part(INGRID, part_id)).kind,
        content=content,
        change_comment="Ny dose",
        review_due=REVIEW,
    )
    await clinic.do(
        INGRID,
        activation.ACTIVATE,
        draft_id=begun.subject_id,
        expected_version=1,
        change_comment="Ny dose",
    )
