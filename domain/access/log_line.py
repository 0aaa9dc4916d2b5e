"""The log of use as it is read: what one person did on one day is one line, and can be asked about.

Lines are put together only when they are read; the log itself keeps every entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import fields, replace

from domain.access.audit import AuditEntry, Outcome, PartShown
from domain.access.decision import Access
from domain.access.relation import Basis
from domain.access.standing import OWN, PARENTS, PATIENT_SIDE, Standing
from domain.access.unseen import NOTHING_UNSEEN, Unseen
from domain.access.viewer import Viewer, ViewerRole
from domain.author import Author
from domain.noun import Noun
from domain.operation import Operation
from domain.plan.sharing import Share
from domain.refusal import Refusal


class LogPosition(Noun):
    """A line's place in the log: the time of its newest entry, and that entry."""

    at: datetime
    id: str


class LogLine(Noun):
    """What one person did in one way on one day, as often as they did.

    `id` and `at` are of the newest entry, `first_at` of the oldest; `outcomes` says what was shown.
    """

    patient_id: str
    id: str
    at: datetime
    first_at: datetime
    count: int
    operation: Operation
    subject_id: str
    by: Author
    role: ViewerRole | None = None
    basis: Basis | None = None
    by_number: str | None = None
    purpose_of_use: str | None = None
    on_behalf_of: str | None = None
    refusal: Refusal | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def position(self) -> LogPosition:
        """The line's place in the log."""
        return LogPosition(at=self.at, id=self.id)

    @property
    def shown(self) -> tuple[str, ...]:
        """What was shown of the patient, by the names of the graph's fields."""
        return tuple(dict.fromkeys(name for each in self.outcomes for name in each.shown))

    @property
    def parts(self) -> tuple[PartShown, ...]:
        """The plan parts that were shown, with their versions."""
        return tuple(dict.fromkeys(part for each in self.outcomes for part in each.parts))


class LogReader(Noun):
    """Whose lines somebody may read: all, or without other citizens', or their own as personnel.

    A parent is not shown what the other parent did: lines of one home are none of the other's
    business, and could be dangerous there. `unseen_…` are the operations, and the ids of subjects
    and entries, that would tell them of what is hidden.
    """

    own_number: str | None = None
    sees_citizens: bool = False
    hpr_number: str | None = None
    sees_personnel: bool = False
    unseen_operations: frozenset[Operation] = frozenset()
    unseen_subjects: frozenset[str] = frozenset()
    unseen_entries: frozenset[str] = frozenset()
    unseen_recipients: frozenset[str] = frozenset()

    def may_read(self, entry: AuditEntry) -> bool:
        """Tell whether an entry may be read; the store's page asks the same."""
        if self._is_unseen(entry):
            return False
        if entry.role is ViewerRole.CITIZEN:
            is_own = self.own_number is not None and entry.by_number == self.own_number
            return self.sees_citizens or is_own
        is_by_them = self.hpr_number is not None and entry.by.hpr_number == self.hpr_number
        return self.sees_personnel or is_by_them

    def _is_unseen(self, entry: AuditEntry) -> bool:
        key = (entry.adds_to or entry.id).rpartition("_")[2]
        if entry.role is ViewerRole.RECIPIENT and entry.by.name in self.unseen_recipients:
            return True
        is_about = entry.operation in self.unseen_operations
        return is_about or entry.subject_id in self.unseen_subjects or key in self.unseen_entries


class LogQuestion(Noun):
    """What somebody asked about a line of the log, and the privacy officer's answer.

    `legal_entity` is whose officer answers; None where no organisation stands behind the line.
    `asked_by_number` tells citizens apart and is never shown.
    """

    id: str
    patient_id: str
    version: int
    entry_id: str
    text: str
    asked_by: Author
    asked_at: datetime
    legal_entity: str | None = None
    asked_by_number: str | None = None
    answer: str | None = None
    answered_by: Author | None = None
    answered_at: datetime | None = None

    @property
    def position(self) -> LogPosition:
        """The question's place among those that wait."""
        return LogPosition(at=self.asked_at, id=self.id)


def line_of(entry: AuditEntry, found: Sequence[AuditEntry]) -> LogLine:
    """Return one entry as a line, with what those of `found` that add to it say was shown."""
    own = {name: getattr(entry, name) for name in _OF_ENTRY}
    outcomes = tuple(each.outcome for each in found if each.adds_to == entry.id and each.outcome)
    return LogLine(first_at=entry.at, count=1, outcomes=outcomes, **own)


# Who stands on the patient's side, themselves or for a service that has the care of a child. It is
# asked of the viewer: personnel who preview the patient's view read no more than their own.
_FOR_THE_PATIENT = frozenset({ViewerRole.CITIZEN, ViewerRole.CASE_WORKER})


def reader_of_log(
    viewer: Viewer,
    access: Access,
    unseen: Unseen = NOTHING_UNSEEN,
    shares: Iterable[Share] = (),
) -> LogReader:
    """Return whose lines a viewer may read, without those that tell of what is hidden from them.

    `shares` are all that there are of the patient's.
    """
    if viewer.role not in _FOR_THE_PATIENT:
        return LogReader(hpr_number=viewer.hpr_number)
    is_own = access.standing in OWN
    number = viewer.identity_number.value if viewer.identity_number else None
    return LogReader(
        own_number=number,
        sees_citizens=is_own,
        sees_personnel=True,
        unseen_operations=_unseen_operations(access),
        unseen_subjects=unseen.subjects | unseen.hidden.parts,
        unseen_entries=unseen.entries,
        unseen_recipients=_unseen_recipients(access, number, shares),
    )


def _unseen_recipients(
    access: Access, number: str | None, shares: Iterable[Share]
) -> frozenset[str]:
    """Return those with whom the other parent has shared, and not shown it, for safety."""
    if not access.is_parent:
        return frozenset()
    return frozenset(each.recipient for each in shares if not each.is_for_parent(number))


def as_seen(line: LogLine, unseen: Unseen) -> LogLine:
    """Return a line without the parts that are hidden, and with versions as they are seen."""
    outcomes = tuple(replace(each, parts=_parts_seen(each, unseen)) for each in line.outcomes)
    return replace(line, outcomes=outcomes)


def _parts_seen(outcome: Outcome, unseen: Unseen) -> tuple[PartShown, ...]:
    return tuple(
        replace(
            part,
            content_version=part.content_version
            and unseen.number(part.part_id, part.content_version),
        )
        for part in outcome.parts
        if not unseen.leaves_out(part.part_id)
    )


def _unseen_operations(access: Access) -> frozenset[Operation]:
    """Return what is never told: whether it was done or not, so that nobody can tell."""
    found: frozenset[Operation] = frozenset()
    if access.standing in PARENTS:
        found |= _OF_HIDING
    if access.standing in PATIENT_SIDE - PARENTS and access.standing is not Standing.ADVISER:
        found |= _OF_REFUSAL
    return found


_OF_HIDING = frozenset({Operation.HIDE_FROM_PARENTS, Operation.STOP_HIDING})
_OF_REFUSAL = frozenset({Operation.REFUSE_OWN_ACCESS, Operation.END_REFUSAL})


_OF_ENTRY = {field.name for field in fields(LogLine)} & {field.name for field in fields(AuditEntry)}


def answered(question: LogQuestion, answer: str, now: datetime, by: Author) -> LogQuestion:
    """Return a question as it stands once it is answered."""
    return replace(
        question,
        version=question.version + 1,
        answer=answer,
        answered_by=by,
        answered_at=now,
    )
