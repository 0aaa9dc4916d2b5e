"""One world and the three sources on real HTTP, for all tests of the simulators."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import aiohttp
import pytest

from simulators import hospital, kjernejournal, medication, record
from simulators.building import build
from simulators.serving import serve
from simulators.world import World
from tests.simulators.asking import Asking

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def world() -> World:
    """The default population on a fixed day."""
    return build(seed=1, today=TODAY)


@pytest.fixture(scope="session")
async def kj(world: World) -> AsyncIterator[Asking]:
    """The simulated kjernejournal."""
    async with serve(kjernejournal.create_app(world)) as url, aiohttp.ClientSession() as session:
        yield Asking(session, url, "dev-kjernejournal")


@pytest.fixture(scope="session")
async def sfm(world: World) -> AsyncIterator[Asking]:
    """The simulated medication source."""
    async with serve(medication.create_app(world)) as url, aiohttp.ClientSession() as session:
        yield Asking(session, url, "dev-medication")


@pytest.fixture(scope="session")
async def dips(world: World) -> AsyncIterator[Asking]:
    """The simulated hospital."""
    async with serve(hospital.create_app(world)) as url, aiohttp.ClientSession() as session:
        key = {"Ocp-Apim-Subscription-Key": "dev-hospital-key"}
        yield Asking(session, url, "dev-hospital", key)


@pytest.fixture
async def journal(world: World) -> AsyncIterator[Asking]:
    """The simulated record of the responsible organisations, empty."""
    async with serve(record.create_app(world)) as url, aiohttp.ClientSession() as session:
        yield Asking(session, url, "dev-record")


@pytest.fixture(autouse=True)
async def calm(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Switch all faults off after each test."""
    yield
    for name in ("kj", "sfm", "dips"):
        if name in request.fixturenames:
            await request.getfixturevalue(name).faults([])
