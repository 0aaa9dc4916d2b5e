"""The caller's attest, as the headers that every source demands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote

import msgspec

from domain.caller import Caller

_PROFESSION = "urn:oid:2.16.578.1.12.4.1.1.9060"
_ORGANISATION = "urn:oid:2.16.578.1.12.4.1.4.101"
_PURPOSE = "urn:oid:2.16.840.1.113883.1.11.20448"

_MAX_EVENT_ID = 128


class _Code(msgspec.Struct, frozen=True):
    code: str
    system: str


class _Organisation(msgspec.Struct, frozen=True):
    id: str
    system: str = _ORGANISATION


class _Supervisor(msgspec.Struct, frozen=True):
    hpr_nr: str


class _Practitioner(msgspec.Struct, frozen=True, omit_defaults=True):
    hpr_nr: str | None = None
    authorization: _Code | None = None
    legal_entity: _Organisation | None = None
    point_of_care: _Organisation | None = None
    student: bool = False
    supervisor: _Supervisor | None = None


class _Citizen(msgspec.Struct, frozen=True):
    representation: str


class _System(msgspec.Struct, frozen=True):
    legal_entity: _Organisation


class _Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    description: str | None = None


class _CareRelation(msgspec.Struct, frozen=True, omit_defaults=True):
    purpose_of_use: _Code
    decision_ref: _Decision | None = None


class _Attest(msgspec.Struct, frozen=True, omit_defaults=True):
    care_relation: _CareRelation
    toa: int
    practitioner: _Practitioner | None = None
    citizen: _Citizen | None = None
    system: _System | None = None


@lru_cache(maxsize=512)
def attest_headers(caller: Caller) -> Mapping[str, str]:
    """Return `nhn-attest` and `nhn-event-id`, made once for all calls of an operation."""
    attest = quote(msgspec.json.encode(_attest(caller)), safe="")
    return MappingProxyType({"nhn-attest": attest, "nhn-event-id": event_id_of(caller)})


@lru_cache(maxsize=64)
def user_role(profession: str) -> str:
    """Return the value of `nhn-user-role` for a profession (Volven 9060)."""
    return quote(msgspec.json.encode(_Code(profession, _PROFESSION)), safe="")


def event_id_of(caller: Caller) -> str:
    """Return the correlation id as headers and log lines take it: at most 128 plain characters."""
    return quote(caller.event_id, safe=":/+=,;@~")[:_MAX_EVENT_ID]


def _attest(caller: Caller) -> _Attest:
    relation, toa = _care_relation(caller), int(caller.at.timestamp())
    if caller.representation:
        return _Attest(relation, toa, citizen=_Citizen(caller.representation.value))
    if caller.system_organisation:
        return _Attest(relation, toa, system=_System(_Organisation(caller.system_organisation)))
    return _Attest(relation, toa, practitioner=_practitioner(caller))


def _practitioner(caller: Caller) -> _Practitioner:
    return _Practitioner(
        hpr_nr=caller.hpr_number,
        authorization=_Code(caller.profession, _PROFESSION) if caller.profession else None,
        legal_entity=_organisation(caller.legal_entity),
        point_of_care=_organisation(caller.point_of_care),
        student=caller.supervisor is not None,
        supervisor=_Supervisor(caller.supervisor) if caller.supervisor else None,
    )


def _organisation(number: str | None) -> _Organisation | None:
    return _Organisation(number) if number else None


def _care_relation(caller: Caller) -> _CareRelation:
    decision = _Decision(caller.decision_id, caller.decision_text) if caller.decision_id else None
    return _CareRelation(_Code(caller.purpose_of_use, _PURPOSE), decision)
