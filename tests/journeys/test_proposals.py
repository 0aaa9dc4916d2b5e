from __future__ import annotations

from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import nora

QUERY = """query ($id: ID!) { patient(id: $id) {
  proposals {
    fromMedications { ...lines } fromCriticalInfo { ...lines } fromCareTeam { ...lines } } } }
fragment lines on ProposalSection { state items { __typename
  ... on Problem { concept { text } origin { source sourceId } }
  ... on MedicineInstruction { medicine { text } dose origin { source } }
  ... on ContactPoint { label origin { source } } } }"""


async def test_what_sources_know_is_proposed_with_its_origin(stack: Stack) -> None:
    answer = await stack.ask("clinician", QUERY, id=await nora(stack))
    proposals = answer["data"]["patient"]["proposals"]
    medicines = proposals["fromMedications"]["items"]
    assert {line["__typename"] for line in medicines} >= {"MedicineInstruction", "Problem"}
    assert {line["origin"]["source"] for line in medicines} == {"MEDICATION"}
    assert {line["origin"]["source"] for line in proposals["fromCareTeam"]["items"]} == {"HOSPITAL"}


async def test_a_dead_source_is_said_to_be_dead(stack: Stack) -> None:
    await stack.disturb("medication", {"kind": "status", "status": 503})
    answer = await stack.ask("clinician", QUERY, id=await nora(stack))
    proposals = answer["data"]["patient"]["proposals"]
    assert proposals["fromMedications"] == {"state": "UNAVAILABLE", "items": None}
    assert proposals["fromCareTeam"]["state"] == "OK"


async def test_citizens_are_not_given_proposals(stack: Stack) -> None:
    answer = await stack.ask("parent", QUERY, id=await nora(stack))
    assert answer["data"]["patient"]["proposals"] is None
    assert answer["errors"][0]["extensions"]["reason"] == "ROLE"
