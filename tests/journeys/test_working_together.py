"""The sixth step of the story, over the wire: responsibility on its way, and who has taken what."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.conftest import Stack

MINE = """{ worklist(first: 100) { edges { node { id name plan { parts {
  id version lifecycle responsible { name organisationNumber }
} handovers { state } } } } } }"""
OPEN = """mutation ($input: OpenHandoverInput!) { openHandover(input: $input) { __typename
  ... on HandoverPayload { receipt { version } handover {
    id version state sentence partIds leftOut fromOrganisationName toOrganisationName reason
    message move { municipalityName } openActions { partId lineId title }
    openedBy { name } openedAt decidedBy { name } decidedAt decisionReason
  } }
  ... on AlreadyHandedOver { code sentence openHandover { id state } }
  ... on Rejection { code sentence }
} }"""
ACCEPT = """mutation ($input: AcceptHandoverInput!) { acceptHandover(input: $input) { __typename
  ... on HandoverPayload { handover { state sentence decidedBy { name } } }
  ... on Rejection { code sentence }
} }"""
REPORT = """query ($since: DateTime!) { shiftReport(since: $since) {
  since at
  changes(first: 100) { edges { cursor node { kind sentence at by { name organisation }
    partId partKind subjectId patient { id name } } } pageInfo { hasNextPage endCursor } }
  handovers(first: 100) { ...tasks } approvals { ...tasks } comments { ...tasks }
  reviews { ...tasks }
} }
fragment tasks on ShiftTaskConnection { edges { cursor node { id kind sentence subjectId
  waitingSince taken { by { name } at version } patient { id } partId partKind
  handover { id reason } comment { id text } } } pageInfo { hasNextPage startCursor endCursor } }
"""
TAKE = """mutation ($input: TakeTaskInput!) { takeTask(input: $input) { __typename
  ... on TaskPayload { task { taken { by { name } } } }
  ... on TaskTaken { sentence by { name } at }
  ... on Rejection { code }
} }"""
RELEASE = """mutation ($input: ReleaseTaskInput!) { releaseTask(input: $input) { __typename
  ... on TaskPayload { task { taken { version } } }
} }"""
REVIEW = """mutation ($input: HoldReviewInput!) { holdReview(input: $input) { __typename
  ... on ReviewPayload {
    part { version reviewDue reviewOverdue reviews { id note participants outcome nextDue } }
    review { id heldAt contentVersion by { name } } remaining { kind count sentence }
  }
  ... on Rejection { code }
} }"""
ADD = """mutation ($input: AddTeamMemberInput!) { addTeamMember(input: $input) { __typename
  ... on TeamPayload { member { id version name role { text } functions since until } }
  ... on FunctionTaken { sentence function holder { name } }
  ... on Rejection { code }
} }"""
END = """mutation ($input: EndTeamMembershipInput!) { endTeamMembership(input: $input) { __typename
  ... on TeamPayload { member { until version } }
} }"""
SINCE = "2026-11-22T00:00:00Z"


@pytest.fixture
async def patient(stack: Stack) -> dict[str, Any]:
    """Give one of the ward's patients, for whom nobody else has been asked yet."""
    edges = (await stack.ask("clinician", MINE))["data"]["worklist"]["edges"]
    for node in (edge["node"] for edge in edges):
        parts = node["plan"]["parts"] if node["plan"] else []
        ours = [p for p in parts if p["responsible"]["organisationNumber"] == "974795515"]
        if ours and not node["plan"]["handovers"] and node["name"] != "Nora Fjell":
            return dict(node)
    raise AssertionError("The ward answers for nobody.")


async def _send(stack: Stack, person: str, mutation: str, **given: Any) -> dict[str, Any]:
    answer = await stack.ask(person, mutation, input={"idempotencyKey": str(uuid4()), **given})
    assert "errors" not in answer, answer
    (result,) = answer["data"].values()
    return dict(result)


async def _offered(stack: Stack, patient: dict[str, Any]) -> dict[str, Any]:
    return await _send(
        stack,
        "clinician",
        OPEN,
        patientId=patient["id"],
        toOrganisation="999000134",
        toOrganisationName="Koordinerende enhet Fjordvik",
        reason="Hverdagen koordineres fra kommunen",
        message="Ring meg gjerne.",
    )


async def _task(stack: Stack, person: str, subject: str) -> dict[str, Any]:
    answer = await stack.ask(person, REPORT, since=SINCE)
    assert "errors" not in answer, answer
    edges = answer["data"]["shiftReport"]["handovers"]["edges"]
    return next(dict(e["node"]) for e in edges if e["node"]["subjectId"] == subject)


