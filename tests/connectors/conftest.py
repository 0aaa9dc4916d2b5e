from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.connectors.simulated import Sources, simulated_sources


@pytest.fixture(scope="session")
async def running_sources() -> AsyncIterator[Sources]:
    async with simulated_sources() as sources:
        yield sources


@pytest.fixture
async def sources(running_sources: Sources) -> AsyncIterator[Sources]:
    """Give the sources without faults and with all counters at nought."""
    await running_sources.heal()
    yield running_sources
    await running_sources.heal()
