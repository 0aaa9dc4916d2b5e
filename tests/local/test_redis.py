"""The embedded Valkey on real processes."""

from pathlib import Path

import redis

from local.redis import Redis, throwaway


def started(folder: Path) -> Redis:
    server = Redis(folder, folder.with_suffix(".log"))
    server.launch()
    server.await_ready()
    return server


def test_data_outlives_a_stop(tmp_path: Path) -> None:
    server = started(tmp_path / "redis")
    with redis.from_url(server.url) as client:
        client.set("kept", "42")
    server.stop()
    again = started(tmp_path / "redis")
    with redis.from_url(again.url) as client:
        assert client.get("kept") == b"42"
    again.stop()


def test_throwaway_server_writes_nothing_and_opens_no_port() -> None:
    with throwaway() as server, redis.from_url(server.url) as client:
        assert client.config_get("appendonly", "save", "port") == {
            "appendonly": "no",
            "save": "",
            "port": "0",
        }
        socket = Path(server.url.removeprefix("unix://"))
        assert socket.parent.stat().st_mode & 0o777 == 0o700
    assert not socket.parent.exists()
