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
    """In what capacity somebody acts; one may have several at once.

    VENDOR is a machine with which the part is shared.
    """

    PATIENT = "PATIENT"
    PARENT = "PARENT"
    PERSONNEL = "PERSONNEL"
    RESPONSIBLE = "RESPONSIBLE"
    APPROVER = "APPROVER"
    VENDOR = "VENDOR"


_PERSONNEL = frozenset({Capacity.PERSONNEL})
_DECIDES = frozenset({Capacity.RESPONSIBLE, Capacity.APPROVER})
_PATIENT_SIDE = frozenset({Capacity.PATIENT, Capacity.PARENT})
_REPORTS = _PATIENT_SIDE
_MEASURES = _REPORTS | {Capacity.VENDOR}

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
    Operation.SEND_REPORT: _REPORTS,
    Operation.REGISTER_MEASUREMENTS: _MEASURES,
    # Of these, everybody may change only what is their own (`domain.entry`).
    Operation.CORRECT_ENTRY: _MEASURES,
    Operation.WITHDRAW_ENTRY: _MEASURES,
    Operation.MOVE_REPORT: _PATIENT_SIDE,
    Operation.MARK_SEEN: _PERSONNEL,
    Operation.MARK_ACTED_ON: _PERSONNEL,
    Operation.ESCALATE: frozenset(),  # the gateway's own work
}

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
    if patient.died_on is not None:
        return Refusal.DECEASED
    needed = MAY[operation]
    if needed & capacities(viewer, access, plan, part):
        return None
    if viewer.role is ViewerRole.VENDOR and Capacity.VENDOR in needed:
        return Refusal.NOT_SHARED
    if needed <= _MEASURES:
        return Refusal.PATIENT_ONLY
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
        return frozenset({own[basis]}) if basis in own else frozenset()
    if viewer.role is ViewerRole.VENDOR:
        is_shared = part is not None and access.part_ids is not None and part.id in access.part_ids
        return frozenset({Capacity.VENDOR}) if is_shared else frozenset()
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
