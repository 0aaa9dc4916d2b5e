"""A place where plans are written: real database, fresh patients, and who writes about them."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

from msgspec.structs import replace
from sqlalchemy import select

from connectors import Connectors
from domain.plan import PlanPart
from domain.viewer import Viewer
from domain.written import Written
from resolvers import plan as plans
from resolvers.context import Context
from resolvers.writing.mutation import Mutation
from store import Store
from store.session import Sessions
from store.tables import Row
from tests.builders import HOSPITAL, NOW, a_citizen, a_clinician
from tests.contents import a_content
from tests.store import rows
from tests.store.rows import add

R = TypeVar("R", bound=Row)

_WRITTEN = a_content(title="Egenbehandling", template=None)
SAID = replace(
    _WRITTEN, actions=tuple(replace(action, owner="Kari") for action in _WRITTEN.actions)
)
REVIEW = NOW.date() + timedelta(days=90)

INGRID = a_clinician(name="Ingrid Haugen")
OMAR = a_clinician(subject="s-5", name="Omar Rashid", hpr_number="7412582", profession="LE")
SIRI = a_clinician(
    subject="s-6",
    name="Siri Nordvik",
    hpr_number="8033226",
    profession="VP",
    organisation="999000134",
)
STRANGER = a_clinician(subject="s-7", hpr_number="1234567", organisation="999000150")


class Clinic:
    """Writes and reads about one patient, at a time that a test can move."""

    def __init__(self, db: Sessions, key: UUID, number: str, parent: str) -> None:
        self.db = db
        self.store = Store.over(db)
        self.key = key
        self.patient_id = f"pat_{key}"
        self.now = NOW
        self.evaluates_zones = True
        self.nora = a_citizen(number, subject="s-nora", name="Nora Fjell")
        self.kari = a_citizen(parent, subject="s-kari", name="Kari Fjell")

    @classmethod
    async def open(cls, db: Sessions, born_years: int = 11, parent: str | None = None) -> Clinic:
        """Add a patient with a mother, in the care of the hospital's ward and the municipality."""
        key, number, parent = uuid4(), _number(), parent or _number()
        born = NOW.date() - timedelta(days=365 * born_years + 30)
        await add(
            db,
            rows.a_patient(key, birth_date=born),
            rows.a_number(key, number),
            rows.a_member(key, HOSPITAL, organisation_name="Barneavdelingen"),
            rows.a_member(key, "999000134", organisation_name="Koordinerende enhet"),
            rows.a_parent(key, parent),
        )
        return cls(db, key, number, parent)

    def context(self, viewer: Viewer) -> Context:
        """Return a context of somebody's, without sources."""
        return Context(
            viewer=viewer,
            now=self.now,
            store=self.store,
            connectors=cast(Connectors, SimpleNamespace()),
            event_id=f"e-{uuid4()}",
            evaluates_zones=self.evaluates_zones,
        )

    async def ask(self, viewer: Viewer, mutation: Mutation[Any], **fields: Any) -> Any:
        """Send a command as somebody and return what comes of it, a rejection too."""
        known = {"idempotency_key": str(uuid4())}
        command = mutation.command(**known | fields)
        return await mutation(self.context(viewer), command)

    async def do(self, viewer: Viewer, mutation: Mutation[Any], **fields: Any) -> Written:
        """Send a command that must be accepted."""
        answer = await self.ask(viewer, mutation, **fields)
        assert isinstance(answer, Written), answer
        return answer

    async def part(self, viewer: Viewer, part_id: str) -> PlanPart:
        """Read a part as somebody."""
        return await plans.part_by_id(self.context(viewer), part_id)

    async def rows(self, table: type[R]) -> list[R]:
        """Return the patient's rows of a table."""
        async with self.db() as session:
            of_patient: Any = table.__table__.c.patient_id
            found = await session.scalars(select(table).where(of_patient == self.key))
            return list(found)


def _number() -> str:
    return str(uuid4().int)[:11]
