"""What is being written: a branch of a plan part that nobody else's branch can block."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from msgspec.structs import replace

from domain.author import Author
from domain.content.plan_content import PlanContent
from domain.noun import Noun
from domain.plan.approval import Approval


class DraftState(Enum):
    """Whether a draft is still being written, or how it ended."""

    OPEN = "OPEN"
    ACTIVATED = "ACTIVATED"
    DISCARDED = "DISCARDED"


class Draft(Noun):
    """A draft of a plan part at its newest version.

    It began on top of the part's content version `based_on`, 0 for a part that has none yet.
    `version` counts every change of the draft, `content_version` its contents only. `activated_as`
    is the content version of the part that it became.
    """

    id: str
    patient_id: str
    part_id: str
    state: DraftState
    version: int
    content_version: int
    based_on: int
    content: PlanContent
    author: Author
    created_at: datetime
    updated_at: datetime
    updated_by: Author
    change_comment: str | None = None
    review_due: date | None = None
    activated_as: int | None = None
    approval: Approval = Approval()


def discarded(draft: Draft, now: datetime, by: Author) -> Draft:
    """Return a draft as it stands once it is put away."""
    return replace(
        draft,
        state=DraftState.DISCARDED,
        version=draft.version + 1,
        updated_at=now,
        updated_by=by,
    )
