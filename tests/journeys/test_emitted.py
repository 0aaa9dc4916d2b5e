"""What left the processes while the journeys ran, searched for everybody there is."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.gateway.serving import serving
from tests.journeys.conftest import LAST, Stack, named
from tests.journeys.emitted import EMITTED, Channel, Emitted
from tests.journeys.naming import People
from tests.journeys.test_level import ask_at

NUMBER, NAME = "05894500079", "Ågot Bjørnstad"
VIEW = "query ($id: ID!) { patient(id: $id) { name } }"


@pytest.fixture
def emitted() -> Emitted:
    made = Emitted()
    made.people.add([NUMBER], [NAME])
    return made


FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "within digits": lambda number: f"7{number}7",
    "in two groups": lambda number: f"{number[:6]} {number[6:]}",
    "with a dash": lambda number: f"{number[:6]}-{number[6:]}",
    "in a URL": lambda number: f"/x?n={quote(number[:6] + ' ' + number[6:])}",
    "encoded": lambda number: b64encode(number.encode()).decode(),
    "hashed": lambda number: sha256(number.encode()).hexdigest().upper(),
}
NAMES = (
    *(NAME, NAME.upper(), "Bjørnstad, Ågot", "navn=%C3%85got+Bj%C3%B8rnstad", "ågot_bjørnstad"),
    *('["\\u00c5got", "Bj\\u00f8rnstad"]', "ågotBjørnstad", "&Aring;got Bj&oslash;rnstad"),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_number_is_found_in_every_form(emitted: Emitted, form: Callable[[str], str]) -> None:
    assert emitted.people.named_in(f"before {form(NUMBER)} after") == [NUMBER]


@pytest.mark.parametrize("form", NAMES)
def test_a_full_name_is_found_however_it_is_written(emitted: Emitted, form: str) -> None:
    assert emitted.people.named_in(f"before {form} after")


@pytest.mark.parametrize(
    "text", ["05894500078", "Ågot", "bjørnstad", "Ågot og Bjørnstad", "0589450007"]
)
def test_what_names_nobody_is_let_be(emitted: Emitted, text: str) -> None:
    assert emitted.people.named_in(text) == []


def test_everybody_in_the_world_is_looked_for(lasting_stack: Stack) -> None:
    numbers, names = named(lasting_stack.world)
    assert len(numbers) > 520
    assert {"Arne Fjell", "Ingrid Haugen", "Vidar Berg", "Ola Fjell", "Omar Rashid"} <= names
    people = People()
    people.add(numbers, names)
    for each in (*numbers, *names):
        assert people.named_in(each), each


async def test_what_is_planted_is_found_in_each_channel(
    emitted: Emitted, redis_url: str, tmp_path: Path
) -> None:
    async def answer(request: Request) -> Response:
        status = int(request.path_params["status"])
        return JSONResponse({"errors": [NUMBER]}, status, {"x-who": NUMBER})

    async def count(_request: Request) -> Response:
        return Response(f'asked{{by="{NUMBER}"}} 1')

    app = Starlette(routes=[Route("/{status}/{who}", answer), Route("/metrics", count)])
    session = Redis.from_url(redis_url)
    async with serving(emitted.watched(app)) as ours, emitted.watching(redis_url):
        await asked(ours, f"/200/{NUMBER}")
        await asked(ours, "/404/nobody")
        await asked(ours, "/metrics")
        await session.set(f"test:{NUMBER}", NAME, ex=1)
        with emitted.logging():
            logging.getLogger("dbep.test").info("who=%s", NUMBER)
    await session.aclose()
    (tmp_path / "planted").write_text(f"DETAIL: {NAME}\n")
    emitted.read_logs([tmp_path / "planted"])
    found = emitted.leaks()
    assert {leak.partition(":")[0] for leak in found} == {each.name for each in Channel}
    for wanted in ("LOG: 'ågot", "LOG: '058", "URL: '058", "REDIS: '058", "REDIS: 'ågot"):
        assert any(leak.startswith(wanted) for leak in found), (wanted, found)


async def test_what_a_source_is_told_beside_the_number_is_looked_at(emitted: Emitted) -> None:
    async def empty(_request: Request) -> Response:
        return Response()

    app = emitted.watched(Starlette(routes=[Route("/", empty)]), is_ours=False)
    async with serving(app) as source:
        await asked(source, "/", **{"nhn-patient-nin": NUMBER})
        assert emitted.leaks() == []
        await asked(source, "/", **{"nhn-attest": quote(NAME)})
    [found] = emitted.leaks()
    assert found.startswith("HEADER: 'ågot bjørnstad'")


async def test_nothing_that_left_a_process_names_anybody(
    lasting_stack: Stack, tmp_path_factory: pytest.TempPathFactory
) -> None:
    await lasting_stack.calm()
    await ask_at(lasting_stack, "parent", "4")  # a bound token, which leaves its mark in Redis
    await lasting_stack.disturb("medication", {"kind": "status", "status": 503})
    unknown = await lasting_stack.ask("citizen", VIEW, id=NUMBER)
    assert NUMBER not in str(unknown["errors"])
    await asked(lasting_stack.url, "/metrics")
    logging.getLogger("dbep.test").info("the journeys are over")
    EMITTED.read_logs(tmp_path_factory.getbasetemp().glob("*/log"))
    assert EMITTED.silent() == []
    leaks = EMITTED.leaks()
    assert leaks == [], "\n".join(leaks[:20])


def test_the_search_comes_last(request: pytest.FixtureRequest) -> None:
    assert [item.name == LAST for item in request.session.items].count(True) <= 1
    if LAST in {item.name for item in request.session.items}:
        assert request.session.items[-1].name == LAST


async def asked(url: str, path: str, **headers: str) -> None:
    import aiohttp

    async with aiohttp.ClientSession() as session, session.get(url + path, headers=headers):
        pass
