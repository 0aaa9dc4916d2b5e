"""The policy itself, asked about a case of the second statement."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

from domain.access.decision import Access, decide
from domain.access.facts import AccessFacts, AddressRule, Choices
from domain.access.relation import Basis, Relation
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind
from domain.access.standing import Standing
from domain.access.viewer import AttestedRelation, Viewer, ViewerRole
from domain.author import Author
from domain.identity_number import IdentityNumber, IdentityNumberKind
from domain.plan.sharing import ShareScope
from tests.policy.case import Asker, Case, Note, Tie

ROLES = {
    "citizen": ViewerRole.CITIZEN,
    "personnel": ViewerRole.CLINICIAN,
    "machine": ViewerRole.VENDOR,
    "code": ViewerRole.RECIPIENT,
    "case": ViewerRole.CASE_WORKER,
    "controller": ViewerRole.PRIVACY_OFFICER,
}
COLUMNS = {
    "P16": Standing.PATIENT,
    "Y": Standing.YOUTH,
    "P0": Standing.WITHOUT_CAPACITY,
    "F": Standing.PARENT,
    "BV": Standing.CHILD_WELFARE,
    "V": Standing.GUARDIAN,
    "FM": Standing.PROXY,
    "RAD": Standing.ADVISER,
    "NOK": Standing.NEXT_OF_KIN,
    "F12": Standing.PARENT_12_15,
    "F16": Standing.PARENT_16_17,
    "FBV": Standing.PARENT_WITHOUT_CARE,
    "KO": Standing.RESPONSIBLE,
    "BEH": Standing.PERSONNEL,
    "STU": Standing.STUDENT,
    "AK": Standing.EMERGENCY,
    "MOT": Standing.RECIPIENT,
    "LEV": Standing.VENDOR,
    "SYS": Standing.SYSTEM,
    "PVO": Standing.OFFICER,
}
COLUMN_OF = {standing: column for column, standing in COLUMNS.items()}


def ask(case: Case) -> Access:
    """Return what the policy decides."""
    return decide(viewer(case), facts(case), case.now, choices(case))


def viewer(case: Case) -> Viewer:
    """Return who asks, with a token that ends when what it attests does."""
    asker = case.asker
    ends = asker.attested.until if asker.attested else None
    return _viewer(asker, ends or case.now + timedelta(hours=1))


@cache
def _number(value: str | None) -> IdentityNumber | None:
    kind = IdentityNumberKind.NATIONAL
    return None if value is None else IdentityNumber(value=value, kind=kind)


def _viewer(asker: Asker, expires_at: Any) -> Viewer:
    attest = None
    number = _number(asker.attests)
    if number is not None and asker.attested is not None:
        attest = AttestedRelation(patient_number=number, at=asker.attested.since)
    return Viewer(
        subject="s-1",
        role=ROLES[asker.kind],
        expires_at=expires_at,
        security_level=asker.level,
        identity_number=_number(asker.person),
        hpr_number=asker.hpr,
        profession=asker.profession,
        organisation=asker.unit,
        purpose_of_use=asker.purpose,
        attest=attest,
        share_id=asker.share,
        is_student=asker.is_student,
        supervisor=asker.supervisor,
    )


def facts(case: Case) -> AccessFacts:
    """Return what the policy may know of the patient."""
    numbers = (_number(value) for value in case.numbers)
    return AccessFacts(
        birth_date=case.born,
        identity_numbers=tuple(number for number in numbers if number is not None),
        relations=tuple(_relation(tie) for tie in case.ties),
        is_reserved=case.is_reserved,
        has_consent=case.has_consent,
        is_address_protected=case.is_protected,
        rules=tuple(_rule(note) for note in case.notes),
        died_on=case.died,
    )


@cache
def _relation(tie: Tie) -> Relation:
    scope = ShareScope.WHOLE_PART if tie.is_whole else ShareScope.ZONE_SHEET
    is_share = tie.kind == "SHARE"
    return Relation(
        basis=Basis[tie.kind],
        origin="register",
        since=tie.span.since,
        # A tie has one end: whichever comes first.
        until=min(filter(None, (tie.span.until, tie.span.ended)), default=None),
        organisation=tie.of_unit,
        person_number=tie.of_person,
        share_id=tie.share,
        part_id=tie.part if is_share else None,
        shared_by_number=tie.shared_by,
        scopes=(scope,) if is_share else (),
        rights=frozenset(Right[name] for name in tie.covers),
        lives_with_patient=tie.lives_with,
        is_protected=tie.is_protected,
    )


@cache
def _rule(note: Note) -> AccessRule:
    return AccessRule(
        id="rul_1",
        patient_id="pat_1",
        version=1,
        kind=RuleKind[note.kind],
        set_by=Author(name="Ingrid Haugen"),
        since=note.span.since,
        until=note.span.until,
        ended_at=note.span.ended,
        rights=frozenset(Right[name] for name in note.about),
        part_id=note.part,
        line_id=note.line,
        hpr_number=note.hpr,
        person_number=note.person,
        organisation=note.unit,
    )


def choices(case: Case) -> Choices:
    """Return what the deployment has chosen."""
    return Choices(
        address_rule=AddressRule[case.address_rule],
        kept_by_default=frozenset(Right[name] for name in case.kept_by_default),
        own_access_from=case.own_access_from,
        read_after_death=timedelta(days=case.read_after_death),
    )
