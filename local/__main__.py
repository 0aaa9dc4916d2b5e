"""Runs the whole gateway on one machine: `python -m local`, which `dev.py run` calls."""

import fcntl
import os
import shlex
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local.postgres import Postgres
from local.process import DISK_FULL, CannotStart, finish, spawn
from local.redis import Redis
from local.settings import (
    DATA,
    PORTS,
    ROOT,
    World,
    changed,
    erasure_log,
    read_ports,
    read_world,
    store_fingerprint,
)
from local.stack import HOST, Part, Service, Stack, Stopped, require_free, stop_on_signals

LOGS = DATA / "logs"
WORLD = DATA / "world.json"
SOURCES = ("kjernejournal", "medication", "hospital", "record", "sender")
QUERY = (
    "{ worklist(first: 3) { edges { node { name age"
    " medications { state items { name dosage } } } } } }"
)


class Run:
    """One run of everything, on the data of the runs before it."""

    def __init__(self, world: World, ports: Mapping[str, int]) -> None:
        self._world = world
        self._ports = ports
        self._stack = Stack()
        self._env = {
            "DBEP_ENVIRONMENT": "development",
            "DBEP_PORT": str(ports["DBEP_PORT"]),
            "DBEP_WORKER_PORT": str(ports["DBEP_WORKER_PORT"]),
            "DBEP_SHUTDOWN_SECONDS": "3",  # less than our own patience
            "DBEP_ISSUER": self._address("DBEP_ISSUER_PORT"),
            **{f"DBEP_{name.upper()}_URL": self._source(name) for name in SOURCES},
        }

    def start(self) -> None:
        """Bring everything up, each part when what it needs is ready."""
        with step("database and event bus"):
            self._start_servers()
        self._prepare()
        with step("sources and issuer"):
            self._stack.start(*map(self._simulator, SOURCES), self._issuer())
        with step("gateway and worker"):
            self._stack.start(self._gateway(), self._worker())

    def watch(self) -> None:
        """Stay until a signal or a failure ends it."""
        self._stack.watch()

    def stop(self) -> None:
        """Stop everything in reverse order."""
        self._stack.stop()

    def _start_servers(self) -> None:
        """Start our own servers, except where the environment names others."""
        postgres = Postgres(DATA / "postgres", LOGS / "postgres.log")
        redis = Redis(DATA / "redis", LOGS / "redis.log")
        wanted: dict[str, Postgres | Redis] = {
            "DBEP_DATABASE_URL": postgres,
            "DBEP_REDIS_URL": redis,
        }
        for setting in [setting for setting in wanted if os.environ.get(setting)]:
            self._env[setting] = os.environ[setting]
            del wanted[setting]
        self._stack.start(*wanted.values())
        self._env |= {setting: server.url for setting, server in wanted.items()}
        self._birth = postgres.birth if "DBEP_DATABASE_URL" in wanted else ""
        log = DATA / erasure_log(os.environ.get("DBEP_DATABASE_URL"))
        self._env["DBEP_ERASURE_LOG"] = os.environ.get("DBEP_ERASURE_LOG") or str(log)

    def _prepare(self) -> None:
        """Make the people and their plans, unless the last run left exactly these."""
        people = self._world.fingerprint()
        if changed(DATA / "world.stamp", people, WORLD):
            options = ["--world", str(WORLD), *self._world.options()]
            self._python("synthetic people", "simulators", "build", *options)
            (DATA / "world.stamp").write_text(people)
        store = store_fingerprint(self._world, self._birth)
        # Nobody knows what happened to a database that is not ours, so it is always looked at.
        if not self._birth or changed(DATA / "store.stamp", store):
            self._python("tables", "store", "migrate")
            self._python("synthetic plans", "local.seed", "--world", str(WORLD))
            (DATA / "store.stamp").write_text(store)
        # A store made anew brings people back whom an earlier run has erased.
        self._python("erasures", "store", "erase-again")

    def _python(self, what: str, module: str, *arguments: str) -> None:
        log = LOGS / f"{what.replace(' ', '-')}.log"
        log.unlink(missing_ok=True)
        command = [sys.executable, "-m", module, *arguments]
        with step(what):
            finish(spawn(command, log, env={**os.environ, **self._env}), log)

    def _simulator(self, name: str) -> Part:
        port = self._ports[f"DBEP_{name.upper()}_PORT"]
        options = ["serve", name, "--port", str(port), "--world", str(WORLD)]
        return self._service(name, port, "simulators", *options)

    def _issuer(self) -> Part:
        port = self._ports["DBEP_ISSUER_PORT"]
        return self._service("issuer", port, "local.issuer", "--port", str(port))

    def _gateway(self) -> Part:
        return self._service("gateway", self._ports["DBEP_PORT"], "gateway")

    def _worker(self) -> Part:
        return self._service("worker", self._ports["DBEP_WORKER_PORT"], "worker")

    def _service(self, name: str, port: int, *module: str) -> Part:
        command = [sys.executable, "-m", *module]
        ready = "/readyz" if name in ("gateway", "worker") else "/healthz"
        return Service(name, command, port, LOGS / f"{name}.log", self._env, ready)

    def _address(self, setting: str) -> str:
        return f"http://{HOST}:{self._ports[setting]}"

    def _source(self, name: str) -> str:
        return self._address(f"DBEP_{name.upper()}_PORT")

    def greeting(self) -> str:
        """What a newcomer needs next."""
        gateway = self._address("DBEP_PORT")
        sources = "\n".join(f"    {name:14}{self._source(name)}" for name in SOURCES)
        body = shlex.quote(f'{{"query": "{QUERY}"}}')
        usual = self._ports["DBEP_ISSUER_PORT"] == PORTS["DBEP_ISSUER_PORT"]
        command = "python3 dev.py token clinician"
        command += "" if usual else f" --issuer {self._env['DBEP_ISSUER']}"
        return f"""
The gateway runs on synthetic data. Ctrl-C stops everything and keeps the data.

    GraphQL       {gateway}/graphql
    GraphiQL      {gateway}/graphiql
    readiness     {gateway}/readyz
{sources}
    what was sent {self._source("sender")}/_messages
    logs          {LOGS}

A token:   {command}
A query:   curl -s {gateway}/graphql -H 'Content-Type: application/json' \\
             -H "Authorization: Bearer $({command})" \\
             -d {body}
"""


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    began = time.monotonic()
    print(f"  {what} ...", end="", flush=True)
    yield
    print(f" {time.monotonic() - began:.1f} s", flush=True)


@contextmanager
def only_run() -> Iterator[None]:
    """Keep two runs from sharing one data folder."""
    DATA.mkdir(exist_ok=True)
    with Path(DATA, "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotStart(
                "Another `dev.py run` runs here already: stop that one first."
            ) from error
        yield


def main(arguments: list[str]) -> None:
    """Run until stopped."""
    stop_on_signals()
    os.chdir(ROOT)
    world, ports = read_world(arguments), read_ports()
    with only_run():
        require_free(ports)
        run = Run(world, ports)
        try:
            run.start()
            print(run.greeting(), flush=True)
            run.watch()
        finally:
            run.stop()


def told(error: OSError) -> str:
    """Say what the system refused."""
    if error.errno == 28:
        return DISK_FULL
    return f"{error.strerror}: {error.filename or error}."


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Stopped:
        print("\nStopped; the data is kept.")
    except CannotStart as problem:
        sys.exit(f"\n{problem}")
    except OSError as error:
        sys.exit(f"\n{told(error)}")
