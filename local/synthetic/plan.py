"""Makes the rows of a plan: its parts with versions, agreements, shares and comments."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.cooperation.comment import Visibility
from domain.outdated.source_line import SOURCE_OF
from domain.plan.approval import Approval
from domain.plan.draft import DraftState
from domain.plan.part import IN_USE
from local.synthetic.choice import add_consent, add_deliveries
from local.synthetic.part import Part
from local.synthetic.people import speaker
from local.synthetic.remarks import Remark
from local.synthetic.review import add_reviews
from local.synthetic.rows import Batch, new_id
from local.synthetic.world import Person
from store.tables import (
    AgreementRow,
    CommentRow,
    ComparisonRow,
    DraftRow,
    DraftVersionRow,
    PlanPartRow,
    PlanRow,
    PlanVersionRow,
    ShareRow,
    SuggestionRow,
)


def add_plan(batch: Batch, patient: UUID, person: Person, parts: Sequence[Part]) -> None:
    """Add the plan of a patient."""
    plan = new_id("plan", person.number)
    begun = min(part.begun for part in parts)
    batch.add(PlanRow, patient_id=patient, id=plan, created_at=begun)
    add_consent(batch, patient, person, begun)
    for part in parts:
        key = f"{person.number}:{part.kind.name}"
        _add_part(batch, patient, plan, key, part)
        _add_versions(batch, patient, key, part)
        _add_draft(batch, patient, key, part)
        add_deliveries(batch, patient, key, part)
        _add_comparisons(batch, patient, key, part)
        _add_agreements(batch, patient, key, part)
        _add_shares(batch, patient, person, key, part)
        _add_suggestions(batch, patient, person, key, part)
        add_reviews(batch, patient, key, part.reviews, part.responsible)
        for order, remark in enumerate(part.remarks):
            _add_comment(batch, patient, person, key, f"{order}", remark)


def _add_part(batch: Batch, patient: UUID, plan: UUID, key: str, part: Part) -> None:
    batch.add(
        PlanPartRow,
        patient_id=patient,
        id=new_id("part", key),
        plan_id=plan,
        kind=part.kind.name,
        lifecycle=part.lifecycle.name,
        version=len(part.versions) + 1,
        content_version=len(part.versions),
        responsible=part.responsible,
        review_due=part.review_due,
        reason=None,
        updated_at=part.written,
        updated_by=part.responsible,
    )


def _add_versions(batch: Batch, patient: UUID, key: str, part: Part) -> None:
    for number, version in enumerate(part.versions, start=1):
        batch.add(
            PlanVersionRow,
            patient_id=patient,
            part_id=new_id("part", key),
            number=number,
            head_version=number + 1,
            content=version.content,
            change_comment=version.comment,
            author=part.responsible,
            created_at=version.at,
            approval=part.approval if number == len(part.versions) else Approval(),
        )


def _add_draft(batch: Batch, patient: UUID, key: str, part: Part) -> None:
    if not part.draft:
        return
    batch.add(
        DraftRow,
        patient_id=patient,
        id=new_id("draft", key),
        part_id=new_id("part", key),
        state=DraftState.OPEN.name,
        version=len(part.draft),
        content_version=len(part.draft),
        based_on=len(part.versions),
        author=part.responsible,
        review_due=part.review_due,
        activated_as=None,
        created_at=part.draft[0].at,
        updated_at=part.draft[-1].at,
        updated_by=part.responsible,
    )
    for number, version in enumerate(part.draft, start=1):
        batch.add(
            DraftVersionRow,
            patient_id=patient,
            draft_id=new_id("draft", key),
            number=number,
            head_version=number,
            content=version.content,
            change_comment=version.comment,
            author=part.responsible,
            created_at=version.at,
            approval=Approval(),
        )


def _add_comparisons(batch: Batch, patient: UUID, key: str, part: Part) -> None:
    """Let a part in use be compared with its sources as soon as there is a worker."""
    if part.lifecycle not in IN_USE:
        return
    for section in SOURCE_OF:
        batch.add(
            ComparisonRow,
            patient_id=patient,
            part_id=new_id("part", key),
            section=section.name,
            since=part.written,
            due_at=part.written,
            attempts=0,
            blind_to=[],
            is_partial=False,
            is_closed=False,
            fingerprints=[],
            accepted=[],
            reasons=[],
            reason_count=0,
        )


def _add_agreements(batch: Batch, patient: UUID, key: str, part: Part) -> None:
    for word in part.agreements:
        batch.add(
            AgreementRow,
            patient_id=patient,
            id=new_id("agreement", key, word.person, word.content_version),
            part_id=new_id("part", key),
            person=word.person,
            relation=word.relation,
            state=word.state.name,
            content_version=word.content_version,
            comment=word.comment,
            at=word.at,
        )


def _add_shares(batch: Batch, patient: UUID, person: Person, key: str, part: Part) -> None:
    for share in part.shares:
        batch.add(
            ShareRow,
            patient_id=patient,
            id=new_id("share", key, share.recipient),
            part_id=new_id("part", key),
            recipient=share.recipient,
            kind=share.kind.name,
            setting=share.setting.name,
            scopes=[scope.name for scope in share.scopes],
            organisation_number=share.organisation_number,
            recipient_number=share.recipient_number,
            shared_by=share.shared_by,
            shared_by_number=speaker(person, share.shared_by)[1],
            version=1,
            since=share.since,
            until=share.until,
            withdrawn_at=share.withdrawn_at,
        )


def _add_suggestions(batch: Batch, patient: UUID, person: Person, key: str, part: Part) -> None:
    for order, made in enumerate(part.suggestions):
        by, number = speaker(person, made.by)
        batch.add(
            SuggestionRow,
            patient_id=patient,
            id=new_id("suggestion", key, order),
            part_id=new_id("part", key),
            kind=made.kind.name,
            section=made.section.name,
            line_id=made.line,
            text=made.text,
            why=made.why,
            content_version=len(part.versions),
            author=by,
            author_number=number,
            on_behalf_of=None if made.by == str(person.name) else str(person.name),
            created_at=made.at,
            state=made.state.name,
            version=1 if made.decided_by is None else 2,
            decided_by=speaker(person, made.decided_by)[0] if made.decided_by else None,
            decided_at=made.decided_at,
            reason=made.reason,
            draft_id=None,
        )


def _add_comment(
    batch: Batch,
    patient: UUID,
    person: Person,
    key: str,
    place: str,
    remark: Remark,
    answer_to: UUID | None = None,
) -> None:
    comment = new_id("comment", key, place)
    by, number = speaker(person, remark.author)
    is_private = remark.visibility is Visibility.PERSONNEL_AND_ME
    batch.add(
        CommentRow,
        patient_id=patient,
        id=comment,
        part_id=new_id("part", key),
        line_id=remark.line,
        text=remark.text,
        author=by,
        author_number=number,
        visibility=remark.visibility.name,
        seen_by_number=number if is_private else None,
        version=1,
        on_behalf_of=remark.on_behalf_of,
        answer_to=answer_to,
        status=remark.status.name,
        created_at=remark.at,
    )
    for order, answer in enumerate(remark.answers):
        _add_comment(batch, patient, person, key, f"{place}.{order}", answer, comment)
