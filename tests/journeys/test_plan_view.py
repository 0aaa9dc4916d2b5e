from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from local.people import PEOPLE
from tests.journeys.conftest import NOW, Stack

EXAMPLES = Path(__file__).parents[2] / "web" / "graphiql" / "examples"
SECTIONS = ("medications", "criticalInfo", "appointments", "careTeam", "documents")
WHOLE = (EXAMPLES / "04-whole-view.graphql").read_text(encoding="utf-8")
WHOLE_PATIENT = (
    "query ($id: ID!) { patient(id: $id) { ...Whole } }\n" + WHOLE[WHOLE.index("fragment") :]
)

STATES = """
query ($id: ID!) { patient(id: $id) {
  medications { state items { name } reasons { code sentence } }
  criticalInfo { state items { id } reasons { code sentence } }
  appointments { state items { id } reasons { code sentence } }
  careTeam { state items { id } reasons { code sentence } }
  documents { state items { id } withheldCount reasons { code sentence } }
} }
"""


async def nora(stack: Stack) -> str:
    answer = await stack.ask("parent", "{ viewer { patients { id name } } }")
    patients = answer["data"]["viewer"]["patients"]
    return next(str(p["id"]) for p in patients if p["name"] == "Nora Fjell")


def leaves(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(leaves, value.values()))
    if isinstance(value, list):
        return sum(map(leaves, value))
    return 1


async def test_one_query_gives_the_plan_and_what_every_source_answered(stack: Stack) -> None:
    answer = await stack.ask("clinician", WHOLE_PATIENT, id=await nora(stack))
    assert "errors" not in answer
    patient = answer["data"]["patient"]
    assert {part["kind"] for part in patient["plan"]["parts"]} == {
        "BARN_BEREDSKAP_LIVSKVALITET",
        "BEHANDLINGSPLAN",
        "EGENBEHANDLINGSPLAN",
    }
    assert {name: patient[name]["state"] for name in SECTIONS} == {
        "medications": "OK",
        "criticalInfo": "OK",
        "appointments": "OK",
        "careTeam": "OK",
        "documents": "WITHHELD",
    }
    assert patient["documents"]["withheldCount"] == 2
    assert leaves(patient) >= 500


async def test_each_endpoint_is_called_once_for_a_view(stack: Stack) -> None:
    key = await nora(stack)
    await stack.calm()
    await stack.ask("clinician", WHOLE_PATIENT, id=key)
    assert set((await stack.calls()).values()) == {1}
    assert len(await stack.calls()) == 7


async def test_only_the_sources_that_are_selected_are_called(stack: Stack) -> None:
    key = await nora(stack)
    await stack.calm()
    await stack.ask(
        "clinician", "query ($id: ID!) { patient(id: $id) { name medications { state } } }", id=key
    )
    assert list((await stack.calls()).values()) == [1]


async def test_one_field_twice_is_fetched_once(stack: Stack) -> None:
    key = await nora(stack)
    await stack.calm()
    query = """query ($id: ID!) {
      a: patient(id: $id) { medications { state } }
      b: patient(id: $id) { medications { items { name } } other: medications { total } }
    }"""
    await stack.ask("clinician", query, id=key)
    assert list((await stack.calls()).values()) == [1]


async def test_the_three_axes_are_separate(stack: Stack) -> None:
    query = """query ($id: ID!) { patient(id: $id) { plan { parts {
      kind lifecycle approval { state } agreements { person state } sharing { state }
    } } } }"""
    answer = await stack.ask("clinician", query, id=await nora(stack))
    parts = {part["kind"]: part for part in answer["data"]["patient"]["plan"]["parts"]}
    child = parts["BARN_BEREDSKAP_LIVSKVALITET"]
    assert (child["lifecycle"], child["approval"]["state"]) == ("ACTIVE", "APPROVED")
    assert {a["person"]: a["state"] for a in child["agreements"]} == {
        "Kari Fjell": "AGREES",
        "Ola Fjell": "DISAGREES",
    }
    waiting = parts["BEHANDLINGSPLAN"]
    assert (waiting["lifecycle"], waiting["approval"]["state"]) == ("ACTIVE", "REQUESTED")
    assert parts["EGENBEHANDLINGSPLAN"]["sharing"]["state"] == "SHARED"


