from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import nora
from tests.journeys.test_viewers import ARNE


@pytest.fixture
async def stack(own_stack: Stack) -> Stack:
    await own_stack.calm()
    return own_stack


async def export(
    stack: Stack, person: str, patient_id: object, **headers: str
) -> tuple[int, dict[str, Any]]:
    sent = {"Authorization": f"Bearer {stack.token(person)}", **headers}
    body = {"patientId": patient_id}
    async with stack.session.post(f"{stack.url}/export", json=body, headers=sent) as answer:
        content = dict(msgspec.json.decode(await answer.read()))
        if answer.status == 200:
            assert answer.headers["content-disposition"].startswith("attachment")
            assert answer.headers["cache-control"] == "no-store"
        return answer.status, content


async def arne(stack: Stack) -> str:
    query = """query ($n: IdentityNumber!) {
      patientByIdentityNumber(identityNumber: $n) { id }
    }"""
    answer = await stack.ask("citizen", query, n=ARNE)
    return str(answer["data"]["patientByIdentityNumber"]["id"])


async def test_a_citizen_takes_out_all_they_may_see(stack: Stack) -> None:
    status, content = await export(stack, "citizen", await arne(stack))
    patient = content["patient"]
    assert (status, patient["name"], patient["access"]["basis"]) == (200, "Arne Fjell", "OWN")
    parts = {part["kind"]: part for part in patient["plan"]["parts"]}
    care = parts["EGENBEHANDLINGSPLAN"]
    assert [version["number"] for version in care["versions"]] == [2, 1]
    assert care["versions"][1]["content"]["title"]
    assert care["agreements"]
    assert care["sharing"]["shares"][0]["recipient"] == "Nordlys Hjemmemåling AS"
    assert care["content"]["selfCare"]["zones"]
    assert patient["consents"][0]["given"]["by"] == "Arne Fjell"
    for section in ("medications", "criticalInfo", "appointments", "careTeam", "documents"):
        assert patient[section]["state"]
        assert "retrievedAt" in patient[section]
    assert patient["medications"]["items"]


async def test_what_could_not_be_shown_is_named(stack: Stack) -> None:
    await stack.disturb("medication", {"kind": "status", "status": 503})
    _, content = await export(stack, "citizen", await arne(stack))
    assert content["patient"]["medications"]["state"] == "UNAVAILABLE"
    refused = {error["path"][-1]: error["extensions"]["reason"] for error in content["errors"]}
    assert not any("locations" in error for error in content["errors"])
    assert refused["drafts"] == "ROLE"  # drafts are for health personnel


async def test_the_export_stands_in_the_log_and_in_the_next_export(stack: Stack) -> None:
    await export(stack, "citizen", await arne(stack))
    _, content = await export(stack, "citizen", await arne(stack))
    lines = [edge["node"] for edge in content["patient"]["log"]["edges"]]
    (exported,) = [line for line in lines if line["operation"] == "EXPORT"]
    assert exported["by"]["name"] == "Arne Fjell"
    assert exported["count"] >= 2


async def test_personnel_take_out_what_they_see_and_a_parent_the_child_s(stack: Stack) -> None:
    for person, basis in (("clinician", "CARE_TEAM"), ("parent", "PARENT")):
        _, content = await export(stack, person, await nora(stack))
        assert content["patient"]["name"] == "Nora Fjell"
        assert content["patient"]["access"]["basis"] == basis


@pytest.mark.parametrize(
    ("person", "status", "code", "reason"),
    [
        ("locum", 403, "FORBIDDEN", "NO_CARE_RELATION"),
        ("citizen", 404, "NOT_FOUND", None),
        ("vendor", 403, "FORBIDDEN", "ROLE"),
    ],
)
async def test_others_get_nothing_and_nothing_is_logged_as_taken_out(
    stack: Stack, person: str, status: int, code: str, reason: str | None
) -> None:
    answer, content = await export(stack, person, await nora(stack))
    assert answer == status
    assert content["errors"][0]["extensions"]["code"] == code
    assert content["errors"][0]["extensions"].get("reason") == reason
    assert "patient" not in content


@pytest.mark.parametrize("wrong", [None, 7, "pat_x", "x", {}])
async def test_what_is_no_patient_is_said_so(stack: Stack, wrong: object) -> None:
    status, content = await export(stack, "citizen", wrong)
    assert status in (400, 404)
    assert content["errors"][0]["message"]


async def test_it_is_asked_for_by_post_with_a_token(stack: Stack) -> None:
    async with stack.session.get(f"{stack.url}/export") as answer:
        assert answer.status == 405
    async with stack.session.post(f"{stack.url}/export", json={"patientId": "x"}) as answer:
        assert answer.status == 401


async def test_nothing_leaves_that_could_not_be_logged(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the log can't be written")

    monkeypatch.setattr("resolvers.writing.audit.entry", fail)
    status, content = await export(stack, "citizen", await arne(stack))
    assert (status, list(content)) == (500, ["errors"])


async def test_every_report_is_in_the_export_page_after_page(stack: Stack) -> None:
    me = await arne(stack)
    send = "mutation ($i: SendReportInput!) { sendReport(input: $i) { __typename } }"
    for number in range(101):
        told = {"idempotencyKey": f"export-{number:04}", "patientId": me, "note": f"Dag {number}"}
        answer = await stack.ask("citizen", send, i=told)
        assert answer["data"]["sendReport"]["__typename"] == "ReportPayload"
    _, content = await export(stack, "citizen", me)
    notes = {edge["node"]["note"] for edge in content["patient"]["reports"]["edges"]}
    assert notes >= {f"Dag {number}" for number in range(101)}
