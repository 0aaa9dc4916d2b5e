"""Several gateways and the worker on one PostgreSQL and one Redis, all of which can be killed."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.crash import stage as crash
from bench.stage import PATIENCE, free_ports
from local.process import stop
from local.redis import Redis
from local.stack import HOST, Service, Stack
from store.migrate import migrate

_LIMITS = {name: value for name, value in PATIENCE.items() if name.endswith("_COST")}


class Stage(crash.Stage):
    """What runs. Kill and start again from the thread that made it: its end would end them too."""

    def __init__(self, folder: Path, gateways: int) -> None:
        super().__init__(folder)
        self._folder = folder
        self._ports = free_ports(gateways)
        (self._worker_port,) = free_ports(1)
        self.redis = Redis(folder / "redis", folder / "redis.log", durable=False)
        self.urls = [f"http://{HOST}:{port}/graphql" for port in self._ports]

    def start(self, running: Stack) -> None:
        """Start everything in order, on a migrated database."""
        running.start(self.postgres, self._issuer, self.redis)
        migrate(self.postgres.url)
        self.gateways = [
            self._service(f"gateway-{port}", "gateway", port, "/readyz") for port in self._ports
        ]
        self.worker = self._service("worker", "worker", self._worker_port, "/healthz")
        running.start(*self.gateways, self.worker)

    async def kill(self, service: Service) -> None:
        """Kill one of our processes, and start it again."""
        if service.process is not None:
            service.process.kill()
            await asyncio.to_thread(service.process.wait)
        await self._again(service)

    async def restart(self, service: Service) -> None:
        """End one of our processes politely, and start it again."""
        if service.process is not None:
            await asyncio.to_thread(stop, service.process, patience=10)
        await self._again(service)

    async def lose_redis(self, seconds: float) -> None:
        """Kill Redis, and start it again after a while."""
        self.redis.kill()
        await asyncio.sleep(seconds)
        self.redis.relaunch()
        await asyncio.to_thread(self.redis.await_ready)

    async def lose_postgres(self) -> None:
        """Kill PostgreSQL with all its processes, and start it again."""
        self.kill_postgres()
        await asyncio.to_thread(self.postgres.await_ready)

    async def _again(self, service: Service) -> None:
        service.launch()  # in this very thread, whose end would end what it starts
        await asyncio.to_thread(service.await_ready)

    def _service(self, name: str, module: str, port: int, ready: str) -> Service:
        settings = {
            **self._settings(port, self.redis.url),
            **_LIMITS,
            "DBEP_WORKER_PORT": str(port),
            "DBEP_DRAIN_SECONDS": "1",
            "DBEP_SHUTDOWN_SECONDS": "3",
        }
        command = [sys.executable, "-m", module]
        return Service(name, command, port, self._folder / f"{name}.log", settings, ready)


@contextmanager
def stage(gateways: int) -> Iterator[Stage]:
    """Run everything in a temporary folder, and end every process that was started."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="dbep-live-"))
        running = Stack()
        stack.callback(running.stop)
        made = Stage(Path(folder), gateways)
        made.start(running)
        yield made
