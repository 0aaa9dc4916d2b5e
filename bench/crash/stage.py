"""A durable PostgreSQL, an issuer and the gateway in production: processes that can be killed."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import insert

from bench.stage import SOURCES, free_ports
from local.people import CHILD_WARD, NUMBERS
from local.postgres import Postgres
from local.stack import HOST, Service, Stack
from store.migrate import migrate
from store.session import engine
from store.tables import CareTeamMemberRow, ConsentRow, PatientRow, RepresentationRow

NOWHERE = f"http://{HOST}:9"  # sources and Redis: writing needs neither


class Stage:
    """What runs. Kill and start again from the thread that made it: its end would end them too."""

    def __init__(self, folder: Path) -> None:
        issuer, gateway = free_ports(2)
        self.key = folder / "issuer-key.json"
        self.issuer = f"http://{HOST}:{issuer}"
        self.url = f"http://{HOST}:{gateway}/graphql"
        self.postgres = Postgres(folder / "postgres", folder / "postgres.log", durable=True)
        self._issuer = Service(
            "issuer",
            [sys.executable, "-m", "local.issuer", "--port", str(issuer), "--key", str(self.key)],
            issuer,
            folder / "issuer.log",
            {"DBEP_ENVIRONMENT": "development"},
        )
        self._gateway_port, self._gateway_log = gateway, folder / "gateway.log"
        self._erasure_log = folder / "erasures.log"

    def start(self, running: Stack) -> None:
        """Start everything in order, on a migrated database."""
        running.start(self.postgres, self._issuer)
        migrate(self.postgres.url)
        self.gateway = Service(
            "gateway",
            [sys.executable, "-m", "gateway"],
            self._gateway_port,
            self._gateway_log,
            self._settings(self._gateway_port),
            "/readyz",
        )
        running.start(self.gateway)

    def kill_gateway(self) -> None:
        """Kill the gateway, and start it again without waiting."""
        if self.gateway.process is not None:
            self.gateway.process.kill()
            self.gateway.process.wait()
        self.gateway.launch()

    def kill_postgres(self) -> None:
        """Kill PostgreSQL with all its processes, and start it again without waiting."""
        self.postgres.kill()
        self.postgres.relaunch()

    def _settings(self, port: int, redis: str = NOWHERE.replace("http", "redis")) -> dict[str, str]:
        return {
            # Where PostgreSQL could lose what it has accepted, this does not start; and our
            # operations are registered nowhere, so it can't be production.
            "DBEP_ENVIRONMENT": "vendor-test",
            "DBEP_PORT": str(port),
            "DBEP_DATABASE_URL": self.postgres.url,
            "DBEP_REDIS_URL": redis,
            "DBEP_ISSUER": self.issuer,
            **{f"DBEP_{name.upper()}_URL": NOWHERE for name in SOURCES},
            **{f"DBEP_{name.upper()}_TOKEN": "none" for name in SOURCES},
            "DBEP_HOSPITAL_SUBSCRIPTION_KEY": "none",
            "DBEP_RECORD_URL": NOWHERE,
            "DBEP_RECORD_TOKEN": "none",
            "DBEP_SENDER_URL": NOWHERE,
            "DBEP_SENDER_TOKEN": "none",
            "DBEP_ORGANISATION_NUMBER": "999000002",
            "DBEP_ERASURE_LOG": str(self._erasure_log),
            "DBEP_FINGERPRINT_KEY": "of-a-store-that-is-thrown-away-soon",
            "DBEP_CURSOR_KEY": "of-a-store-that-is-thrown-away-soon",
            "DBEP_WEBHOOK_KEY": "of-a-store-that-is-thrown-away-soon",
            "DBEP_ZONE_EVALUATION": "off",
            "DBEP_PUBLIC_URL": NOWHERE,
            "DBEP_BEARER_TOKENS": "on",
        }


@contextmanager
def stage() -> Iterator[Stage]:
    """Run everything in a temporary folder, and end every process that was started."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="dbep-crash-"))
        running = Stack()
        stack.callback(running.stop)
        made = Stage(Path(folder))
        made.start(running)
        yield made


async def add_patients(url: str, count: int) -> list[UUID]:
    """Add children in the care of the ward, with a parent, and return their ids."""
    keys = [uuid4() for _ in range(count)]
    since = datetime.now(UTC) - timedelta(days=30)
    database = engine(url)
    async with database.begin() as connection:
        await connection.execute(insert(PatientRow), [_patient(key) for key in keys])
        await connection.execute(insert(CareTeamMemberRow), [_ward(key, since) for key in keys])
        await connection.execute(insert(RepresentationRow), [_parent(key, since) for key in keys])
        await connection.execute(insert(ConsentRow), [_consent(key, since) for key in keys])
    await database.dispose()
    return keys


def _patient(key: UUID) -> dict[str, object]:
    born = date(datetime.now(UTC).year - 6, 1, 1)
    return {
        "id": key,
        "given_name": "Ada",
        "family_name": "Fjell",
        "birth_date": born,
        "gender": "FEMALE",
    }


def _consent(key: UUID, since: datetime) -> dict[str, object]:
    given = {"at": since, "by": "Kari Fjell", "giver": "PARENT"}
    return {"patient_id": key, "id": uuid4(), "kind": "HAVE_PLAN", "version": 1, "given": given}


def _ward(key: UUID, since: datetime) -> dict[str, object]:
    return {
        "patient_id": key,
        "id": uuid4(),
        "name": "Ingrid Haugen",
        "role_code": "SP",
        "organisation_name": "Barneavdelingen",
        "organisation_number": CHILD_WARD,
        "functions": [],
        "since": since,
    }


def _parent(key: UUID, since: datetime) -> dict[str, object]:
    return {
        "patient_id": key,
        "id": uuid4(),
        "kind": "PARENT",
        "representative_number": NUMBERS["kari"],
        "representative_name": "Kari Fjell",
        "origin": "Folkeregisteret: foreldreansvar",
        "since": since,
    }
