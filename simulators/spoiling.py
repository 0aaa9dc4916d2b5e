"""Spoils a good answer's content: codes that no list has, values that can't be."""

from __future__ import annotations

from typing import Any

import msgspec

Json = Any  # any JSON value: what is spoilt may have any shape

_NOT_ITEMS = {"Composition", "Patient", "Parameters", "Bundle", "Organization", "Location"}
_DATES = ("start", "recordedDate", "date")
_TEXTS = ("description", "text")


def with_unknown_codes(body: bytes) -> bytes:
    """Return the answer with every code replaced by one that no code list has."""
    value = msgspec.json.decode(body)
    _replace_codes(value)
    return msgspec.json.encode(value)


def with_wrong_values(body: bytes) -> bytes:
    """Return the answer with a wrong date and a wrong text in its first item."""
    value = msgspec.json.decode(body)
    item = _first_item(value)
    if item is None:
        item = value if isinstance(value, dict) else value[0]
        _spoil_status(item)
    else:
        _spoil(item)
    return msgspec.json.encode(value)


def _replace_codes(value: Json) -> None:
    if isinstance(value, list):
        for each in value:
            _replace_codes(each)
    elif isinstance(value, dict):
        if value.get("resourceType") not in (None, "Bundle", "Composition") and "status" in value:
            value["status"] = "x-ukjent"
        for key, each in value.items():
            if key == "coding":
                for coding in each:
                    coding["code"] = "X-UKJENT"
            elif key == "kategori":
                value[key] = "X_UKJENT"
            elif key != "contained":
                _replace_codes(each)


def _first_item(value: Json) -> Json | None:
    if isinstance(value, dict):
        kind = value.get("resourceType")
        if isinstance(kind, str) and kind not in _NOT_ITEMS:
            return value
    children = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list):
        return None
    found = (_first_item(child) for child in children)
    return next((item for item in found if item is not None), None)


def _spoil(item: Json) -> None:
    if "effectivePeriod" in item:
        item["effectivePeriod"]["start"] = "2026-13-45"
    for participant in item.get("participant", ()):
        if "period" in participant:
            participant["period"]["start"] = "2026-13-45"
            break
    for name in _DATES:
        if name in item:
            item[name] = "2026-13-45"
    for place in (item, *item.get("dosage", ()), item.get("code", {})):
        for name in _TEXTS:
            if name in place:
                place[name] = 17


def _spoil_status(item: Json) -> None:
    for name in ("status", "harKjernejournal", "total"):
        if name in item:
            item[name] = "fire"
