"""What the plain handler stands on: the gateway's own clients, token check and store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp

from connectors import Connectors
from connectors.hospital import HospitalConnector
from connectors.http import SourceClient, SourceSettings
from connectors.kjernejournal import KjernejournalConnector
from connectors.medication import MedicationConnector
from domain.source.section import SourceName
from gateway.auth import Authenticator
from gateway.keys import Keys
from gateway.settings import Settings, Source
from store import Store
from store.session import engine, sessions


@dataclass(frozen=True)
class Parts:
    """The running parts."""

    store: Store
    connectors: Connectors
    authenticator: Authenticator


@asynccontextmanager
async def parts(settings: Settings) -> AsyncIterator[Parts]:
    """Build the parts as `gateway.compose` does, which would bring Strawberry into the process."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        keys = Keys(settings.jwks_url, session)
        stack.push_async_callback(keys.close)
        database = engine(settings.database_url, pool_size=10, max_overflow=0, pool_pre_ping=True)
        stack.push_async_callback(database.dispose)
        yield Parts(
            store=Store.over(sessions(database)),
            connectors=_connectors(settings, stack),
            authenticator=Authenticator(
                keys,
                issuer=settings.issuer,
                audience=settings.audience,
                public_url=settings.public_url,
                accepts_bearer=settings.accepts_bearer,
            ),
        )


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def _connectors(settings: Settings, stack: AsyncExitStack) -> Connectors:
    def client(name: SourceName, source: Source) -> SourceClient:
        made = SourceClient(_source_settings(name, source))
        stack.push_async_callback(made.close)
        return made

    return Connectors(
        KjernejournalConnector(client(SourceName.KJERNEJOURNAL, settings.kjernejournal), now),
        MedicationConnector(client(SourceName.MEDICATION, settings.medication), now),
        HospitalConnector(client(SourceName.HOSPITAL, settings.hospital), now),
    )


def _source_settings(name: SourceName, source: Source) -> SourceSettings:
    key = source.subscription_key
    return SourceSettings(
        name=name,
        base_url=source.url,
        token=source.token,
        headers={"Ocp-Apim-Subscription-Key": key} if key else {},
        total_timeout=source.timeout_seconds,
    )
