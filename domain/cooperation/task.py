"""What waits for an organisation, and who there has taken it on."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from domain import ids
from domain.author import Author
from domain.errors import NotFound
from domain.noun import Noun
from domain.plan.part import PlanKind


class TaskKind(Enum):
    """What is to be done about the subject; CHILD is to choose what parents keep from 12."""

    HANDOVER = "HANDOVER"
    APPROVAL = "APPROVAL"
    COMMENT = "COMMENT"
    REVIEW = "REVIEW"
    CHILD = "CHILD"


class TaskClaim(Noun):
    """Who in an organisation has taken a task on; `by` is None once they have let it go.

    It is one organisation's own: others see nothing of it. A subject may wait more than once, and a
    claim is for the time it was made.
    """

    patient_id: str
    organisation: str
    kind: TaskKind
    subject_id: str
    version: int
    at: datetime
    by: Author | None = None


class TaskPosition(Noun, array_like=True):
    """A place in a list of tasks, longest waiting first; what a cursor holds."""

    waiting_since: datetime
    subject_id: str


class ShiftTask(Noun):
    """Something that waits with a patient, and since when: a handover, draft, part, comment, child.

    `claim` is what is kept of who took it, also from an earlier time that the subject waited.
    """

    patient_id: str
    kind: TaskKind
    subject_id: str
    waiting_since: datetime
    part_id: str | None = None
    part_kind: PlanKind | None = None
    claim: TaskClaim | None = None

    @property
    def id(self) -> str:
        """The public id: a task is nothing of its own, so it is made of what it is about."""
        return f"{ids.TASK}{self.kind.name}_{self.subject_id}"

    @property
    def taken(self) -> TaskClaim | None:
        """Who has taken the task, if somebody has since it began to wait."""
        claim = self.claim
        if claim is None or claim.by is None or claim.at < self.waiting_since:
            return None
        return claim

    @property
    def position(self) -> TaskPosition:
        """The task's place in its list."""
        return TaskPosition(waiting_since=self.waiting_since, subject_id=self.subject_id)


def subject_of(task_id: str) -> tuple[TaskKind, str]:
    """Return what a task's public id is about; NotFound when it can't be one."""
    kind, _, subject_id = task_id.removeprefix(ids.TASK).partition("_")
    is_task = task_id.startswith(ids.TASK) and kind in TaskKind.__members__
    if not is_task or subject_id.startswith(ids.TASK):
        raise NotFound
    return TaskKind[kind], subject_id
