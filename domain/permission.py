"""Who may change what: one table, read from left to right.

Reading is decided before (`domain.access`); this says what somebody who may see a plan may do with
it. The matrix is that of the design notes, to be confirmed by each organisation's own rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from domain.access import Access, Basis
from domain.author import Author
from domain.care_team import CareTeamFunction
from domain.operation import Operation
from domain.patient import Patient
from domain.plan import Plan, PlanPart
from domain.profession import APPROVING
from domain.refusal import Refusal
from domain.viewer import Viewer, ViewerRole


class Capacity(Enum):
    """In what capacity somebody acts; one may have several at once."""

    PATIENT = "PATIENT"
    PARENT = "PARENT"
    PERSONNEL = "PERSONNEL"
    RESPONSIBLE = "RESPONSIBLE"
    APPROVER = "APPROVER"
    OF_AGE = "OF_AGE"


_PERSONNEL = frozenset({Capacity.PERSONNEL})
_DECIDES = frozenset({Capacity.RESPONSIBLE, Capacity.APPROVER})
_PATIENT_SIDE = frozenset({Capacity.PATIENT, Capacity.PARENT})
# The patient's own choice: theirs from 16, a parent's until 12, and written down on request.
_CHOOSES = frozenset({Capacity.OF_AGE, Capacity.PARENT, Capacity.PERSONNEL})

MAY: Mapping[Operation, frozenset[Capacity]] = {
    Operation.START_DRAFT: _PERSONNEL,
    Operation.SAVE_DRAFT: _PERSONNEL,
    Operation.DISCARD_DRAFT: _PERSONNEL,
    Operation.REQUEST_APPROVAL: _PERSONNEL,
    Operation.DECIDE_APPROVAL: _DECIDES,
    Operation.ACTIVATE: _DECIDES,
    Operation.HOLD: _DECIDES,
    Operation.RESUME: _DECIDES,
    Operation.COMPLETE: _DECIDES,
    Operation.REVOKE: _DECIDES,
    Operation.ENTER_IN_ERROR: _DECIDES,
    Operation.AGREE: _PATIENT_SIDE,
    Operation.GIVE_CONSENT: _CHOOSES,
    Operation.WITHDRAW_CONSENT: _CHOOSES,
    Operation.RESERVE: _CHOOSES,
    Operation.UNDO_RESERVATION: _CHOOSES,
    Operation.ASK_CORRECTION: _PATIENT_SIDE,
    Operation.DECIDE_CORRECTION: _PERSONNEL,
    Operation.EXPORT: _PATIENT_SIDE | _PERSONNEL,
}

# What can be done while the plan itself is hidden.
_BESIDE_THE_PLAN = frozenset({Operation.UNDO_RESERVATION, Operation.EXPORT})
# What changes nothing, and so is not closed by death.
_READS = frozenset({Operation.EXPORT})

# Whoever coordinates or answers for the plan, in whichever of the law's roles.
_COORDINATES = frozenset(
    {
        CareTeamFunction.PLAN_RESPONSIBLE,
        CareTeamFunction.COORDINATOR,
        CareTeamFunction.CHILD_COORDINATOR,
    }
)


def refusal(
    operation: Operation,
    viewer: Viewer,
    access: Access,
    patient: Patient,
    plan: Plan | None,
    part: PlanPart | None,
) -> Refusal | None:
    """Return the rule that stands against an operation, None when it may be done.

    `part` is the plan part it is about, None where there is none yet.
    """
    needed = MAY[operation]
    against = _closed(operation, access, patient)
    if against is not None or needed & capacities(viewer, access, plan, part):
        return against
    return _missing(needed, viewer)


def _closed(operation: Operation, access: Access, patient: Patient) -> Refusal | None:
    """Return what stands against an operation whoever asks for it."""
    if access.plan.refusal is not None and operation not in _BESIDE_THE_PLAN:
        return access.plan.refusal
    if patient.died_on is not None and operation not in _READS:
        return Refusal.DECEASED
    return None


def _missing(needed: frozenset[Capacity], viewer: Viewer) -> Refusal:
    """Return what somebody is told who has none of the capacities that are needed."""
    if needed <= _PATIENT_SIDE:
        return Refusal.PATIENT_ONLY
    if viewer.role is ViewerRole.CITIZEN and Capacity.OF_AGE in needed:
        return Refusal.UNDER_16
    if viewer.role is not ViewerRole.CLINICIAN:
        return Refusal.ROLE
    return Refusal.NOT_RESPONSIBLE


def capacities(
    viewer: Viewer, access: Access, plan: Plan | None, part: PlanPart | None
) -> frozenset[Capacity]:
    """Return every capacity that somebody has towards a plan part."""
    if viewer.role is ViewerRole.CITIZEN:
        basis = access.relation.basis if access.relation else None
        own = {Basis.OWN: Capacity.PATIENT, Basis.PARENT: Capacity.PARENT}
        of_age = {Capacity.OF_AGE} if access.is_of_age else set()
        return frozenset({own[basis]} | of_age) if basis in own else frozenset()
    if viewer.role is not ViewerRole.CLINICIAN or viewer.hpr_number is None:
        return frozenset()
    held = {Capacity.PERSONNEL}
    if viewer.profession in APPROVING:
        held.add(Capacity.APPROVER)
    if part is not None and _answers_for(viewer, part.responsible):
        held.add(Capacity.RESPONSIBLE)
    if plan is not None and _coordinates(viewer, plan):
        held.add(Capacity.RESPONSIBLE)
    return frozenset(held)


def _answers_for(viewer: Viewer, responsible: Author) -> bool:
    """Tell whether the viewer is the responsible, or on duty at the unit that answers for it."""
    if responsible.hpr_number is not None and responsible.hpr_number == viewer.hpr_number:
        return True
    unit = responsible.organisation_number
    return unit is not None and unit == viewer.organisation


def _coordinates(viewer: Viewer, plan: Plan) -> bool:
    return any(
        member.organisation_number == viewer.organisation
        and _COORDINATES.intersection(member.functions)
        for member in plan.care_team
        if member.organisation_number is not None
    )
