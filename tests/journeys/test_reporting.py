"""Kari reports from her phone, the ward reads, and a report on the wrong child is moved."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.conftest import Stack

ANSWER = """answer {
  level sentences zones { level whatToDo } calls { called phone } escalatesAt escalatesTo
  reading { reader isOpen hoursInWords opensNextAt }
  assessment { doubt findings { kind level doubt sentence threshold { low high } } }
}"""
REPORT = """report {
  id level urgency isLate sourceLabel statusLabel author onBehalfOf
  receiving { unit state seenBy escalatesAt }
  measurements { name quantity observable value unit measuredAt status sourceLabel }
  change { status replacedBy } replaces { id status }
}"""
REJECTED = "... on Rejection { code sentence } ... on InvalidInput { faults { path code } }"
SEND = (
    "mutation ($input: SendReportInput!) { sendReport(input: $input) { __typename"
    f" ... on ReportPayload {{ receipt {{ isReplay }} {REPORT} {ANSWER} }} {REJECTED} }} }}"
)
REGISTER = (
    "mutation ($input: RegisterMeasurementsInput!) { registerMeasurements(input: $input) {"
    f" __typename ... on ReportPayload {{ {REPORT} {ANSWER} }} {REJECTED} }} }}"
)
CORRECT = (
    "mutation ($input: CorrectEntryInput!) { correctEntry(input: $input) {"
    f" __typename ... on ReportPayload {{ {REPORT} }} {REJECTED} }} }}"
)
MOVE = (
    "mutation ($input: MoveReportInput!) { moveReport(input: $input) { __typename"
    f" ... on ReportMovedPayload {{ {REPORT} movedTo {{ id level status }} {ANSWER} }}"
    f" {REJECTED} }} }}"
)
SEE = (
    "mutation ($input: MarkSeenInput!) { markReportSeen(input: $input) { __typename"
    f" ... on ReportPayload {{ {REPORT} }}"
    f" ... on AlreadyTaken {{ takenBy receivingState }} {REJECTED} }} }}"
)
READ = """query ($id: ID!) { node(id: $id) { ... on Report {
  isWaiting level answer { sentences } } } }"""
SHOWN = """query ($id: ID!) { patient(id: $id) {
  silent { name sentence }
  series(observable: PEAK_FLOW, since: "2026-11-01T00:00:00Z", until: "2026-12-01T00:00:00Z") {
    unit points { value isLate status sourceLabel } bands { level low high } isCut
  }
  reports(first: 3) { edges { cursor node { id level measurements { value } answer { level } } }
    pageInfo { hasNextPage endCursor } }
  plan { parts { kind reports(first: 1) { edges { node { id } } } } }
} }"""
WORKLIST = """{ worklist(hasUnseenReports: true) { edges {
  unseenReds unseenYellows worstUnseen node { name } } } }"""

SHIFT = """query ($since: DateTime!) { shiftReport(since: $since) { reports(first: 50) {
  edges { cursor patient { name } node { id level urgency isWaiting
    receiving { state seenBy seenAt actedBy action escalatesTo } } }
  pageInfo { hasNextPage endCursor } } } }"""
ACT = (
    "mutation ($input: MarkActedOnInput!) { markReportActedOn(input: $input) { __typename"
    f" ... on ReportPayload {{ report {{ id }} }} {REJECTED} }} }}"
)


async def _of_kari(stack: Stack) -> dict[str, str]:
    found = await stack.ask("parent", "{ viewer { patients { id name } } }")
    return {each["name"]: each["id"] for each in found["data"]["viewer"]["patients"]}


async def _do(stack: Stack, person: str, mutation: str, language: str = "nb", **fields: Any) -> Any:
    given = {"idempotencyKey": str(uuid4())} | fields
    answer = await stack.ask(person, mutation, language, input=given)
    assert "errors" not in answer, answer
    (result,) = answer["data"].values()
    return result


def _breath(peak_flow: float, saturation: float = 96, at: str = "2026-11-22T11:55:00Z") -> Any:
    return [
        {"observable": "PEAK_FLOW", "value": peak_flow, "unit": "L/min", "measuredAt": at},
        {"observable": "OXYGEN_SATURATION", "value": saturation, "unit": "%", "measuredAt": at},
    ]


@pytest.fixture
async def nora(own_stack: Stack) -> str:
    return (await _of_kari(own_stack))["Nora Fjell"]


async def test_on_a_sunday_yellow_is_answered_with_whom_to_call_and_the_ward_sees_it(
    own_stack: Stack, nora: str
) -> None:
    sent = await _do(
        own_stack, "parent", SEND, patientId=nora, measurements=_breath(220), feeling="BAD"
    )
    answer, report = sent["answer"], sent["report"]
    assert (sent["__typename"], report["level"], answer["level"]) == (
        "ReportPayload",
        "YELLOW",
        "YELLOW",
    )
    assert answer["sentences"][0].startswith("Gul sone: PEF 220 L/min er mellom 50 og 80 % av")
    assert "Ingen leser nå." in answer["sentences"]
    assert answer["reading"]["hoursInWords"] == "hverdager 08–15"
    assert [call["phone"] for call in answer["calls"]][:2] == ["116117", "113"]
    assert answer["zones"][0]["whatToDo"].startswith("Ta hurtigvirkende medisin")
    listed = await own_stack.ask("clinician", WORKLIST)
    entries = {e["node"]["name"]: e for e in listed["data"]["worklist"]["edges"]}
    assert entries["Nora Fjell"]["worstUnseen"] == "YELLOW"
    seen = await _do(own_stack, "clinician", SEE, reportId=report["id"])
    assert seen["report"]["receiving"] == {
        "unit": "Barne- og ungdomsavdelingen",
        "state": "SEEN",
        "seenBy": "Ingrid Haugen",
        "escalatesAt": report["receiving"]["escalatesAt"],
    }
    again = await _do(own_stack, "doctor", SEE, reportId=report["id"])
    assert (again["__typename"], again["takenBy"], again["receivingState"]) == (
        "AlreadyTaken",
        "Ingrid Haugen",
        "SEEN",
    )
    read = await own_stack.ask("parent", READ, id=report["id"])
    assert not read["data"]["node"]["isWaiting"]
    assert any("Sett av Ingrid Haugen" in s for s in read["data"]["node"]["answer"]["sentences"])


async def test_in_english_red_says_call_113(own_stack: Stack, nora: str) -> None:
    sent = await _do(own_stack, "parent", SEND, "en", patientId=nora, measurements=_breath(100))
    assert sent["answer"]["sentences"][0].startswith("Red zone: peak flow 100 L/min is below 50 %")
    assert sent["answer"]["calls"][0] == {"called": "EMERGENCY", "phone": "113"}
    assert (sent["answer"]["escalatesTo"], sent["report"]["measurements"][0]["name"]) == (
        "Legevakt",
        "oxygen saturation",
    )


async def test_what_is_wrong_with_an_input_is_told_by_place(own_stack: Stack, nora: str) -> None:
    bad = await _do(own_stack, "parent", SEND, patientId=nora, measurements=_breath(31_000))
    assert bad["faults"] == [{"path": "measurements[0].value", "code": "IMPOSSIBLE_VALUE"}]


async def test_a_slip_is_corrected_and_the_graph_shows_both(own_stack: Stack, nora: str) -> None:
    wrong = await _do(own_stack, "parent", SEND, patientId=nora, measurements=_breath(29))
    right = await _do(
        own_stack,
        "parent",
        CORRECT,
        reportId=wrong["report"]["id"],
        measurements=_breath(290),
        reason="Glemte et siffer",
    )
    assert right["report"]["replaces"] == {"id": wrong["report"]["id"], "status": "CORRECTED"}
    shown = (await own_stack.ask("clinician", SHOWN, id=nora))["data"]["patient"]
    values = {point["value"]: point["status"] for point in shown["series"]["points"]}
    assert (values[29], values[290]) == ("CORRECTED", "CURRENT")
    assert {point["isLate"] for point in shown["series"]["points"]} == {True, False}
    assert [band["level"] for band in shown["series"]["bands"]] == ["RED", "YELLOW", "GREEN"]
    assert shown["reports"]["pageInfo"]["hasNextPage"]


async def test_a_report_on_the_wrong_child_is_moved(own_stack: Stack, nora: str) -> None:
    emil = (await _of_kari(own_stack))["Emil Fjell"]
    sent = await _do(own_stack, "parent", SEND, patientId=nora, measurements=_breath(150))
    moved = await _do(
        own_stack, "parent", MOVE, reportId=sent["report"]["id"], toPatientId=emil, reason="Emil"
    )
    assert moved["report"]["statusLabel"] == "Flyttet: gjaldt et annet barn"
    assert moved["report"]["change"]["replacedBy"] == moved["movedTo"]["id"]
    assert (moved["movedTo"]["level"], moved["movedTo"]["status"]) == (None, "CURRENT")
    assert "Ingen leser det som meldes her." in moved["answer"]["sentences"]


async def test_a_vendors_machine_registers_under_its_share_and_sees_only_its_own(
    own_stack: Stack, nora: str
) -> None:
    done = await _do(own_stack, "vendor", REGISTER, patientId=nora, measurements=_breath(300))
    assert done["report"]["sourceLabel"] == "Målt med utstyr hjemme"
    query = """query ($id: ID!) { patient(id: $id) { reports { edges { node { author } } } } }"""
    found = await own_stack.ask("vendor", query, id=nora)
    edges = found["data"]["patient"]["reports"]["edges"]
    assert [edge["node"]["author"] for edge in edges] == ["Nordlys Hjemmemåling AS"]
    refused = await own_stack.ask("vendor", SHOWN, id=nora)
    assert refused["data"]["patient"]["series"] is None
    assert {error["extensions"]["reason"] for error in refused["errors"]} == {"NOT_SHARED"}
    blocked = await _do(own_stack, "locum", SEND, patientId=nora, note="Hei")
    assert blocked["code"] == "NOT_ALLOWED"


async def _shift(stack: Stack, nora_s: set[str]) -> list[Any]:
    told = await stack.ask("clinician", SHIFT, since="2026-11-22T00:00:00Z")
    assert "errors" not in told, told
    edges = told["data"]["shiftReport"]["reports"]["edges"]
    return [each for each in edges if each["node"]["id"] in nora_s]


async def test_the_next_shift_sees_the_unseen_red_first_and_who_took_the_rest(
    own_stack: Stack, nora: str
) -> None:
    values = {"at": "2026-11-22T11:58:00Z"}
    taken = await _do(
        own_stack, "parent", SEND, patientId=nora, measurements=_breath(221, **values)
    )
    red = await _do(own_stack, "parent", SEND, patientId=nora, chosen="RED", note="Får ikke puste")
    ids = {each["report"]["id"] for each in (taken, red)}
    assert {each["patient"]["name"] for each in await _shift(own_stack, ids)} == {"Nora Fjell"}
    done = await _do(own_stack, "doctor", ACT, reportId=taken["report"]["id"], action="Ringte mor")
    assert done["__typename"] == "ReportPayload"
    first, second = await _shift(own_stack, ids)
    assert (first["node"]["id"], first["node"]["isWaiting"]) == (red["report"]["id"], True)
    assert first["node"]["receiving"]["escalatesTo"] == "Legevakt"
    assert (second["node"]["receiving"]["actedBy"], second["node"]["receiving"]["action"]) == (
        "Omar Rashid",
        "Ringte mor",
    )
