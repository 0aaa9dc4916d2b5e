"""Kjernejournal, the national summary record: critical information."""

from connectors.kjernejournal.client import KjernejournalConnector

__all__ = ["KjernejournalConnector"]
