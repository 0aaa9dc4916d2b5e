"""Every kind of viewer, in the second statement's plain values, and the rows that make it true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from domain.access.rule import RuleKind
from store.tables import PlanPartRow, Row
from tests.policy.case import Case, Note, Tie
from tests.policy.cases import CHILD, GROWN, NOW, SEVENTEEN, YOUTH
from tests.policy.people import (
    ELSEWHERE,
    EVERYBODY,
    FORMER,
    INGRID,
    KARI,
    NOT_YET,
    NUMBER,
    OPEN,
    OVER,
    PER,
    SERVICE,
    SHARE,
    VEILEDER,
    WARD,
    Person,
)
from tests.policy.table import RIGHTS
from tests.store import rows

LEGAL_ENTITY = "983974899"  # which the ward belongs to
SHARE_KEY = UUID("00000000-0000-4000-8000-000000000001")

# Rules that are there to be found by their id, and not in force yet, so that they decide nothing.
STANDING = tuple(Note(kind.name, NOT_YET, hpr=VEILEDER, unit=WARD) for kind in RuleKind)
_OWN = (Note("OWN_ACCESS", OPEN), Note("SUITABLE_FOR_YOUTH", OPEN, about=frozenset(RIGHTS)))
_DAILY = frozenset({"READ_ZONES", "READ_PLAN", "COMMENT", "REPORT"})
_KEPT = (Note("KEPT_BY_PARENTS", OPEN, about=_DAILY),)
_TAKEN_OVER = (Note("CARE_TAKEN_OVER", OPEN, unit=SERVICE),)
_OTHER = (Tie("CARE_TEAM", OPEN, of_unit=ELSEWHERE),)
_MINE: Mapping[str, Any] = {"hpr": INGRID, "unit": WARD}


def _case(name: str, day: tuple[date, Any] = CHILD, *notes: Note, **more: Any) -> Case:
    person: Person = EVERYBODY[name]
    asker = replace(person.asker, **more.pop("asker", {}))
    known: dict[str, Any] = {"numbers": (NUMBER, FORMER), "ties": person.ties, "has_consent": True}
    return Case(asker, NOW, day[0], notes=(*STANDING, *notes), **known | more)


VIEWERS: Mapping[str, Case] = {
    "a stranger": _case("a stranger"),
    "a citizen without a number": _case("a citizen without a number"),
    "a child with own access": _case("the patient", YOUTH, *_OWN),
    "a child without own access": _case("the patient"),
    "the patient, grown": _case("the patient", GROWN),
    "the patient who can't consent": _case("the patient", GROWN, Note("WITHOUT_CAPACITY", OPEN)),
    "the patient who has reserved": _case("the patient", GROWN, is_reserved=True),
    "the patient who is refused a part": _case(
        "the patient", GROWN, Note("OWN_ACCESS_REFUSED", OPEN, part="prt_1")
    ),
    "a parent": _case("a parent"),
    "a parent who lives elsewhere": _case("a parent who lives elsewhere"),
    "the only parent, elsewhere": _case("the only parent, elsewhere"),
    "a parent of a child of protected address": _case("a parent", is_protected=True),
    "a parent with protected address": _case("a parent with protected address"),
    "a parent from whom the part is hidden": _case(
        "a parent", CHILD, Note("HIDDEN_FROM_PARENTS", OPEN, part="prt_1")
    ),
    "a former parent": _case("a former parent"),
    "a parent at 14": _case("a parent", YOUTH),
    "a parent at 14 who keeps some": _case("a parent", YOUTH, *_KEPT),
    "a parent at 17": _case("a parent", SEVENTEEN),
    "a parent at 30": _case("a parent", GROWN),
    "a parent without the care": _case("a parent", CHILD, *_TAKEN_OVER),
    "a guardian": _case("a guardian"),
    "a guardian of other things": _case("a guardian of other things"),
    "holder of a lasting power": _case("holder of a lasting power", GROWN),
    "a proxy": _case("a proxy", GROWN),
    "a proxy for everything": _case("a proxy for everything", GROWN),
    "a proxy of a child": _case("a proxy"),
    "a former proxy": _case("a former proxy", GROWN),
    "an adviser": _case("an adviser", GROWN, Note("OWN_ACCESS_REFUSED", OPEN, part="prt_9")),
    "an adviser of nobody refused": _case("an adviser", GROWN),
    "next of kin": _case("next of kin", GROWN, Note("WITHOUT_CAPACITY", OPEN)),
    "a teacher": _case("a teacher"),
    "a foster parent": _case("a foster parent"),
    "a former teacher": _case("a former teacher"),
    "the service with the care": _case("the child welfare service", CHILD, *_TAKEN_OVER),
    "a service without the care": _case("another child welfare service", CHILD, *_TAKEN_OVER),
    "a nurse": _case("a nurse"),
    "a doctor": _case("a doctor"),
    "a nurse of another unit": _case("a nurse elsewhere", ties=_OTHER, asker={"hpr": PER}),
    "a doctor of another unit": _case(
        "a nurse elsewhere", ties=_OTHER, asker={"hpr": PER, "profession": "LE"}
    ),
    "a nurse asked to take over": _case("a nurse asked to take over"),
    "a nurse with a shared part": _case("a nurse with a shared part"),
    "a nurse with pieces": _case("a nurse with pieces"),
    "a nurse elsewhere": _case("a nurse elsewhere"),
    "a nurse no longer": _case("a nurse no longer"),
    "a nurse who is nobody": _case("a nurse who is nobody"),
    "a nurse on call": _case("a nurse on call"),
    "a nurse who attests another": _case("a nurse who attests another"),
    "a nurse who breaks the glass": _case("a nurse who breaks the glass"),
    "a nurse with another purpose": _case("a nurse with another purpose"),
    "a nurse who is blocked": _case("a nurse", CHILD, Note("BLOCK", OPEN, hpr=INGRID)),
    "a nurse before what is restricted": _case("a nurse", CHILD, Note("RESTRICTION", OPEN)),
    "a nurse before a plan that is restricted": _case(
        "a nurse", CHILD, Note("RESTRICTION", OPEN, about=frozenset({"READ_PLAN", "READ_DRAFTS"}))
    ),
    "a nurse of a patient who has reserved": _case("a nurse", is_reserved=True),
    "a nurse after consent is withdrawn": _case("a nurse", has_consent=False),
    "a nurse in an emergency": _case(
        "a nurse who is nobody", CHILD, Note("EMERGENCY", OPEN, **_MINE)
    ),
    "a nurse after the emergency": _case(
        "a nurse who is nobody", CHILD, Note("EMERGENCY", OVER, **_MINE)
    ),
    "a student": _case("a student"),
    "a student alone": _case("a student alone"),
    "an assistant without HPR": _case("an assistant without HPR"),
    "a machine": _case("a machine"),
    "a machine with pieces": _case("a machine with pieces"),
    "a machine of the team": _case("a machine of the team"),
    "a machine while somebody is blocked": _case(
        "a machine", CHILD, Note("BLOCK", OPEN, hpr=INGRID)
    ),
    "a code": _case("a code"),
    "a code for another share": _case("a code for another share"),
    "the privacy officer": _case("the privacy officer"),
}


def rows_of(case: Case, patient: UUID, part: PlanPartRow) -> Iterator[Row]:
    """Yield the rows of a patient of whom a case is true."""
    for value in case.numbers:
        yield rows.a_number(patient, value)
    for tie in case.ties:
        yield _tie(tie, patient, part)
    for note in case.notes:
        yield _note(note, patient, part)


def _tie(tie: Tie, patient: UUID, part: PlanPartRow) -> Row:
    span = {"since": tie.span.since, "until": tie.span.until}
    if tie.kind == "CARE_TEAM":
        return rows.a_member(patient, str(tie.of_unit), **span)
    if tie.kind == "HANDOVER":
        return rows.a_handover(patient, str(tie.of_unit))
    if tie.kind == "SHARE":
        return rows.a_share(
            part,
            id=SHARE_KEY if tie.share == SHARE else uuid4(),
            scopes=["WHOLE_PART" if tie.is_whole else "ZONE_SHEET"],
            organisation_number=tie.of_unit,
            recipient_number=tie.of_person,
            **span,
        )
    return rows.a_parent(
        patient,
        tie.of_person or KARI,
        kind=tie.kind,
        rights=sorted(tie.covers),
        lives_with_patient=tie.lives_with,
        is_protected=tie.is_protected,
        **span,
    )


def _note(note: Note, patient: UUID, part: PlanPartRow) -> Row:
    return rows.a_rule(
        patient,
        RuleKind[note.kind],
        since=note.span.since,
        until=note.span.until,
        rights=sorted(note.about),
        part_id=part.id if note.part == "prt_1" else uuid4() if note.part else None,
        line_id=note.line,
        hpr_number=note.hpr,
        person_number=note.person,
        organisation=note.unit,
        legal_entity=LEGAL_ENTITY if note.unit == WARD else note.unit,
    )
