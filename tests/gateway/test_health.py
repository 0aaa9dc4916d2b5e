from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.compose import _checks
from gateway.health import Check, NotReady, look
from tests.gateway.serving import Gateway, Start, a_settings


async def fine() -> None:
    pass


async def hanging() -> None:
    while True:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            # A driver that swallows the first cancellation must not hold the answer up.
            await asyncio.sleep(1)
            raise


async def failing() -> None:
    raise OSError("password=secret")


async def behind() -> None:
    raise NotReady("Migration 0002 has not been run.")


async def test_alive_says_nothing_more(production: Gateway) -> None:
    assert await production.send("GET", path="/healthz", token=None) == (200, {"alive": True})


async def test_ready_says_what_is_there(start: Start) -> None:
    gateway = await start(checks=[Check("database", fine)])
    status, body = await gateway.send("GET", path="/readyz", token=None)
    assert (status, body["ready"]) == (200, True)
    names = ["database", "issuer keys", "accepts connections"]
    assert [(check["name"], check["ready"]) for check in body["checks"]] == [
        (n, True) for n in names
    ]


async def test_one_thing_that_is_missing_is_a_503_that_names_it(start: Start) -> None:
    checks = [Check("database", failing), Check("migrations", behind), Check("redis", fine)]
    gateway = await start(checks=checks)
    status, body = await gateway.send("GET", path="/readyz", token=None)
    assert (status, body["ready"]) == (503, False)
    reasons = {check["name"]: check.get("reason") for check in body["checks"]}
    assert reasons == {
        "database": "It failed: OSError.",
        "migrations": "Migration 0002 has not been run.",
        "redis": None,
        "issuer keys": None,
        "accepts connections": None,
    }


async def test_what_is_not_required_is_reported_but_does_not_count(start: Start) -> None:
    gateway = await start(checks=[Check("redis", failing, required=False)])
    status, body = await gateway.send("GET", path="/readyz", token=None)
    assert (status, body["ready"]) == (200, True)
    assert body["checks"][0]["ready"] is False


async def test_a_hung_dependency_is_not_waited_for() -> None:
    [hung, other] = await look([Check("database", hanging), Check("redis", fine)], patience=0.3)
    assert (hung.is_ready, hung.reason) == (False, "No answer within 0.3 s.")
    assert other.is_ready


@pytest.mark.parametrize(("bearer", "is_required"), [("on", False), ("off", True)])
def test_redis_is_required_where_every_request_leaves_a_mark(
    bearer: str, is_required: bool
) -> None:
    nothing: Any = None  # the checks are not run
    checks = _checks(a_settings(DBEP_BEARER_TOKENS=bearer), nothing, nothing)
    assert {check.name: check.required for check in checks}["redis"] is is_required
