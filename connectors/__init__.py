"""Other people's data: call a source, read its answer, translate it to the domain."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.hospital import HospitalConnector
from connectors.kjernejournal import KjernejournalConnector
from connectors.medication import MedicationConnector


@dataclass(frozen=True)
class Connectors:
    """The three sources; each is built by the gateway inside its loop."""

    kjernejournal: KjernejournalConnector
    medication: MedicationConnector
    hospital: HospitalConnector
