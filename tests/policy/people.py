"""Everybody who may ask about a patient, in plain values: each with the ties they have or had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.policy.case import Asker, Span, Tie
from tests.policy.table import RIGHTS

NUMBER, FORMER, OTHER_PATIENT = "20811599924", "80822983379", "05894500079"
KARI, OLA, BERIT = "12838499987", "21878336590", "16867299955"
WARD, ELSEWHERE, SERVICE = "974795515", "974749025", "999000177"
INGRID, PER, VEILEDER = "9144897", "8033226", "7777777"
SHARE = "shr_1"

LONG_AGO, LATER = datetime(2005, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)
OPEN = Span(LONG_AGO)
OVER, NOT_YET = Span(LONG_AGO, until=LONG_AGO + timedelta(days=1)), Span(LATER)

DAILY = frozenset({"PLAN_STATUS", "READ_ZONES", "READ_MEDICINES", "READ_LOG", "AGREE", "EXPORT"})
WRITES = frozenset({"READ_PLAN", "READ_CRITICAL_INFO", "REPORT", "COMMENT", "SHARE", "LOCK"})


@dataclass(frozen=True)
class Person:
    """Somebody who asks, and what they are to the patient."""

    asker: Asker
    ties: tuple[Tie, ...] = ()


def _parent(of: str = KARI, **of_tie: Any) -> Tie:
    return Tie("PARENT", of_tie.pop("span", OPEN), of_person=of, **of_tie)


def _mandate(kind: str, covers: frozenset[str] = frozenset(), span: Span = OPEN) -> Tie:
    return Tie(kind, span, of_person=KARI, covers=covers)


def _shared(is_whole: bool, span: Span = OPEN, **of: str) -> Tie:
    return Tie("SHARE", span, is_whole=is_whole, share=SHARE, **of)


def _unit(kind: str, unit: str | None = WARD, span: Span = OPEN) -> Tie:
    return Tie(kind, span, of_unit=unit)


def _citizen(*ties: Tie, number: str | None = KARI, **more: Any) -> Person:
    return Person(Asker("citizen", person=number, **more), ties)


def _nurse(*ties: Tie, **more: Any) -> Person:
    known = {"hpr": INGRID, "unit": WARD, "profession": "SP"} | more
    return Person(Asker("personnel", **known), ties)


def _attested(number: str = NUMBER, span: Span = OPEN, **more: Any) -> Person:
    return _nurse(attests=number, attested=span, **more)


def _student(*ties: Tie, **more: Any) -> Person:
    return _nurse(*ties, **{"is_student": True, "supervisor": VEILEDER} | more)


def _of_unit(kind: str, *ties: Tie, **more: Any) -> Person:
    return Person(Asker(kind, **{"unit": WARD} | more), ties)


_TEAM = _unit("CARE_TEAM")
_BY_PARENT = _shared(True, of_unit=WARD, shared_by=KARI)

ON_THE_PATIENT_S_SIDE: Mapping[str, Person] = {
    "the patient": _citizen(number=NUMBER),
    "the patient by a former number": _citizen(number=FORMER),
    "the patient, also in a share": _citizen(_shared(True, of_person=NUMBER), number=NUMBER),
    "a parent": _citizen(_parent()),
    "a parent who lives elsewhere": _citizen(_parent(lives_with=False), _parent(OLA)),
    "the only parent, elsewhere": _citizen(_parent(lives_with=False)),
    "a parent, the other's tie over": _citizen(_parent(lives_with=False), _parent(OLA, span=OVER)),
    "a parent with protected address": _citizen(_parent(is_protected=True)),
    "a former parent": _citizen(_parent(span=OVER)),
    "a parent to be": _citizen(_parent(span=NOT_YET)),
    "a guardian": _citizen(_mandate("GUARDIAN", DAILY)),
    "a guardian of other things": _citizen(_mandate("GUARDIAN", WRITES)),
    "a guardian of nothing": _citizen(_mandate("GUARDIAN")),
    "holder of a lasting power": _citizen(_mandate("LASTING_POWER", frozenset(RIGHTS))),
    "a proxy": _citizen(_mandate("POWER_OF_ATTORNEY", DAILY)),
    "a proxy for everything": _citizen(_mandate("POWER_OF_ATTORNEY", frozenset(RIGHTS))),
    "a proxy for what is written": _citizen(_mandate("POWER_OF_ATTORNEY", WRITES)),
    "a former proxy": _citizen(_mandate("POWER_OF_ATTORNEY", DAILY, OVER)),
    "an adviser": _citizen(_mandate("ADVISER")),
    "next of kin": _citizen(_mandate("NEXT_OF_KIN")),
    "next of kin, once a parent": _citizen(_mandate("NEXT_OF_KIN"), _parent(span=OVER)),
    "next of kin and adviser": _citizen(_mandate("NEXT_OF_KIN"), _mandate("ADVISER")),
    "a parent with a mandate": _citizen(_parent(), _mandate("POWER_OF_ATTORNEY", DAILY)),
    "a parent and guardian": _citizen(_mandate("GUARDIAN", DAILY), _parent()),
    "a parent in a share": _citizen(_parent(), _shared(False, of_person=KARI)),
    "a teacher": _citizen(_shared(False, of_person=KARI)),
    "a foster parent": _citizen(_shared(True, of_person=KARI)),
    "a teacher whom a parent chose": _citizen(
        _parent(OLA), _shared(False, of_person=KARI, shared_by=OLA)
    ),
    "a teacher whom parent and nurse chose": _citizen(
        _parent(OLA),
        _shared(False, of_person=KARI, shared_by=OLA),
        _shared(False, of_person=KARI),
    ),
    "a teacher of two parts": _citizen(
        _parent(OLA),
        _shared(False, of_person=KARI, shared_by=OLA),
        _shared(False, of_person=KARI, part="prt_2"),
    ),
    "a former teacher": _citizen(_shared(False, OVER, of_person=KARI)),
    "a stranger": _citizen(_parent(OLA), _shared(True, of_unit=WARD)),
    "a citizen without a number": _citizen(_shared(True), number=None),
    "the child welfare service": _of_unit("case", unit=SERVICE),
    "another child welfare service": _of_unit("case", unit=ELSEWHERE),
    "a service with a share": _of_unit("case", _shared(True, of_unit=SERVICE), unit=SERVICE),
    "a case worker of no service": _of_unit("case", unit=None),
}

AT_WORK: Mapping[str, Person] = {
    "a nurse": _nurse(_TEAM),
    "a doctor": _nurse(_TEAM, profession="LE"),
    "a psychologist": _nurse(_TEAM, profession="PS"),
    "a nurse asked to take over": _nurse(_unit("HANDOVER")),
    "a nurse with a shared part": _nurse(_shared(True, of_unit=WARD)),
    "a nurse whom a parent chose": _nurse(_parent(), _BY_PARENT),
    "a nurse whom a former parent chose": _nurse(_parent(span=OVER), _BY_PARENT),
    "a nurse whom the patient chose": _nurse(
        _parent(), _shared(True, of_unit=WARD, shared_by=NUMBER)
    ),
    "a nurse whom a parent chose, of the team": _nurse(_parent(), _BY_PARENT, _TEAM),
    "a nurse whom parent and nurse chose": _nurse(
        _parent(), _BY_PARENT, _shared(False, of_unit=WARD)
    ),
    "a machine with a parent's piece and another's part": _of_unit(
        "machine",
        _parent(),
        _shared(False, of_unit=WARD, shared_by=KARI),
        _shared(True, of_unit=WARD),
    ),
    "a nurse with pieces": _nurse(_shared(False, of_unit=WARD)),
    "a nurse elsewhere": _nurse(_TEAM, unit=ELSEWHERE),
    "a nurse no longer": _nurse(_unit("CARE_TEAM", span=OVER)),
    "a nurse not yet": _nurse(_unit("CARE_TEAM", span=NOT_YET)),
    "a nurse at no unit": _nurse(_unit("CARE_TEAM", None), unit=None),
    "a nurse who coordinates": _nurse(_TEAM, purpose="COC"),
    "a nurse on call": _attested(purpose="ETREAT"),
    "a nurse who attests": _attested(purpose="TREAT"),
    "a nurse who attests a former number": _attested(FORMER),
    "a nurse who attests another": _attested(OTHER_PATIENT),
    "a nurse who attests too early": _attested(span=NOT_YET),
    "a nurse whose token is over": _attested(span=OVER),
    "a nurse who attests for no unit": _attested(unit=None),
    "a nurse who breaks the glass": _attested(purpose="BTG"),
    "a nurse of the team who breaks it": _nurse(_TEAM, purpose="BTG"),
    "a nurse with another purpose": _nurse(_TEAM, purpose="HMARKT"),
    "another purpose, with a share": _nurse(_shared(True, of_unit=WARD), purpose="HMARKT"),
    "a student": _student(_TEAM),
    "a student alone": _student(_TEAM, supervisor=None),
    "a student alone, with a share": _student(_shared(True, of_unit=WARD), supervisor=None),
    "a student who is nobody": _student(),
    "a student who attests": _student(attests=NUMBER, attested=OPEN),
    "an assistant without HPR": _nurse(_TEAM, hpr=None),
    "an assistant with a share": _nurse(_shared(True, of_unit=WARD), hpr=None),
    "a nurse who is nobody": _nurse(),
    "a nurse who is a parent": _nurse(_parent(), person=KARI),
    "a machine": _of_unit("machine", _shared(True, of_unit=WARD), level=0),
    "a machine with pieces": _of_unit("machine", _shared(False, of_unit=WARD), level=0),
    "a machine that a parent chose": _of_unit("machine", _parent(), _BY_PARENT),
    "a machine of the team": _of_unit("machine", _TEAM, level=0),
    "a machine of who takes over": _of_unit("machine", _unit("HANDOVER"), level=0),
    "a machine of the team, with pieces": _of_unit("machine", _TEAM, _shared(False, of_unit=WARD)),
    "a machine of another team": _of_unit("machine", _TEAM, unit=ELSEWHERE),
    "a machine of no unit": _of_unit("machine", _unit("CARE_TEAM", None), unit=None),
    "a machine no longer": _of_unit("machine", _unit("CARE_TEAM", span=OVER)),
    "a machine with an attest": _of_unit("machine", attests=NUMBER, attested=OPEN),
    "a machine of nobody's": _of_unit("machine", _shared(True), unit=None),
    "a code": Person(Asker("code", level=0, share=SHARE), (_shared(False, of_unit=ELSEWHERE),)),
    "a code for another share": Person(Asker("code", share="shr_2"), (_shared(True),)),
    "a code for none": Person(Asker("code"), (_unit("SHARE", None),)),
    "the privacy officer": _of_unit("controller", _TEAM, _shared(True, of_unit=WARD)),
}
EVERYBODY: Mapping[str, Person] = {**ON_THE_PATIENT_S_SIDE, **AT_WORK}
