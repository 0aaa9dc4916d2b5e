"""Who is told of what, over the wire, and what is left to read of it afterwards."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from local.people import ASSISTANT_NUMBER
from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import nora

NOTICES = """query ($unread: Boolean!) { notices(first: 50, unread: $unread) {
  edges { cursor patient { name } node {
    id kind sentence at by { name role } subjectId changeComment isRead } }
  pageInfo { hasNextPage endCursor } } }"""
OF_PATIENT = """query ($id: ID!) { patient(id: $id) { notices { edges { node { id } } } } }"""
PARTS = """query ($id: ID!) { patient(id: $id) { plan { parts { id kind } } } }"""
MARK = """mutation ($input: MarkNoticesReadInput!) { markNoticesRead(input: $input) { __typename
  ... on NoticesReadPayload { receipt { at } } ... on Rejection { code sentence } } }"""
SHARE = """mutation ($input: SharePartInput!) { sharePart(input: $input) { __typename
  ... on SharePayload { share { id } } ... on Rejection { code sentence } } }"""
WITHDRAW = """mutation ($input: WithdrawShareInput!) { withdrawShare(input: $input) { __typename
  ... on SharePayload { share { isOpen } } } }"""
SEND = """mutation ($input: SendReportInput!) { sendReport(input: $input) { __typename
  ... on ReportPayload { report { id } } } }"""
ACT = """mutation ($input: MarkActedOnInput!) { markReportActedOn(input: $input) { __typename
  ... on ReportPayload { report { id } } } }"""


async def _write(stack: Stack, person: str, mutation: str, **fields: Any) -> dict[str, Any]:
    answer = await stack.ask(person, mutation, input={"idempotencyKey": str(uuid4()), **fields})
    assert "errors" not in answer, answer
    (result,) = answer["data"].values()
    return dict(result)


async def _told(stack: Stack, person: str, language: str = "nb", *, unread: bool = False) -> Any:
    answer = await stack.ask(person, NOTICES, language, unread=unread)
    assert "errors" not in answer, answer
    return answer["data"]["notices"]["edges"]


async def _shared(stack: Stack, **fields: Any) -> str:
    found = await stack.ask("parent", PARTS, id=await nora(stack))
    parts = {each["kind"]: each["id"] for each in found["data"]["patient"]["plan"]["parts"]}
    given = {"partId": parts["BEHANDLINGSPLAN"], "until": "2027-02-01T00:00:00+01:00", **fields}
    return str((await _write(stack, "parent", SHARE, **given))["share"]["id"])


async def test_a_teacher_is_told_reads_it_and_is_told_that_it_has_ended(own_stack: Stack) -> None:
    share = await _shared(
        own_stack,
        recipient="Vidar Berg",
        kind="PERSON",
        setting="SCHOOL",
        scopes=["CONTACTS"],
        recipientNumber=ASSISTANT_NUMBER,
    )
    (told,) = await _told(own_stack, "assistant")
    assert told["patient"]["name"] == "Nora Fjell"
    assert (told["node"]["kind"], told["node"]["subjectId"]) == ("SHARED", share)
    assert told["node"]["sentence"] == "Noe av en plan er delt med deg."
    assert told["node"]["by"]["name"] == "Kari Fjell"
    (in_english,) = await _told(own_stack, "assistant", "en")
    assert in_english["node"]["sentence"] == "Something of a plan has been shared with you."

    done = await _write(own_stack, "assistant", MARK, noticeIds=[told["node"]["id"]])
    assert done["__typename"] == "NoticesReadPayload"
    assert [each["node"]["isRead"] for each in await _told(own_stack, "assistant")] == [True]
    assert await _told(own_stack, "assistant", unread=True) == []

    await _write(own_stack, "parent", WITHDRAW, shareId=share, expectedVersion=1)
    (ended,) = await _told(own_stack, "assistant")
    assert ended["node"]["sentence"] == "Delingen er avsluttet."
    assert (ended["patient"], ended["node"]["subjectId"], ended["node"]["by"]) == (None, None, None)
    assert not ended["node"]["isRead"]


async def test_the_reporter_is_told_that_somebody_has_acted_and_others_are_not(
    own_stack: Stack,
) -> None:
    nora_s = await nora(own_stack)
    sent = await _write(own_stack, "parent", SEND, patientId=nora_s, chosen="YELLOW")
    report = sent["report"]["id"]
    await _write(own_stack, "doctor", ACT, reportId=report, action="Ringte mor")
    (told,) = [
        each
        for each in await _told(own_stack, "parent")
        if each["node"]["kind"] == "REPORT_ACTED_ON"
    ]
    assert told["node"]["sentence"] == "Meldingen din er fulgt opp."
    assert (told["node"]["by"]["name"], told["node"]["subjectId"]) == ("Omar Rashid", report)
    about = await own_stack.ask("parent", OF_PATIENT, id=nora_s)
    ids = [each["node"]["id"] for each in about["data"]["patient"]["notices"]["edges"]]
    assert told["node"]["id"] in ids
    for other in ("clinician", "doctor", "vendor", "citizen"):
        listed = [each["node"]["id"] for each in await _told(own_stack, other)]
        assert told["node"]["id"] not in listed


async def test_a_unit_that_is_given_a_plan_is_told_in_its_own_inbox(own_stack: Stack) -> None:
    await _shared(
        own_stack,
        recipient="Koordinerende enhet",
        kind="TEAM",
        setting="HEALTH",
        scopes=["WHOLE_PART"],
        organisationNumber="999000134",
    )
    told = [
        each for each in await _told(own_stack, "coordinator") if each["node"]["kind"] == "SHARED"
    ]
    assert [each["node"]["sentence"] for each in told] == ["Noe av en plan er delt med dere."]


CHOOSE = """mutation ($input: ChooseNoticesInput!) { chooseNotices(input: $input) { __typename
  ... on NoticesChosenPayload { receipt { at } choice { channel groups } }
  ... on Rejection { code sentence } } }"""
CHOSEN = """{ viewer { noticeChoice {
  channel groups quietFrom quietUntil gatherHours isReachable updatedAt } } }"""
WHY = "{ notices(first: 1) { edges { node { reason group } } } }"


async def test_a_citizen_chooses_what_is_sent_to_them_and_personnel_can_t(own_stack: Stack) -> None:
    async def chosen(person: str) -> Any:
        answer = await own_stack.ask(person, CHOSEN)
        return answer["data"]["viewer"]["noticeChoice"]

    assert await chosen("parent") is None
    done = await _write(own_stack, "parent", CHOOSE, channel="SMS", switchedOff=["ACCESS"])
    assert done["choice"] == {"channel": "SMS", "groups": ["PLAN", "ANSWERS"]}
    kept = await chosen("parent")
    assert (kept["quietFrom"], kept["quietUntil"], kept["gatherHours"]) == (21, 8, 4)
    assert kept["isReachable"]
    assert await chosen("assistant") is None
    refused = await _write(own_stack, "clinician", CHOOSE, channel="SMS")
    assert refused["code"] == "NOT_ALLOWED"
    off = await _write(own_stack, "parent", CHOOSE, channel=None)
    assert off["choice"] is None
    assert await chosen("parent") is None


async def test_a_notice_says_why_one_is_told(own_stack: Stack) -> None:
    await _shared(
        own_stack,
        recipient="Vidar Berg",
        kind="PERSON",
        setting="SCHOOL",
        scopes=["CONTACTS"],
        recipientNumber=ASSISTANT_NUMBER,
    )
    answer = await own_stack.ask("assistant", WHY)
    (edge,) = answer["data"]["notices"]["edges"]
    assert edge["node"] == {"reason": "Du får dette fordi det er til deg.", "group": "ACCESS"}
