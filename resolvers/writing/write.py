"""One write on its way: what its rule may look at, ask and leave behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain import permission
from domain.access import Access, Basis
from domain.author import Author
from domain.draft import Draft, DraftState
from domain.event import EventKind
from domain.noun import Noun
from domain.operation import Operation
from domain.patient import Patient
from domain.plan import IN_USE, Lifecycle, Plan, PlanKind, PlanPart
from domain.profession import name as profession
from domain.rejection import (
    DraftClosed,
    NotAllowed,
    NothingFound,
    Rejected,
    VersionConflict,
    WrongState,
)
from domain.report import Report
from domain.viewer import Viewer, ViewerRole
from store.template import TemplateStore
from store.unit import Unit

_CITIZENS = {Basis.OWN: "Pasient", Basis.PARENT: "Forelder"}


class Done(Noun):
    """What a rule did: what happened, to what, and the version it has now.

    `elsewhere` is what it did to the other patient of the write.
    """

    kind: EventKind
    subject_id: str
    version: int | None = None
    elsewhere: Done | None = None


@dataclass(eq=False)
class Write:
    """A write inside its transaction; the patient is locked and nothing is kept until it ends.

    `other` is the same for a second patient, decided on that patient's own facts.
    """

    operation: Operation
    viewer: Viewer
    access: Access
    unit: Unit
    templates: TemplateStore
    now: datetime
    evaluates_zones: bool = False
    other: Write | None = None
    is_permitted: bool = False

    @property
    def patient(self) -> Patient:
        """Return whom it is about."""
        return self.unit.record.patient

    @property
    def plan(self) -> Plan | None:
        """Return the patient's plan as it stands under the lock."""
        return self.unit.plan

    @property
    def author(self) -> Author:
        """Return the viewer as the author of what is written now."""
        viewer, relation = self.viewer, self.access.relation
        if relation is None:
            raise RuntimeError("Access without a relation it rests on.")
        is_citizen = viewer.role is ViewerRole.CITIZEN
        return Author(
            name=viewer.name or viewer.subject,
            role=_CITIZENS[relation.basis] if is_citizen else profession(viewer.profession),
            organisation=relation.organisation_name,
            hpr_number=viewer.hpr_number,
            organisation_number=viewer.organisation,
        )

    @property
    def speaks_for_patient(self) -> bool:
        """Tell whether the viewer is the patient, or acts for them by parental responsibility."""
        relation = self.access.relation
        return relation is not None and relation.basis in _CITIZENS

    @property
    def on_behalf_of(self) -> str | None:
        """Return the patient's name when a parent writes for them."""
        return self.patient.name if self.access.is_guardian else None

    def permit(self, part: PlanPart | None) -> None:
        """Ask the policy about the operation; every rule must, before it changes anything."""
        against = permission.refusal(
            self.operation, self.viewer, self.access, self.patient, self.plan, part
        )
        if against is not None:
            raise Rejected(NotAllowed(reason=against))
        self.is_permitted = True

    def part(self, part_id: str) -> PlanPart:
        """Return a part that the viewer may see and do this to."""
        found = next((p for p in self._parts() if p.id == part_id), None)
        if found is None:
            raise Rejected(NothingFound())
        self.permit(found)
        return found

    def part_told_under(self, part_id: str | None) -> PlanPart | None:
        """Return the part that a report is about: the one named, or the self-care plan in use.

        A report can be sent without any; a part that is named must be in use.
        """
        if part_id is None:
            found = self.plan.in_use(PlanKind.EGENBEHANDLINGSPLAN) if self.plan else None
            self.permit(found)
            return found
        named = self.part(part_id)
        if named.lifecycle not in IN_USE:
            raise Rejected(WrongState(lifecycle=named.lifecycle, allowed=IN_USE))
        return named

    async def report(self, report_id: str) -> Report:
        """Return a report that the viewer may see and do this to."""
        found = await self.unit.report(report_id)
        if found is None or not self.access.sees_report(found.author_id, self.viewer):
            raise Rejected(NothingFound())
        parts = self.plan.parts if self.plan else ()
        self.permit(next((part for part in parts if part.id == found.part_id), None))
        return found

    async def draft(self, draft_id: str) -> Draft:
        """Return an open draft whose part the viewer may do this to."""
        found = await self.unit.draft(draft_id)
        if found is None or not self.access.sees_drafts:
            raise Rejected(NothingFound())
        self.part(found.part_id)
        if found.state is not DraftState.OPEN:
            raise Rejected(DraftClosed(state=found.state))
        return found

    def _parts(self) -> list[PlanPart]:
        parts = self.plan.parts if self.plan else ()
        return [p for p in parts if self.access.sees_part(p.id, p.lifecycle is Lifecycle.DRAFT)]


def require_version(document: PlanPart | Draft, expected: int) -> None:
    """Refuse a writer who has not seen the newest version."""
    if document.version != expected:
        raise Rejected(VersionConflict(current_version=document.version))
