"""The zone sheet goes to school: shared, opened by a code, read, and taken back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import nora

SELF_CARE = """query ($id: ID!) { patient(id: $id) { plan { parts {
  id kind sharing { shares { id recipient scopes isOpen version until } }
} } } }"""
SHARE = """mutation ($input: SharePartInput!) { sharePart(input: $input) { __typename
  ... on SharePayload { receipt { version } share { id recipient scopes isOpen sharedBy } }
  ... on Rejection { code sentence }
  ... on InvalidInput { faults { path code sentence } } } }"""
MAKE_CODE = """mutation ($input: MakeShareCodeInput!) { makeShareCode(input: $input) { __typename
  ... on ShareCodePayload { shareCode expiresAt share { recipient } } } }"""
WITHDRAW = """mutation ($input: WithdrawShareInput!) { withdrawShare(input: $input) { __typename
  ... on SharePayload { share { isOpen withdrawnAt } } } }"""
MINE = """{ viewer { role name patients {
  name birthDate access { basis origin until } plan { parts {
  scopes content { title goals { id } contacts { label } selfCare {
    zones { level whatToDo } medicines { id } } }
  comments { text }
} } } } }"""
RESPITE = {
    "recipient": "Avlastningen i Fjordvik",
    "kind": "ORGANISATION",
    "setting": "RESPITE",
    "scopes": ["ZONE_SHEET", "CONTACTS"],
    "until": "2027-02-01T00:00:00+01:00",
}


async def _self_care(stack: Stack) -> dict[str, Any]:
    answer = await stack.ask("parent", SELF_CARE, id=await nora(stack))
    parts = answer["data"]["patient"]["plan"]["parts"]
    return next(part for part in parts if part["kind"] == "EGENBEHANDLINGSPLAN")


async def _write(stack: Stack, person: str, mutation: str, **fields: Any) -> dict[str, Any]:
    fields["idempotencyKey"] = str(uuid4())
    answer = await stack.ask(person, mutation, input=fields)
    assert "errors" not in answer, answer
    [result] = answer["data"].values()
    return dict(result)


async def _open(stack: Stack, code: str) -> tuple[int, dict[str, Any]]:
    url = f"{stack.url}/opening"
    async with stack.session.post(url, json={"code": code}) as answer:
        return answer.status, await answer.json()


async def _as_recipient(stack: Stack, token: str) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {token}"}
    url = f"{stack.url}/graphql"
    async with stack.session.post(url, json={"query": MINE}, headers=headers) as answer:
        return answer.status, await answer.json()


async def test_a_part_is_shared_opened_read_and_taken_back(own_stack: Stack) -> None:
    part = await _self_care(own_stack)
    shared = await _write(own_stack, "parent", SHARE, partId=part["id"], **RESPITE)
    assert (shared["__typename"], shared["share"]["isOpen"]) == ("SharePayload", True)
    share = shared["share"]["id"]

    made = await _write(own_stack, "parent", MAKE_CODE, shareId=share)
    status, opened = await _open(own_stack, made["shareCode"])
    assert (status, opened["expiresIn"]) == (200, 8 * 3600)

    status, answer = await _as_recipient(own_stack, opened["accessToken"])
    viewer = answer["data"]["viewer"]
    assert (viewer["role"], viewer["name"]) == ("RECIPIENT", "Avlastningen i Fjordvik")
    [patient] = viewer["patients"]
    assert (patient["name"], patient["birthDate"]) == ("Nora Fjell", None)
    assert patient["access"]["basis"] == "SHARE"
    [shown] = patient["plan"]["parts"]
    assert shown["scopes"] == ["ZONE_SHEET", "CONTACTS"]
    assert shown["comments"] is None
    assert shown["content"]["title"] == "Delt plan"
    assert shown["content"]["goals"] == shown["content"]["selfCare"]["medicines"] == []
    assert len(shown["content"]["selfCare"]["zones"]) == 3
    labels = " ".join(contact["label"] for contact in shown["content"]["contacts"])
    assert "Kari Fjell" in labels
    assert "Ola Fjell" not in labels

    gone = await _write(own_stack, "parent", WITHDRAW, shareId=share, expectedVersion=1)
    assert gone["share"]["isOpen"] is False
    status, answer = await _as_recipient(own_stack, opened["accessToken"])
    assert (status, answer["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")


async def test_a_code_is_good_once(own_stack: Stack) -> None:
    part = await _self_care(own_stack)
    once = RESPITE | {"recipient": "Fritidsklubben", "setting": "OTHER"}
    shared = await _write(own_stack, "parent", SHARE, partId=part["id"], **once)
    made = await _write(own_stack, "parent", MAKE_CODE, shareId=shared["share"]["id"])
    assert (await _open(own_stack, made["shareCode"]))[0] == 200
    status, answer = await _open(own_stack, made["shareCode"])
    assert (status, answer["errors"][0]["extensions"]["code"]) == (403, "CODE_REFUSED")
    assert made["shareCode"] not in str(answer)


async def test_a_share_of_the_whole_plan_with_a_school_is_refused_in_words(
    own_stack: Stack,
) -> None:
    part = await _self_care(own_stack)
    wish = RESPITE | {"scopes": ["WHOLE_PART"], "until": None}
    answer = await _write(own_stack, "parent", SHARE, partId=part["id"], **wish)
    assert answer["code"] == "INVALID_INPUT"
    assert [fault["code"] for fault in answer["faults"]] == ["TOO_MUCH_SHARED"]
    assert "soneark" in answer["faults"][0]["sentence"]


async def test_the_assistant_logs_in_and_finds_the_zone_sheet(own_stack: Stack) -> None:
    answer = await own_stack.ask("assistant", MINE)
    [patient] = answer["data"]["viewer"]["patients"]
    assert patient["access"]["origin"] == "Delt av Kari Fjell"
    assert [part["scopes"] for part in patient["plan"]["parts"]] == [["ZONE_SHEET"]]


async def test_the_assistant_learns_nothing_by_number(own_stack: Stack) -> None:
    query = """query ($n: IdentityNumber!) {
      patientByIdentityNumber(identityNumber: $n) { name } }"""
    for number in ("20811590267", "02834530190"):
        answer = await own_stack.ask("assistant", query, n=number)
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


COMMENT = """mutation ($input: CommentPlanInput!) { commentPlan(input: $input) { __typename
  ... on CommentPayload { comment {
    id text author { name role organisation } onBehalfOf status visibility } }
  ... on Rejection { code sentence } } }"""
ANSWER = """mutation ($input: AnswerCommentInput!) { answerComment(input: $input) {
  ... on CommentPayload { comment { answerTo author { name role organisation } }
    part { comments(first: 2) { status answerTo } } } } }"""
SUGGEST = """mutation ($input: SuggestChangeInput!) { suggestChange(input: $input) {
  ... on SuggestionPayload { suggestion { id state } part { suggestions(states: [OPEN]) { id } } }
} }"""
DECIDE = """mutation ($input: DecideSuggestionInput!) { decideSuggestion(input: $input) { __typename
  ... on SuggestionPayload { suggestion { state reason decidedBy { name role } } }
  ... on InvalidInput { faults { path } } } }"""


async def test_a_parent_asks_and_the_ward_answers(own_stack: Stack) -> None:
    part = await _self_care(own_stack)
    said = await _write(
        own_stack, "parent", COMMENT, partId=part["id"], lineId="RED", text="Hvem ringer vi?"
    )
    comment = said["comment"]
    assert comment["author"] == {"name": "Kari Fjell", "role": "Forelder", "organisation": None}
    assert (comment["onBehalfOf"], comment["visibility"]) == ("Nora Fjell", "PERSONNEL_AND_ME")
    answered = await _write(
        own_stack, "clinician", ANSWER, commentId=comment["id"], text="113 først."
    )
    assert answered["comment"]["author"]["organisation"] == "Barne- og ungdomsavdelingen"
    newest = answered["part"]["comments"]
    assert {each["answerTo"] for each in newest} == {comment["id"], None}
    assert {each["status"] for each in newest} == {"ANSWERED"}


async def test_a_suggestion_is_declined_with_the_reason(own_stack: Stack) -> None:
    part = await _self_care(own_stack)
    made = await _write(
        own_stack,
        "parent",
        SUGGEST,
        partId=part["id"],
        kind="ADD",
        section="CONTACTS",
        text="Bestefar",
        why="Hun er der på fredager",
    )
    key = made["suggestion"]["id"]
    assert key in [each["id"] for each in made["part"]["suggestions"]]
    decide = {"suggestionId": key, "expectedVersion": 1, "decision": "DECLINED"}
    silent = await _write(own_stack, "clinician", DECIDE, **decide)
    assert silent["faults"] == [{"path": "reason"}]
    decide["reason"] = "Han har ikke telefon."
    decided = await _write(own_stack, "clinician", DECIDE, **decide)
    assert decided["suggestion"]["decidedBy"] == {"name": "Ingrid Haugen", "role": "Sykepleier"}


@pytest.mark.parametrize("person", ["parent", "clinician"])
async def test_what_a_child_keeps_from_the_parents_is_read_by_personnel_only(
    own_stack: Stack, person: str
) -> None:
    query = """query ($id: ID!) { patient(id: $id) { plan { parts {
      kind comments(first: 100) { text visibility }
    } } } }"""
    answer = await own_stack.ask(person, query, id=await nora(own_stack))
    parts = answer["data"]["patient"]["plan"]["parts"]
    said = [c for part in parts for c in part["comments"]]
    private = [c for c in said if "ikke sagt hjemme" in c["text"]]
    assert len(private) == (1 if person == "clinician" else 0)
