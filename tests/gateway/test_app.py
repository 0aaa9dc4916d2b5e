"""The whole process: life, headers, the net under it, the developer's page."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.types import Message

from gateway import graphiql
from gateway.app import create_app
from gateway.compose import Parts
from gateway.envelope import Envelope
from gateway.settings import Settings
from tests.gateway.serving import ENVIRON, Gateway, Start, a_settings, serving

ROOT = Path(__file__).resolve().parents[2]
NUMBER = "05894500079"


def test_only_settings_and_the_start_know_the_environment() -> None:
    knowing = {
        path.name for path in (ROOT / "gateway").glob("*.py") if "environ" in path.read_text()
    }
    assert knowing <= {"settings.py", "serving.py", "app.py"}
    assert "os." not in (ROOT / "gateway" / "app.py").read_text()


async def test_what_escapes_is_masked_and_its_message_is_not_logged(
    session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError(NUMBER)

    async with serving(Envelope(broken)) as url, session.get(url) as answer:
        assert answer.status == 500
        assert "Something went wrong on our side." in await answer.text()
    assert "RuntimeError" in caplog.text
    assert NUMBER not in caplog.text


async def test_a_failed_start_is_told_without_the_message(caplog: pytest.LogCaptureFixture) -> None:
    @asynccontextmanager
    async def compose(_settings: Settings) -> AsyncIterator[Parts]:
        raise RuntimeError(NUMBER)
        yield

    told = []

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    async def send(message: Message) -> None:
        told.append(message)

    with pytest.raises(RuntimeError):
        await create_app(a_settings(), compose)({"type": "lifespan", "state": {}}, receive, send)
    assert [message["type"] for message in told] == ["lifespan.startup.failed"]
    assert told[0]["message"].startswith("The gateway could not be started")
    assert "RuntimeError" in caplog.text
    assert NUMBER not in caplog.text


async def test_a_task_that_nobody_waited_for_is_logged_without_its_message(
    production: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.get_running_loop()
    loop.call_exception_handler({"message": NUMBER, "exception": RuntimeError(NUMBER)})
    assert "RuntimeError" in caplog.text
    assert NUMBER not in caplog.text


@pytest.mark.parametrize("path", ["/graphiql/", "/graphiql", "/dev/people"])
async def test_nothing_of_the_page_exists_in_production(production: Gateway, path: str) -> None:
    assert (await production.send("GET", path=path, token=None))[0] == 404
    assert (await production.send("POST", path="/dev/token/clinician"))[0] == 404


async def test_the_page_is_served_with_a_policy_and_a_nonce_of_each_answer(
    session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(f'<p nonce="{graphiql.NONCE}">page</p>')
    (tmp_path / "page.css").write_text("p { color: red }")
    app = Starlette(routes=graphiql.routes(a_settings(DBEP_ENVIRONMENT="development"), tmp_path))
    app.add_middleware(Envelope)
    nonces = set()
    async with serving(app) as url:
        for _ in range(2):
            async with session.get(f"{url}/graphiql") as answer:
                [nonce] = re.findall(r'<p nonce="(.{22})">page</p>', await answer.text())
                policy = graphiql.POLICY.replace(graphiql.NONCE, nonce)
                assert answer.headers["content-security-policy"] == policy
                assert answer.headers["cache-control"] == "no-store"
                nonces.add(nonce)
        async with session.get(f"{url}/graphiql/page.css") as answer:
            assert answer.headers["cache-control"] == "no-cache"
    assert len(nonces) == 2


async def test_a_longer_way_is_no_redirect_that_tells_the_query(production: Gateway) -> None:
    status, _ = await production.send("GET", path="/graphql/", params={"query": NUMBER})
    assert status == 404
    assert NUMBER not in str(production.headers)


async def test_an_issuer_without_people_is_passed_on_and_a_dead_one_is_said_so(
    development: Gateway, start: Start
) -> None:
    assert (await development.session.get(f"{development.url}/dev/people")).status == 404
    dead = await start(
        DBEP_ENVIRONMENT="development", DBEP_JWKS_URL="http://127.0.0.1:1", dead_issuer=True
    )
    status, body = await dead.send("GET", path="/dev/people")
    assert (status, "development issuer" in str(body)) == (502, True)


def run_gateway(**environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gateway"],
        cwd=ROOT, env={"PATH": os.environ["PATH"], **environ},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_wrong_settings_end_the_start_with_sentences_and_code_2() -> None:
    done = run_gateway(**{**ENVIRON, "DBEP_PORT": "x", "DBEP_REDIS_URL": ""})
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "DBEP_PORT must be a number from 0 to 65535.",
        "DBEP_REDIS_URL is missing.",
    ]


def test_a_port_in_use_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run_gateway(**{**ENVIRON, "DBEP_PORT": port})
    assert done.returncode == 1
    [sentence] = done.stderr.splitlines()
    assert sentence.startswith(f"The gateway can't listen on 127.0.0.1:{port} (")
