"""Drafts are begun, saved and discarded; nobody's draft stands in the way of another's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from msgspec.structs import replace

from domain import ids
from domain.access.permission import towards
from domain.access.standing import Standing
from domain.author import Author
from domain.command import Command
from domain.content.plan_content import PlanContent
from domain.event import EventKind
from domain.operation import Operation
from domain.plan import template
from domain.plan.draft import Draft, DraftState, discarded
from domain.plan.part import Lifecycle, Plan, PlanKind, PlanPart
from domain.plan.version import DraftVersion
from domain.refusal import Refusal
from domain.revision.difference import is_same
from domain.writing import lifecycle
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import NoChange, NotAllowed, NothingFound, Rejected
from domain.written import DraftWritten
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write


class StartDraft(Command):
    """Begin a draft: of a new part, or on top of the part of this kind that is in use.

    It begins with `content`, as a template, or with what the part says now.
    """

    operation: ClassVar[Operation] = Operation.START_DRAFT
    about: ClassVar[str] = "patient_id"

    patient_id: str
    kind: PlanKind
    change_comment: str
    content: PlanContent | None = None
    template_id: str | None = None
    review_due: date | None = None


class SaveDraft(Command):
    """Save what a draft says now."""

    operation: ClassVar[Operation] = Operation.SAVE_DRAFT
    about: ClassVar[str] = "draft_id"

    draft_id: str
    expected_version: int
    content: PlanContent
    change_comment: str
    confirmed_lines: tuple[str, ...] = ()
    review_due: date | None = None


class DiscardDraft(Command):
    """Put a draft away; it can still be read."""

    operation: ClassVar[Operation] = Operation.DISCARD_DRAFT
    about: ClassVar[str] = "draft_id"

    draft_id: str
    expected_version: int


async def _start(write: Write, command: StartDraft) -> Done:
    part = _living(write, command.kind)
    write.permit(part)
    write.require_consent()
    if part is None:
        part = await _new_part(write, command.kind)
    content = _first_content(write, command, part)
    draft = Draft(
        id=ids.new(ids.DRAFT),
        patient_id=part.patient_id,
        part_id=part.id,
        state=DraftState.OPEN,
        version=1,
        content_version=1,
        based_on=part.content_version,
        content=content,
        author=write.author,
        created_at=write.now,
        updated_at=write.now,
        updated_by=write.author,
        review_due=command.review_due or part.review_due,
    )
    await write.unit.add(draft)
    await write.unit.add(_version(draft, write, command.change_comment))
    return Done(kind=EventKind.DRAFT_STARTED, subject_id=draft.id, version=draft.version)


async def _save(write: Write, command: SaveDraft) -> Done:
    draft = await write.draft(command.draft_id)
    lifecycle.require_writable(write.part(draft.part_id))
    began_as = replace(command.content, template=draft.content.template)
    content = template.confirm(began_as, command.confirmed_lines)
    await write.require_version(draft, command.expected_version, content)
    if _says_the_same(draft, content) and draft.review_due == command.review_due:
        raise Rejected(NoChange())
    saved = replace(
        draft,
        version=draft.version + 1,
        content_version=draft.content_version + 1,
        content=content,
        review_due=command.review_due,
        updated_at=write.now,
        updated_by=write.author,
    )
    await write.unit.change(saved)
    await write.unit.add(_version(saved, write, command.change_comment))
    return Done(kind=EventKind.DRAFT_SAVED, subject_id=saved.id, version=saved.version)


def _says_the_same(draft: Draft, content: PlanContent) -> bool:
    return is_same(draft.content, content) and draft.content.template == content.template


async def _discard(write: Write, command: DiscardDraft) -> Done:
    draft = await write.draft(command.draft_id)
    await write.require_version(draft, command.expected_version)
    if not _may_discard(write, draft):
        raise Rejected(NotAllowed(reason=Refusal.NOT_RESPONSIBLE))
    away = discarded(draft, write.now, write.author)
    await write.unit.change(away)
    return Done(kind=EventKind.DRAFT_DISCARDED, subject_id=draft.id, version=away.version)


def _may_discard(write: Write, draft: Draft) -> bool:
    """Tell whether the draft is the viewer's own, or of a part that they answer for."""
    own: Author = draft.author
    if own.hpr_number is not None and own.hpr_number == write.viewer.hpr_number:
        return True
    part = write.part(draft.part_id)
    return towards(write.viewer, write.access, write.plan, part) is Standing.RESPONSIBLE


def _first_content(write: Write, command: StartDraft, part: PlanPart) -> PlanContent:
    if command.template_id is not None:
        found = write.templates.by_id(command.template_id)
        if found is None or found.kind is not command.kind:
            raise Rejected(NothingFound())
        return template.apply(found)
    return command.content or part.content or PlanContent(title=_TITLES[command.kind])


def _living(write: Write, kind: PlanKind) -> PlanPart | None:
    parts = write.plan.parts if write.plan else ()
    return next((p for p in parts if p.kind is kind and p.lifecycle in lifecycle.WRITABLE), None)


async def _new_part(write: Write, kind: PlanKind) -> PlanPart:
    """Add a part whose author answers for it until someone else accepts to."""
    plan = write.plan
    if plan is None:
        plan = Plan(id=ids.new(ids.PLAN), patient_id=write.patient.id)
        await write.unit.add(plan)
    part = PlanPart(
        id=ids.new(ids.PART),
        patient_id=write.patient.id,
        kind=kind,
        lifecycle=Lifecycle.DRAFT,
        version=1,
        content_version=0,
        responsible=write.author,
        updated_at=write.now,
        updated_by=write.author,
    )
    await write.unit.add(part, plan_id=ids.uuid_of(plan.id, ids.PLAN))
    return part


def _start_faults(command: StartDraft) -> Sequence[Fault]:
    if command.content is None or command.template_id is None:
        return ()
    return (Fault(path="templateId", code=FaultCode.NOT_TOGETHER, other="content"),)


def _version(draft: Draft, write: Write, comment: str) -> DraftVersion:
    return DraftVersion(
        patient_id=draft.patient_id,
        draft_id=draft.id,
        number=draft.content_version,
        head_version=draft.version,
        content=draft.content,
        author=write.author,
        created_at=write.now,
        change_comment=comment,
    )


_TITLES = {
    PlanKind.BEHANDLINGSPLAN: "Behandlingsplan",
    PlanKind.EGENBEHANDLINGSPLAN: "Egenbehandlingsplan",
    PlanKind.KRISEPLAN: "Kriseplan",
    PlanKind.PALLIATIV_PLAN: "Palliativ plan",
    PlanKind.BARN_BEREDSKAP_LIVSKVALITET: "Plan for beredskap og livskvalitet",
    PlanKind.INDIVIDUELL_PLAN: "Individuell plan",
}

START = Mutation(StartDraft, DraftWritten, _start, _start_faults)
SAVE = Mutation(SaveDraft, DraftWritten, _save)
DISCARD = Mutation(DiscardDraft, DraftWritten, _discard)
