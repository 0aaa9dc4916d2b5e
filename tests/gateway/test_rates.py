"""What may be asked for in a minute, on a real Redis and without one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from redis.asyncio import Redis

from domain.access.viewer import Viewer, ViewerRole
from gateway.buckets import PERIOD, Empty, LocalBuckets, Payer, RedisBuckets, Taken, Unreachable
from gateway.health import NotReady
from gateway.limits import Limits
from gateway.rates import SHARE, RateLimited, Rates, payer_of
from tests.gateway.test_replay import saying

ANNA = Payer("person:anna", 6_000)  # 100 a second
SHARE_OF_ANNA = 6_000 // SHARE


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url) as client:
        await client.flushdb()
        yield client


@pytest.fixture
async def other(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url) as client:
        yield client


async def handed_out(*processes: Rates, payer: Payer = ANNA, cost: int = 100) -> int:
    """Ask every process in turn until all refuse, and return what was handed out."""
    given = 0
    asking = list(processes)
    while asking:
        for process in tuple(asking):
            try:
                await process.take(payer, cost)
                given += cost
            except RateLimited:
                asking.remove(process)
    return given


class TestBuckets:
    async def test_a_bucket_gives_what_is_wanted_what_is_left_or_nothing(
        self, redis: Redis
    ) -> None:
        for buckets in (RedisBuckets(redis), LocalBuckets()):
            assert await buckets.take(ANNA, 10, 1_000) == Taken(1_000, 5_000)
            found = await buckets.take(ANNA, 10, 9_000)
            assert found.cost == pytest.approx(5_000, abs=100)
            with pytest.raises(Empty) as empty:
                await buckets.take(ANNA, 600, 600)
            assert 4 < empty.value.seconds <= 6

    async def test_what_is_put_back_is_there_again_and_never_more_than_it_holds(
        self, redis: Redis
    ) -> None:
        for buckets in (RedisBuckets(redis), LocalBuckets()):
            await buckets.take(ANNA, 6_000, 6_000)
            assert (await buckets.take(ANNA, -2_000, -2_000)).cost == -2_000
            assert (await buckets.take(ANNA, 2_000, 2_000)).cost == 2_000
            await buckets.take(ANNA, -9_000, -9_000)
            assert await buckets.take(ANNA, 0, 0) == Taken(0, 6_000)

    async def test_a_bucket_fills_evenly(self) -> None:
        clock = Clock()
        buckets = LocalBuckets(clock=clock)
        await buckets.take(ANNA, 6_000, 6_000)
        clock.now += 15
        assert (await buckets.take(ANNA, 0, 0)).left == 1_500
        clock.now += 1_000
        assert (await buckets.take(ANNA, 0, 0)).left == 6_000

    async def test_redis_fills_a_bucket_evenly(self, redis: Redis) -> None:
        quick = Payer("quick", 600_000)  # 10 a millisecond
        buckets = RedisBuckets(redis)
        await buckets.take(quick, 600_000, 600_000)
        await asyncio.sleep(0.2)
        assert 2_000 <= (await buckets.take(quick, 0, 0)).left < 60_000

    async def test_redis_forgets_a_bucket_when_it_is_full_and_knows_nobodys_name(
        self, redis: Redis
    ) -> None:
        await RedisBuckets(redis).take(ANNA, 3_000, 3_000)
        [key] = await redis.keys()
        assert key.startswith(b"cost:")
        assert b"anna" not in key
        assert 28 <= await redis.ttl(key) <= PERIOD / 2
        await RedisBuckets(redis).take(ANNA, -3_000, -3_000)
        assert await redis.keys() == []

    async def test_a_process_remembers_so_many_buckets_and_no_more(self) -> None:
        buckets = LocalBuckets(most=2)
        for name in ("a", "b", "c"):
            await buckets.take(Payer(name, 10), 10, 10)
        assert (await buckets.take(Payer("a", 10), 0, 0)).left == 10
        assert (await buckets.take(Payer("c", 10), 0, 0)).left == 0

    async def test_a_redis_that_hangs_refuses_or_is_not_there_is_unreachable(self) -> None:
        refusing = b"-OOM command not allowed when used memory > 'maxmemory'.\r\n"
        for answer in (b"", refusing):
            async with saying(answer) as port, Redis(port=port) as redis:
                with pytest.raises(Unreachable):
                    await RedisBuckets(redis, patience=0.2).take(ANNA, 1, 1)
        async with Redis(port=1) as redis:
            with pytest.raises(Unreachable):
                await RedisBuckets(redis).take(ANNA, 1, 1)


async def test_two_processes_together_hand_out_a_bucket_and_no_more(
    redis: Redis, other: Redis
) -> None:
    one, two = Rates(RedisBuckets(redis)), Rates(RedisBuckets(other))
    given = await handed_out(one, two)
    # What fills meanwhile is a hundred a second.
    assert 5_900 <= given <= 9_000


async def test_many_requests_at_once_get_a_bucket_and_no_more(redis: Redis, other: Redis) -> None:
    processes = [Rates(RedisBuckets(redis)), Rates(RedisBuckets(other))]
    found = await asyncio.gather(
        *(processes[i % 2].take(ANNA, 100) for i in range(200)), return_exceptions=True
    )
    given = 100 * sum(each is None for each in found)
    assert {type(each) for each in found if each} == {RateLimited}
    assert 5_400 <= given <= 9_000  # one process may hold what the other was refused


async def test_one_clients_bucket_is_not_anothers(redis: Redis) -> None:
    rates = Rates(RedisBuckets(redis))
    await handed_out(rates)
    await rates.take(Payer("person:arne", 6_000), 6_000)


async def test_a_refusal_says_when_and_then_it_is_true() -> None:
    clock = Clock()
    rates = Rates(clock=clock)
    await rates.take(ANNA, 6_000)
    with pytest.raises(RateLimited) as refused:
        await rates.take(ANNA, 250)
    assert refused.value.headers == (("retry-after", "3"),)
    assert refused.value.told == {"retryAfter": 3}
    clock.now += 3
    await rates.take(ANNA, 250)


async def test_what_was_not_used_can_be_asked_for_again(redis: Redis) -> None:
    rates = Rates(RedisBuckets(redis))
    for _ in range(20):
        await rates.take(ANNA, 5_000)
        rates.give_back(ANNA, 4_990)
        await asyncio.gather(*rates._going_back)
    assert 5_700 <= await rates.left(ANNA) <= 6_000


async def test_what_was_used_besides_is_owed() -> None:
    rates = Rates(clock=Clock())
    await rates.take(ANNA, 100)
    rates.give_back(ANNA, -900)
    assert await rates.left(ANNA) == 5_000
    with pytest.raises(RateLimited):
        await rates.take(ANNA, 5_001)
    await rates.take(ANNA, 5_000)


async def test_few_requests_have_to_ask_redis(redis: Redis) -> None:
    rates = Rates(RedisBuckets(redis))
    before = (await redis.info("commandstats")).get("cmdstat_evalsha", {}).get("calls", 0)
    for _ in range(100):
        await rates.take(ANNA, SHARE_OF_ANNA // 2)
        rates.give_back(ANNA, SHARE_OF_ANNA // 2 - 5)
    after = (await redis.info("commandstats"))["cmdstat_evalsha"]["calls"]
    assert after - before < 10


async def test_a_process_holds_no_more_than_two_shares(redis: Redis) -> None:
    rates = Rates(RedisBuckets(redis))
    await asyncio.gather(*(rates.take(ANNA, 500) for _ in range(10)))
    for _ in range(10):
        rates.give_back(ANNA, 500)
    await asyncio.gather(*rates._going_back)
    found = await RedisBuckets(redis).take(ANNA, 0, 0)
    assert found.left >= 6_000 - 2 * SHARE_OF_ANNA


async def test_what_a_process_holds_is_forgotten_after_a_minute() -> None:
    clock = Clock()
    rates = Rates(clock=clock)
    await rates.take(ANNA, 1)
    assert rates._store(ANNA).cost == SHARE_OF_ANNA - 1
    clock.now += PERIOD + 1
    assert rates._store(ANNA).cost == 0


async def test_without_redis_each_process_limits_by_itself(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with Redis(port=1) as nobody:
        one, two = Rates(RedisBuckets(nobody)), Rates(RedisBuckets(nobody))
        for process in (one, two):
            assert 5_900 <= await handed_out(process) <= 9_000
            with pytest.raises(NotReady, match="each process limits by itself"):
                await process.shared()
    assert caplog.text.count("limits by itself") == 2


async def test_a_redis_that_hangs_is_waited_for_once_and_found_again_later(redis: Redis) -> None:
    clock = Clock()
    async with saying(b"") as port, Redis(port=port) as hanging:
        rates = Rates(RedisBuckets(hanging, patience=0.1), clock)
        await rates.take(ANNA, 6_000)
        rates._shared = RedisBuckets(redis)  # it is mended, and this process does not know yet
        with pytest.raises(RateLimited):
            await rates.take(ANNA, 6_000)
        clock.now += 5
        await rates.take(ANNA, 5_000)
        await rates.shared()


async def test_a_caller_who_goes_away_while_it_is_asked_takes_nothing_with_them() -> None:
    async with saying(b"") as port, Redis(port=port) as hanging:
        rates = Rates(RedisBuckets(hanging, patience=5))
        rates.give_back(ANNA, 50)
        task = asyncio.create_task(rates.take(ANNA, 100))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert rates._store(ANNA).cost == 50


async def test_what_is_on_its_way_back_is_stopped_at_the_end() -> None:
    async with saying(b"") as port, Redis(port=port) as hanging:
        rates = Rates(RedisBuckets(hanging, patience=60))
        rates.give_back(ANNA, 6_000)
        await asyncio.sleep(0)
        await rates.close()
    assert rates._going_back == set()


@pytest.mark.parametrize(
    ("role", "client", "name"),
    [
        (ViewerRole.CITIZEN, "app", "person:me"),
        (ViewerRole.RECIPIENT, None, "person:me"),
        (ViewerRole.CLINICIAN, "record-system", "client:record-system"),
        (ViewerRole.VENDOR, "devices", "client:devices"),
        (ViewerRole.PRIVACY_OFFICER, "log-tool", "client:log-tool"),
        (ViewerRole.CLINICIAN, None, "client:me"),
    ],
)
def test_a_citizen_pays_in_person_and_others_through_their_system(
    role: ViewerRole, client: str | None, name: str
) -> None:
    viewer = Viewer(subject="me", role=role, expires_at=datetime.now(UTC), client_id=client)
    limits = Limits()
    holds = limits.person_cost if name.startswith("person") else limits.client_cost
    assert payer_of(viewer, limits) == Payer(name, holds)
