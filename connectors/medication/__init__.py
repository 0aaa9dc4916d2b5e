"""The national medication source (SFM / PLL)."""

from connectors.medication.client import MedicationConnector

__all__ = ["MedicationConnector"]
