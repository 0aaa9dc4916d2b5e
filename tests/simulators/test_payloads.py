"""Our answers have the shape of the payloads that were written by hand from the descriptions."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.simulators.asking import (
    ARNE,
    BLOCKED,
    EMIL,
    EMPTY,
    HELD_BACK,
    NO_JOURNAL,
    NO_PRESCRIPTIONS,
    NORA,
    RESTRICTED,
    Asking,
    Reply,
)

PAYLOADS = Path(__file__).parents[1] / "payloads"

# Parts that come and go with the patient, so that their absence from an answer says nothing.
OPTIONAL = {
    "tilfeldigFelt",
    "felt7f",
    "rusk",
    "patientInstruction",
    "virtualService",
    "note",
    "reaction",
    "criticality",
    "end",
    "lastUpdated",
    "sistEndretKritiskInfoDato",
}

Shape = dict[str, set[str]]


def payload(name: str) -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))


def shape(value: Any, path: str = "$", found: Shape | None = None) -> Shape:
    """Return each field path's kinds of value; items of a list share a path, resources by type."""
    found = {} if found is None else found
    found.setdefault(path, set()).add(kind(value))
    if isinstance(value, dict):
        name = value.get("resourceType") or value.get("url") or value.get("name")
        here = f"{path}<{name}>" if isinstance(name, str) else path
        for key, each in value.items():
            shape(each, f"{here}.{key}", found)
    if isinstance(value, list):
        for each in value:
            shape(each, f"{path}[]", found)
    return found


def kind(value: Any) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return "number" if number else type(value).__name__


def missing(expected: Any, answered: Any) -> list[str]:
    """Return the payload's field paths that an answer lacks or fills with another kind of value."""
    has = shape(answered)
    return [
        path
        for path, kinds in shape(expected).items()
        if not OPTIONAL & set(path.replace("[]", "").split("."))
        and not kinds & has.get(path, set())
    ]


async def test_compare_function_finds_a_missing_and_a_wrong_field() -> None:
    expected = {"resourceType": "X", "a": [{"b": "text"}], "c": 1}
    assert missing(expected, {"resourceType": "X", "a": [{"b": 1}]}) == [
        "$<X>.a[].b",
        "$<X>.c",
    ]
    assert missing(expected, expected) == []


KJ_CALLS: dict[str, Callable[[Asking], Awaitable[Reply]]] = {
    "helseindikator-critical-info": lambda kj: kj.indicator(NORA),
    "helseindikator-none": lambda kj: kj.indicator(NO_JOURNAL),
    "helseindikator-blocked": lambda kj: kj.indicator(BLOCKED),
    "helseindikator-restricted": lambda kj: kj.indicator(RESTRICTED),
    "allergy-intolerance-two": lambda kj: kj.critical(NORA),
    "condition-critical": lambda kj: kj.critical(NORA, "Condition"),
    "error-forbidden": lambda kj: kj.critical(RESTRICTED),
}


@pytest.mark.parametrize("name", KJ_CALLS)
async def test_kjernejournal_answers_as_described(kj: Asking, name: str) -> None:
    reply = await KJ_CALLS[name](kj)
    assert missing(payload(f"kjernejournal/{name}"), reply.json) == []


async def test_indicators_say_the_same_as_the_payloads(kj: Asking) -> None:
    for name in ("critical-info", "none", "blocked", "restricted"):
        expected = payload(f"kjernejournal/helseindikator-{name}")
        answer = (await KJ_CALLS[f"helseindikator-{name}"](kj)).json
        for field in ("status", "sperringDetaljer", "eksistererBlokkertHelsepersonell"):
            assert answer[field] == expected[field]
        assert ("ticket" in answer) == ("ticket" in expected)


@pytest.mark.parametrize(
    ("name", "number", "status"),
    [
        ("get-medication-full", NORA, 200),
        ("get-medication-no-rf", NO_PRESCRIPTIONS, 200),
        ("get-medication-empty", EMIL, 200),
        ("error-not-found", "01819912345", 404),
    ],
)
async def test_medication_answers_as_described(
    sfm: Asking, name: str, number: str, status: int
) -> None:
    reply = await sfm.medicines(number)
    gaps = missing(payload(f"medication/{name}"), reply.json)
    # Nora's locked prescription is visible; a withheld one is tested with another patient.
    gaps = [gap for gap in gaps if name != "get-medication-full" or ".emptyReason" not in gap]
    assert (reply.status, gaps) == (status, [])


async def test_an_absent_lookup_time_is_absent(sfm: Asking) -> None:
    names = [p["name"] for p in (await sfm.medicines(NO_PRESCRIPTIONS)).json["parameter"]]
    assert names == [p["name"] for p in payload("medication/get-medication-no-rf")["parameter"]]


@pytest.mark.parametrize(
    "name", ["appointment-two-patients", "appointment-suppressed", "care-team"]
)
async def test_hospital_searches_answer_as_described(dips: Asking, name: str) -> None:
    people = {
        "appointment-two-patients": (NORA, ARNE),
        "appointment-suppressed": (HELD_BACK,),
        "care-team": (NORA,),
    }
    reply = await dips.search("CareTeam" if name == "care-team" else "Appointment", *people[name])
    assert missing(payload(f"hospital/{name}"), reply.json) == []


async def test_documents_are_answered_as_described(dips: Asking) -> None:
    reply = await dips.documents(NORA)
    assert missing(payload("hospital/document-reference"), reply.json) == []
    assert reply.headers["nhn-securitylabel-nors-count"] == "2"


async def test_hospital_refuses_as_described(dips: Asking) -> None:
    reply = await dips.ask("POST", "/Appointment/_search", headers={"Authorization": None})
    assert (reply.status, reply.json) == (401, payload("hospital/unauthorized"))


async def test_a_person_without_anything_is_known_everywhere(
    kj: Asking, sfm: Asking, dips: Asking
) -> None:
    assert (await kj.indicator(EMPTY)).json["status"] == 2
    assert "entry" not in (await kj.critical(EMPTY)).json
    section = (await sfm.medicines(EMPTY)).json["parameter"][0]["resource"]["entry"][0]
    assert section["resource"]["section"][0]["emptyReason"]["coding"][0]["code"] == "nilknown"
    assert (await dips.search("Appointment", EMPTY)).json["total"] == 0
