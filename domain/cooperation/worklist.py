"""A clinician's day: the patients of the organisation, and what waits with each."""

from __future__ import annotations

from datetime import date, datetime

from domain.content.zone import ZoneLevel
from domain.noun import Noun
from domain.plan.part import PlanKind


class WorklistFilter(Noun):
    """What to keep; None keeps everything. `review_due_before` is a day, not included.

    A review is overdue when it was due before today.
    """

    kind: PlanKind | None = None
    approval_requested: bool | None = None
    has_open_comments: bool | None = None
    review_due_before: date | None = None
    review_overdue: bool | None = None
    has_unseen_reports: bool | None = None
    may_be_outdated: bool | None = None
    parents_choice: bool | None = None


class WorklistPosition(Noun, array_like=True):
    """A place in the list, newest change first; what a cursor holds."""

    changed_at: datetime
    patient_id: str


class WorklistEntry(Noun):
    """One patient on the list: when anything of theirs changed, and what waits.

    Unseen are yellow and red reports that nobody has looked at yet. `outdated_parts` are in
    use and may be outdated, as of the last answer of each source. From `parents_choice_from`, and
    before `parents_choice_until`, it is to be chosen what parents keep; without the first, it is
    not.
    """

    patient_id: str
    changed_at: datetime
    kinds: tuple[PlanKind, ...]
    approval_requested: bool
    open_comments: int
    open_suggestions: int = 0
    review_due: date | None = None
    unseen_reds: int = 0
    unseen_yellows: int = 0
    outdated_parts: int = 0
    parents_choice_from: date | None = None
    parents_choice_until: date | None = None

    @property
    def worst_unseen(self) -> ZoneLevel | None:
        """The worst zone of the reports that nobody has seen; None where none waits."""
        if self.unseen_reds:
            return ZoneLevel.RED
        return ZoneLevel.YELLOW if self.unseen_yellows else None

    def is_parents_choice_due(self, today: date) -> bool:
        """Tell whether it is to be chosen what parents keep, by the date in Norway."""
        since, until = self.parents_choice_from, self.parents_choice_until
        return since is not None and until is not None and since <= today < until

    @property
    def position(self) -> WorklistPosition:
        """The entry's place in the list."""
        return WorklistPosition(changed_at=self.changed_at, patient_id=self.patient_id)
