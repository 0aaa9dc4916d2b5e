from __future__ import annotations

from datetime import timedelta

from domain.content.plan_content import PlanContent
from domain.cooperation.comment import Comment, CommentStatus
from domain.cooperation.review import Remaining, RemainingKind, remaining
from domain.plan.approval import Approval, ApprovalState
from domain.plan.draft import Draft, DraftState
from domain.plan.part import Lifecycle
from domain.plan.sharing import RecipientKind, RecipientSetting, Share, ShareScope, Sharing
from tests.builders import NOW
from tests.domain.cooperation.test_handover import OFFERED
from tests.domain.parts import INGRID, a_part

REQUESTED = Approval(state=ApprovalState.REQUESTED)
DRAFT = Draft(
    id="drf_1",
    patient_id="pat_1",
    part_id="prt_1",
    state=DraftState.OPEN,
    version=1,
    content_version=1,
    based_on=1,
    content=PlanContent(title="P"),
    author=INGRID,
    created_at=NOW,
    updated_at=NOW,
    updated_by=INGRID,
    approval=REQUESTED,
)


def _comment(status: CommentStatus) -> Comment:
    return Comment(
        id="cmt_1",
        patient_id="pat_1",
        part_id="prt_1",
        text="Hei",
        author="Kari",
        created_at=NOW,
        status=status,
    )


def _share(days: int) -> Share:
    return Share(
        id="shr_1",
        patient_id="pat_1",
        part_id="prt_1",
        recipient="Skolen",
        kind=RecipientKind.ORGANISATION,
        setting=RecipientSetting.SCHOOL,
        scopes=(ShareScope.ZONE_SHEET,),
        organisation_number=None,
        shared_by="Kari",
        since=NOW - timedelta(days=9),
        until=NOW + timedelta(days=days),
    )


def test_each_kind_of_thing_that_is_left_is_counted() -> None:
    part = a_part(approval=REQUESTED, sharing=Sharing(shares=(_share(1), _share(-1), _share(2))))
    comments = [_comment(status) for status in CommentStatus]
    left = remaining(part, [DRAFT], comments, [OFFERED], NOW)
    assert left == (
        Remaining(kind=RemainingKind.PART_IN_USE, count=1),
        Remaining(kind=RemainingKind.OPEN_DRAFT, count=1),
        Remaining(kind=RemainingKind.REQUESTED_APPROVAL, count=2),
        Remaining(kind=RemainingKind.OPEN_COMMENT, count=1),
        Remaining(kind=RemainingKind.OPEN_HANDOVER, count=1),
        Remaining(kind=RemainingKind.OPEN_SHARE, count=2),
    )


def test_when_all_is_done_nothing_is_left() -> None:
    ended = a_part("prt_9", lifecycle=Lifecycle.COMPLETED)
    assert remaining(ended, [], [_comment(CommentStatus.ANSWERED)], [OFFERED], NOW) == ()
