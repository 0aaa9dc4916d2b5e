"""The patient or a parent suggests an edit, and personnel accept or decline it with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec.structs import replace

from domain import ids
from domain.command import Command
from domain.content.line import ContentSection, lines
from domain.cooperation.notice import of_writer
from domain.cooperation.suggestion import (
    Suggestion,
    SuggestionDecision,
    SuggestionKind,
    SuggestionState,
)
from domain.event import EventKind
from domain.operation import Operation
from domain.plan.part import PlanPart
from domain.refusal import Refusal
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import (
    InvalidInput,
    NotAllowed,
    NothingFound,
    Rejected,
    SuggestionClosed,
)
from domain.written import SuggestionWritten
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version


class SuggestChange(Command):
    """Suggest that a line be added, changed or removed, and why."""

    operation: ClassVar[Operation] = Operation.SUGGEST
    about: ClassVar[str] = "part_id"

    part_id: str
    kind: SuggestionKind
    section: ContentSection
    why: str
    line_id: str | None = None
    text: str | None = None


class DecideSuggestion(Command):
    """Accept a suggestion, or decline it with the reason."""

    operation: ClassVar[Operation] = Operation.DECIDE_SUGGESTION
    about: ClassVar[str] = "suggestion_id"

    suggestion_id: str
    expected_version: int
    decision: SuggestionDecision
    reason: str | None = None
    draft_id: str | None = None


class WithdrawSuggestion(Command):
    """Take back what one has suggested."""

    operation: ClassVar[Operation] = Operation.WITHDRAW_SUGGESTION
    about: ClassVar[str] = "suggestion_id"

    suggestion_id: str
    expected_version: int


async def _suggest(write: Write, command: SuggestChange) -> Done:
    part = write.part_in_use(command.part_id)
    seen = await write.as_seen(part)
    if command.line_id is not None and not _has_line(seen, command.section, command.line_id):
        _refuse("lineId", FaultCode.UNKNOWN_REFERENCE)
    suggestion = Suggestion(
        id=ids.new(ids.SUGGESTION),
        patient_id=part.patient_id,
        part_id=part.id,
        kind=command.kind,
        section=command.section,
        line_id=command.line_id,
        text=command.text,
        why=command.why,
        content_version=part.content_version,
        author=write.author,
        author_number=write.reader.number,
        on_behalf_of=write.on_behalf_of,
        created_at=write.now,
    )
    await write.unit.add(suggestion)
    return Done(kind=EventKind.SUGGESTED, subject_id=suggestion.id, version=suggestion.version)


async def _decide(write: Write, command: DecideSuggestion) -> Done:
    suggestion = await _open_suggestion(write, command.suggestion_id)
    require_version(suggestion, command.expected_version)
    if command.draft_id is not None:
        draft = await write.unit.draft(command.draft_id)
        if draft is None or draft.part_id != suggestion.part_id:
            _refuse("draftId", FaultCode.UNKNOWN_REFERENCE)
    decided = replace(
        suggestion,
        state=SuggestionState[command.decision.name],
        version=suggestion.version + 1,
        decided_by=write.author,
        decided_at=write.now,
        reason=command.reason,
        draft_id=command.draft_id,
    )
    await write.unit.change(decided)
    return Done(
        kind=EventKind.SUGGESTION_DECIDED,
        subject_id=decided.id,
        version=decided.version,
        tells=of_writer(decided.author, decided.author_number),
    )


async def _withdraw(write: Write, command: WithdrawSuggestion) -> Done:
    suggestion = await _open_suggestion(write, command.suggestion_id)
    require_version(suggestion, command.expected_version)
    if not suggestion.is_by(write.reader):
        raise Rejected(NotAllowed(reason=Refusal.NOT_AUTHOR))
    state, version = SuggestionState.WITHDRAWN, suggestion.version + 1
    await write.unit.change(replace(suggestion, state=state, version=version))
    kind = EventKind.SUGGESTION_WITHDRAWN
    return Done(kind=kind, subject_id=suggestion.id, version=version)


async def _open_suggestion(write: Write, suggestion_id: str) -> Suggestion:
    """Return a suggestion that waits, if the viewer may do this to it."""
    found = await write.unit.suggestion(suggestion_id)
    if found is None:
        raise Rejected(NothingFound())
    await write.require_seen(found.id)
    write.part(found.part_id)
    if found.state is not SuggestionState.OPEN:
        raise Rejected(SuggestionClosed(suggestion_state=found.state))
    return found


def _has_line(part: PlanPart, section: ContentSection, line_id: str) -> bool:
    return part.content is not None and (section, line_id) in lines(part.content)


def _refuse(path: str, code: FaultCode) -> None:
    raise Rejected(InvalidInput(faults=(Fault(path=path, code=code),)))


def _suggestion_faults(command: SuggestChange) -> Sequence[Fault]:
    """A new line has a text and no id yet, one to go has an id and no text, a change has both."""
    needs_line = command.kind is not SuggestionKind.ADD
    needs_text = command.kind is not SuggestionKind.REMOVE
    return (
        *_fits(command.line_id, "lineId", is_needed=needs_line),
        *_fits(command.text, "text", is_needed=needs_text),
    )


def _fits(value: str | None, at: str, *, is_needed: bool) -> Iterator[Fault]:
    if is_needed and value is None:
        yield Fault(path=at, code=FaultCode.REQUIRED)
    elif not is_needed and value is not None:
        yield Fault(path=at, code=FaultCode.NOT_USED_HERE, other="kind")


def _decision_faults(command: DecideSuggestion) -> Iterator[Fault]:
    is_declined = command.decision is SuggestionDecision.DECLINED
    if is_declined and command.reason is None:
        yield Fault(path="reason", code=FaultCode.REQUIRED)
    if is_declined and command.draft_id is not None:
        yield Fault(path="draftId", code=FaultCode.NOT_USED_HERE, other="decision")


SUGGEST = Mutation(SuggestChange, SuggestionWritten, _suggest, _suggestion_faults)
DECIDE = Mutation(
    DecideSuggestion, SuggestionWritten, _decide, lambda c: tuple(_decision_faults(c))
)
WITHDRAW = Mutation(WithdrawSuggestion, SuggestionWritten, _withdraw)
