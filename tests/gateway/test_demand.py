"""What an operation and a minute may cost, over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from redis.asyncio import Redis

from gateway.buckets import RedisBuckets
from gateway.health import Check
from gateway.limits import Limits
from gateway.rates import Rates
from tests.gateway.serving import Gateway, Start, code

LISTED = "query($n: Int! = 2) { children(first: $n) { hello } }"  # 1 + 1 + $n
CLINICIAN = {
    "helseid://claims/identity/pid": None,
    "helseid://claims/hpr/hpr_number": "999000001",
    "client_id": "record-system",
}


@pytest.fixture
async def small(start: Start) -> Gateway:
    return await start(limits=Limits(operation_cost=12, person_cost=60, client_cost=100))


@pytest.fixture
async def processes(start: Start, redis_url: str) -> AsyncIterator[list[Gateway]]:
    """Give two processes of one installation, each with its own connection to Redis."""
    limits = Limits(operation_cost=60, person_cost=600, client_cost=600)
    async with Redis.from_url(redis_url) as one, Redis.from_url(redis_url) as two:
        await one.flushdb()
        yield [await start(limits=limits, rates=Rates(RedisBuckets(redis))) for redis in (one, two)]


async def asked(gateway: Gateway, **claims: object) -> tuple[int, dict[str, Any]]:
    """Ask for what costs 41."""
    return await gateway.post("{ dear }", token=gateway.issuer.token(**claims))


async def until_refused(processes: list[Gateway], **claims: object) -> int:
    """Ask each process in turn until all refuse; return how often there was an answer."""
    answered, asking = 0, list(processes)
    while asking:
        for process in tuple(asking):
            status, _ = await asked(process, **claims)
            assert status in (200, 429)
            answered += status == 200
            if status == 429:
                asking.remove(process)
    return answered


async def test_an_operation_that_costs_too_much_is_refused_before_it_runs(small: Gateway) -> None:
    graphql = "application/graphql-response+json"
    for accept, wanted in (("application/json", 200), (graphql, 400)):
        status, body = await small.post(LISTED, {"n": 11}, accept=accept)
        assert (status, code(body), "data" in body) == (wanted, "COST_EXCEEDED", False)
        told = body["errors"][0]["extensions"]
        assert (told["estimated"], told["limit"]) == (13, 12)
        assert "`first`" in told["remedy"]
    assert small.recorder.callers == []


async def test_an_operation_at_the_limit_runs(small: Gateway) -> None:
    status, body = await small.post(LISTED, {"n": 10})
    assert (status, len(body["data"]["children"])) == (200, 3)


async def test_what_it_cost_is_told_when_asked_for(small: Gateway) -> None:
    _, body = await small.post(LISTED, {"n": 10}, graphql_cost="report")
    told = body["extensions"]["cost"]
    assert {n: told[n] for n in ("estimated", "actual", "limit")} == {
        "estimated": 12, "actual": 5, "limit": 12,
    }  # fmt: skip
    assert told["remaining"] == 55


@pytest.mark.parametrize("header", [{}, {"graphql_cost": "yes"}])
async def test_what_it_cost_is_not_told_otherwise(small: Gateway, header: dict[str, str]) -> None:
    _, body = await small.post("{ hello }", **header)
    assert body == {"data": {"hello": "hei"}}


async def test_the_operation_that_runs_is_the_one_that_is_priced(small: Gateway) -> None:
    text = "query A { hello } query B { dear }"
    body = b'{"query": "%s", "operationName": "%s"}'
    _, answer = await small.send(body=body % (text.encode(), b"A"))
    assert answer == {"data": {"hello": "hei"}}
    _, answer = await small.send(body=body % (text.encode(), b"B"))
    assert code(answer) == "COST_EXCEEDED"


async def test_a_get_is_priced_as_well(small: Gateway) -> None:
    params = {"query": LISTED, "variables": '{"n": 11}'}
    _, body = await small.send("GET", params=params)
    assert code(body) == "COST_EXCEEDED"


async def test_variables_that_do_not_fit_are_told_as_such(small: Gateway) -> None:
    _, body = await small.post(LISTED, {"n": "11"})
    assert code(body) == "BAD_USER_INPUT"


async def test_two_processes_answer_a_citizen_together_as_often_as_one_would(
    processes: list[Gateway],
) -> None:
    # 600 holds 14 of 41, and what fills in the few seconds of the test is a few more.
    assert 13 <= await until_refused(processes, sub="anna") <= 20


async def test_a_refusal_fetches_nothing_and_says_when(processes: list[Gateway]) -> None:
    await until_refused(processes, sub="anna")
    for process in processes:
        process.recorder.reset()
        status, body = await asked(process, sub="anna")
        assert (status, code(body), "data" in body) == (429, "RATE_LIMITED", False)
        seconds = int(process.headers["retry-after"])
        assert 1 <= seconds <= 5
        assert body["errors"][0]["extensions"]["retryAfter"] == seconds
        assert process.recorder.callers == []
        assert "anna" not in str(body)


async def test_one_citizen_does_not_use_up_anothers(processes: list[Gateway]) -> None:
    await until_refused(processes, sub="anna")
    assert (await asked(processes[0], sub="arne"))[0] == 200


async def test_all_who_work_through_one_system_share_its_cost(processes: list[Gateway]) -> None:
    await until_refused(processes, sub="nurse", **CLINICIAN)
    assert (await asked(processes[1], sub="doctor", **CLINICIAN))[0] == 429
    other = {**CLINICIAN, "client_id": "another-system"}
    assert (await asked(processes[1], sub="nurse", **other))[0] == 200


async def test_what_an_answer_did_not_use_is_given_back(start: Start) -> None:
    gateway = await start(limits=Limits(operation_cost=60, person_cost=60, client_cost=60))
    for _ in range(6):  # each is estimated at 22 and costs 5
        status, _ = await gateway.post(LISTED, {"n": 20}, token=gateway.issuer.token(sub="anna"))
        assert status == 200


async def test_without_redis_there_are_answers_and_a_limit(start: Start) -> None:
    async with Redis(port=1) as nobody:
        rates = Rates(RedisBuckets(nobody))
        limits = Limits(operation_cost=60, person_cost=600)
        check = Check("shared rate limits", rates.shared, required=False)
        gateway = await start(limits=limits, rates=rates, checks=[check])
        assert 13 <= await until_refused([gateway], sub="anna") <= 20
        status, body = await gateway.send("GET", path="/readyz", token=None)
    assert (status, body["ready"]) == (200, True)
    [found] = [each for each in body["checks"] if each["name"] == "shared rate limits"]
    assert (found["ready"], found["required"]) == (False, False)
    assert found["reason"] == "Redis does not answer: each process limits by itself."


async def test_asking_about_the_schema_without_a_token_costs_nobody(start: Start) -> None:
    limits = Limits(operation_cost=1, person_cost=1, client_cost=1)
    gateway = await start(limits=limits, DBEP_ENVIRONMENT="development")
    for _ in range(3):
        status, body = await gateway.post(
            "{ __schema { types { name } } }", token=None, graphql_cost="report"
        )
        assert (status, list(body)) == (200, ["data"])
