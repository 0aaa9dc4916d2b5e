"""One write on its way: what its rule may look at, ask and leave behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain import permission
from domain.access import Access, Basis
from domain.author import Author
from domain.draft import Draft, DraftState
from domain.event import EventKind
from domain.noun import Noun
from domain.operation import Operation
from domain.patient import Patient
from domain.plan import Lifecycle, Plan, PlanPart
from domain.profession import name as profession
from domain.rejection import (
    ConsentMissing,
    DraftClosed,
    NotAllowed,
    NothingFound,
    Rejected,
    VersionConflict,
)
from domain.viewer import Viewer, ViewerRole
from store.listing import Listing, N
from store.template import TemplateStore
from store.unit import Unit

_CITIZENS = {Basis.OWN: "Pasient", Basis.PARENT: "Forelder"}


class Done(Noun):
    """What a rule did: what happened, to what, the version it has now, and what came with it."""

    kind: EventKind
    subject_id: str
    version: int | None = None
    also: tuple[Done, ...] = ()


@dataclass(eq=False)
class Write:
    """A write inside its transaction; the patient is locked and nothing is kept until it ends."""

    operation: Operation
    viewer: Viewer
    access: Access
    unit: Unit
    templates: TemplateStore
    now: datetime
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

    def require_consent(self) -> None:
        """Refuse to make or use a plan without the patient's consent to have one."""
        if not self.unit.record.has_consent:
            raise Rejected(ConsentMissing())

    async def one_of(self, listing: Listing[N], noun_id: str) -> N:
        """Return what the patient has of a kind under an id."""
        for noun in await self.unit.all_of(listing):
            if noun.id == noun_id:
                return noun
        raise Rejected(NothingFound())

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


class Versioned(Protocol):
    """Something that writers must have seen the newest version of."""

    @property
    def version(self) -> int:
        """Return the version it has now."""


def require_version(document: Versioned, expected: int) -> None:
    """Refuse a writer who has not seen the newest version."""
    if document.version != expected:
        raise Rejected(VersionConflict(current_version=document.version))
