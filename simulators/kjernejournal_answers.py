"""What the simulated kjernejournal says: the shapes of its answers."""

from __future__ import annotations

from zlib import crc32

from simulators.fhir import Resource
from simulators.identity import TEMPORARY
from simulators.people import Person

_JUNK: tuple[dict[str, object], ...] = (
    {},
    {"tilfeldigFelt": "x1"},
    {"felt7f": 42},
    {"rusk": {"a": [1, 2], "b": None}},
)


def has_journal(person: Person, privacy: str) -> bool:
    """Tell whether a person has a kjernejournal: it takes a national or D-number."""
    has_number = any(number.system != TEMPORARY for number in person.numbers)
    return has_number and privacy not in ("none", "reserved")


def nothing(status: int, text: str, number: str) -> Resource:
    """Return the indicator of someone without a kjernejournal."""
    return {
        "status": status,
        "returTekst": text,
        "sistEndretKritiskInfo": [],
        "sperringDetaljer": [],
        "eksistererBlokkertHelsepersonell": False,
        "harLasteResepter": False,
        "harLegemidler": False,
        **junk(number),
    }


def junk(number: str) -> Resource:
    """The real one may add any field to any answer; ours adds the same one for the same patient."""
    return _JUNK[crc32(number.encode()) % len(_JUNK)]


def bundle(resources: list[Resource], number: str) -> Resource:
    """Return resources as a searchset, entries left out when there are none."""
    entries = [{"fullUrl": f"urn:uuid:{r['id']}", "resource": r} for r in resources]
    bundle = {"resourceType": "Bundle", "type": "searchset", "total": len(entries)}
    return bundle | ({"entry": entries} if entries else {}) | junk(number[::-1])


def note_latest(latest: dict[str, str], kind: str, resource: Resource) -> None:
    """Keep the latest date that a kind of information was recorded."""
    day = str(resource.get("recordedDate", ""))[:10]
    if day > latest.get(kind, ""):
        latest[kind] = day
