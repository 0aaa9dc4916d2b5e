"""A token that ends, a consent withdrawn and a birthday, while a request is on its way.

An operation is decided once, at its own time, and shows what that decision gave for as long as it
may run (`DBEP_MAX_OPERATION_SECONDS`); whatever is asked afterwards is decided anew. A write is
decided once nobody else writes about the patient, and is done or not before its time is over.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import msgspec
import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.local_time import OSLO
from gateway.access_token import SKEW_SECONDS
from local.people import PEOPLE
from store.session import engine
from store.tables import AccessRuleRow, CommentRow, PatientRow
from tests.gateway.serving import CITIZEN
from tests.journeys.conftest import NOW, Stack, running_stack
from tests.journeys.test_plan_view import nora

OPERATION_SECONDS, EXPORT_SECONDS = 8, 2
VIEW = """query ($id: ID!) { patient(id: $id) { name
  plan { parts { content { title whatMattersToMe } withheld { refusal } } }
  medications { state reasons { refusal } } } }"""
COMMENT = """mutation ($i: CommentPlanInput!) { commentPlan(input: $i) { __typename
  ... on Rejection { code } ... on NotAllowed { reason } } }"""
WITHDRAW = """mutation ($i: WithdrawConsentInput!) { withdrawConsent(input: $i) { __typename } }"""
ENDED = """query ($id: ID!) { patient(id: $id) { plan { parts(lifecycles: [REVOKED, COMPLETED]) {
  content { title } withheld { refusal } } } } }"""
CONSENTS = "query ($id: ID!) { patient(id: $id) { consents { id kind version } } }"
PARTS = "query ($id: ID!) { patient(id: $id) { plan { parts { id kind } } } }"


@pytest.fixture(scope="module")
async def patient_stack(
    postgres_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stack]:
    """Give a stack whose sources may take their time."""
    changed = {
        f"DBEP_{each}_TIMEOUT_SECONDS": "60"
        for each in ("KJERNEJOURNAL", "MEDICATION", "HOSPITAL", "RECORD")
    }
    changed["DBEP_MAX_OPERATION_SECONDS"] = str(OPERATION_SECONDS)
    changed["DBEP_MAX_EXPORT_SECONDS"] = str(EXPORT_SECONDS)
    async with running_stack(
        postgres_url, redis_url, tmp_path_factory, patients=5, **changed
    ) as running:
        yield running


@pytest.fixture
async def stack(patient_stack: Stack) -> AsyncIterator[Stack]:
    await patient_stack.calm()
    yield patient_stack
    patient_stack.now = NOW


def ending(stack: Stack, person: str, seconds: int = 2) -> str:
    """Return somebody's token that is accepted for so many seconds more."""
    claims = PEOPLE[person].claims_at(time.time())
    exp = int(time.time()) + seconds - SKEW_SECONDS
    return stack.issuer.token(**dict.fromkeys(CITIZEN) | claims | {"exp": exp})


async def asked_with(
    stack: Stack, token: str, query: str, **variables: Any
) -> tuple[int, dict[str, Any]]:
    body = {"query": query, "variables": variables}
    headers = {"Authorization": f"Bearer {token}"}
    async with stack.session.post(f"{stack.url}/graphql", json=body, headers=headers) as answer:
        return answer.status, dict(msgspec.json.decode(await answer.read()))


async def until_ended(stack: Stack, token: str) -> None:
    """Return once a token is refused."""

    async def is_refused() -> bool:
        return (await asked_with(stack, token, "{ viewer { name } }"))[0] == 401

    await until(is_refused)


async def until(is_so: Callable[[], Awaitable[Any]]) -> None:
    """Return once something is so."""
    for _ in range(200):
        if await is_so():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("It never was.")


