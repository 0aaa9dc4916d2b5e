from __future__ import annotations

import asyncio

import pytest

from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import EXAMPLES, STATES, nora

ARNE = "02834530190"
SHARED = (EXAMPLES / "06-vendor.graphql").read_text(encoding="utf-8")


@pytest.mark.parametrize("person", ["clinician", "doctor", "coordinator", "parent"])
async def test_those_around_nora_see_her(stack: Stack, person: str) -> None:
    answer = await stack.ask(
        person, "query ($id: ID!) { patient(id: $id) { name } }", id=await nora(stack)
    )
    assert answer == {"data": {"patient": {"name": "Nora Fjell"}}}


async def test_a_locum_without_a_relation_is_refused_and_no_source_is_called(stack: Stack) -> None:
    key = await nora(stack)
    await stack.calm()
    answer = await stack.ask("locum", STATES, id=key)
    assert answer["data"] == {"patient": None}
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert answer["errors"][0]["extensions"]["reason"] == "NO_CARE_RELATION"
    assert await stack.calls() == {}


async def test_another_citizen_learns_nothing(stack: Stack) -> None:
    key = await nora(stack)
    stranger = await stack.ask("citizen", STATES, id=key)
    unknown = await stack.ask("citizen", STATES, id="pat_0195bb24-0000-7000-8000-000000000000")
    assert stranger == unknown
    assert stranger["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_a_parent_finds_the_children_and_nobody_else(stack: Stack) -> None:
    answer = await stack.ask("parent", "{ viewer { patients { name access { basis } } } }")
    assert answer["data"]["viewer"]["patients"] == [
        {"name": "Emil Fjell", "access": {"basis": "PARENT"}},
        {"name": "Nora Fjell", "access": {"basis": "PARENT"}},
    ]


async def test_a_vendor_sees_what_is_shared_and_is_told_of_the_rest(stack: Stack) -> None:
    answer = await stack.ask("vendor", SHARED, n=ARNE, number=ARNE)
    patient = answer["data"]["patientByIdentityNumber"]
    assert [part["kind"] for part in patient["plan"]["parts"]] == ["EGENBEHANDLINGSPLAN"]
    assert (patient["medications"]["state"], patient["medications"]["items"]) == ("WITHHELD", None)
    assert patient["medications"]["reasons"][0]["refusal"] == "NOT_SHARED"


async def test_a_vendor_learns_nothing_of_those_around_the_patient(stack: Stack) -> None:
    query = """query ($number: IdentityNumber!) {
      patientByIdentityNumber(identityNumber: $number) { plan { careTeam { name } parts {
        agreements { person } comments { author { name } } sharing { state }
      } } }
    }"""
    answer = await stack.ask("vendor", query, number=ARNE)
    plan = answer["data"]["patientByIdentityNumber"]["plan"]
    assert plan["careTeam"] is None
    assert plan["parts"] == [{"agreements": None, "comments": None, "sharing": None}]
    assert {error["extensions"]["reason"] for error in answer["errors"]} == {"NOT_SHARED"}


@pytest.mark.parametrize(("language", "word"), [("nb", "delt"), ("en", "shared"), ("fr", "delt")])
async def test_reasons_come_in_the_reader_s_language(
    stack: Stack, language: str, word: str
) -> None:
    answer = await stack.ask("vendor", SHARED, language, number=ARNE)
    reasons = answer["data"]["patientByIdentityNumber"]["medications"]["reasons"]
    assert word in reasons[0]["sentence"]


async def test_every_node_found_by_id_stands_behind_the_policy(stack: Stack) -> None:
    query = "query ($id: ID!) { patient(id: $id) { id plan { id parts { id } } } }"
    patient = (await stack.ask("clinician", query, id=await nora(stack)))["data"]["patient"]
    ids = [patient["id"], patient["plan"]["id"], *(p["id"] for p in patient["plan"]["parts"])]
    find = "query ($id: ID!) { node(id: $id) { __typename id } }"
    for key in ids:
        seen, refused = await asyncio.gather(
            stack.ask("clinician", find, id=key), stack.ask("locum", find, id=key)
        )
        assert seen["data"]["node"]["id"] == key
        assert refused["data"]["node"] is None
        assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_a_plan_reaches_the_sources_through_its_patient(stack: Stack) -> None:
    query = "query ($id: ID!) { patient(id: $id) { plan { id } } }"
    plan = (await stack.ask("clinician", query, id=await nora(stack)))["data"]["patient"]["plan"]
    through = "query ($id: ID!) { plan(id: $id) { patient { name medications { state } } } }"
    answer = await stack.ask("clinician", through, id=plan["id"])
    assert answer["data"]["plan"]["patient"]["medications"]["state"] == "OK"
