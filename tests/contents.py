"""A content with every field filled, and ways to change it at a place of the input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import fields, replace

from domain.content.plan_content import PlanContent
from domain.noun import Noun

Json = Any

_ORIGIN = {
    "source": "HOSPITAL",
    "sourceId": "c-17",
    "retrievedAt": "2026-11-20T10:00:00+01:00",
}
_PEAK_FLOW = {"text": "PEF", "system": "http://loinc.org", "code": "19935-6"}
_KETONES = {"text": "Ketoner i blod"}


def _peak_flow(**limits: float) -> Json:
    relative = {"basis": "PERCENT_OF_BASELINE", "baseline": 400.0}
    return {"observable": _PEAK_FLOW, "unit": "L/min", "forHours": 1.0} | relative | limits


def _ketones(**limits: float) -> Json:
    return {"observable": _KETONES, "unit": "mmol/L"} | limits


def _zone(level: str, *thresholds: Json) -> Json:
    return {
        "level": level,
        "condition": "Slik er det",
        "whatToDo": "Gjør dette",
        "warningSigns": ["Hoster mer"],
        "thresholds": thresholds,
        "contact": "Avdelingen, 113",
        "whenToCall": "Samme dag",
    }


CONTENT: Json = {
    "title": "Planen min",
    "description": "Over\nto linjer",
    "whatMattersToMe": "Å synge i koret",
    "periodStart": "2026-03-01",
    "periodEnd": "2027-03-01",
    "passages": [{"id": "t1", "heading": "ROUTINES", "text": "Om kvelden leser vi."}],
    "problems": [
        {
            "id": "p1",
            "concept": {
                "text": "Astma",
                "system": "urn:oid:2.16.578.1.12.4.1.1.7110",
                "code": "J45.9",
            },
            "onset": "2019-05-01",
            "note": "Mest om vinteren",
            "origin": _ORIGIN,
        }
    ],
    "goals": [
        {
            "id": "g1",
            "description": "Jeg vil sove hele natten",
            "expressedBy": "PATIENT",
            "target": {"measure": "Netter", "value": "7", "unit": "netter", "due": "2026-12-01"},
            "priority": 1,
            "problemIds": ["p1"],
        }
    ],
    "actions": [
        {
            "id": "a1",
            "title": "Fast inhalasjon",
            "category": "182832007",
            "performedBy": "PATIENT",
            "description": "Også når du er bra",
            "timing": "Morgen og kveld",
            "due": "2026-12-31",
            "owner": "Kim",
            "problemIds": ["p1"],
            "goalIds": ["g1"],
        },
        {"id": "a2", "title": "Gå tur", "category": "229064008", "performedBy": "PATIENT"},
    ],
    "selfCare": {
        "zones": [
            _zone("GREEN", _peak_flow(low=80.0), _ketones(high=0.6)),
            _zone("YELLOW", _peak_flow(low=50.0, high=80.0), _ketones(low=0.6, high=1.5)),
            _zone("RED", _peak_flow(high=50.0), _ketones(low=1.5)),
        ],
        "emergencyText": "Jeg har astma",
        "measurements": [
            {
                "id": "m1",
                "observable": _PEAK_FLOW,
                "unit": "L/min",
                "timing": "Hver morgen",
                "everyHours": 36.0,
                "note": "Tre blås",
            }
        ],
        "medicines": [
            {
                "id": "l1",
                "medicine": {
                    "text": "Ventoline",
                    "system": "http://www.whocc.no/atc",
                    "code": "R03AC02",
                },
                "instruction": "Ved tung pust",
                "dose": "0,1 mg",
                "origin": _ORIGIN,
            }
        ],
        "receiver": {
            "name": "Lungeavdelingen",
            "organisationNumber": "974795523",
            "phone": "99 01 10 02",
            "hours": [
                {
                    "weekdays": [1, 2, 3, 4, 5],
                    "opens": "08:00:00",
                    "closes": "15:00:00",
                },
                {"weekdays": [5, 6], "opens": "18:00:00", "closes": "00:00:00"},
            ],
            "escalateTo": "Legevakt",
            "escalatePhone": "116117",
        },
    },
    "contacts": [
        {
            "id": "k1",
            "label": "Nødtelefon",
            "phone": "113",
            "hours": "Hele døgnet",
            "zone": "RED",
            "origin": _ORIGIN,
        }
    ],
    "interpreter": {"language": "so", "note": "Til alle samtaler"},
    "template": {"templateId": "astma-1", "templateVersion": 3, "confirmedLines": ["a1", "RED"]},
}


def a_content(**changes: Any) -> PlanContent:
    """Return the whole content; `selfCare__receiver=None` changes what lies deeper."""
    document = msgspec.json.decode(msgspec.json.encode(CONTENT))
    for path, value in changes.items():
        put(document, path.split("__"), value)
    return msgspec.convert(document, PlanContent)


def put(document: Json, steps: list[str], value: Json) -> None:
    """Set a value in a document; a step of digits is a place in a list, `-` means at its end."""
    for step in steps[:-1]:
        document = document[int(step) if step.isdigit() else step]
    last = steps[-1]
    if last == "-":
        document.append(value)
    else:
        document[int(last) if last.isdigit() else last] = value


def with_texts(noun: Any, make: Callable[[str, str], str], at: str = "content") -> Any:
    """Return a noun in which each text is what `make` returns for its path and what it was."""
    if isinstance(noun, str):
        return make(at, noun)
    if isinstance(noun, tuple):
        return tuple(with_texts(each, make, f"{at}[{i}]") for i, each in enumerate(noun))
    if isinstance(noun, Noun):
        changed = {
            each.name: with_texts(getattr(noun, each.name), make, f"{at}.{each.encode_name}")
            for each in fields(noun)
        }
        return replace(noun, **changed)
    return noun


def text_paths(noun: Noun) -> list[str]:
    """Return the path of every text in a noun."""
    found: list[str] = []

    def note(path: str, text: str) -> str:
        found.append(path)
        return text

    with_texts(noun, note)
    return found
