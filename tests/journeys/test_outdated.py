"""A change at a source, the flag on plan and worklist, and what makes it go: all over HTTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from gateway.settings import Settings
from tests.connectors.asking import NORA
from tests.gateway.serving import serving
from tests.journeys.conftest import NOW, Stack, running_stack
from tests.journeys.emitted import EMITTED
from worker.app import create_app

PARTS = """query ($number: IdentityNumber!) {
  patientByIdentityNumber(identityNumber: $number) { id plan { parts {
    id kind version
    mayBeOutdated { kind source noticedAt lineId sentence }
    comparisons { source state sentence baselineAt asOf }
  } } } }"""
WORKLIST = """{ worklist(first: 100, mayBeOutdated: true) {
  edges { outdatedParts node { name } } } }"""
SHIFT = """query ($since: DateTime!) { shiftReport(since: $since) { changes(first: 50) {
  edges { node { kind sentence partKind patient { name } } } } } }"""
REVIEW = """mutation ($input: HoldReviewInput!) { holdReview(input: $input) {
  __typename ... on ReviewPayload { part { version mayBeOutdated { kind } } } } }"""
SELF_CARE = "EGENBEHANDLINGSPLAN"

_STARTED = time.monotonic()


def clock() -> datetime:
    """A time that goes on from the day that the synthetic people were made."""
    return NOW + timedelta(seconds=time.monotonic() - _STARTED)


@pytest.fixture(scope="module")
async def worked_stack(
    postgres_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stack]:
    """The stack with a worker, both at a time that goes on."""
    async with running_stack(postgres_url, redis_url, tmp_path_factory, clock, 5) as running:
        assert isinstance(running.settings, Settings)
        worker = create_app(running.settings, clock, 0.05)
        async with serving(EMITTED.watched(worker)):
            await _until(lambda: _is_compared(running))
            yield running


async def _until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(90):
        while not await true():  # noqa: ASYNC110  # another process has no event for us
            await asyncio.sleep(0.2)


async def _part(stack: Stack, person: str = "clinician") -> dict[str, Any]:
    answer = await stack.ask(person, PARTS, number=NORA)
    parts = answer["data"]["patientByIdentityNumber"]["plan"]["parts"]
    return next(part for part in parts if part["kind"] == SELF_CARE)


async def _kinds(stack: Stack, person: str = "clinician") -> list[str]:
    return [each["kind"] for each in (await _part(stack, person))["mayBeOutdated"] or ()]


async def _states(stack: Stack) -> dict[str, str]:
    return {each["source"]: each["state"] for each in (await _part(stack))["comparisons"]}


async def _is_compared(stack: Stack) -> bool:
    return "WAITING" not in (await _states(stack)).values()


async def _outdated_parts(stack: Stack) -> int:
    """Return how many of Nora's parts the worklist says may be outdated; nobody else's may."""
    edges = (await stack.ask("clinician", WORKLIST))["data"]["worklist"]["edges"]
    assert [edge["node"]["name"] for edge in edges] == ["Nora Fjell"] * len(edges)
    return sum(edge["outdatedParts"] for edge in edges)


async def _change(stack: Stack, source: str, change: str) -> None:
    wish = {"patient": NORA, "change": change}
    async with stack.session.post(f"{stack.sources[source]}/_changes", json=wish) as answer:
        assert answer.status == 200


async def _flagged(stack: Stack, *kinds: str) -> None:
    async def are_these() -> bool:
        return sorted(await _kinds(stack)) == sorted(kinds)

    await _until(are_these)


async def _reviewed(stack: Stack) -> dict[str, Any]:
    part = await _part(stack)
    given = {
        "partId": part["id"],
        "expectedVersion": part["version"],
        "idempotencyKey": f"review-{part['version']}",
        "outcome": "KEEP",
        "note": "Vi har sett på endringene.",
        "participants": ["Kari Fjell", "Ingrid Haugen"],
        "nextDue": "2027-05-01",
    }
    answer = await stack.ask("clinician", REVIEW, input=given)
    return dict(answer["data"]["holdReview"])


async def test_the_plan_says_5_mg_and_the_list_10_mg_from_the_first_day(
    worked_stack: Stack,
) -> None:
    (reason,) = (await _part(worked_stack))["mayBeOutdated"]
    assert (reason["kind"], reason["source"], reason["lineId"]) == (
        "PLAN_AND_LIST_DISAGREE",
        "MEDICATION",
        "l1",
    )
    assert reason["sentence"] == (
        "Planen sier 5 mg for Frisium (klobazam). Medisinlisten sier noe annet."
    )
    assert await _outdated_parts(worked_stack) == 1
    assert set((await _states(worked_stack)).values()) == {"COMPARED"}


async def test_a_change_at_the_source_is_on_plan_worklist_and_shift_until_it_is_undone(
    worked_stack: Stack,
) -> None:
    await _change(worked_stack, "medication", "stopMedication")
    await _flagged(worked_stack, "PLAN_AND_LIST_DISAGREE", "STOPPED_MEDICINE")
    assert await _outdated_parts(worked_stack) == 3
    since = (NOW - timedelta(hours=1)).isoformat()
    answer = await worked_stack.ask("clinician", SHIFT, since=since)
    told = [edge["node"] for edge in answer["data"]["shiftReport"]["changes"]["edges"]]
    assert {
        "kind": "MAY_BE_OUTDATED",
        "sentence": "Egenbehandlingsplan: noe er endret i en kilde, og planen kan være utdatert",
        "partKind": SELF_CARE,
        "patient": {"name": "Nora Fjell"},
    } in told
    await _change(worked_stack, "medication", "resumeMedication")
    await _flagged(worked_stack, "PLAN_AND_LIST_DISAGREE")
    assert await _outdated_parts(worked_stack) == 1


async def test_a_parent_is_told_what_they_may_see_and_nobody_outside_anything(
    worked_stack: Stack,
) -> None:
    await _change(worked_stack, "medication", "startMedication")
    await _flagged(worked_stack, "PLAN_AND_LIST_DISAGREE", "NEW_MEDICINE")
    assert await _kinds(worked_stack, "parent") == await _kinds(worked_stack)
    world = worked_stack.world
    person = world.person(NORA)
    assert person is not None
    _hide(world.of(person, "MedicationStatement")[-1])
    await _change(worked_stack, "medication", "changeDosage")
    await _flagged(worked_stack, "PLAN_AND_LIST_DISAGREE", "NEW_MEDICINE", "CHANGED_MEDICINE")
    assert "NEW_MEDICINE" not in await _kinds(worked_stack, "parent")
    assert "CHANGED_MEDICINE" in await _kinds(worked_stack, "parent")


async def test_a_source_that_is_down_is_told_and_what_it_had_changed_is_found_afterwards(
    worked_stack: Stack,
) -> None:
    before = await _kinds(worked_stack)
    down = {"kind": "status", "status": 503, "endpoint": "/critical-information"}
    await worked_stack.disturb("kjernejournal", down)
    await _change(worked_stack, "kjernejournal", "addAllergy")

    async def waits() -> bool:
        return (await _states(worked_stack))["KJERNEJOURNAL"] == "WAITING"

    await _until(waits)
    assert await _kinds(worked_stack) == before
    part = await _part(worked_stack)
    said = next(each for each in part["comparisons"] if each["source"] == "KJERNEJOURNAL")
    assert said["sentence"].endswith("vet vi ikke om noe er endret.")
    await worked_stack.disturb("kjernejournal")
    await _change(
        worked_stack, "kjernejournal", "addAllergy"
    )  # asked again at once, not in a minute
    await _flagged(worked_stack, *before, "NEW_CRITICAL_INFORMATION")


async def test_a_review_settles_what_there_was_and_it_does_not_come_back(
    worked_stack: Stack,
) -> None:
    assert await _kinds(worked_stack) != []
    done = await _reviewed(worked_stack)
    assert (done["__typename"], done["part"]["mayBeOutdated"]) == ("ReviewPayload", None)
    await _until(lambda: _is_compared(worked_stack))
    assert await _kinds(worked_stack) == []
    assert await _outdated_parts(worked_stack) == 2  # the two that nobody has looked at
    await _change(worked_stack, "hospital", "admit")
    await _flagged(worked_stack, "ADMISSION")


async def test_no_list_and_no_plan_calls_a_source_for_it(worked_stack: Stack) -> None:
    await worked_stack.calm()
    await _part(worked_stack)
    await worked_stack.ask("clinician", WORKLIST)
    asked = {name for name in await worked_stack.calls() if name != "GET /changes"}
    assert asked <= {"POST /v1/dodsfall"}


def _hide(statement: dict[str, Any]) -> None:
    """Hide a prescription from guardians, as the prescriber can."""
    for extension in statement["extension"]:
        for piece in extension["extension"]:
            if piece["url"] == "guardiantransparencyreservation":
                piece["valueBoolean"] = True
