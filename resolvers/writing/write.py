"""One write on its way: what its rule may look at, ask and leave behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from msgspec.structs import replace

from domain.access import permission
from domain.access.audit import AuditEntry, author_of
from domain.access.decision import Access
from domain.access.facts import DEFAULT, Choices
from domain.access.log_line import reader_of_log
from domain.access.patient import Patient
from domain.access.reader import Reader, reader_of
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind
from domain.access.standing import OWN, PATIENT_SIDE
from domain.access.unseen import NOTHING_UNSEEN, Unseen, traces_asked, unseen
from domain.access.viewer import Viewer
from domain.author import Author
from domain.content.plan_content import PlanContent
from domain.cooperation.notice import NoticeTo, Recipient, of_patient_side
from domain.event import EventKind
from domain.following.report import Report
from domain.noun import Noun
from domain.operation import Operation
from domain.plan.draft import Draft, DraftState
from domain.plan.part import IN_USE, Lifecycle, Plan, PlanKind, PlanPart
from domain.plan.sharing import Share
from domain.writing.rejection import (
    ConsentMissing,
    DraftClosed,
    NotAllowed,
    NothingFound,
    Rejected,
    VersionConflict,
    WrongState,
)
from resolvers.writing.conflict import conflict
from store.listing import RULES, Listing, N
from store.template import TemplateStore
from store.unit import Unit


class Done(Noun):
    """What a rule did: what happened, to what, the version it has now, and what came with it.

    `seen_version` is that version as the writer sees it, where something is hidden from them.
    `shown_once` is a secret it made, for the writer alone. `tells` are those who are told of it;
    `dealt_with` are further subjects that it leaves nothing to do about, `spares` the kinds of
    earlier notices that it leaves all the same. `is_urgent` tells that the plan marks it so.
    `elsewhere` is what it did to the other patient of the write.
    """

    kind: EventKind
    subject_id: str
    version: int | None = None
    seen_version: int | None = None
    shown_once: str | None = None
    tells: tuple[Recipient, ...] = ()
    dealt_with: tuple[str, ...] = ()
    spares: frozenset[EventKind] = frozenset()
    is_urgent: bool = False
    also: tuple[Done, ...] = ()
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
    choices: Choices = DEFAULT
    other: Write | None = None
    is_permitted: bool = False

    @property
    def patient(self) -> Patient:
        """Return whom it is about."""
        return self.unit.record.patient

    @property
    def plan(self) -> Plan | None:
        """Return the patient's plan as it stands under the lock, with the care team of now."""
        plan = self.unit.plan
        return None if plan is None else plan.at(self.now)

    @property
    def author(self) -> Author:
        """Return the viewer as the author of what is written now."""
        viewer, relation = self.viewer, self.access.relation
        if relation is None:
            raise RuntimeError("Access without a relation it rests on.")
        return author_of(viewer, relation)

    @property
    def speaks_for_patient(self) -> bool:
        """Tell whether the viewer is the patient, or acts for them."""
        return self.access.standing in PATIENT_SIDE

    @property
    def reader(self) -> Reader:
        """Return the viewer as a reader of what is said about the plan."""
        return reader_of(self.viewer, self.access, self.patient)

    @property
    def on_behalf_of(self) -> str | None:
        """Return the patient's name when somebody writes for them, not as personnel."""
        return self.patient.name if self.access.is_representative else None

    @property
    def to_patient_side(self) -> tuple[Recipient, ...]:
        """Return the patient's side as who is told of this; nobody when they do it themselves.

        One home is not told what the other does: it could be dangerous there.
        """
        return () if self.speaks_for_patient else of_patient_side(self.patient.id)

    @property
    def to_patient(self) -> tuple[Recipient, ...]:
        """Return the patient alone as who is told of this; nobody when they do it themselves."""
        if self.access.standing in OWN:
            return ()
        numbers = self.patient.identity_numbers[:1]
        return tuple(Recipient(kind=NoticeTo.CITIZEN, key=each.value) for each in numbers)

    def permit(self, part: PlanPart | None) -> None:
        """Ask the policy about the operation; every rule must, before it changes anything."""
        against = permission.refusal(self.operation, self.viewer, self.access, self.plan, part)
        if against is not None:
            raise Rejected(NotAllowed(reason=against))
        self.is_permitted = True

    async def unseen(self) -> Unseen:
        """Return what the viewer is not to know of."""
        if not self.access.hidden:
            return NOTHING_UNSEEN
        asked = traces_asked(self.viewer, self.access, self.patient.id)
        return unseen(self.access.hidden, self.unit.plan, await self.unit.traces(asked))

    async def require_seen(self, public_id: str) -> None:
        """Refuse what the viewer is not to know of, as if there were no such thing."""
        if (await self.unseen()).leaves_out(public_id):
            raise Rejected(NothingFound())

    async def as_seen(self, part: PlanPart) -> PlanPart:
        """Return a part as the viewer sees it; it is never what is kept."""
        return (await self.unseen()).seen(part)

    def part(self, part_id: str) -> PlanPart:
        """Return a part that the viewer may see and do this to."""
        found = next((p for p in self._parts() if p.id == part_id), None)
        if found is None:
            raise Rejected(NothingFound())
        self.permit(found)
        return found

    def part_in_use(self, part_id: str) -> PlanPart:
        """Return a part that is followed now, and that the viewer may see and do this to."""
        found = self.part(part_id)
        if found.lifecycle not in IN_USE:
            raise Rejected(WrongState(lifecycle=found.lifecycle, allowed=IN_USE))
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

    async def rule(self, kind: RuleKind, rule_id: str) -> AccessRule:
        """Return a rule of a kind about the patient, whether or not it still holds."""
        rule = await self.one_of(RULES, rule_id)
        if rule.kind is not kind:
            raise Rejected(NothingFound())
        return rule

    async def log_entry(self, entry_id: str) -> AuditEntry:
        """Return an entry of the log that the viewer may read."""
        found = await self.unit.log_entry(entry_id)
        reader = reader_of_log(self.viewer, self.access, await self.unseen(), self._shares())
        if found is None or not reader.may_read(found):
            raise Rejected(NothingFound())
        return found

    async def part_told_under(self, part_id: str | None) -> PlanPart | None:
        """Return the part that a report is about: the one named, or the self-care plan in use.

        A report can be sent without any; a part that is named must be in use. It says what the
        viewer sees of it, under its real version.
        """
        found = self._told_under(part_id)
        if found is None:
            return None
        seen = await self.as_seen(found)
        return replace(found, content=seen.content, approval=seen.approval)

    def _told_under(self, part_id: str | None) -> PlanPart | None:
        if part_id is None:
            kind = PlanKind.EGENBEHANDLINGSPLAN
            used = (p for p in self._parts() if p.kind is kind and p.lifecycle in IN_USE)
            found = next(used, None)
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
        await self.require_seen(report_id)
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
            raise Rejected(DraftClosed(draft_state=found.state))
        return found

    async def require_version(
        self, document: PlanPart | Draft, expected: int, sent: PlanContent | None = None
    ) -> None:
        """Refuse a writer who has not seen the newest version, and tell what differs since.

        What they have `sent` is merged with what others have written, where nothing clashes.
        """
        if document.version == expected:
            return
        before = await self.unit.seen(document, expected)
        found = conflict(document.version, before, document.content, sent)
        is_draft = isinstance(document, Draft)
        raise Rejected(self.as_told(found, Right.READ_DRAFTS if is_draft else Right.READ_PLAN))

    def as_told(self, conflict: VersionConflict, *rights: Right) -> VersionConflict:
        """Return a conflict as the viewer may know of it: who may not read, is told no content."""
        if all(self.access.may(right) for right in rights):
            return conflict
        return VersionConflict(current_version=conflict.current_version)

    def _shares(self) -> list[Share]:
        parts = self.plan.parts if self.plan else ()
        return [share for part in parts for share in part.sharing.shares]

    def _parts(self) -> list[PlanPart]:
        parts = self.plan.parts if self.plan else ()
        return [p for p in parts if self.access.sees_part(p.id, p.lifecycle is Lifecycle.DRAFT)]


class Versioned(Protocol):
    """Anything that counts its changes."""

    @property
    def version(self) -> int:
        """How many times it has changed."""


def require_version(document: Versioned, expected: int) -> None:
    """Refuse a writer who has not seen the newest version."""
    if document.version != expected:
        raise Rejected(VersionConflict(current_version=document.version))
