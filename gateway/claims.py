"""What a verified access token says, in HelseID's claims and the Tillitsrammeverk attest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from domain.access.viewer import AttestedRelation, Viewer, ViewerRole
from domain.errors import Unauthenticated
from domain.identity_number import IdentityNumber, is_valid, kind_of
from gateway.organisation import Authorization, Organisation

D = TypeVar("D")

ATTEST_TYPE = "nhn:tillitsrammeverk:parameters"
AUTHORIZATION_TYPE = "helseid_authorization"
_IDENTITY = "helseid://claims/identity/"
OFFICER, CASE_WORKER = "personvernombud", "barnevern"
_CLIENT = "helseid://claims/client/claims/"


class _Coded(msgspec.Struct):
    code: str


class _Identified(msgspec.Struct):
    id: str


class _Supervisor(msgspec.Struct):
    hpr_nr: str


class _Practitioner(msgspec.Struct):
    hpr_nr: str | None = None
    authorization: _Coded | None = None
    legal_entity: Organisation | None = None
    point_of_care: Organisation | None = None
    student: bool = False
    supervisor: _Supervisor | None = None


class _Decision(msgspec.Struct):
    id: str | None = None
    description: str | None = None


class _CareRelation(msgspec.Struct):
    purpose_of_use: _Coded | None = None
    decision_ref: _Decision | None = None


class _Patient(msgspec.Struct):
    identifier: _Identified


class _Attest(msgspec.Struct):
    practitioner: _Practitioner | None = None
    care_relation: _CareRelation | None = None
    patient: _Patient | None = None
    toa: float | None = None


class _Claims(msgspec.Struct):
    exp: float
    sub: str | None = None
    client_id: str | None = None
    name: str | None = None
    pid: str | None = msgspec.field(default=None, name=_IDENTITY + "pid")
    security_level: int = msgspec.field(default=0, name=_IDENTITY + "security_level")
    hpr_number: str | None = msgspec.field(default=None, name="helseid://claims/hpr/hpr_number")
    parent: str | None = msgspec.field(default=None, name=_CLIENT + "orgnr_parent")
    child: str | None = msgspec.field(default=None, name=_CLIENT + "orgnr_child")
    role: str | None = msgspec.field(default=None, name="dbep://claims/role")
    supplier: str | None = msgspec.field(default=None, name=_CLIENT + "orgnr_supplier")
    authorization_details: list[dict[str, object]] | dict[str, object] = msgspec.field(
        default_factory=list
    )


def viewer_of(claims: Mapping[str, object]) -> Viewer:
    """Return the viewer that verified claims describe, or refuse claims that describe none."""
    try:
        # Not strict: HelseID gives the security level as text.
        said = msgspec.convert(claims, _Claims, strict=False)
        attest = _detail(said, ATTEST_TYPE, _Attest) or _Attest()
        asked_for = _detail(said, AUTHORIZATION_TYPE, Authorization) or Authorization()
    except msgspec.ValidationError:
        raise Unauthenticated("The access token's claims can't be used.") from None
    role = _role(said)
    citizen = role is ViewerRole.CITIZEN
    practitioner = attest.practitioner or _Practitioner()
    if practitioner.hpr_nr is not None and practitioner.hpr_nr != said.hpr_number:
        raise Unauthenticated("The access token's attest names someone else.")
    return Viewer(
        subject=_subject(said),
        role=role,
        expires_at=_moment(said.exp),
        security_level=said.security_level,
        name=said.name,
        identity_number=_number(said.pid) if said.pid else None,
        hpr_number=said.hpr_number if role is ViewerRole.CLINICIAN else None,
        profession=practitioner.authorization.code if practitioner.authorization else None,
        organisation=None if citizen else _organisation(said, asked_for, practitioner),
        legal_entity=None if citizen else _legal_entity(said, asked_for, practitioner),
        purpose_of_use=_purpose(attest),
        attest=_relation(attest),
        is_student=practitioner.student,
        supervisor=practitioner.supervisor.hpr_nr if practitioner.supervisor else None,
        client_id=said.client_id,
    )


def _detail(said: _Claims, type_name: str, kind: type[D]) -> D | None:
    """Return the first detail of a type; HelseID writes a single one without a list around it."""
    details = said.authorization_details
    for detail in details if isinstance(details, list) else [details]:
        if detail.get("type") == type_name:
            return msgspec.convert(detail, kind)
    return None


def _role(said: _Claims) -> ViewerRole:
    if said.role == OFFICER and (said.parent or said.child):
        return ViewerRole.PRIVACY_OFFICER
    if said.role == CASE_WORKER and said.pid and (said.parent or said.child):
        return ViewerRole.CASE_WORKER
    if said.hpr_number:
        return ViewerRole.CLINICIAN
    if said.pid:
        return ViewerRole.CITIZEN
    if said.parent or said.child or said.supplier:
        return ViewerRole.VENDOR
    raise Unauthenticated("The access token names neither a person nor an organisation.")


def _subject(said: _Claims) -> str:
    subject = said.sub or said.client_id
    if not subject:
        raise Unauthenticated("The access token has no subject.")
    return subject


def _organisation(
    said: _Claims, asked_for: Authorization, practitioner: _Practitioner
) -> str | None:
    # What the issuer has checked goes before what the caller attests.
    child = said.child or asked_for.parent_and_child[1]
    attested = practitioner.point_of_care.number if practitioner.point_of_care else None
    return child or attested or _legal_entity(said, asked_for, _Practitioner())


def _legal_entity(
    said: _Claims, asked_for: Authorization, practitioner: _Practitioner
) -> str | None:
    parent = said.parent or asked_for.parent_and_child[0]
    attested = practitioner.legal_entity.number if practitioner.legal_entity else None
    return parent or attested or said.supplier


def _purpose(attest: _Attest) -> str | None:
    relation = attest.care_relation
    return relation.purpose_of_use.code if relation and relation.purpose_of_use else None


def _relation(attest: _Attest) -> AttestedRelation | None:
    if attest.patient is None or attest.toa is None:
        return None
    decision = (attest.care_relation and attest.care_relation.decision_ref) or _Decision()
    return AttestedRelation(
        patient_number=_number(attest.patient.identifier.id),
        at=_moment(attest.toa),
        decision_id=decision.id,
        decision_text=decision.description,
    )


def _number(value: str) -> IdentityNumber:
    if not is_valid(value):
        raise Unauthenticated("The access token holds an identity number that is not one.")
    return IdentityNumber(value=value, kind=kind_of(value))


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        raise Unauthenticated("The access token's times can't be used.") from None
