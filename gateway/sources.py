"""Makes the clients of other people's systems, which end with the process."""

from __future__ import annotations

from contextlib import AsyncExitStack
from enum import Enum

from connectors import Connectors
from connectors.hospital import HospitalConnector
from connectors.http import SourceClient, SourceSettings
from connectors.kjernejournal import KjernejournalConnector
from connectors.medication import MedicationConnector
from domain.source.section import SourceName
from gateway.clock import Clock
from gateway.settings import Settings, Source


def connect(settings: Settings, stack: AsyncExitStack, clock: Clock) -> Connectors:
    """Return what the three sources are asked by; the clients close with the stack."""
    return Connectors(
        kjernejournal=KjernejournalConnector(
            client(SourceName.KJERNEJOURNAL, settings.kjernejournal, stack), clock
        ),
        medication=MedicationConnector(
            client(SourceName.MEDICATION, settings.medication, stack), clock
        ),
        hospital=HospitalConnector(client(SourceName.HOSPITAL, settings.hospital, stack), clock),
    )


def client(name: Enum, source: Source, stack: AsyncExitStack) -> SourceClient:
    """Return a client of one system, which closes with the stack."""
    key = source.subscription_key
    made = SourceClient(
        SourceSettings(
            name=name,
            base_url=source.url,
            token=source.token,
            headers={"Ocp-Apim-Subscription-Key": key} if key else {},
            total_timeout=source.timeout_seconds,
        )
    )
    stack.push_async_callback(made.close)
    return made
