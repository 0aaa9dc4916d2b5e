"""Locks and what opens them, over HTTP and at the sources themselves."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import msgspec
import pytest

from local.people import PEOPLE
from tests.builders import NOW
from tests.gateway.serving import CITIZEN
from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import nora

RESTRICTED_AT_SOURCE = "17897505746"
LOCKED_PRESCRIPTIONS = "21878336590"
VIEW = """query ($id: ID!) { patient(id: $id) {
  access { basis until }
  plan { parts { kind content { title } withheld { state refusal sentence openedBy } } }
  criticalInfo { state items { id } withheldCount reasons { code refusal sentence openedBy } }
  medications { state reasons { code openedBy } }
  appointments { state }
} }"""
RESTRICT = """mutation ($i: SetRestrictionInput!) { setRestriction(input: $i) { __typename
  ... on RestrictionPayload { restriction { id version rights word { by registeredBy { name } } } }
  ... on Rejection { code sentence } } }"""
LIFT = """mutation ($i: LiftRestrictionInput!) { liftRestriction(input: $i) { __typename } }"""
OPEN = """mutation ($i: OpenRestrictionInput!) { openRestriction(input: $i) { __typename
  ... on OpenedAccessPayload { access { id version until isEmergency } }
  ... on Rejection { code sentence } } }"""
EMERGENCY = """mutation ($i: OpenEmergencyAccessInput!) { openEmergencyAccess(input: $i) {
  __typename
  ... on EmergencyPayload {
    zoneSheet { content { selfCare { zones { level whatToDo } } } }
    patient { id name criticalInfo { state reasons { code } } medications { state } }
    access { id version until isEmergency reason } }
  ... on NotAllowed { reason }
  ... on Rejection { code sentence } } }"""
BLOCK = """mutation ($i: BlockPersonInput!) { blockPerson(input: $i) { __typename
  ... on BlockPayload { block { id version hprNumber } } ... on Rejection { code sentence } } }"""


@pytest.fixture
async def stack(own_stack: Stack) -> Stack:
    await own_stack.calm()
    return own_stack


async def _do(stack: Stack, person: str, mutation: str, **fields: Any) -> dict[str, Any]:
    sent = {"idempotencyKey": f"locks-{time.monotonic_ns()}"} | fields
    answer = await stack.ask(person, mutation, i=sent)
    assert "errors" not in answer, answer
    (result,) = answer["data"].values()
    return dict(result)


async def _last_asked(stack: Stack) -> dict[str, dict[str, Any]]:
    """Return who asked each endpoint last, and on which ground."""
    told: dict[str, dict[str, Any]] = {}
    for url in stack.sources.values():
        async with stack.session.get(f"{url}/_calls") as answer:
            told |= (await answer.json())["lastAsked"]
    return told


async def _as(stack: Stack, claims: dict[str, Any], query: str, **variables: Any) -> dict[str, Any]:
    token = stack.issuer.token(**dict.fromkeys(CITIZEN) | claims)
    body = {"query": query, "variables": variables}
    headers = {"Authorization": f"Bearer {token}"}
    async with stack.session.post(f"{stack.url}/graphql", json=body, headers=headers) as answer:
        return dict(msgspec.json.decode(await answer.read()))


def _attesting(person: str, number: str, **changes: Any) -> dict[str, Any]:
    """Return the claims of somebody whose organisation attests the need for one patient."""
    claims = PEOPLE[person].claims_at(NOW.timestamp())
    (attest,) = claims["authorization_details"]  # type: ignore[misc]  # a list of one, as made
    system = "urn:oid:2.16.578.1.12.4.1.4.1"
    attest["patient"] = {"identifier": {"id": number, "system": system}}
    attest["care_relation"]["decision_ref"] = {"id": "d-7", "description": "Tilsyn på vakt"}
    return claims | changes


async def test_the_caller_s_attest_goes_to_every_source(stack: Stack) -> None:
    child = await nora(stack)
    await stack.calm()
    await stack.ask("clinician", VIEW, id=child)
    asked = await _last_asked(stack)
    assert len(asked) >= 5
    for name, last in asked.items():
        practitioner = last["attest"]["practitioner"]
        assert practitioner["hpr_nr"] == "9144897", name
        assert practitioner["point_of_care"]["id"] == "974795515", name
        assert last["attest"]["care_relation"]["purpose_of_use"]["code"] == "TREAT", name
    assert len({last["eventId"] for last in asked.values()}) == 1


async def test_what_the_access_rests_on_goes_along_and_so_does_a_student_s_supervisor(
    stack: Stack,
) -> None:
    number = RESTRICTED_AT_SOURCE
    query = """query ($n: IdentityNumber!) { patientByIdentityNumber(identityNumber: $n) {
      access { basis } medications { state } } }"""
    await _as(stack, _attesting("student", number), query, n=number)
    (last,) = (await _last_asked(stack)).values()
    assert last["attest"]["care_relation"]["decision_ref"]["id"] == "d-7"
    assert last["attest"]["practitioner"]["supervisor"] == {"hpr_nr": "9144897"}


async def test_what_is_restricted_here_is_withheld_with_its_reason_and_not_fetched(
    stack: Stack,
) -> None:
    child = await nora(stack)
    set_by_kari = await _do(stack, "parent", RESTRICT, patientId=child)
    await stack.calm()
    seen = (await stack.ask("clinician", VIEW, id=child))["data"]["patient"]
    info, (reason,) = seen["criticalInfo"], seen["criticalInfo"]["reasons"]
    assert (info["state"], info["items"], info["withheldCount"]) == ("WITHHELD", None, None)
    assert (reason["code"], reason["refusal"]) == ("ACCESS_DENIED", "RESTRICTED")
    assert reason["openedBy"] == ["CONSENT", "EMERGENCY"]
    assert not any("helseindikator" in call for call in await stack.calls())
    for part in seen["plan"]["parts"]:
        assert part["content"] is None
        assert part["withheld"]["state"] == "WITHHELD"
        assert part["withheld"]["openedBy"] == ["CONSENT", "EMERGENCY"]
    assert (seen["medications"]["state"], seen["appointments"]["state"]) == ("OK", "OK")
    to_kari = (await stack.ask("parent", VIEW, id=child))["data"]["patient"]
    assert to_kari["criticalInfo"]["state"] == "OK"
    assert all(part["withheld"] is None for part in to_kari["plan"]["parts"])
    lifted = {"restrictionId": set_by_kari["restriction"]["id"], "expectedVersion": 1}
    await _do(stack, "parent", LIFT, **lifted)
    again = (await stack.ask("clinician", VIEW, id=child))["data"]["patient"]
    assert again["criticalInfo"]["state"] == "OK"


async def test_opened_on_consent_a_source_that_restricts_nothing_is_asked_as_before(
    stack: Stack,
) -> None:
    child = await nora(stack)
    spoken = {"by": "Kari Fjell", "giver": "PARENT", "how": "Ved sengen"}
    opened = await _do(stack, "doctor", OPEN, patientId=child, spoken=spoken, minutes=5)
    assert opened["access"]["isEmergency"] is False
    await stack.calm()
    seen = (await stack.ask("doctor", VIEW, id=child))["data"]["patient"]
    assert seen["criticalInfo"]["state"] == "OK"
    grounds = {last["accessBasis"] for last in (await _last_asked(stack)).values()}
    assert grounds == {None, "SAMTYKKE"}


async def test_a_source_s_own_restriction_opens_with_the_higher_ground_there_alone(
    stack: Stack,
) -> None:
    number = RESTRICTED_AT_SOURCE
    query = """query ($n: IdentityNumber!) { patientByIdentityNumber(identityNumber: $n) {
      id criticalInfo { state reasons { code openedBy } } } }"""
    claims = _attesting("doctor", number)
    shut = (await _as(stack, claims, query, n=number))["data"]["patientByIdentityNumber"]
    assert shut["criticalInfo"]["state"] == "WITHHELD"
    (reason,) = shut["criticalInfo"]["reasons"]
    assert reason == {"code": "RESTRICTED", "openedBy": ["CONSENT", "EMERGENCY"]}
    spoken = {"by": "Stig Strand", "giver": "PATIENT", "how": "På sengekanten"}
    sent = {"idempotencyKey": "opened-for-stig", "patientId": shut["id"], "spoken": spoken}
    opened = (await _as(stack, claims, OPEN, i=sent))["data"]["openRestriction"]
    assert opened["__typename"] == "OpenedAccessPayload", opened
    found = (await _as(stack, claims, query, n=number))["data"]["patientByIdentityNumber"]
    assert found["criticalInfo"]["state"] == "OK"
    grounds = {last["accessBasis"] for last in (await _last_asked(stack)).values()}
    assert grounds == {None, "FORHOYET_SAMTYKKE"}


async def test_in_an_emergency_it_is_asked_as_acute_and_other_locks_of_sources_stand(
    stack: Stack,
) -> None:
    number = RESTRICTED_AT_SOURCE
    opened = await _do(stack, "locum", EMERGENCY, identityNumber=number, reason="Bevisstløs")
    assert opened["__typename"] == "EmergencyPayload", opened
    assert opened["patient"]["criticalInfo"]["state"] == "OK"
    last = (await _last_asked(stack))["GET /critical-information/v1/Condition"]
    assert last["accessBasis"] == "AKUTT"
    assert last["attest"]["care_relation"]["purpose_of_use"]["code"] == "ETREAT"
    locked = await _do(
        stack, "locum", EMERGENCY, identityNumber=LOCKED_PRESCRIPTIONS, reason="Bevisstløs"
    )
    assert locked["patient"]["medications"]["state"] == "WITHHELD"


async def test_the_locum_is_refused_in_words_and_sees_the_zone_sheet_first(stack: Stack) -> None:
    child = await nora(stack)
    refused = await stack.ask("locum", VIEW, id=child)
    assert refused["errors"][0]["extensions"]["reason"] == "NO_CARE_RELATION"
    opened = await _do(stack, "locum", EMERGENCY, patientId=child, reason="Anfall, foreldre borte")
    first = next(name for name in opened if name != "__typename")
    assert first == "zoneSheet"
    levels = [z["level"] for z in opened["zoneSheet"]["content"]["selfCare"]["zones"]]
    assert levels == ["GREEN", "YELLOW", "RED"]
    seen = (await stack.ask("locum", VIEW, id=child))["data"]["patient"]
    assert seen["access"]["basis"] == "EMERGENCY"
    told = await stack.ask("parent", "{ notices { edges { node { kind sentence by { name } } } } }")
    notices = [edge["node"] for edge in told["data"]["notices"]["edges"]]
    assert ("EMERGENCY_OPENED", "Tuva Lien") in [(n["kind"], n["by"]["name"]) for n in notices]


async def test_what_was_decided_holds_for_its_operation_and_not_for_the_next(stack: Stack) -> None:
    """A decision lives for one operation: a block set while sources answer holds from the next."""
    child = await nora(stack)
    await stack.disturb("medication", {"kind": "latency", "distribution": "fixed", "ms": 1500})
    running = asyncio.create_task(stack.ask("coordinator", VIEW, id=child))
    await asyncio.sleep(0.7)
    await _do(stack, "parent", BLOCK, patientId=child, hprNumber="8033226", name="Siri Nordvik")
    answered = await running
    assert all(part["content"] for part in answered["data"]["patient"]["plan"]["parts"])
    await stack.calm()
    after = (await stack.ask("coordinator", VIEW, id=child))["data"]["patient"]
    assert [part["withheld"]["refusal"] for part in after["plan"]["parts"]] == ["BLOCKED"] * len(
        after["plan"]["parts"]
    )
    assert after["criticalInfo"]["reasons"][0]["refusal"] == "BLOCKED"
    assert after["criticalInfo"]["reasons"][0]["openedBy"] == []
    machine = await stack.ask("vendor", "query ($id: ID!) { node(id: $id) { id } }", id=child)
    assert machine["data"]["node"] is not None
    still = await _do(stack, "coordinator", EMERGENCY, patientId=child, reason="Haster")
    assert (still["__typename"], still["reason"]) == ("NotAllowed", "BLOCKED")
    assert "Det gjelder også ved nødtilgang" in still["sentence"]


async def test_unknown_and_hidden_numbers_are_answered_alike(stack: Stack) -> None:
    reserved, unknown = "02834530190", "26902336515"
    assert stack.world.person(unknown) is None
    mine = (await stack.ask("citizen", "{ viewer { patients { id name } } }"))["data"]["viewer"]
    arne = next(p["id"] for p in mine["patients"] if p["name"] == "Arne Fjell")
    reserve = "mutation ($i: ReserveInput!) { reserve(input: $i) { __typename } }"
    await _do(stack, "citizen", reserve, patientId=arne)
    answers = [
        await stack.ask(
            "locum",
            EMERGENCY,
            i={"idempotencyKey": f"search-{number}", "identityNumber": number, "reason": "Haster"},
        )
        for number in (reserved, unknown)
    ]
    data = [answer["data"]["openEmergencyAccess"] for answer in answers]
    assert data[0] == data[1]
    assert data[0]["code"] == "NOTHING_FOUND"
