"""A place where plans are written: real database, fresh patients, and who writes about them."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

from msgspec.structs import replace
from sqlalchemy import select

from connectors import Connectors
from domain.access.facts import Choices
from domain.access.right import Right
from domain.access.rule import RuleKind
from domain.access.viewer import Viewer
from domain.content.action import Action, ActionCategory, ActionFor, ActionStatus
from domain.content.passage import Heading, Passage
from domain.content.plan_content import PlanContent
from domain.plan.part import Plan, PlanKind, PlanPart
from domain.written import Written
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers.context import Shareable
from resolvers.disclosure import Log
from resolvers.writing import activation, draft
from resolvers.writing.mutation import Mutation
from store import Store
from store.session import Sessions
from store.tables import PlanPartRow, Row
from tests.builders import HOSPITAL, NOW, a_citizen, a_clinician
from tests.contents import a_content
from tests.resolvers.memory import MemoryLog
from tests.store import rows
from tests.store.rows import add

R = TypeVar("R", bound=Row)

_WRITTEN = a_content(title="Egenbehandling", template=None)
# It says what every kind of part must say, so that any can be activated with it.
SAID = replace(
    _WRITTEN,
    actions=tuple(replace(each, owner="Kari", timing="Daglig") for each in _WRITTEN.actions),
    passages=tuple(
        Passage(id=f"t{order}", heading=heading, text="Slik gjør vi det.")
        for order, heading in enumerate(Heading)
    ),
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


def an_action(id: str, status: ActionStatus = ActionStatus.ACTIVE) -> Action:
    return Action(
        id=id,
        title=f"Tiltak {id}",
        category=ActionCategory.OTHER,
        performed_by=ActionFor.SERVICE,
        status=status,
        owner="Avdelingen",
    )


class Clinic:
    """Writes and reads about one patient, at a time that a test can move."""

    def __init__(self, db: Sessions, key: UUID, number: str, *parents: str) -> None:
        self.db = db
        self.store = Store.over(db)
        self.key = key
        self.patient_id = f"pat_{key}"
        self.opened = self.now = NOW
        self.evaluates_zones = True
        self.log: Log = MemoryLog()
        self.nora = a_citizen(number, subject="s-nora", name="Nora Fjell")
        mother, father = parents
        self.kari = a_citizen(mother, subject="s-kari", name="Kari Fjell")
        self.ola = a_citizen(father, subject="s-ola", name="Ola Fjell")

    @classmethod
    async def open(
        cls,
        db: Sessions,
        born_years: int = 11,
        *,
        parent: str | None = None,
        has_consent: bool = True,
    ) -> Clinic:
        """Add a patient with two parents, in the care of the hospital's ward and municipality.

        The mother has consented to a plan unless told otherwise. The patient has a login of their
        own, and sees all of the plan.
        """
        key, number, mother, father = uuid4(), _number(), parent or _number(), _number()
        born = NOW.date() - timedelta(days=365 * born_years + 30)
        await add(
            db,
            rows.a_patient(key, birth_date=born),
            rows.a_number(key, number),
            rows.a_member(key, HOSPITAL, organisation_name="Barneavdelingen"),
            rows.a_member(key, "999000134", organisation_name="Koordinerende enhet"),
            rows.a_parent(key, mother),
            rows.a_parent(key, father, representative_name="Ola Fjell"),
            rows.a_rule(key, RuleKind.OWN_ACCESS),
            rows.a_rule(key, RuleKind.SUITABLE_FOR_YOUTH, rights=[right.name for right in Right]),
        )
        if has_consent:
            await add(db, rows.a_consent(key))
        return cls(db, key, number, mother, father)

    def context(self, viewer: Viewer) -> Shareable:
        """Return a context of somebody's, without sources."""
        return Shareable(
            viewer=viewer,
            now=self.now,
            store=self.store,
            connectors=cast(Connectors, SimpleNamespace()),
            event_id=f"e-{uuid4()}",
            log=self.log,
            evaluates_zones=self.evaluates_zones,
            choices=Choices(own_access_from=9),
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

    async def active(
        self,
        kind: PlanKind = PlanKind.EGENBEHANDLINGSPLAN,
        by: Viewer = INGRID,
        content: PlanContent = SAID,
        **fields: Any,
    ) -> str:
        """Take a part into use and return its id; its version is 2."""
        known: dict[str, Any] = {
            "patient_id": self.patient_id,
            "change_comment": "Nytt",
            "review_due": REVIEW,
        }
        begun = await self.do(by, draft.START, kind=kind, content=content, **known | fields)
        done = await self.do(
            by,
            activation.ACTIVATE,
            draft_id=begun.subject_id,
            expected_version=1,
            change_comment="Tas i bruk",
        )
        return done.subject_id

    async def shared(self, part_id: str, organisation: str) -> None:
        """Have a whole part shared with an organisation."""
        of = UUID(part_id.removeprefix("prt_"))
        share = rows.a_share(
            PlanPartRow(patient_id=self.key, id=of), organisation_number=organisation
        )
        await add(self.db, share)

    async def plan(self, viewer: Viewer) -> Plan:
        """Read the plan as somebody."""
        ctx = self.context(viewer)
        found = await plans.for_patient(ctx, await patients.by_id(ctx, self.patient_id))
        assert found is not None
        return found

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
