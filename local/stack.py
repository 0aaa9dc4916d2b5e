"""Starts the parts of a running gateway in order, watches them and stops them in reverse."""

import contextlib
import http.client
import os
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Protocol

from local.process import CannotStart, Process, failure, spawn, stop, wait_until

HOST = "127.0.0.1"


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C, a closed terminal or a polite kill."""


class Part(Protocol):
    """Something that runs until it is stopped."""

    log: Path
    process: Process | None

    @property
    def name(self) -> str: ...
    def launch(self) -> None: ...
    def await_ready(self) -> None: ...
    def stop(self) -> None: ...


class Service:
    """One of our own HTTP servers, run as a process."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        port: int,
        log: Path,
        env: Mapping[str, str] | None = None,
        ready: str = "/healthz",
    ) -> None:
        self.name = name
        self.log = log
        self.process: Process | None = None
        self._command = command
        self._port = port
        self._env = {**os.environ, **(env or {})}
        self._ready = ready

    def launch(self) -> None:
        """Start the server."""
        self.process = spawn(self._command, self.log, env=self._env)

    def await_ready(self) -> None:
        """Wait until the server says over HTTP that it is ready."""
        wait_until(self._answers, self.name, self.process, self.log)

    def stop(self) -> None:
        """Stop the server; a request that takes too long is cut off."""
        if self.process is not None:
            stop(self.process, patience=5)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=2)
        with (
            contextlib.closing(connection),
            contextlib.suppress(OSError, http.client.HTTPException),
        ):
            connection.request("GET", self._ready)
            return connection.getresponse().status == 200
        return False


class Stack:
    """The parts that run now."""

    def __init__(self) -> None:
        self._parts: list[Part] = []

    def start(self, *parts: Part) -> None:
        """Start some parts side by side and wait until all of them are ready."""
        for part in parts:
            self._parts.append(part)
            part.log.unlink(missing_ok=True)
            part.launch()
        for part in parts:
            part.await_ready()

    def watch(self) -> None:
        """Return never; say so when a part ends that should not."""
        while True:
            for part in self._parts:
                if part.process is None or part.process.poll() is not None:
                    raise CannotStart(failure(part.name, part.log))
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop everything, the last started first."""
        while self._parts:
            self._parts.pop().stop()


def stop_on_signals() -> None:
    """Turn the first signal to stop into an exception; later ones must not disturb the stopping."""
    signals = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # `nohup` asks us to live on
        signals.append(signal.SIGHUP)

    def on_signal(number: int, frame: FrameType | None) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in signals:
        signal.signal(each, on_signal)


def require_free(ports: Mapping[str, int]) -> None:
    """Check that nobody else uses our ports, given by the setting that changes each."""
    for setting, port in ports.items():
        with socket.socket() as probe:
            # As the servers do, so that a port that was ours a minute ago counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                raise CannotStart(
                    f"Port {port} is in use: stop what uses it, or choose another, as in"
                    f" `{setting}={port + 1000} python3 dev.py run`."
                ) from error