@pytest.mark.parametrize(
    ("number", "section", "state", "code"),
    [
        ("05846813804", "criticalInfo", "WITHHELD", "BLOCKED"),
        ("11829092680", "criticalInfo", "NOT_ASKED", "NO_KJERNEJOURNAL"),
        ("30865104940", "criticalInfo", "NOT_ASKED", "NO_KJERNEJOURNAL"),
        ("08914999465", "medications", "PARTIAL", "NO_PRESCRIPTION_LOOKUP"),
        ("14836247265", "appointments", "WITHHELD", "WITHHELD_BY_SOURCE"),
        ("80875172690", "criticalInfo", "NOT_ASKED", "NO_NATIONAL_NUMBER"),
        ("19814410431", "medications", "PARTIAL", "TRUNCATED"),
    ],
)
async def test_a_patient_s_own_circumstances_show_as_the_section_s_state(
    stack: Stack, number: str, section: str, state: str, code: str
) -> None:
    query = """query ($n: IdentityNumber!) { patientByIdentityNumber(identityNumber: $n) {
      %s { state reasons { code sentence } total }
    } }"""
    found = await _as_themselves(stack, number, query % section)
    assert (found[section]["state"], found[section]["reasons"][0]["code"]) == (state, code)
    assert found[section]["reasons"][0]["sentence"].endswith(".")


@pytest.mark.parametrize(
    ("number", "section", "code"),
    [
        ("17897505746", "criticalInfo", "RESTRICTED"),
        ("21878336590", "medications", "LOCKED_PRESCRIPTION"),
        ("05846813804", "criticalInfo", "BLOCKED"),
    ],
)
async def test_a_lock_holds_for_personnel_with_an_attest(
    stack: Stack, number: str, section: str, code: str
) -> None:
    claims = PEOPLE["doctor"].claims_at(NOW.timestamp())
    attest = claims["authorization_details"][0]  # type: ignore[index]  # a list, as made
    system = "urn:oid:2.16.578.1.12.4.1.4.1"
    attest["patient"] = {"identifier": {"id": number, "system": system}}
    query = """query ($n: IdentityNumber!) { patientByIdentityNumber(identityNumber: $n) {
      access { basis } %s { state reasons { code } }
    } }"""
    found = await _ask(stack, claims, query % section, number)
    assert found["access"]["basis"] == "ATTEST"
    assert found[section]["state"] == "WITHHELD"
    assert [reason["code"] for reason in found[section]["reasons"]] == [code]


async def test_an_empty_record_is_said_to_be_empty(stack: Stack) -> None:
    query = """query ($n: IdentityNumber!) { patientByIdentityNumber(identityNumber: $n) {
      medications { state items { name } } appointments { state items { id } }
    } }"""
    found = await _as_themselves(stack, "09859922500", query)
    assert all(found[name] == {"state": "OK", "items": []} for name in found)


async def test_a_former_number_finds_the_same_patient(stack: Stack) -> None:
    query = """query ($n: IdentityNumber!) { patientByIdentityNumber(identityNumber: $n) {
      id identityNumbers { value kind }
    } }"""
    new = await _as_themselves(stack, "02909206424", query)
    old = await _as_themselves(stack, "02909206424", query, asked_for="80822983379")
    assert new == old
    assert [each["kind"] for each in new["identityNumbers"]] == ["NATIONAL", "TEMPORARY"]


async def _as_themselves(
    stack: Stack, number: str, query: str, asked_for: str | None = None
) -> dict[str, Any]:
    """Ask as the citizen with a number, about themselves."""
    pid = {"helseid://claims/identity/pid": number}
    return await _ask(stack, pid, query, asked_for or number)


async def _ask(stack: Stack, claims: dict[str, Any], query: str, number: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {stack.issuer.token(**claims)}"}
    body = {"query": query, "variables": {"n": number}}
    async with stack.session.post(f"{stack.url}/graphql", json=body, headers=headers) as answer:
        content = await answer.json()
    assert "errors" not in content, content
    return dict(content["data"]["patientByIdentityNumber"])