class Writing:
    """Another write about a patient: as long as it lasts, whoever would write as well waits."""

    def __init__(self, connection: AsyncConnection, key: UUID) -> None:
        self.connection, self._key = connection, key

    async def waited_for(self) -> None:
        """Return once somebody waits."""
        await until(lambda: self.connection.scalar(_WAITING))

    async def given_up(self) -> None:
        """Return once nobody waits any more."""
        await until(lambda: self.connection.scalar(_NOBODY_WAITS))

    async def block(self, hpr_number: str) -> None:
        """Block somebody, as a part of this write."""
        blocked = {"id": uuid4(), "kind": "BLOCK", "version": 1, "rights": [], "since": NOW}
        row = blocked | {"hpr_number": hpr_number, "set_by": {"name": "Kari Fjell"}}
        await self.connection.execute(insert(AccessRuleRow).values(patient_id=self._key, **row))


_WAITS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""
_WAITING, _NOBODY_WAITS = text(_WAITS), text(f"SELECT ({_WAITS}) = 0")


@asynccontextmanager
async def another_write(stack: Stack, patient_id: str) -> AsyncIterator[Writing]:
    """Write about a patient until the end of the block."""
    assert stack.settings is not None
    database = engine(stack.settings.database_url)
    key = UUID(patient_id.removeprefix("pat_"))
    locked = select(PatientRow.id).where(PatientRow.id == key).with_for_update()
    async with database.connect() as connection, connection.begin():
        await connection.execute(locked)
        yield Writing(connection, key)
    await database.dispose()


async def comments(stack: Stack, word: str) -> int:
    """Return how many comments say a word."""
    assert stack.settings is not None
    database = engine(stack.settings.database_url)
    async with database.connect() as connection:
        said = select(func.count()).where(CommentRow.text == word)
        found = await connection.scalar(said)
    await database.dispose()
    return int(found or 0)


async def part_of(stack: Stack, patient_id: str) -> str:
    answer = await stack.ask("clinician", PARTS, id=patient_id)
    return str(answer["data"]["patient"]["plan"]["parts"][0]["id"])


async def test_a_token_that_ends_on_the_way_shows_what_it_gave_and_opens_nothing_more(
    stack: Stack,
) -> None:
    child, token = await nora(stack), ending(stack, "clinician")
    async with stack.gate.shut():
        running = asyncio.create_task(asked_with(stack, token, VIEW, id=child))
        await stack.gate.asked()
        await until_ended(stack, token)
    status, answer = await running
    assert (status, answer["data"]["patient"]["medications"]["state"]) == (200, "OK")
    assert all(part["content"] for part in answer["data"]["patient"]["plan"]["parts"])
    status, answer = await asked_with(stack, token, VIEW, id=child)
    assert (status, list(answer)) == (401, ["errors"])


async def test_a_twelfth_birthday_on_the_way_is_kept_from_the_next_asking_on(stack: Stack) -> None:
    child = await nora(stack)
    born = next(each.birth_date for each in stack.world.people if str(each.name) == "Nora Fjell")
    midnight = datetime.fromisoformat(born).replace(tzinfo=OSLO)
    midnight = midnight.replace(year=midnight.year + 12)
    stack.now = midnight - timedelta(seconds=1)
    async with stack.gate.shut():
        running = asyncio.create_task(stack.ask("parent", VIEW, id=child))
        await stack.gate.asked()
        stack.now = midnight
    seen = (await running)["data"]["patient"]
    assert seen["medications"]["state"] == "OK"
    assert any(part["content"]["whatMattersToMe"] for part in seen["plan"]["parts"])
    after = (await stack.ask("parent", VIEW, id=child))["data"]["patient"]
    assert after["medications"]["state"] == "WITHHELD"
    assert after["medications"]["reasons"][0]["refusal"] == "PARENT_12_16"
    assert not any(
        (part["content"] or {}).get("whatMattersToMe") for part in after["plan"]["parts"]
    )


async def test_a_write_whose_token_ends_while_it_waits_is_done_in_its_time(stack: Stack) -> None:
    child, token = await nora(stack), ending(stack, "clinician")
    said = {"partId": await part_of(stack, child), "text": "I tide"}
    async with another_write(stack, child) as other:
        running = asyncio.create_task(sent(stack, token, COMMENT, **said))
        await other.waited_for()
        await until_ended(stack, token)
    status, answer = await running
    assert (status, answer["data"]["commentPlan"]["__typename"]) == (200, "CommentPayload")
    assert await comments(stack, "I tide") == 1
    assert (await sent(stack, token, COMMENT, **said))[0] == 401


