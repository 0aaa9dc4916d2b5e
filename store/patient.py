"""Reads a patient's numbers, access facts and plan in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from domain import ids
from domain.access.patient import PatientRecord
from domain.access.relation import Basis
from domain.access.reservation import Reservation
from domain.access.rule import AccessRule
from domain.identity_number import IdentityNumberKind
from domain.keeping.consent import ConsentKind
from store.json import json_list, json_object
from store.listing import noun_json
from store.plan import plan_json
from store.session import Sessions
from store.tables import (
    AccessRuleRow,
    CareTeamMemberRow,
    ConsentRow,
    DraftRow,
    HandoverRow,
    IdentityNumberRow,
    PatientRow,
    PlanPartRow,
    PlanRow,
    ReportRow,
    RepresentationRow,
    ReservationRow,
    ShareRow,
)

_decode = msgspec.json.Decoder(PatientRecord).decode
_Asked = aliased(PatientRow)


class PatientStore:
    """Patients as the domain knows them; a merged patient's id leads to the one it lives on in."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def by_ids(self, patient_ids: Sequence[str]) -> list[PatientRecord | None]:
        """Return the records of public patient ids, in their order; None for an unknown one."""
        keys = [ids.uuid_of(patient_id, ids.PATIENT) for patient_id in patient_ids]
        found = await self._read(_BY_IDS, keys)
        return [found.get(key) for key in keys]

    async def by_identity_number(self, value: str) -> PatientRecord | None:
        """Return the patient who has or had a number."""
        return await self._one(_BY_IDENTITY_NUMBER, value)

    async def by_person(self, number: str) -> list[PatientRecord]:
        """Return the patients a person may know of: themselves, and by representation or share."""
        return list((await self._read(_BY_PERSON, number)).values())

    async def by_plan_id(self, plan_id: str) -> PatientRecord | None:
        """Return the patient whose plan has a public id."""
        return await self._one(_BY_PLAN, ids.uuid_of(plan_id, ids.PLAN))

    async def by_part_id(self, part_id: str) -> PatientRecord | None:
        """Return the patient whose plan has a part with a public id."""
        return await self._one(_BY_PART, ids.uuid_of(part_id, ids.PART))

    async def by_report_id(self, report_id: str) -> PatientRecord | None:
        """Return the patient whom a report with a public id is about."""
        return await self._one(_BY_REPORT, ids.uuid_of(report_id, ids.REPORT))

    async def by_draft_id(self, draft_id: str) -> PatientRecord | None:
        """Return the patient whose plan has a draft with a public id."""
        return await self._one(_BY_DRAFT, ids.uuid_of(draft_id, ids.DRAFT))

    async def by_share_id(self, share_id: str) -> PatientRecord | None:
        """Return the patient whose plan has a share with a public id."""
        return await self._one(_BY_SHARE, ids.uuid_of(share_id, ids.SHARE))

    async def _one(self, statement: Select[UUID, str], key: object) -> PatientRecord | None:
        return next(iter((await self._read(statement, key)).values()), None)

    async def _read(self, statement: Select[UUID, str], key: object) -> dict[UUID, PatientRecord]:
        async with self._sessions() as session:
            connection = await session.connection()
            rows = (await connection.execute(statement, {"key": key})).all()
        return {row.asked: _decode(row.record) for row in rows}


async def one(connection: AsyncConnection, key: UUID) -> PatientRecord:
    """Return the record of a patient who is there, as the caller's transaction sees it."""
    row = (await connection.execute(_BY_IDS, {"key": [key]})).one()
    return _decode(row.record)


async def no_one(connection: AsyncConnection) -> None:
    """Read the record of nobody, with the statement that reads a patient's."""
    await connection.execute(_BY_IDS, {"key": [UUID(int=0)]})


def ids_of(key: UUID) -> Select[UUID]:
    """Return the patient's own id and those that have been merged into it."""
    return select(PatientRow.id).where((PatientRow.id == key) | (PatientRow.merged_into == key))


def _number_kind() -> ColumnElement[str]:
    return case(
        {kind.name: kind.value for kind in IdentityNumberKind}, value=IdentityNumberRow.kind
    )


def _identity_numbers() -> ColumnElement[Any]:
    number = IdentityNumberRow
    newest_first = (number.valid_to.desc().nulls_first(), number.valid_from.desc().nulls_last())
    return json_list(
        json_object(value=number.value, kind=_number_kind()),
        number.__table__,
        number.patient_id == PatientRow.id,
        order=(*newest_first, number.value),
    )


def _patient() -> ColumnElement[Any]:
    return json_object(
        id=literal(ids.PATIENT).concat(cast(PatientRow.id, Text)),
        given_name=PatientRow.given_name,
        family_name=PatientRow.family_name,
        birth_date=PatientRow.birth_date,
        gender=func.lower(PatientRow.gender),
        died_on=PatientRow.died_on,
        is_address_protected=PatientRow.is_address_protected,
        identity_numbers=_identity_numbers(),
    )


_WHO = (
    "organisation",
    "organisation_name",
    "hpr_number",
    "person_number",
    "person_name",
    "share_id",
    "part_id",
    "shared_by_number",
    "representation_id",
)
_NONE = cast(literal("{}"), ARRAY(Text))
_UNSAID = {
    "scopes": _NONE,
    "rights": _NONE,
    "lives_with_patient": literal(True),
    "is_protected": literal(False),
}


