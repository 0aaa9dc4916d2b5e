"""Reviews of a plan part: held, what came of them, and what is left to do before it can end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum

from domain.author import Author
from domain.cooperation.comment import Comment, CommentStatus
from domain.cooperation.handover import Handover
from domain.noun import Noun
from domain.plan.approval import ApprovalState
from domain.plan.draft import Draft
from domain.plan.part import PlanPart


class ReviewOutcome(Enum):
    """What those who held a review concluded; none of them changes the part by itself."""

    KEEP = "KEEP"
    REVISE = "REVISE"
    END = "END"


class Review(Noun):
    """A review that was held of what a part said in a content version.

    `participants` are names or roles, `note` is shown to the patient, `next_due` is when the part
    is to be reviewed again.
    """

    id: str
    patient_id: str
    part_id: str
    content_version: int
    held_at: datetime
    participants: tuple[str, ...]
    outcome: ReviewOutcome
    note: str
    by: Author
    next_due: date | None = None


class RemainingKind(Enum):
    """What is left to do after a review has concluded that a part should end."""

    PART_IN_USE = "PART_IN_USE"
    OPEN_DRAFT = "OPEN_DRAFT"
    REQUESTED_APPROVAL = "REQUESTED_APPROVAL"
    OPEN_COMMENT = "OPEN_COMMENT"
    OPEN_HANDOVER = "OPEN_HANDOVER"
    OPEN_SHARE = "OPEN_SHARE"


class Remaining(Noun):
    """One kind of thing that is left, and how many there are."""

    kind: RemainingKind
    count: int


def remaining(
    part: PlanPart,
    drafts: Sequence[Draft],
    comments: Sequence[Comment],
    handovers: Sequence[Handover],
    now: datetime,
) -> tuple[Remaining, ...]:
    """Return what is left to do before a part can be called ended."""
    approvals = (part.approval, *(draft.approval for draft in drafts))
    counts = {
        RemainingKind.PART_IN_USE: int(part.is_living),
        RemainingKind.OPEN_DRAFT: len(drafts),
        RemainingKind.REQUESTED_APPROVAL: sum(
            a.state is ApprovalState.REQUESTED for a in approvals
        ),
        RemainingKind.OPEN_COMMENT: sum(c.status is CommentStatus.OPEN for c in comments),
        RemainingKind.OPEN_HANDOVER: sum(h.is_open and part.id in h.part_ids for h in handovers),
        RemainingKind.OPEN_SHARE: sum(share.is_open(now) for share in part.sharing.shares),
    }
    return tuple(Remaining(kind=kind, count=count) for kind, count in counts.items() if count)
