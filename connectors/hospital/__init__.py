"""The hospital's record system (DIPS-like): appointments, care teams and shared documents."""

from connectors.hospital.client import HospitalConnector

__all__ = ["HospitalConnector"]