async def test_a_write_that_waits_longer_than_it_may_is_not_done_then_nor_later(
    stack: Stack,
) -> None:
    child, token = await nora(stack), ending(stack, "clinician")
    said = {"partId": await part_of(stack, child), "text": "For sent"}
    async with another_write(stack, child) as other:
        running = asyncio.create_task(sent(stack, token, COMMENT, **said))
        await other.waited_for()
        status, answer = await running
        assert (status, answer["errors"][0]["extensions"]["code"]) == (504, "TIMEOUT")
        await other.given_up()
    assert await comments(stack, "For sent") == 0
    # Whoever writes next comes after all that could have been done of it.
    await done(stack, "clinician", COMMENT, **said | {"text": "Neste"})
    assert (await comments(stack, "Neste"), await comments(stack, "For sent")) == (1, 0)


async def test_a_write_is_decided_on_what_is_so_once_it_is_its_turn(stack: Stack) -> None:
    child = await nora(stack)
    said = {"partId": await part_of(stack, child), "text": "Blokkert"}
    async with another_write(stack, child) as other:
        running = asyncio.create_task(sent(stack, stack.token("doctor"), COMMENT, **said))
        await other.waited_for()
        await other.block("7412582")
    _, answer = await running
    refused = answer["data"]["commentPlan"]
    assert (refused["__typename"], refused["reason"]) == ("NotAllowed", "BLOCKED")
    assert await comments(stack, "Blokkert") == 0


async def test_an_export_has_an_end_however_slowly_it_is_sent(
    stack: Stack, caplog: pytest.LogCaptureFixture
) -> None:
    child = await nora(stack)
    headers = {"Authorization": f"Bearer {stack.token('parent')}"}
    url, body = f"{stack.url}/export", {"patientId": child}
    async with stack.gate.shut(), stack.session.post(url, json=body, headers=headers) as answer:
        assert answer.status == 200
        with pytest.raises(aiohttp.ClientPayloadError):
            await answer.read()
    assert "export=broken-off" in caplog.text


# The last one, since nothing is left of the plan.
async def test_a_consent_withdrawn_on_the_way_closes_the_plan_from_the_next_asking_on(
    stack: Stack,
) -> None:
    child = await nora(stack)
    found = (await stack.ask("parent", CONSENTS, id=child))["data"]["patient"]["consents"]
    given = next(each for each in found if each["kind"] == "HAVE_PLAN")
    withdrawn = {"consentId": given["id"], "expectedVersion": given["version"]}
    async with stack.gate.shut():
        running = asyncio.create_task(stack.ask("clinician", VIEW, id=child))
        await stack.gate.asked()
        await done(stack, "parent", WITHDRAW, **withdrawn)
    seen = (await running)["data"]["patient"]
    assert all(part["content"] and not part["withheld"] for part in seen["plan"]["parts"])
    after = (await stack.ask("clinician", VIEW, id=child))["data"]["patient"]
    assert seen["plan"]["parts"]
    assert after["plan"]["parts"] == []  # withdrawing it has ended them, and closed what they said
    ended = (await stack.ask("clinician", ENDED, id=child))["data"]["patient"]["plan"]["parts"]
    assert {part["content"] for part in ended} == {None}
    assert {part["withheld"]["refusal"] for part in ended} == {"NO_CONSENT"}


async def sent(
    stack: Stack, token: str, mutation: str, **fields: Any
) -> tuple[int, dict[str, Any]]:
    return await asked_with(stack, token, mutation, i={"idempotencyKey": str(uuid4()), **fields})


async def done(stack: Stack, person: str, mutation: str, **fields: Any) -> None:
    """Send a mutation that must be accepted."""
    _, answer = await sent(stack, stack.token(person), mutation, **fields)
    (result,) = answer["data"].values()
    assert result["__typename"].endswith("Payload"), answer
