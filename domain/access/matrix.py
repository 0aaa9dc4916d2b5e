"""The policy's table: what each standing is entitled to, row by row.

It is to be read by lawyers as it is, and is published from here (docs/tilgang.md). A right that a
row does not give somebody, they don't have. `domain.access.lock` says what closes a right that is
given.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec.structs import fields

from domain.access.right import Right
from domain.access.standing import Standing
from domain.noun import Noun


class Condition(Enum):
    """What a right is given on.

    KEPT, SUITABLE, IN_SCOPE and SHARED ask whether this very right was given to them: by a
    clinician's decision about a child, by the terms of a representation, by a share. APPROVES asks
    for a profession that approves, IS_DOCTOR for a doctor, ANSWERS for who answers for the part,
    SUPERVISED for a named supervisor. With OWN_ONLY it is about one's own entries and lines, with
    ON_WORD personnel write down the word of whoever decides. With HEARD they write down what a
    child of 12 to 15 and the parents say, whom they hear since neither may be able to say it here.
    """

    KEPT = "KEPT"
    SUITABLE = "SUITABLE"
    IN_SCOPE = "IN_SCOPE"
    SHARED = "SHARED"
    APPROVES = "APPROVES"
    IS_DOCTOR = "IS_DOCTOR"
    ANSWERS = "ANSWERS"
    SUPERVISED = "SUPERVISED"
    OWN_ONLY = "OWN_ONLY"
    ON_WORD = "ON_WORD"
    HEARD = "HEARD"


class Cell(Noun):
    """Whether somebody has a right, and on what condition."""

    is_given: bool
    condition: Condition | None = None


NO, YES = Cell(is_given=False), Cell(is_given=True)
IF_KEPT = Cell(is_given=True, condition=Condition.KEPT)
IF_SUITABLE = Cell(is_given=True, condition=Condition.SUITABLE)
IN_SCOPE = Cell(is_given=True, condition=Condition.IN_SCOPE)
IF_SHARED = Cell(is_given=True, condition=Condition.SHARED)
IF_APPROVES = Cell(is_given=True, condition=Condition.APPROVES)
IF_DOCTOR = Cell(is_given=True, condition=Condition.IS_DOCTOR)
IF_ANSWERS = Cell(is_given=True, condition=Condition.ANSWERS)
SUPERVISED = Cell(is_given=True, condition=Condition.SUPERVISED)
OWN_ONLY = Cell(is_given=True, condition=Condition.OWN_ONLY)
ON_WORD = Cell(is_given=True, condition=Condition.ON_WORD)
IF_HEARD = Cell(is_given=True, condition=Condition.HEARD)


class Row(Noun):
    """One right, column by column; whatever is not said is NO.

    What is said of `parents_limited` (`_row`) holds for the three kinds of parents who see what a
    clinician has decided.
    """

    patient: Cell = NO
    youth: Cell = NO
    without_capacity: Cell = NO
    parent: Cell = NO
    child_welfare: Cell = NO
    guardian: Cell = NO
    proxy: Cell = NO
    adviser: Cell = NO
    next_of_kin: Cell = NO
    parent_12_15: Cell = NO
    parent_16_17: Cell = NO
    parent_without_care: Cell = NO
    responsible: Cell = NO
    personnel: Cell = NO
    student: Cell = NO
    emergency: Cell = NO
    recipient: Cell = NO
    vendor: Cell = NO
    system: Cell = NO
    officer: Cell = NO


def _row(parents_limited: Cell = NO, clinicians: Cell = NO, **cells: Cell) -> Row:
    """Return a row; `clinicians` are personnel, also those who answer for the plan."""
    return Row(
        **{
            "parent_12_15": parents_limited,
            "parent_16_17": parents_limited,
            "parent_without_care": parents_limited,
            "responsible": clinicians,
            "personnel": clinicians,
            **cells,
        }
    )


def _side(**cells: Cell) -> Row:
    """Return a row that is for the patient's side, within their mandates, and what more is said."""
    side = dict.fromkeys(
        ("patient", "youth", "without_capacity", "parent", "child_welfare"), YES
    ) | dict.fromkeys(("guardian", "proxy"), IN_SCOPE)
    return _row(**(side | cells))


_OF_SOURCES = _side(
    youth=IF_SUITABLE,
    adviser=YES,
    parents_limited=IF_KEPT,
    clinicians=YES,
    student=SUPERVISED,
    emergency=YES,
)
# Parents of 16 and 17 are informed, and no more (pbrl. §§ 3-4 and 4-3).
_SPEAKS = _side(parents_limited=IF_KEPT, parent_16_17=NO)
_CHOOSES = _row(
    patient=YES,
    parent=YES,
    child_welfare=YES,
    guardian=IN_SCOPE,
    clinicians=ON_WORD,
)
_CLINICIANS = _row(clinicians=YES)
_DECIDE = _row(responsible=YES, personnel=IF_APPROVES)

