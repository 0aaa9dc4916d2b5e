"""What writing promises, said once more and as simply as can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.event import EventKind
from domain.operation import Operation
from domain.plan.approval import ApprovalState
from domain.plan.draft import DraftState
from domain.plan.part import Lifecycle, PlanKind
from domain.refusal import Refusal
from domain.writing.rejection import (
    DraftClosed,
    NoChange,
    NotAllowed,
    NothingFound,
    Rejection,
    VersionConflict,
    WrongApproval,
    WrongState,
)
from tests.writing.model.nouns import Ask, Document, Draft, Part, Person, Said, Version

DRAFT, ACTIVE, ON_HOLD, COMPLETED, REVOKED, ENTERED_IN_ERROR = Lifecycle
IN_USE = (ACTIVE, ON_HOLD)
LIVING = (DRAFT, ACTIVE, ON_HOLD)
MOVES = {
    Operation.HOLD: ({ACTIVE: ON_HOLD}, EventKind.PART_HELD),
    Operation.RESUME: ({ON_HOLD: ACTIVE}, EventKind.PART_RESUMED),
    Operation.COMPLETE: (dict.fromkeys(IN_USE, COMPLETED), EventKind.PART_COMPLETED),
    Operation.REVOKE: (dict.fromkeys(LIVING, REVOKED), EventKind.PART_REVOKED),
    Operation.ENTER_IN_ERROR: (
        dict.fromkeys((*LIVING, COMPLETED, REVOKED), ENTERED_IN_ERROR),
        EventKind.PART_ENTERED_IN_ERROR,
    ),
}


class ContentLacks:
    """Stands for any `ContentMissing`: what is missing has tests of its own."""


Against = Rejection | type[ContentLacks]


@dataclass
class Model:
    """The plan as it must be, and all that must have been left behind on the way."""

    parts: dict[str, Part] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    agreements: list[tuple[Any, ...]] = field(default_factory=list)
    events: list[tuple[Any, ...]] = field(default_factory=list)
    audit: list[tuple[Any, ...]] = field(default_factory=list)
    receipts: dict[tuple[Person, str], tuple[Ask, str, int]] = field(default_factory=dict)

    def against(self, ask: Ask) -> set[Against]:
        """Return all that stands against it: one of these must be answered, if there are any."""
        if ask.by.side == "STRANGER":
            return {NotAllowed(reason=Refusal.NO_CARE_RELATION)}
        if ask.by.side == "OUTSIDER":
            return {NothingFound()}
        if ask.operation is Operation.START_DRAFT:
            return {NotAllowed(reason=Refusal.ROLE)} if ask.by.side == "FAMILY" else set()
        if ask.about in self.drafts:
            return self._against_draft(ask, self.drafts[ask.about])
        return self._against_part(ask, self.parts[ask.about])

    def accept(self, ask: Ask, subject: str, new_part: str, at: datetime) -> int:
        """Do it; return the version that its subject has now.

        `subject` is what it turned out to be about, `new_part` the part of a draft just begun.
        """
        kind, version = _DOES[ask.operation](self, ask, subject, new_part)
        self.events.append((len(self.events) + 1, kind.name, subject, version, at))
        self.audit.append((ask.operation.name, subject, ask.by.name, at))
        self.receipts[ask.by, ask.key] = (ask, subject, version)
        return version

    def living(self, kind: PlanKind) -> str | None:
        """Return the part of a kind that is not over."""
        alive = [i for i, p in self.parts.items() if p.kind is kind and p.lifecycle in LIVING]
        assert len(alive) <= 1
        return alive[0] if alive else None

    def nth_draft(self, place: int) -> str:
        """Return a draft: open ones first, and the newest first."""
        is_open = {i: draft.state is DraftState.OPEN for i, draft in self.drafts.items()}
        return _nth(is_open, place)

    def nth_part(self, place: int) -> str:
        """Return a part: living ones first, and the newest first."""
        return _nth({i: part.lifecycle in LIVING for i, part in self.parts.items()}, place)

    def _against_draft(self, ask: Ask, draft: Draft) -> set[Against]:
        part = self.parts[draft.part_id]
        if ask.by.side == "FAMILY":
            return {NothingFound()}  # drafts are for personnel
        found: set[Against] = set()
        if not self._may(ask, part, draft):
            found.add(NotAllowed(reason=Refusal.NOT_RESPONSIBLE))
        if draft.state is not DraftState.OPEN:
            found.add(DraftClosed(draft_state=draft.state))
        if draft.version != ask.version:
            found.add(VersionConflict(current_version=draft.version))
        if ask.operation is Operation.ACTIVATE:
            return found | self._against_activation(ask, draft, part)
        if ask.operation is Operation.DISCARD_DRAFT:
            return found
        if part.lifecycle not in LIVING:
            found.add(WrongState(lifecycle=part.lifecycle, allowed=LIVING))
        if ask.operation is Operation.SAVE_DRAFT:
            is_same = (draft.versions[-1].said, draft.review) == (ask.said, ask.review)
            return found | ({NoChange()} if is_same else set())
        return found | _against_approval(ask, draft.versions[-1].approval)

    def _against_activation(self, ask: Ask, draft: Draft, part: Part) -> set[Against]:
        found: set[Against] = set()
        if part.lifecycle not in (DRAFT, ACTIVE):
            found.add(WrongState(lifecycle=part.lifecycle, allowed=(DRAFT, ACTIVE)))
        said = _merged(draft, part)
        if said is None or (draft.based_on != len(part.versions) and not ask.merge):
            return found | {VersionConflict(current_version=len(part.versions))}
        if part.versions and part.versions[-1].said == said:
            found.add(NoChange())
        if not (said.is_whole and draft.review):
            found.add(ContentLacks)
        return found

    def _against_part(self, ask: Ask, part: Part) -> set[Against]:
        if ask.by.side == "FAMILY" and part.lifecycle is DRAFT:
            return {NothingFound()}  # they don't see that it is being written
        is_word = ask.operation is Operation.AGREE
        if is_word and ask.by.side != "FAMILY":
            return {NotAllowed(reason=Refusal.PATIENT_ONLY)}
        if not is_word and ask.by.side == "FAMILY":
            return {NotAllowed(reason=Refusal.ROLE)}
        if not self._may(ask, part):
            return {NotAllowed(reason=Refusal.NOT_RESPONSIBLE)}
        found: set[Against] = set()
        seen = len(part.versions) if is_word else part.version
        if seen != ask.version:
            found.add(VersionConflict(current_version=seen))
        allowed = tuple(MOVES[ask.operation][0]) if ask.operation in MOVES else IN_USE
        if part.lifecycle not in allowed:
            found.add(WrongState(lifecycle=part.lifecycle, allowed=allowed))
        is_about_approval = not is_word and ask.operation not in MOVES
        if is_about_approval and part.versions:
            found |= _against_approval(ask, part.versions[-1].approval)
        return found

    def _may(self, ask: Ask, part: Part, draft: Draft | None = None) -> bool:
        """Tell whether personnel may do this: some of it is for those who answer for the part."""
        by, operation = ask.by, ask.operation
        if operation in (Operation.SAVE_DRAFT, Operation.REQUEST_APPROVAL, Operation.AGREE):
            return True
        answers = by.coordinates or by.unit == part.responsible.unit
        if operation is Operation.DISCARD_DRAFT:
            return answers or (draft is not None and draft.author == by)
        return answers or by.approves

    def _start(self, ask: Ask, subject: str, new_part: str) -> tuple[EventKind, int]:
        part_id = self.living(ask.kind) or new_part
        part = self.parts.setdefault(part_id, Part(kind=ask.kind, responsible=ask.by))
        says_now = (
            part.versions[-1].said
            if part.versions
            else Said(ask.kind.name.capitalize(), is_whole=False)
        )
        first = Version(ask.said or says_now, ask.by.name)
        self.drafts[subject] = Draft(
            part_id=part_id,
            author=ask.by,
            based_on=len(part.versions),
            versions=[first],
            review=ask.review or part.review,
        )
        return EventKind.DRAFT_STARTED, 1

    def _save(self, ask: Ask, subject: str, _new: str) -> tuple[EventKind, int]:
        draft = self.drafts[subject]
        assert ask.said
        draft.versions.append(Version(ask.said, ask.by.name))
        draft.review = ask.review
        return EventKind.DRAFT_SAVED, _next(draft)

    def _discard(self, ask: Ask, subject: str, _new: str) -> tuple[EventKind, int]:
        draft = self.drafts[subject]
        draft.state = DraftState.DISCARDED
        return EventKind.DRAFT_DISCARDED, _next(draft)

    def _activate(self, ask: Ask, subject: str, _new: str) -> tuple[EventKind, int]:
        draft = self.drafts[ask.about]
        part = self.parts[draft.part_id]
        assert subject == draft.part_id
        kind = EventKind.PART_REVISED if part.versions else EventKind.PART_ACTIVATED
        last, said = draft.versions[-1], _merged(draft, part)
        assert said
        approval = last.approval if said == last.said else ApprovalState.NONE
        part.versions.append(Version(said, last.author, approval))
        part.lifecycle, part.review = ACTIVE, draft.review
        draft.state, draft.activated_as = DraftState.ACTIVATED, len(part.versions)
        _next(draft)
        return kind, _next(part)

    def _move(self, ask: Ask, subject: str, _new: str) -> tuple[EventKind, int]:
        part = self.parts[subject]
        ways, kind = MOVES[ask.operation]
        part.lifecycle = ways[part.lifecycle]
        part.reason = None if part.lifecycle is ACTIVE else ask.remark
        return kind, _next(part)

    def _approval(self, ask: Ask, subject: str, _new: str) -> tuple[EventKind, int]:
        document = self.drafts.get(subject) or self.parts[subject]
        if ask.operation is Operation.REQUEST_APPROVAL:
            document.versions[-1].approval = ApprovalState.REQUESTED
            return EventKind.APPROVAL_REQUESTED, _next(document)
        document.versions[-1].approval = ApprovalState[ask.decision.name]
        return EventKind.APPROVAL_DECIDED, _next(document)

    def _agree(self, ask: Ask, subject: str, _new: str) -> tuple[EventKind, int]:
        part = self.parts[subject]
        self.agreements.append((subject, ask.by.name, ask.word.name, len(part.versions)))
        return EventKind.AGREEMENT_GIVEN, part.version


_DOES: dict[Operation, Callable[[Model, Ask, str, str], tuple[EventKind, int]]] = {
    Operation.START_DRAFT: Model._start,
    Operation.SAVE_DRAFT: Model._save,
    Operation.DISCARD_DRAFT: Model._discard,
    Operation.ACTIVATE: Model._activate,
    Operation.REQUEST_APPROVAL: Model._approval,
    Operation.DECIDE_APPROVAL: Model._approval,
    Operation.AGREE: Model._agree,
    **dict.fromkeys(MOVES, Model._move),
}


def _merged(draft: Draft, part: Part) -> Said | None:
    """Return a draft merged with what others have activated since; None if the two clash."""
    ours = draft.versions[-1].said
    if draft.based_on == len(part.versions):
        return ours
    base = part.versions[draft.based_on - 1].said if draft.based_on else Said("", is_whole=False)
    theirs = part.versions[-1].said
    if ours.title != theirs.title and base.title not in (ours.title, theirs.title):
        return None
    title = theirs.title if base.title == ours.title else ours.title
    is_whole = theirs.is_whole if base.is_whole == ours.is_whole else ours.is_whole
    return Said(title, is_whole)


def _nth(documents: dict[str, bool], place: int) -> str:
    oldest = sorted(documents, key=documents.__getitem__)
    return oldest[max(-1 - place, -len(oldest))]


def _next(document: Document) -> int:
    document.version += 1
    return document.version


def _against_approval(ask: Ask, stands: ApprovalState) -> set[Against]:
    is_request = ask.operation is Operation.REQUEST_APPROVAL
    needed = ApprovalState.NONE if is_request else ApprovalState.REQUESTED
    return set() if stands is needed else {WrongApproval(approval_state=stands)}