def _relation(table: Any, basis: Any, origin: Any, since: Any, until: Any, **who: Any) -> Any:
    """Return the select of one kind of tie; Any, since the four tables share no type."""
    columns: dict[str, Any] = dict.fromkeys(_WHO, cast(null(), Text)) | _UNSAID | who
    columns |= {"basis": basis, "origin": origin, "since": since, "until": until}
    labelled = [columns[name].label(name) for name in sorted(columns)]
    return select(*labelled).where(table.patient_id == PatientRow.id).correlate(PatientRow)


def _care_team_ties() -> Any:
    team = CareTeamMemberRow
    origin = literal("Behandlingsteam: ").concat(team.name)
    ties = _relation(
        team,
        literal(Basis.CARE_TEAM.name),
        origin,
        team.since,
        team.until,
        organisation=team.organisation_number,
        organisation_name=team.organisation_name,
        hpr_number=team.hpr_number,
    )
    return ties.where(team.organisation_number.is_not(None))


def _share_ties() -> Any:
    share = ShareRow
    ended = func.least(share.until, share.withdrawn_at)
    return _relation(
        share,
        literal(Basis.SHARE.name),
        literal("Delt av ").concat(share.shared_by),
        share.since,
        ended,
        organisation=share.organisation_number,
        person_number=share.recipient_number,
        share_id=literal(ids.SHARE).concat(cast(share.id, Text)),
        part_id=literal(ids.PART).concat(cast(share.part_id, Text)),
        scopes=share.scopes,
        shared_by_number=share.shared_by_number,
    )


def _handover_ties() -> Any:
    row = HandoverRow
    return _relation(
        row,
        literal(Basis.HANDOVER.name),
        literal("Overføring: ").concat(row.reason),
        row.opened_at,
        row.decided_at,
        organisation=row.to_organisation,
        organisation_name=row.to_organisation_name,
    )


def _representations() -> Any:
    row = RepresentationRow
    return _relation(
        row,
        row.kind,
        row.origin,
        row.since,
        row.until,
        person_number=row.representative_number,
        person_name=row.representative_name,
        representation_id=literal(ids.REPRESENTATION).concat(cast(row.id, Text)),
        rights=row.rights,
        lives_with_patient=row.lives_with_patient,
        is_protected=row.is_protected,
    )


def _relations() -> ColumnElement[Any]:
    ties = (_care_team_ties(), _share_ties(), _handover_ties(), _representations())
    tie = ties[0].union_all(*ties[1:]).subquery("tie")
    members = {name: tie.c[name] for name in tie.c.keys()}  # noqa: SIM118  # columns, not a dict
    return json_list(json_object(**members), tie, order=(tie.c.basis, tie.c.since))


def _reservation() -> ColumnElement[Any]:
    row = ReservationRow
    standing = (row.patient_id == PatientRow.id, row.ended_at.is_(None))
    one = select(noun_json(Reservation, row, ids.RESERVATION)).where(*standing)
    return one.correlate(PatientRow).scalar_subquery()


def _has_consent() -> ColumnElement[Any]:
    row = ConsentRow
    to_plan = (row.patient_id == PatientRow.id, row.kind == ConsentKind.HAVE_PLAN.name)
    has = select(func.bool_or(row.withdrawn_at.is_(None))).where(*to_plan)
    return has.correlate(PatientRow).scalar_subquery()


def _rules() -> ColumnElement[Any]:
    """Return the rules that nobody has ended; whether their time is over, the policy sees."""
    row = AccessRuleRow
    of_patient = (row.patient_id == PatientRow.id, row.ended_at.is_(None))
    one = noun_json(AccessRule, row, ids.ACCESS_RULE)
    return json_list(one, row.__table__, *of_patient, order=(row.since, row.id))


def _records() -> Select[UUID, str]:
    record = json_object(
        patient=_patient(),
        relations=_relations(),
        reservation=_reservation(),
        has_consent=_has_consent(),
        rules=_rules(),
        plan=plan_json(),
    )
    lives_on = PatientRow.id == func.coalesce(_Asked.merged_into, _Asked.id)
    # Looked up for each who is asked for: as a join, it reads all patients while there are few.
    read = select(cast(record, Text)).where(lives_on).correlate(_Asked).scalar_subquery()
    return select(_Asked.id.label("asked"), read.label("record"))


def _of_person() -> ColumnElement[bool]:
    own = select(IdentityNumberRow.patient_id).where(IdentityNumberRow.value == bindparam("key"))
    tie = RepresentationRow
    represented = select(tie.patient_id).where(tie.representative_number == bindparam("key"))
    shared = select(ShareRow.patient_id).where(ShareRow.recipient_number == bindparam("key"))
    return _Asked.id.in_(own.union(represented, shared))


def _with(column: Any) -> ColumnElement[bool]:
    """Return the condition that the patient owns the row whose column is the key."""
    owner = column.class_.patient_id
    return _Asked.id.in_(select(owner).where(column == bindparam("key")))


# Made once: building a statement costs more than running it.
_RECORDS = _records()
_BY_IDS = _RECORDS.where(_Asked.id == any_(bindparam("key", type_=ARRAY(Uuid))))
_BY_IDENTITY_NUMBER = _RECORDS.where(_with(IdentityNumberRow.value))
_BY_PERSON = _RECORDS.where(_of_person())
_BY_PLAN = _RECORDS.where(_with(PlanRow.id))
_BY_PART = _RECORDS.where(_with(PlanPartRow.id))
_BY_SHARE = _RECORDS.where(_with(ShareRow.id))
_BY_REPORT = _RECORDS.where(_with(ReportRow.id))
_BY_DRAFT = _RECORDS.where(_with(DraftRow.id))
