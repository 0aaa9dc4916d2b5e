"""A draft becomes what the plan part says."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from msgspec.structs import replace

from domain.access.right import Right
from domain.command import Command
from domain.content.plan_content import PlanContent
from domain.cooperation.notice import STANDING, Recipient, of_share
from domain.event import EventKind
from domain.keeping.delivery import of_activated
from domain.operation import Operation
from domain.plan.approval import Approval
from domain.plan.draft import Draft, DraftState
from domain.plan.mandatory import missing
from domain.plan.part import Lifecycle, PlanPart
from domain.plan.seen import looks_alike
from domain.plan.template import unread_lines
from domain.plan.version import PlanVersion
from domain.revision.difference import is_same
from domain.writing import lifecycle
from domain.writing.rejection import ContentMissing, NoChange, Rejected
from domain.written import PartWritten
from resolvers.writing.comparison import begin_comparing
from resolvers.writing.conflict import conflict
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write


class ActivateDraft(Command):
    """Let a draft become what its part says from now on."""

    operation: ClassVar[Operation] = Operation.ACTIVATE
    about: ClassVar[str] = "draft_id"

    draft_id: str
    expected_version: int
    change_comment: str
    merge: bool = True


_NOTHING = PlanContent(title="")


async def _activate(write: Write, command: ActivateDraft) -> Done:
    draft = await write.draft(command.draft_id)
    write.require_consent()
    await write.require_version(draft, command.expected_version)
    part = write.part(draft.part_id)
    led_to = lifecycle.after(command.operation, part)
    content = await _content(write, command, draft, part)
    _require_whole(write, part, content, draft.review_due)
    activated = replace(
        part,
        lifecycle=led_to,
        version=part.version + 1,
        content_version=part.content_version + 1,
        content=content,
        review_due=draft.review_due,
        updated_at=write.now,
        updated_by=write.author,
    )
    await write.unit.add(await _version(write, draft, activated, command.change_comment))
    await write.unit.change(activated)
    await begin_comparing(write.unit, activated, write.now)
    await write.unit.add(of_activated(activated))
    await write.unit.change(_closed(write, draft, activated))
    is_new = part.lifecycle is Lifecycle.DRAFT
    kind = EventKind.PART_ACTIVATED if is_new else EventKind.PART_REVISED
    return Done(
        kind=kind,
        subject_id=part.id,
        version=activated.version,
        tells=(*write.to_patient_side, *_recipients(write, part)),
        dealt_with=(draft.id,),
        spares=STANDING if _is_hidden_from_some(write, part, content) else frozenset(),
    )


def _is_hidden_from_some(write: Write, part: PlanPart, content: PlanContent) -> bool:
    """Tell whether somebody sees nothing new: what they were told last must then stay."""
    hidden = {
        rule.line_id
        for rule in write.unit.record.rules
        if rule.hides and rule.part_id == part.id and rule.line_id is not None
    }
    return bool(hidden) and part.content is not None and looks_alike(part.content, content, hidden)


def _recipients(write: Write, part: PlanPart) -> list[Recipient]:
    """Return those with whom a part is shared: they must not go on by what it said before."""
    shares = (share for share in part.sharing.shares if share.is_open(write.now))
    return [recipient for share in shares for recipient in of_share(share)]


async def _content(
    write: Write, command: ActivateDraft, draft: Draft, part: PlanPart
) -> PlanContent:
    """Return what the part is to say; what others activated meanwhile is merged, or clashes."""
    content = draft.content
    if draft.based_on != part.content_version:
        content = await _merged(write, command, draft, part)
    if part.content is not None and is_same(part.content, content):
        raise Rejected(NoChange())
    return content


async def _merged(
    write: Write, command: ActivateDraft, draft: Draft, part: PlanPart
) -> PlanContent:
    began_on = await write.unit.version_of_part(part.id, draft.based_on)
    before = began_on.content if began_on else _NOTHING
    found = conflict(part.content_version, before, part.content, draft.content)
    if found.merged is None or not command.merge:
        raise Rejected(write.as_told(found, Right.READ_DRAFTS, Right.READ_PLAN))
    return found.merged


def _require_whole(
    write: Write, part: PlanPart, content: PlanContent, review_due: date | None
) -> None:
    """Refuse what law and guidance would miss something in, and what is still a template's text."""
    lacks = missing(
        part.kind,
        content,
        responsible=part.responsible,
        review_due=review_due,
        care_team=write.plan.care_team if write.plan else (),
    )
    unread = _unread_lines(write, content)
    if lacks or unread:
        raise Rejected(ContentMissing(missing=lacks, unread_lines=unread))


def _unread_lines(write: Write, content: PlanContent) -> tuple[str, ...]:
    """Return the lines that are a template's text, or have something left to be filled in."""
    use = content.template
    if use is None:
        return unread_lines(_NOTHING, content)
    began_as = write.templates.by_id(use.template_id, use.template_version)
    if began_as is None:
        raise RuntimeError("A template that drafts began as is gone.")
    return unread_lines(began_as.content, content)


async def _version(write: Write, draft: Draft, part: PlanPart, comment: str) -> PlanVersion:
    """Return the new version by who wrote it; its approval stands if it says the very same."""
    saved = await write.unit.version_of_draft(draft.id, draft.content_version)
    if saved is None or part.content is None:
        raise RuntimeError("A draft and an activated part say something.")
    return PlanVersion(
        patient_id=part.patient_id,
        part_id=part.id,
        number=part.content_version,
        head_version=part.version,
        content=part.content,
        author=saved.author,
        created_at=write.now,
        change_comment=comment,
        approval=saved.approval if part.content == saved.content else Approval(),
    )


def _closed(write: Write, draft: Draft, part: PlanPart) -> Draft:
    return replace(
        draft,
        state=DraftState.ACTIVATED,
        activated_as=part.content_version,
        version=draft.version + 1,
        updated_at=write.now,
        updated_by=write.author,
    )


ACTIVATE = Mutation(ActivateDraft, PartWritten, _activate)
