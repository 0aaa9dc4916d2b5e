"""A vendor with a receiver over real HTTP, and the worker's job that tells it of changes."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp.abc import AbstractResolver
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from connectors.webhook import WebhookClient
from domain.access.viewer import Viewer
from domain.event import EventKind
from domain.live.address import Reach
from gateway.live.cursors import Cursors
from gateway.settings import Settings
from gateway.webhook import Shown, WebhookRegistry
from gateway.webhook_secret import WebhookSecrets
from resolvers.context import Context
from store import Store, event
from store.session import Sessions
from store.webhook import Holder
from store.webhook_round import Rounds
from tests.builders import NOW
from tests.gateway.serving import a_settings, serving
from tests.resolvers.memory import MemoryLog
from tests.writing.clinic import Clinic
from worker.webhooks import Webhooks

MACHINE = "999000900"
HOLDER = Holder(client_id="client-device", organisation=MACHINE, legal_entity=MACHINE)
LOOPBACK = Reach(plain=True, private=True)
FIVE = [f"s-{number}" for number in range(5)]


def verified(secret: str, headers: Any, body: bytes) -> bool:
    """Verify as the specification says it, with nothing of ours."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
    return f"v1,{wanted}" in headers["webhook-signature"].split(" ")


def response_to(secret: str, challenge: str) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, challenge.encode(), hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


@dataclass
class Got:
    """One request that arrived."""

    id: str
    headers: Any
    body: bytes
    status: int

    @property
    def data(self) -> dict[str, Any]:
        return dict(json.loads(self.body)["data"])


@dataclass
class Receiver:
    """Answers challenges, and changes as a test says: by patient, or all."""

    secret: str = ""
    url: str = ""
    got: list[Got] = field(default_factory=list)
    challenges: list[Got] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], int] = lambda _data: 200
    answers_challenges: bool = True
    hangs: asyncio.Event | None = None

    @property
    def app(self) -> Starlette:
        return Starlette(routes=[Route("/hook", self._hook, methods=["POST"])])

    async def _hook(self, request: Request) -> Response:
        body = await request.body()
        said = json.loads(body)
        got = Got(request.headers["webhook-id"], request.headers, body, 200)
        if said["type"] == "challenge":
            self.challenges.append(got)
            if not self.answers_challenges:
                return JSONResponse({"response": said["data"]["challenge"]})
            return JSONResponse({"response": response_to(self.secret, said["data"]["challenge"])})
        got.status = self.answer(said["data"])
        self.got.append(got)
        if self.hangs is not None:
            await self.hangs.wait()
        return Response(b"x" * 10, status_code=got.status)

    def arrived(self, patient_id: str | None = None) -> list[str]:
        """Return the subjects of what was taken, in order."""
        taken = [each for each in self.got if each.status < 300]
        return [
            each.data["subjectId"] for each in taken if patient_id in (None, each.data["patientId"])
        ]


@dataclass
class Desk:
    """The vendor's side, the worker's job and the time that both have."""

    db: Sessions
    receiver: Receiver
    settings: Settings
    log: MemoryLog = field(default_factory=MemoryLog)
    now: datetime = NOW
    client: WebhookClient | None = None
    names: AbstractResolver | None = None
    reach: Reach = LOOPBACK

    def __post_init__(self) -> None:
        self.store = Store.over(self.db)
        self.registry = WebhookRegistry(self.store.webhook, self.settings, lambda: self.now)
        self.job = self.a_job()

    def a_job(self, log: Any = None) -> Webhooks:
        """Make a worker's job, as a second process would have it."""
        self.client = self.client or WebhookClient(self.reach, self.names, total_seconds=1.0)
        used = log or self.log

        def build_context(viewer: Viewer, event_id: str) -> Context:
            none: Any = None
            return Context(
                viewer=viewer,
                now=self.now,
                store=self.store,
                connectors=none,
                event_id=event_id,
                log=used,
            )

        return Webhooks(
            Rounds(self.db),
            self.store,
            self.client,
            build_context,
            secrets=WebhookSecrets(self.settings.webhook_key),
            cursors=Cursors(self.settings.cursor_key),
            days=self.settings.webhook_days,
            clock=lambda: self.now,
            chance=lambda: 1.0,
        )

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    async def turn(self, **by: float) -> None:
        """Let time pass, and have the worker do what is due by then."""
        self.later(**by or {"seconds": 2})
        await self.job.turn()

    async def register(self, **changed: Any) -> Shown:
        """Register the receiver, which then knows its secret."""
        known: dict[str, Any] = {"url": self.receiver.url, "sections": None}
        made = await self.registry.register(HOLDER, **known | changed)
        self.receiver.secret = made.secret or ""
        return made

    async def verified(self, **changed: Any) -> Shown:
        """Register the receiver and have it answer its challenge."""
        made = await self.register(**changed)
        await self.turn()
        return await self.shown(made.id)

    async def shown(self, id: str) -> Shown:
        return await self.registry.one(HOLDER, id)

    async def happens(self, clinic: Clinic, *subjects: str) -> None:
        """Let something happen to a patient's plan as a whole, under subjects of a test's own."""
        async with self.db.begin() as session:
            for subject in subjects:
                kind = EventKind.PART_HELD
                await event.add(session, clinic.key, kind, subject, self.now, None)


@asynccontextmanager
async def a_desk(db: Sessions) -> AsyncIterator[Desk]:
    receiver = Receiver()
    async with serving(receiver.app) as url:
        receiver.url = f"{url}/hook"
        desk = Desk(db, receiver, a_settings(DBEP_ENVIRONMENT="development"))
        yield desk
        assert desk.client is not None
        await desk.client.close()


async def a_shared_patient(db: Sessions) -> Clinic:
    """Open a clinic with a patient of whom a part is shared with the vendor."""
    clinic = await Clinic.open(db)
    part_id = await clinic.active()
    await clinic.shared(part_id, MACHINE)
    return clinic