ROWS: Mapping[Right, Row] = {
    Right.SEE_PATIENT: _side(
        guardian=YES,
        proxy=YES,
        adviser=YES,
        next_of_kin=YES,
        parents_limited=IF_KEPT,
        clinicians=YES,
        student=SUPERVISED,
        emergency=YES,
        recipient=YES,
        vendor=YES,
    ),
    Right.PLAN_STATUS: _side(
        adviser=YES,
        next_of_kin=YES,
        parents_limited=IF_KEPT,
        clinicians=YES,
        student=SUPERVISED,
        emergency=YES,
        recipient=IF_SHARED,
        vendor=IF_SHARED,
        system=YES,
    ),
    Right.READ_ZONES: _side(
        adviser=YES,
        next_of_kin=YES,
        parents_limited=IF_KEPT,
        clinicians=YES,
        student=SUPERVISED,
        emergency=YES,
        recipient=IF_SHARED,
        vendor=IF_SHARED,
    ),
    Right.READ_PLAN: _side(
        youth=IF_SUITABLE,
        adviser=YES,
        next_of_kin=YES,
        parents_limited=IF_KEPT,
        clinicians=YES,
        student=SUPERVISED,
        emergency=YES,
        recipient=IF_SHARED,
        vendor=IF_SHARED,
    ),
    Right.READ_DRAFTS: _row(clinicians=YES, student=SUPERVISED),
    Right.READ_REPORTS: _side(
        adviser=YES,
        parents_limited=IF_KEPT,
        clinicians=YES,
        student=SUPERVISED,
        emergency=YES,
        recipient=OWN_ONLY,
        vendor=OWN_ONLY,
    ),
    Right.READ_MEDICINES: _OF_SOURCES,
    Right.READ_CRITICAL_INFO: _OF_SOURCES,
    Right.READ_APPOINTMENTS: _OF_SOURCES,
    Right.READ_DOCUMENTS: _OF_SOURCES,
    Right.READ_CARE_TEAM: _OF_SOURCES,
    Right.READ_LOG: _side(
        clinicians=OWN_ONLY,
        student=OWN_ONLY,
        emergency=OWN_ONLY,
        officer=YES,
    ),
    Right.EXPORT: _side(
        adviser=YES,
        next_of_kin=YES,
        parents_limited=YES,
        clinicians=YES,
    ),
    Right.SUBSCRIBE: _side(
        parents_limited=IF_KEPT,
        clinicians=YES,
        student=SUPERVISED,
        vendor=IF_SHARED,
    ),
    Right.REPORT: _side(
        parents_limited=IF_KEPT,
        parent_16_17=NO,
        recipient=YES,
    ),
    Right.MEASURE: _side(
        parents_limited=IF_KEPT,
        parent_16_17=NO,
        recipient=YES,
        vendor=IF_SHARED,
    ),
    Right.CHANGE_ENTRY: _row(
        patient=OWN_ONLY,
        youth=OWN_ONLY,
        without_capacity=OWN_ONLY,
        parent=OWN_ONLY,
        child_welfare=OWN_ONLY,
        guardian=OWN_ONLY,
        proxy=OWN_ONLY,
        parents_limited=OWN_ONLY,
        recipient=OWN_ONLY,
        vendor=IF_SHARED,
    ),
    Right.MOVE_REPORT: _SPEAKS,
    Right.RECEIVE_REPORT: _CLINICIANS,
    Right.COMMENT: _side(
        parents_limited=IF_KEPT,
        parent_16_17=NO,
        clinicians=YES,
        student=SUPERVISED,
    ),
    Right.SETTLE_COMMENT: _CLINICIANS,
    Right.SUGGEST: _SPEAKS,
    Right.DECIDE_SUGGESTION: _CLINICIANS,
    Right.AGREE: _row(
        patient=YES,
        youth=IF_SUITABLE,
        parent=YES,
        child_welfare=YES,
        guardian=IN_SCOPE,
        parent_12_15=IF_KEPT,
        clinicians=IF_HEARD,
    ),
    Right.WRITE_DRAFT: _row(clinicians=YES, student=SUPERVISED),
    Right.APPROVE: _DECIDE,
    Right.ACTIVATE: _DECIDE,
    Right.END: _DECIDE,
    Right.EDIT_TEAM: _DECIDE,
    Right.REVIEW: _DECIDE,
    Right.TAKE_TASK: _CLINICIANS,
    Right.HAND_OVER: _row(responsible=IF_ANSWERS),
    Right.ANSWER_HANDOVER: _CLINICIANS,
    Right.SHARE: _row(
        patient=YES,
        parent=YES,
        child_welfare=YES,
        guardian=IN_SCOPE,
        responsible=YES,
    ),
    Right.CONSENT: _CHOOSES,
    Right.RESERVE: _CHOOSES,
    Right.LOCK: _CHOOSES,
    Right.OPEN_RESTRICTION: _CLINICIANS,
    Right.HIDE: _CLINICIANS,
    Right.DECIDE_FOR_CHILD: _DECIDE,
    Right.INFORM_KIN: _DECIDE,
    Right.REFUSE_OWN_ACCESS: _row(clinicians=IF_DOCTOR),
    Right.REVIEW_EMERGENCY: _row(officer=YES),
    Right.PREVIEW: _CLINICIANS,
    Right.ASK_CORRECTION: _side(),
    Right.DECIDE_CORRECTION: _CLINICIANS,
    Right.ASK_ABOUT_LOG: _side(),
    Right.ANSWER_ABOUT_LOG: _row(officer=YES),
}

_COLUMNS = {Standing[field.name.upper()]: field.name for field in fields(Row)}

CELLS: Mapping[Standing, Mapping[Right, Cell]] = {
    standing: {right: getattr(ROWS[right], column) for right in Right}
    for standing, column in _COLUMNS.items()
}


def _given_on(condition: Condition, standing: Standing) -> tuple[Right, ...]:
    return tuple(right for right in Right if CELLS[standing][right].condition is condition)


# What a clinician can let parents keep, and what can be suitable for a youth.
KEEPABLE = _given_on(Condition.KEPT, Standing.PARENT_12_15)
SUITABLE = _given_on(Condition.SUITABLE, Standing.YOUTH)
