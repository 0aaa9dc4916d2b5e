"""Changes made on request: the data really changes and the feed tells it, without the data."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import aiohttp
import pytest

from simulators import hospital, kjernejournal, medication
from simulators.building import build
from simulators.serving import serve
from tests.simulators.asking import NORA, Asking

KEY = {"Ocp-Apim-Subscription-Key": "dev-hospital-key"}


@pytest.fixture(params=["kjernejournal", "medication", "hospital"])
async def source(request: pytest.FixtureRequest) -> AsyncIterator[Asking]:
    """A source with a world of its own, which the test may change."""
    world = build(today=date(2026, 11, 22), patients=3)
    make = {"kjernejournal": kjernejournal, "medication": medication, "hospital": hospital}
    app = make[request.param].create_app(world)
    more = KEY if request.param == "hospital" else {}
    async with serve(app) as url, aiohttp.ClientSession() as session:
        yield Asking(session, url, f"dev-{request.param}", more)


async def feed(source: Asking, after: int) -> dict[str, Any]:
    found: dict[str, Any] = (await source.ask("GET", f"/changes?after={after}", attest=None)).json
    return found


async def seen(source: Asking) -> bytes:
    """Return all that the source says about Nora, without times of lookup and tickets."""
    if source.token == "dev-medication":
        entries = (await source.medicines(NORA)).json["parameter"][0]["resource"]["entry"]
        return repr(entries[1:]).encode()
    if source.token == "dev-kjernejournal":
        kinds = ("AllergyIntolerance", "Condition")
        return b"".join([(await source.critical(NORA, kind)).body for kind in kinds])
    searches = [await source.search(kind, NORA) for kind in ("Appointment", "CareTeam")]
    return b"".join(reply.body for reply in [*searches, await source.documents(NORA)])


CHANGES = {
    "dev-kjernejournal": ("addAllergy", "addCondition", "retractAllergy"),
    "dev-medication": ("startMedication", "changeDosage", "stopMedication", "resumeMedication"),
    "dev-hospital": (
        "addAppointment",
        "moveAppointment",
        "cancelAppointment",
        "admit",
        "discharge",
        "addDocument",
        "leaveCareTeam",
    ),
}


async def test_a_change_changes_the_data_and_is_told(source: Asking) -> None:
    start = (await feed(source, 0))["last"]
    before = await seen(source)
    for number, change in enumerate(CHANGES[source.token], 1):
        made = await source.change(NORA, change)
        after = await seen(source)
        assert after != before
        before = after
        told = await feed(source, start)
        assert told["last"] == made["sequence"] == told["changes"][-1]["sequence"]
        assert len(told["changes"]) == number
        assert set(made) == {"sequence", "patient", "kind", "at"}
        assert made["at"].endswith("Z")
    assert (await feed(source, told["last"]))["changes"] == []


async def test_wishes_that_make_no_sense_are_refused(source: Asking) -> None:
    for wish in ({}, {"patient": NORA, "change": "explode"}, [1]):
        assert (await source.ask("POST", "/_changes", json=wish)).status == 400
    change = CHANGES[source.token][0]
    wish = {"patient": "01010112345", "change": change}
    assert (await source.ask("POST", "/_changes", json=wish)).status == 404


async def test_the_feed_needs_the_token_and_a_number(source: Asking) -> None:
    reply = await source.ask("GET", "/changes?after=0", headers={"Authorization": None})
    assert reply.status == 401
    assert (await source.ask("GET", "/changes?after=tull")).status == 400
    assert (await source.ask("GET", "/changes")).status == 200
