"""Anybody put before a patient with one of everything, and what they are answered.

Who asks, and what is true of the patient, is laid over the same things inside one transaction,
which is undone at the end; so is all that is written meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast
from uuid import UUID, uuid4

from graphql import DocumentNode, ExecutionResult, experimental_execute_incrementally, parse
from msgspec.structs import replace
from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
)

from connectors import Connectors
from domain import ids
from domain.access.audit import AuditEntry
from domain.access.viewer import Viewer
from gateway.executors import Whole
from resolvers.context import Context
from store import Store
from store.session import Sessions
from store.tables import (
    AccessRuleRow,
    CareTeamMemberRow,
    ConsentRow,
    IdentityNumberRow,
    PatientRow,
    PlanPartRow,
    RepresentationRow,
)
from tests.policy import real
from tests.policy.case import Case
from tests.policy.people import LONG_AGO, SHARE, WARD
from tests.reach import things
from tests.reach.graph import GRAPH
from tests.reach.people import LEGAL_ENTITY, SHARE_KEY, rows_of
from tests.resolvers.memory import MemoryLog
from tests.store import rows
from tests.writing.clinic import Clinic


class NoSource:
    """Sources that nobody may ask."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} was asked.")


class _OneByOne:
    """Sessions on one connection, of which each waits until the one before it is closed."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions, self._free = sessions, asyncio.Lock()

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[AsyncSession]:
        async with self._free, self._sessions() as session:
            yield session

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        async with self._free, self._sessions.begin() as session:
            yield session


@dataclass(frozen=True)
class Answer:
    """What somebody is answered; beside it, what the log of use then has."""

    data: Mapping[str, Any] | None
    errors: Sequence[tuple[str, str, str | None]]
    entries: Sequence[AuditEntry] = field(compare=False)


@dataclass(frozen=True)
class World:
    """The patient's key, the part in use, and an id of each kind by its prefix."""

    database: AsyncEngine
    key: UUID
    part: PlanPartRow
    things: Mapping[str, str]

    @classmethod
    async def make(cls, db: Sessions, database: AsyncEngine) -> World:
        """Make the patient, and one of everything."""
        clinic = await Clinic.open(db)
        made = await things.make(clinic)
        part = PlanPartRow(patient_id=clinic.key, id=UUID(made[ids.PART].removeprefix(ids.PART)))
        return cls(database, clinic.key, part, made)

    @asynccontextmanager
    async def before(self, case: Case) -> AsyncIterator[Visit]:
        """Put somebody before the patient, for as long as the block lasts."""
        async with self.database.connect() as connection, connection.begin() as whole:
            db = async_sessionmaker(
                connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
            )
            laid = await self._lay(connection, db, case)
            store = Store.over(cast(Sessions, _OneByOne(db)))
            yield Visit(store, case, {**self.things, **laid}, connection)
            await whole.rollback()

    async def _lay(self, connection: AsyncConnection, db: Sessions, case: Case) -> dict[str, str]:
        """Make a case true of the patient; return the ids of what that adds, by its kind."""
        for table in (IdentityNumberRow, AccessRuleRow):
            await connection.execute(delete(table).where(_patient_of(table) == self.key))
        for table in (CareTeamMemberRow, RepresentationRow):
            over = update(table).where(_patient_of(table) == self.key)
            await connection.execute(over.values(since=LONG_AGO, until=LONG_AGO))
        mine = update(PatientRow).where(PatientRow.id == self.key)
        known = {"birth_date": case.born, "is_address_protected": case.is_protected}
        await connection.execute(mine.values(**known))
        laid = list(rows_of(case, self.key, self.part))
        made = {row.kind: f"{ids.ACCESS_RULE}{row.id}" for row in laid[::-1] if _is_rule(row)}
        if case.is_reserved:
            laid.append(standing := things.a_reservation(self.key))
            made[ids.RESERVATION] = f"{ids.RESERVATION}{standing.id}"
        await rows.add(db, *laid)
        if case.has_consent is False:
            mine = update(ConsentRow).where(ConsentRow.patient_id == self.key)
            await connection.execute(mine.values(withdrawn_at=case.now))
        return made


def _is_rule(row: Any) -> bool:
    return isinstance(row, AccessRuleRow)


def _patient_of(table: Any) -> Any:
    return table.__table__.c.patient_id


@dataclass(frozen=True)
class Visit:
    """Somebody before the patient; `things` has the ids there are, by prefix or kind of rule."""

    store: Store
    case: Case
    things: Mapping[str, str]
    connection: AsyncConnection

    async def ask(self, document: str, **variables: Any) -> Answer:
        """Ask an operation; nothing that it changes is kept."""
        log = MemoryLog()
        ctx = Context(
            viewer=self._viewer(),
            now=self.case.now,
            store=self.store,
            connectors=cast(Connectors, NoSource()),
            event_id="e-1",
            log=log,
            choices=real.choices(self.case),
        )
        async with self.connection.begin_nested() as asked:
            found = experimental_execute_incrementally(
                GRAPH,
                _parsed(document),
                context_value=ctx,
                variable_values=variables,
                executor_class=Whole,
            )
            if not isinstance(found, ExecutionResult):
                found = await found
            await ctx.settle()
            await ctx.close()
            await asked.rollback()
        errors = [_error(each) for each in found.errors or ()]
        return Answer(found.data, errors, log.entries)

    def _viewer(self) -> Viewer:
        viewer = real.viewer(self.case)
        share = SHARE_KEY if viewer.share_id == SHARE else uuid4()
        return replace(
            viewer,
            name="Den som spør",
            share_id=f"{ids.SHARE}{share}" if viewer.share_id else None,
            legal_entity=LEGAL_ENTITY if viewer.organisation == WARD else viewer.organisation,
        )


@cache
def _parsed(document: str) -> DocumentNode:
    return parse(document)


def _error(error: Any) -> tuple[str, str, str | None]:
    """Return what an error is and says; of one that isn't the caller's, what it really was."""
    cause = error.original_error or error
    return type(cause).__name__, str(cause), getattr(cause, "reason", None)
