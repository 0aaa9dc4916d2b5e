"""Every fault of the switch ends as the right section state, with nothing else lost."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import STATES, nora

QUIET = {
    "medications": "OK",
    "criticalInfo": "OK",
    "appointments": "OK",
    "careTeam": "OK",
    "documents": "WITHHELD",
}
FED_BY = {
    "kjernejournal": ("criticalInfo",),
    "medication": ("medications",),
    "hospital": ("appointments", "careTeam", "documents"),
}
DEAD = [
    ({"kind": "status", "status": 500}, "SOURCE_ERROR"),
    ({"kind": "status", "status": 503, "retryAfter": 2}, "SOURCE_ERROR"),
    ({"kind": "status", "status": 401}, "SOURCE_REFUSED"),
    ({"kind": "status", "status": 429, "retryAfter": 2}, "SOURCE_RATE_LIMITED"),
    ({"kind": "reset"}, "SOURCE_UNREACHABLE"),
    ({"kind": "truncate"}, "SOURCE_INVALID_ANSWER"),
    ({"kind": "shortBody"}, "SOURCE_INVALID_ANSWER"),
    ({"kind": "wrongBody"}, "SOURCE_INVALID_ANSWER"),
]


@pytest.mark.parametrize("source", FED_BY)
@pytest.mark.parametrize(("fault", "code"), DEAD, ids=lambda value: str(value)[:40])
async def test_a_dead_source_is_reported_not_hidden(
    stack: Stack, source: str, fault: dict[str, Any], code: str
) -> None:
    key = await nora(stack)
    await stack.disturb(source, fault)
    answer = await stack.ask("clinician", STATES, id=key)
    assert "errors" not in answer
    patient = answer["data"]["patient"]
    expected = QUIET | dict.fromkeys(FED_BY[source], "UNAVAILABLE")
    assert {name: patient[name]["state"] for name in QUIET} == expected
    for name in FED_BY[source]:
        assert patient[name]["items"] is None
        assert code in [reason["code"] for reason in patient[name]["reasons"]]


async def test_a_source_that_hangs_is_given_up_and_the_rest_answers(stack: Stack) -> None:
    key = await nora(stack)
    await stack.disturb("medication", {"kind": "hang"})
    answer = await stack.ask("clinician", STATES, id=key)
    medications = answer["data"]["patient"]["medications"]
    assert (medications["state"], medications["items"]) == ("UNAVAILABLE", None)
    assert medications["reasons"][0]["code"] == "SOURCE_TIMEOUT"
    assert answer["data"]["patient"]["appointments"]["state"] == "OK"


@pytest.mark.parametrize(
    ("source", "endpoint"),
    [
        ("kjernejournal", "/critical-information"),
        ("medication", "/Patient"),
        ("hospital", "/"),
    ],
)
async def test_a_wrong_value_loses_its_item_only_and_is_told_by_its_path(
    stack: Stack, source: str, endpoint: str
) -> None:
    key = await nora(stack)
    whole = (await stack.ask("clinician", STATES, id=key))["data"]["patient"]
    await stack.disturb(source, {"kind": "wrongValues", "endpoint": endpoint})
    answer = await stack.ask("clinician", STATES, id=key)
    assert "errors" not in answer
    for name in FED_BY[source]:
        section, before = answer["data"]["patient"][name], whole[name]
        assert "UNREADABLE_ITEM" in [reason["code"] for reason in section["reasons"]]
        assert section["state"] in ("PARTIAL", "WITHHELD")
        assert 0 < len(section["items"]) <= len(before["items"])


@pytest.mark.parametrize("source", FED_BY)
async def test_unknown_codes_are_kept(stack: Stack, source: str) -> None:
    key = await nora(stack)
    await stack.disturb(source, {"kind": "unknownCodes"})
    answer = await stack.ask("clinician", STATES, id=key)
    patient = answer["data"]["patient"]
    assert {name: patient[name]["state"] for name in QUIET} == QUIET


@pytest.mark.parametrize("kind", ["blocked", "reserved"])
async def test_a_patient_s_choice_at_kjernejournal_is_not_an_outage(
    stack: Stack, kind: str
) -> None:
    key = await nora(stack)
    await stack.disturb("kjernejournal", {"kind": kind, "patient": "20811590267"})
    answer = await stack.ask("clinician", STATES, id=key)
    section = answer["data"]["patient"]["criticalInfo"]
    expected = {"blocked": "WITHHELD", "reserved": "NOT_ASKED"}[kind]
    assert (section["state"], section["items"]) == (expected, None)


async def test_one_patient_s_fault_is_no_other_patient_s(stack: Stack) -> None:
    await stack.disturb("medication", {"kind": "status", "status": 500, "patient": "20811590267"})
    query = "{ worklist(first: 20) { edges { node { name medications { state } } } } }"
    answer = await stack.ask("clinician", query)
    nodes = [edge["node"] for edge in answer["data"]["worklist"]["edges"]]
    dead = [node["name"] for node in nodes if node["medications"]["state"] == "UNAVAILABLE"]
    assert len(nodes) == 20
    assert dead == ["Nora Fjell"]


async def test_the_state_does_not_depend_on_the_selection(stack: Stack) -> None:
    key = await nora(stack)
    await stack.disturb("hospital", {"kind": "wrongValues"})
    states = []
    for selection in ("state", "state items { id }", "state items(first: 1) { description }"):
        query = "query ($id: ID!) { patient(id: $id) { appointments { %s } } }"
        answer = await stack.ask("clinician", query % selection, id=key)
        states.append(answer["data"]["patient"]["appointments"]["state"])
    assert states == ["PARTIAL"] * 3


async def test_no_log_line_names_a_patient(stack: Stack, caplog: pytest.LogCaptureFixture) -> None:
    key = await nora(stack)
    with caplog.at_level(logging.DEBUG):
        for source in FED_BY:
            await stack.disturb(source, {"kind": "status", "status": 500})
        await stack.ask("clinician", STATES, id=key)
        await stack.ask("clinician", STATES, id="pat_nonsense")
        await stack.ask(
            "clinician",
            "query ($n: IdentityNumber!) { patientByIdentityNumber(identityNumber: $n) { id } }",
            n="20811590267",
        )
    ours = [r for r in caplog.records if r.name.split(".")[0] in ("connectors", "gateway", "dbep")]
    assert ours
    for record in caplog.records:
        line = record.getMessage()
        assert "20811590267" not in line, record.name
        assert "Fjell" not in line, record.name
