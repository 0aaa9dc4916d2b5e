"""Starts all that a measurement needs, each part on its core, and ends it again."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import cores
from bench.cores import Cores
from bench.door import Source
from domain import ids
from local.postgres import Postgres
from local.process import CannotStart, finish, spawn
from local.redis import Redis
from local.stack import HOST, Service, Stack
from local.synthetic import world as world_file
from local.synthetic.patient import patient_id
from local.token import signing_key, token_for
from store.migrate import migrate

PATIENT = "Arne Fjell"  # about as much to show as a usual patient has
SOURCES = ("kjernejournal", "medication", "hospital")
_MEASURED = ("gateway", "plain", "lawless")
# A queue is no failure here: what is measured at 64 connections may take its time, and one person
# may ask for as much as they can.
PATIENCE = {
    "DBEP_MAX_OPERATION_SECONDS": "60",
    "DBEP_MAX_PERSON_COST": "1000000000",
    "DBEP_MAX_CLIENT_COST": "1000000000",
    # Who only holds a connection open answers no ping, and says late who they are.
    "DBEP_KEEP_ALIVE_SECONDS": "300",
    "DBEP_MAX_SOCKET_SECONDS": "300",
    **{f"DBEP_{name.upper()}_TIMEOUT_SECONDS": "60" for name in SOURCES},
}


@dataclass(frozen=True)
class Contender:
    """A server that is measured."""

    name: str
    port: int
    pid: int


class Pinned(Service):
    """A server that is started on cores of its own."""

    cores: frozenset[int] = frozenset()

    @property
    def pid(self) -> int:
        """The running server's process id."""
        if self.process is None:
            raise CannotStart(f"{self.name} does not run.")
        return self.process.pid

    def launch(self) -> None:
        """Start the server; what it starts in turn stays on the same cores."""
        with cores.on(self.cores):
            super().launch()


@dataclass(frozen=True)
class Stage:
    """Everything running: the contenders, the sources, and what to ask about as whom."""

    gateway: Contender
    plain: Contender
    sources: tuple[Source, ...]
    cores: Cores
    tokens: dict[str, str] = field(repr=False)
    redis_url: str
    database_url: str
    patient_id: str
    lawless: Contender | None = None

    @property
    def contenders(self) -> tuple[Contender, ...]:
        """Both servers that are measured."""
        return self.gateway, self.plain


@contextmanager
def stage(patients: int, *, lawless: bool = False, durable: bool = False) -> Iterator[Stage]:
    """Run everything on synthetic people in a temporary folder.

    `lawless` adds a gateway without policy and log of use, `durable` is PostgreSQL as in
    production.
    """
    chosen = cores.choose()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dbep-bench-")))
        running = Stack()
        stack.callback(running.stop)
        yield _Build(folder, running, chosen, durable=durable).all(patients, lawless)


class _Build:
    """The steps from an empty folder to a stage."""

    def __init__(self, folder: Path, running: Stack, chosen: Cores, *, durable: bool) -> None:
        self._durable = durable
        self._folder = folder
        self._running = running
        self._cores = chosen
        self._world = folder / "world.json"
        self._key = folder / "issuer-key.json"
        self._ports = dict(
            zip((*SOURCES, "issuer", *_MEASURED), free_ports(len(SOURCES) + 4), strict=True)
        )
        self._issuer = self._address("issuer")
        self._env: dict[str, str] = {}

    def all(self, patients: int, lawless: bool = False) -> Stage:
        self._start_servers()
        self._fill(patients)
        gateway = self._service("gateway", "/readyz", "gateway")
        plain = self._service("plain", "/healthz", "bench.plain")
        self._running.start(*map(self._source, SOURCES), self._issuer_service(), gateway, plain)
        bare = self._service("lawless", "/readyz", "bench.lawless") if lawless else None
        if bare is not None:
            self._running.start(bare)
        return Stage(
            gateway=self._contender(gateway),
            plain=self._contender(plain),
            sources=tuple(Source(name, self._ports[name]) for name in SOURCES),
            cores=self._cores,
            tokens=self._tokens(),
            redis_url=self._env["DBEP_REDIS_URL"],
            database_url=self._env["DBEP_DATABASE_URL"],
            patient_id=self._patient_id(),
            lawless=None if bare is None else self._contender(bare),
        )

    def _start_servers(self) -> None:
        postgres = Postgres(self._folder / "postgres", self._log("postgres"), durable=self._durable)
        redis = Redis(self._folder / "redis", self._log("redis"), durable=False)
        with cores.on(self._cores.others):
            self._running.start(postgres, redis)
        self._env = {
            "DBEP_ENVIRONMENT": "development",
            "DBEP_DATABASE_URL": postgres.url,
            "DBEP_REDIS_URL": redis.url,
            "DBEP_ISSUER": self._issuer,
            **{f"DBEP_{name.upper()}_URL": self._address(name) for name in SOURCES},
            # The worker's alone, and none runs here.
            **{f"DBEP_{name}_URL": "http://127.0.0.1:1" for name in ("RECORD", "SENDER")},
            "DBEP_ERASURE_LOG": str(self._folder / "erasures.log"),
            **PATIENCE,
        }

    def _fill(self, patients: int) -> None:
        world = ("--world", str(self._world))
        self._python("simulators", "build", *world, "--patients", str(patients))
        migrate(self._env["DBEP_DATABASE_URL"])
        self._python("local.seed", *world)

    def _source(self, name: str) -> Pinned:
        options = ("serve", name, "--port", str(self._ports[name]), "--world", str(self._world))
        return self._service(name, "/healthz", "simulators", *options)

    def _issuer_service(self) -> Pinned:
        options = ("--port", str(self._ports["issuer"]), "--key", str(self._key))
        return self._service("issuer", "/healthz", "local.issuer", *options)

    def _contender(self, service: Pinned) -> Contender:
        return Contender(service.name, self._ports[service.name], service.pid)

    def _service(self, name: str, ready: str, module: str, *options: str) -> Pinned:
        command = [sys.executable, "-m", module, *options]
        env = {**self._env, "DBEP_PORT": str(self._ports[name])}
        service = Pinned(name, command, self._ports[name], self._log(name), env, ready)
        is_measured = name in _MEASURED
        service.cores = self._cores.measured if is_measured else self._cores.others
        return service

    def _python(self, *module: str) -> None:
        log = self._log(module[0])
        finish(spawn([sys.executable, "-m", *module], log, env={**os.environ, **self._env}), log)

    def _tokens(self) -> dict[str, str]:
        key = signing_key(self._key)
        return {who: token_for(who, key, self._issuer) for who in ("citizen", "clinician")}

    def _patient_id(self) -> str:
        for person in world_file.read(self._world).people:
            if str(person.name) == PATIENT:
                return f"{ids.PATIENT}{patient_id(person)}"
        raise CannotStart(f"There is no {PATIENT} in the synthetic world.")

    def _address(self, name: str) -> str:
        return f"http://{HOST}:{self._ports[name]}"

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.log"


def free_ports(count: int) -> list[int]:
    """Return ports of this machine that nobody uses now."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((HOST, 0))
        return [probe.getsockname()[1] for probe in probes]
