"""The two commands, as another process runs them."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

from simulators.__main__ import main
from tests.simulators.asking import NORA, Asking

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def build_world(path: Path) -> int:
    return main(["build", "--world", str(path), "--patients", "20", "--today", "2026-11-22"])


def test_build_says_what_it_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build_world(tmp_path / "deep" / "world.json") == 0
    assert capsys.readouterr().out.startswith("39 people in ")


def test_what_is_wrong_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = tmp_path / "world.json"
    assert main(["serve", "hospital", "--port", str(free_port()), "--world", str(world)]) == 1
    assert "build one first" in capsys.readouterr().err
    assert main(["build", "--world", str(world), "--data", str(tmp_path)]) == 1
    assert "expected Patient.ndjson" in capsys.readouterr().err
    build_world(world)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "hospital", "--port", port, "--world", str(world)]) == 1
    assert "can't be used" in capsys.readouterr().err


async def test_a_served_source_takes_its_token_from_the_environment(tmp_path: Path) -> None:
    world = tmp_path / "world.json"
    build_world(world)
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulators", "serve", "kjernejournal",
        "--port", str(port), "--world", str(world),
        cwd=ROOT,
        env=os.environ | {"DBEP_KJERNEJOURNAL_TOKEN": "hemmelig"},
    )  # fmt: skip
    try:
        async with aiohttp.ClientSession() as session:
            kj = Asking(session, f"http://127.0.0.1:{port}", "hemmelig")
            await asyncio.wait_for(answers(kj), 20)
            assert (await kj.indicator(NORA)).status == 200
            assert (await kj.indicator(NORA, headers={"Authorization": "Bearer x"})).status == 401
            # Under uvloop, which the tests' own loop is not.
            await kj.faults([{"kind": "reset"}])
            with pytest.raises(aiohttp.ClientOSError, match="reset"):
                await kj.indicator(NORA)
            await kj.faults([{"kind": "shortBody"}])
            with pytest.raises(aiohttp.ClientPayloadError):
                await kj.indicator(NORA)
    finally:
        process.terminate()
        await process.wait()


async def answers(source: Asking) -> None:
    while True:
        try:
            assert (await source.ask("GET", "/healthz")).status == 200
        except aiohttp.ClientConnectionError:
            await asyncio.sleep(0.05)
        else:
            return
