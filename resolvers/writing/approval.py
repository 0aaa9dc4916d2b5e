"""Approval of a content version is asked for, given, or the version is sent back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace

from domain import ids
from domain.command import Command
from domain.cooperation.notice import Recipient, of_organisation, of_writer
from domain.event import EventKind
from domain.operation import Operation
from domain.plan.approval import Approval, ApprovalState, Decision
from domain.plan.draft import Draft
from domain.plan.part import PlanPart
from domain.plan.version import DraftVersion, PlanVersion
from domain.writing import lifecycle
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import Rejected, WrongApproval
from domain.written import ApprovalWritten
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write


class RequestApproval(Command):
    """Ask for approval of what a draft, or a part in use, says now."""

    operation: ClassVar[Operation] = Operation.REQUEST_APPROVAL
    about: ClassVar[str] = "document_id"

    document_id: str
    expected_version: int


class DecideApproval(Command):
    """Approve what was asked about, or send it back with the reason."""

    operation: ClassVar[Operation] = Operation.DECIDE_APPROVAL
    about: ClassVar[str] = "document_id"

    document_id: str
    expected_version: int
    decision: Decision
    reason: str | None = None


async def _request(write: Write, command: RequestApproval) -> Done:
    approval = Approval(state=ApprovalState.REQUESTED, by=write.author.name, at=write.now)
    return await _set(write, command, ApprovalState.NONE, approval, EventKind.APPROVAL_REQUESTED)


async def _decide(write: Write, command: DecideApproval) -> Done:
    approval = Approval(
        state=ApprovalState[command.decision.name],
        by=write.author.name,
        at=write.now,
        reason=command.reason,
    )
    return await _set(write, command, ApprovalState.REQUESTED, approval, EventKind.APPROVAL_DECIDED)


async def _set(
    write: Write,
    command: RequestApproval | DecideApproval,
    needed: ApprovalState,
    approval: Approval,
    kind: EventKind,
) -> Done:
    document = await _document(write, command.document_id)
    await write.require_version(document, command.expected_version)
    if document.approval.state is not needed:
        raise Rejected(WrongApproval(approval_state=document.approval.state))
    version = await _version(write, document)
    await write.unit.change(replace(version, approval=approval))
    changed = replace(
        document, version=document.version + 1, updated_at=write.now, updated_by=write.author
    )
    await write.unit.change(changed)
    return Done(
        kind=kind,
        subject_id=document.id,
        version=changed.version,
        tells=_told(write, kind, document),
    )


def _told(write: Write, kind: EventKind, document: PlanPart | Draft) -> tuple[Recipient, ...]:
    """Return those who can give approval that is asked for, or whoever asked once it is decided."""
    if kind is EventKind.APPROVAL_DECIDED:
        return of_writer(document.updated_by)
    part = document if isinstance(document, PlanPart) else write.part(document.part_id)
    return of_organisation(part.responsible.organisation_number)


async def _document(write: Write, document_id: str) -> PlanPart | Draft:
    """Return what is meant: a part in use, or a draft that can still come into use."""
    if document_id.startswith(ids.DRAFT):
        draft = await write.draft(document_id)
        lifecycle.require_writable(write.part(draft.part_id))
        return draft
    return write.part_in_use(document_id)


async def _version(write: Write, document: PlanPart | Draft) -> PlanVersion | DraftVersion:
    """Return the version that is meant: the newest one."""
    found: PlanVersion | DraftVersion | None
    if isinstance(document, Draft):
        found = await write.unit.version_of_draft(document.id, document.content_version)
    else:
        found = await write.unit.version_of_part(document.id, document.content_version)
    if found is None:
        raise RuntimeError("A draft, or a part in use, says something.")
    return found


REQUEST = Mutation(RequestApproval, ApprovalWritten, _request)


def _decide_faults(command: DecideApproval) -> Sequence[Fault]:
    """Whoever gets a plan back must be told why."""
    if command.decision is Decision.APPROVED or command.reason is not None:
        return ()
    return (Fault(path="reason", code=FaultCode.REQUIRED),)


DECIDE = Mutation(DecideApproval, ApprovalWritten, _decide, _decide_faults)
