"""Valid domain objects by default; a test overrides what it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.access.facts import AccessFacts
from domain.access.relation import Basis, Relation
from domain.access.rule import AccessRule, RuleKind
from domain.access.viewer import Viewer, ViewerRole
from domain.author import Author
from domain.identity_number import IdentityNumber, IdentityNumberKind
from domain.plan.sharing import ShareScope

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOSPITAL = "974795515"
OTHER_HOSPITAL = "974749025"
CHILD_NUMBER = "20811599924"
PARENT_NUMBER = "12838499987"


def a_number(value: str = CHILD_NUMBER) -> IdentityNumber:
    return IdentityNumber(value=value, kind=IdentityNumberKind.NATIONAL)


def a_clinician(**changes: Any) -> Viewer:
    known: dict[str, Any] = {
        "subject": "s-1",
        "role": ViewerRole.CLINICIAN,
        "expires_at": NOW + timedelta(hours=1),
        "hpr_number": "9144897",
        "profession": "SP",
        "organisation": HOSPITAL,
        "legal_entity": "983974899",
        "security_level": 4,
    }
    return Viewer(**known | changes)


def a_citizen(number: str = PARENT_NUMBER, **changes: Any) -> Viewer:
    known: dict[str, Any] = {
        "subject": "s-2",
        "role": ViewerRole.CITIZEN,
        "expires_at": NOW + timedelta(hours=1),
        "identity_number": a_number(number),
        "security_level": 4,
    }
    return Viewer(**known | changes)


def a_vendor(**changes: Any) -> Viewer:
    known: dict[str, Any] = {
        "subject": "s-3",
        "role": ViewerRole.VENDOR,
        "expires_at": NOW + timedelta(hours=1),
        "organisation": HOSPITAL,
    }
    return Viewer(**known | changes)


def a_recipient(share_id: str | None, **changes: Any) -> Viewer:
    known: dict[str, Any] = {
        "subject": "s-4",
        "role": ViewerRole.RECIPIENT,
        "expires_at": NOW + timedelta(hours=8),
        "share_id": share_id,
    }
    return Viewer(**known | changes)


def a_relation(basis: Basis = Basis.CARE_TEAM, **changes: Any) -> Relation:
    known: dict[str, Any] = {"origin": "test", "since": NOW - timedelta(days=10)}
    if basis is Basis.SHARE:
        known["scopes"] = (ShareScope.WHOLE_PART,)
    if basis is Basis.PARENT:
        known["person_number"] = PARENT_NUMBER
    else:
        known["organisation"] = HOSPITAL
    return Relation(basis=basis, **known | changes)


def a_rule(kind: RuleKind, **changes: Any) -> AccessRule:
    known: dict[str, Any] = {
        "id": "rul_1",
        "patient_id": "pat_1",
        "version": 1,
        "set_by": Author(name="Ingrid Haugen"),
        "since": NOW - timedelta(days=5),
    }
    return AccessRule(kind=kind, **known | changes)


def facts(*relations: Relation, born: date = date(2015, 1, 20)) -> AccessFacts:
    return AccessFacts(birth_date=born, identity_numbers=(a_number(),), relations=relations)
