"""The plan as one JSON value: heads, contents as written, agreements, shares and care team."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, literal, select

from domain import ids
from store.json import EMPTY, json_list, json_object
from store.tables import (
    AgreementRow,
    CareTeamMemberRow,
    PatientRow,
    PlanPartRow,
    PlanRow,
    PlanVersionRow,
    ShareRow,
)


def plan_json() -> ColumnElement[Any]:
    """Return the subquery that gives the plan of the statement's patient, null without one."""
    plan = json_object(
        id=public_id(ids.PLAN, PlanRow.id),
        patient_id=public_id(ids.PATIENT, PlanRow.patient_id),
        parts=_parts(),
        care_team=_care_team(),
    )
    own = select(plan).where(PlanRow.patient_id == PatientRow.id)
    return own.correlate(PatientRow).scalar_subquery()


def public_id(prefix: str, column: Any) -> ColumnElement[str]:
    """Return the public id of a UUID column."""
    return literal(prefix).concat(cast(column, Text))


def _parts() -> ColumnElement[Any]:
    part, version = PlanPartRow, PlanVersionRow
    item = json_object(
        id=public_id(ids.PART, part.id),
        patient_id=public_id(ids.PATIENT, part.patient_id),
        kind=part.kind,
        lifecycle=part.lifecycle,
        version=part.version,
        content_version=part.content_version,
        content=version.content,
        responsible=part.responsible,
        updated_at=part.updated_at,
        updated_by=part.updated_by,
        change_comment=version.change_comment,
        review_due=part.review_due,
        reason=part.reason,
        approval=func.coalesce(version.approval, EMPTY),
        agreements=_agreements(),
        sharing=json_object(shares=_shares()),
    )
    shown = part.__table__.outerjoin(
        version.__table__,
        (version.patient_id == part.patient_id)
        & (version.part_id == part.id)
        & (version.number == part.content_version),
    )
    return json_list(
        item, shown, part.patient_id == PatientRow.id, order=(part.kind, part.updated_at.desc())
    )


def _agreements() -> ColumnElement[Any]:
    row = AgreementRow
    item = json_object(
        id=public_id(ids.AGREEMENT, row.id),
        patient_id=public_id(ids.PATIENT, row.patient_id),
        part_id=public_id(ids.PART, row.part_id),
        person=row.person,
        relation=row.relation,
        state=row.state,
        content_version=row.content_version,
        at=row.at,
        comment=row.comment,
        word=row.word,
    )
    of_part = (row.patient_id == PlanPartRow.patient_id, row.part_id == PlanPartRow.id)
    return json_list(item, row.__table__, *of_part, order=(row.at.desc(), row.id))


def _shares() -> ColumnElement[Any]:
    row = ShareRow
    item = json_object(
        id=public_id(ids.SHARE, row.id),
        patient_id=public_id(ids.PATIENT, row.patient_id),
        part_id=public_id(ids.PART, row.part_id),
        recipient=row.recipient,
        kind=row.kind,
        setting=row.setting,
        scopes=row.scopes,
        organisation_number=row.organisation_number,
        recipient_number=row.recipient_number,
        shared_by=row.shared_by,
        shared_by_number=row.shared_by_number,
        is_own_home_only=row.is_own_home_only,
        word=row.word,
        version=row.version,
        since=row.since,
        until=row.until,
        withdrawn_at=row.withdrawn_at,
    )
    of_part = (row.patient_id == PlanPartRow.patient_id, row.part_id == PlanPartRow.id)
    return json_list(item, row.__table__, *of_part, order=(row.since.desc(), row.id))


def _care_team() -> ColumnElement[Any]:
    row = CareTeamMemberRow
    item = json_object(
        id=public_id(ids.MEMBER, row.id),
        patient_id=public_id(ids.PATIENT, row.patient_id),
        version=row.version,
        name=row.name,
        since=row.since,
        until=row.until,
        functions=row.functions,
        role_code=row.role_code,
        role_text=row.role_text,
        hpr_number=row.hpr_number,
        organisation_name=row.organisation_name,
        organisation_number=row.organisation_number,
        phone=row.phone,
        reachable=row.reachable,
    )
    return json_list(
        item, row.__table__, row.patient_id == PatientRow.id, order=(row.since, row.id)
    )
