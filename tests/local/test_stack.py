"""The supervisor on real processes: what it starts, it stops."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local.process import CannotStart
from local.stack import Service, Stack, require_free

ROOT = Path(__file__).parents[2]

SERVER = """
import http.server, os, signal, sys, time
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
def leave(*_):
    print("left", time.monotonic(), flush=True)
    os._exit(0)
signal.signal(signal.SIGTERM, leave)
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
print("pid", os.getpid(), flush=True)
server.serve_forever()
"""

# Runs the services whose commands, ports and logs it is given; says when they are up.
SUPERVISOR = """
import json, signal, sys
from pathlib import Path
from local.stack import Service, Stack, Stopped, stop_on_signals
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests themselves may run under nohup
stop_on_signals()
stack = Stack()
try:
    for name, command, port, log in json.loads(sys.argv[1]):
        stack.start(Service(name, command, port, Path(log)))
    print("up", flush=True)
    stack.watch()
except Stopped:
    print("stopped", flush=True)
finally:
    stack.stop()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def service(name: str, folder: Path, program: str = SERVER) -> Service:
    port = free_port()
    return Service(name, [sys.executable, "-c", program, str(port)], port, folder / f"{name}.log")


def noted(word: str, log: Path) -> float:
    words = log.read_text().split()
    return float(words[words.index(word) + 1])


def is_alive(pid: float) -> bool:
    return Path(f"/proc/{pid:.0f}").exists()


def eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 5
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A supervisor of two services, which it has started."""
    parts = [
        (name, [sys.executable, "-c", SERVER, str(port)], port, str(tmp_path / f"{name}.log"))
        for name, port in (("first", free_port()), ("second", free_port()))
    ]
    command = [sys.executable, "-c", SUPERVISOR, json.dumps(parts)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "up\n"
        yield process
        process.kill()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_stops_everything_in_reverse_order(
    supervisor: subprocess.Popen[str], tmp_path: Path, how: signal.Signals
) -> None:
    supervisor.send_signal(how)
    assert supervisor.wait(5) == 0
    first, second = tmp_path / "first.log", tmp_path / "second.log"
    assert not is_alive(noted("pid", first))
    assert not is_alive(noted("pid", second))
    assert noted("left", second) < noted("left", first)


def test_killed_supervisor_leaves_no_process(
    supervisor: subprocess.Popen[str], tmp_path: Path
) -> None:
    pids = [noted("pid", tmp_path / f"{name}.log") for name in ("first", "second")]
    supervisor.kill()
    supervisor.wait(5)
    assert eventually(lambda: not any(map(is_alive, pids)))


def test_part_that_ends_is_named_with_its_last_words(tmp_path: Path) -> None:
    stack = Stack()
    try:
        steady, shaky = service("steady", tmp_path), service("shaky", tmp_path)
        stack.start(steady, shaky)
        assert shaky.process
        shaky.process.kill()
        with pytest.raises(CannotStart, match=r"(?s)shaky stopped by itself.*pid \d+"):
            stack.watch()
    finally:
        stack.stop()
    assert steady.process
    assert steady.process.poll() == 0


def test_part_that_never_starts_says_why(tmp_path: Path) -> None:
    broken = service("broken", tmp_path, "raise SystemExit('no such setting')")
    with pytest.raises(CannotStart, match=r"(?s)broken stopped by itself.*no such setting"):
        Stack().start(broken)


def test_full_disk_is_told_as_such(tmp_path: Path) -> None:
    broken = service("broken", tmp_path, "raise OSError(28, 'No space left on device')")
    with pytest.raises(CannotStart, match="The disk is full: free some space"):
        Stack().start(broken)


def test_port_in_use_names_the_port_and_its_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"Port {port} is in use.*DBEP_PORT="):
            require_free({"DBEP_PORT": port})


def test_free_ports_are_no_obstacle() -> None:
    require_free({"DBEP_PORT": free_port()})
