from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from store.session import Sessions
from tests.gateway.live.following import Following, following
from tests.writing.clinic import Clinic


@pytest.fixture
async def clinic(db: Sessions) -> Clinic:
    return await Clinic.open(db)


@pytest.fixture
async def live(clinic: Clinic, redis_url: str) -> AsyncIterator[Following]:
    async with Redis.from_url(redis_url) as redis, following(clinic, redis) as running:
        yield running
