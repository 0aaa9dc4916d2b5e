"""Makes the rows of a plan: its parts with versions, agreements, shares and comments."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from local.synthetic.part import Part
from local.synthetic.remarks import Remark
from local.synthetic.rows import Batch, as_json, as_text, new_id
from local.synthetic.world import Person
from store.tables import (
    AgreementRow,
    CommentRow,
    PlanPartRow,
    PlanRow,
    PlanVersionRow,
    ShareRow,
)


def add_plan(batch: Batch, patient: UUID, person: Person, parts: Sequence[Part]) -> None:
    """Add the plan of a patient."""
    plan = new_id("plan", person.number)
    begun = min(part.versions[0].at for part in parts)
    batch.add(PlanRow, patient_id=patient, id=plan, created_at=begun)
    for part in parts:
        key = f"{person.number}:{part.kind.name}:{part.ordinal}"
        _add_part(batch, patient, plan, key, part)
        _add_versions(batch, patient, key, part)
        _add_agreements(batch, patient, key, part)
        _add_shares(batch, patient, key, part)
        for order, remark in enumerate(part.remarks):
            _add_comment(batch, patient, key, f"{order}", remark)


def _add_part(batch: Batch, patient: UUID, plan: UUID, key: str, part: Part) -> None:
    batch.add(
        PlanPartRow,
        patient_id=patient,
        id=new_id("part", key),
        plan_id=plan,
        kind=part.kind.name,
        lifecycle=part.lifecycle.name,
        # Activation is a change of the part, but not of what it says.
        version=len(part.versions) + (part.lifecycle.name != "DRAFT"),
        content_version=len(part.versions),
        responsible=as_json(part.responsible),
        review_due=part.review_due,
        approval_state=part.approval.state.name,
        approval_by=part.approval.by,
        approval_at=part.approval.at,
        approval_reason=part.approval.reason,
        updated_at=part.written,
        updated_by=as_json(part.responsible),
    )


def _add_versions(batch: Batch, patient: UUID, key: str, part: Part) -> None:
    for number, version in enumerate(part.versions, start=1):
        batch.add(
            PlanVersionRow,
            patient_id=patient,
            part_id=new_id("part", key),
            number=number,
            document=as_text(version.content),
            change_comment=version.comment,
            author=as_json(part.responsible),
            created_at=version.at,
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


def _add_shares(batch: Batch, patient: UUID, key: str, part: Part) -> None:
    for share in part.shares:
        batch.add(
            ShareRow,
            patient_id=patient,
            id=new_id("share", key, share.recipient),
            part_id=new_id("part", key),
            recipient=share.recipient,
            organisation_number=share.organisation_number,
            shared_by=share.shared_by,
            since=share.since,
            until=share.until,
            withdrawn_at=share.withdrawn_at,
        )


def _add_comment(
    batch: Batch,
    patient: UUID,
    key: str,
    place: str,
    remark: Remark,
    answer_to: UUID | None = None,
) -> None:
    comment = new_id("comment", key, place)
    batch.add(
        CommentRow,
        patient_id=patient,
        id=comment,
        part_id=new_id("part", key),
        line_id=remark.line,
        text=remark.text,
        author=remark.author,
        on_behalf_of=remark.on_behalf_of,
        answer_to=answer_to,
        status=remark.status.name,
        created_at=remark.at,
    )
    for order, answer in enumerate(remark.answers):
        _add_comment(batch, patient, key, f"{place}.{order}", answer, comment)