async def test_responsibility_stays_with_ingrid_until_siri_accepts_on_her_own_screen(
    stack: Stack, patient: dict[str, Any]
) -> None:
    offered = (await _offered(stack, patient))["handover"]
    assert (offered["state"], offered["openedBy"]["name"]) == ("OPEN", "Ingrid Haugen")
    again = await _offered(stack, patient)
    assert (again["__typename"], again["openHandover"]["id"]) == (
        "AlreadyHandedOver",
        offered["id"],
    )

    waiting = await _task(stack, "coordinator", offered["id"])
    assert waiting["handover"]["reason"] == "Hverdagen koordineres fra kommunen"
    taken = await _send(stack, "coordinator", TAKE, taskId=waiting["id"])
    assert taken["task"]["taken"]["by"]["name"] == "Siri Nordvik"

    accept = {"handoverId": offered["id"], "expectedVersion": 1}
    refused = await _send(stack, "clinician", ACCEPT, **accept)
    assert refused["code"] == "NOT_ALLOWED"
    assert refused["sentence"].endswith("som er bedt om å ta over.")
    accepted = await _send(stack, "coordinator", ACCEPT, **accept)
    assert accepted["handover"]["decidedBy"]["name"] == "Siri Nordvik"

    query = "query ($id: ID!) { node(id: $id) { ... on PlanPart { responsible { name } } } }"
    part = await stack.ask("clinician", query, id=offered["partIds"][0])
    assert part["data"]["node"]["responsible"]["name"] == "Siri Nordvik"
    report = (await stack.ask("clinician", REPORT, since=SINCE))["data"]["shiftReport"]
    told = [
        e["node"] for e in report["changes"]["edges"] if e["node"]["subjectId"] == offered["id"]
    ]
    assert {each["kind"]: each["by"]["name"] for each in told} == {
        "HANDOVER_OPENED": "Ingrid Haugen",
        "HANDOVER_ACCEPTED": "Siri Nordvik",
    }


async def test_colleagues_see_who_has_taken_what(stack: Stack) -> None:
    answer = await stack.ask("clinician", REPORT, since=SINCE)
    assert "errors" not in answer, answer
    waiting = answer["data"]["shiftReport"]["reviews"]["edges"][0]["node"]
    await _send(stack, "clinician", TAKE, taskId=waiting["id"])
    refused = await _send(stack, "doctor", TAKE, taskId=waiting["id"])
    assert (refused["__typename"], refused["sentence"]) == (
        "TaskTaken",
        "Ingrid Haugen har tatt denne.",
    )
    free = await _send(stack, "doctor", RELEASE, taskId=waiting["id"], expectedVersion=1)
    assert free["task"]["taken"] is None


async def test_a_review_that_says_end_tells_what_is_left(
    stack: Stack, patient: dict[str, Any]
) -> None:
    part = next(p for p in patient["plan"]["parts"] if p["lifecycle"] == "ACTIVE")
    held = await _send(
        stack,
        "doctor",
        REVIEW,
        partId=part["id"],
        expectedVersion=part["version"],
        outcome="END",
        note="Målene er nådd.",
        participants=["Foreldrene", "Omar Rashid"],
    )
    assert held["part"]["reviews"][0]["id"] == held["review"]["id"]
    assert held["part"]["reviewOverdue"] is False
    assert "PART_IN_USE" in {each["kind"] for each in held["remaining"]}


async def test_a_task_in_the_team_is_one_person_s_and_membership_ends(
    stack: Stack, patient: dict[str, Any]
) -> None:
    somebody = {"patientId": patient["id"], "name": "Grete Lund", "roleCode": "SP"}
    added = await _send(stack, "doctor", ADD, **somebody)
    assert added["member"]["role"]["text"] == "Sykepleier"
    coordinates = {"functions": ["COORDINATOR", "CHILD_COORDINATOR", "PRIMARY_CONTACT"]}
    one = await _send(stack, "doctor", ADD, **somebody | coordinates)
    two = await _send(stack, "doctor", ADD, **somebody | coordinates)
    assert "FunctionTaken" in {one["__typename"], two["__typename"]}
    assert two["sentence"].startswith("Bare én om gangen")
    member = added["member"]
    ended = await _send(stack, "doctor", END, memberId=member["id"], expectedVersion=1)
    assert ended["member"]["until"] is not None


async def test_nora_s_open_handover_waits_with_siri(stack: Stack) -> None:
    answer = await stack.ask("coordinator", REPORT, since=SINCE)
    waiting = [e["node"] for e in answer["data"]["shiftReport"]["handovers"]["edges"]]
    reasons = {each["handover"]["reason"] for each in waiting}
    assert "Koordinering av hverdagen flyttes fra sykehuset til kommunen" in reasons


async def test_a_citizen_has_no_shift(stack: Stack) -> None:
    answer = await stack.ask("parent", REPORT, since=SINCE)
    assert answer["data"]["shiftReport"] is None
    assert answer["errors"][0]["extensions"]["reason"] == "ROLE"


async def test_the_worklist_can_be_narrowed_to_overdue_reviews(stack: Stack) -> None:
    query = """{ worklist(first: 100, reviewOverdue: true) {
      edges { node { plan { parts { reviewDue reviewOverdue } } } } } }"""
    edges = (await stack.ask("clinician", query))["data"]["worklist"]["edges"]
    assert edges
    for edge in edges:
        assert any(part["reviewOverdue"] for part in edge["node"]["plan"]["parts"])
