"""Medicines in few words, for the list and the small view."""

from __future__ import annotations

from datetime import datetime

from bench.view.value import View, iso
from domain.source.medication import Medication
from domain.source.section import Section


def listed(section: Section[Medication], now: datetime) -> View:
    """Return the medicines of one patient on a list."""
    items = section.items
    shown = items and [
        {"name": item.name, "status": item.status.name, "dosage": item.dosage}
        for item in items[:500]
    ]
    return {**_said(section, now), "items": shown}


def first_two(section: Section[Medication], now: datetime) -> View:
    """Return how many medicines there are, and two of them."""
    items = section.items
    if items is None:
        return {**_said(section, now), "total": None, "items": None}
    shown = [{"name": item.name, "dosage": item.dosage} for item in items[:2]]
    return {**_said(section, now), "total": len(items), "items": shown}


def _said(section: Section[Medication], now: datetime) -> View:
    at = section.retrieved_at
    return {
        "state": section.state.name,
        "retrievedAt": iso(at),
        "age": at and max(0, int((now - at).total_seconds())),
    }
