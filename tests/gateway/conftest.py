"""One gateway in production and one in development for all tests, or one of a test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest

from tests.gateway.serving import Gateway, Start, running


@pytest.fixture(scope="session")
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture(scope="session")
async def lasting_production(session: aiohttp.ClientSession) -> AsyncIterator[Gateway]:
    """Run one as in production but for ad hoc documents, in which tests are written."""
    async with running(session) as gateway:
        yield gateway


@pytest.fixture(scope="session")
async def lasting_development(session: aiohttp.ClientSession) -> AsyncIterator[Gateway]:
    async with running(session, DBEP_ENVIRONMENT="development") as gateway:
        yield gateway


@pytest.fixture
def production(lasting_production: Gateway) -> Gateway:
    lasting_production.recorder.reset()
    return lasting_production


@pytest.fixture
def development(lasting_development: Gateway) -> Gateway:
    lasting_development.recorder.reset()
    return lasting_development


@pytest.fixture
async def start(session: aiohttp.ClientSession) -> AsyncIterator[Start]:
    """Start a gateway of the test's own."""
    async with AsyncExitStack() as stack:

        async def start(**changed: Any) -> Gateway:
            return await stack.enter_async_context(running(session, **changed))

        yield start
