"""Who may change what: one table, read from left to right.

Reading is decided before (`domain.access.decision`); this says what somebody who may see a plan
may do with it. The matrix is that of the design notes, to be confirmed by each
organisation's own rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from domain.access.decision import Access, Basis
from domain.access.patient import Patient
from domain.access.viewer import Viewer, ViewerRole
from domain.author import Author
from domain.operation import Operation
from domain.plan.care_team import CareTeamFunction
from domain.plan.part import Plan, PlanPart
from domain.plan.sharing import ShareScope
from domain.profession import APPROVING
from domain.refusal import Refusal


class Capacity(Enum):
    """In what capacity somebody acts; one may have several at once.

    OF_AGE is a patient who decides alone on health matters, RECIPIENT somebody outside health care
    with whom pieces of the plan are shared.
    RESPONSIBLE is whoever answers for the part or coordinates the plan, ANSWERS only the former:
    nobody gives away what another answers for.
    VENDOR is a machine with which the part is shared.
    """

    PATIENT = "PATIENT"
    OF_AGE = "OF_AGE"
    PARENT = "PARENT"
    PERSONNEL = "PERSONNEL"
    RESPONSIBLE = "RESPONSIBLE"
    ANSWERS = "ANSWERS"
    APPROVER = "APPROVER"
    RECIPIENT = "RECIPIENT"
    VENDOR = "VENDOR"


_PERSONNEL = frozenset({Capacity.PERSONNEL})
_DECIDES = frozenset({Capacity.RESPONSIBLE, Capacity.APPROVER})
_ANSWERS = frozenset({Capacity.ANSWERS})
_PATIENT_SIDE = frozenset({Capacity.PATIENT, Capacity.PARENT})
_SHARES = frozenset({Capacity.OF_AGE, Capacity.PARENT, Capacity.RESPONSIBLE})
_SPEAKS = _PATIENT_SIDE | _PERSONNEL
# The patient's own choice: theirs from 16, a parent's until 12, and written down on request.
_CHOOSES = frozenset({Capacity.OF_AGE, Capacity.PARENT, Capacity.PERSONNEL})
# A device, and who looks after the patient outside health care, may report; personnel write.
_REPORTS = _PATIENT_SIDE | {Capacity.RECIPIENT}
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
    Operation.SHARE: _SHARES,
    Operation.CHANGE_SHARE: _SHARES,
    Operation.WITHDRAW_SHARE: _SHARES,
    Operation.MAKE_SHARE_CODE: _SHARES,
    Operation.COMMENT: _SPEAKS,
    Operation.ANSWER_COMMENT: _SPEAKS,
    Operation.PARK_COMMENT: _PERSONNEL,
    Operation.REOPEN_COMMENT: _PERSONNEL,
    Operation.WITHDRAW_COMMENT: _SPEAKS,
    Operation.SUGGEST: _PATIENT_SIDE,
    Operation.DECIDE_SUGGESTION: _PERSONNEL,
    Operation.WITHDRAW_SUGGESTION: _PATIENT_SIDE,
    Operation.OPEN_HANDOVER: _ANSWERS,
    # Which organisation may decide about a handover stands in the handover itself.
    Operation.ACCEPT_HANDOVER: _PERSONNEL,
    Operation.DECLINE_HANDOVER: _PERSONNEL,
    Operation.WITHDRAW_HANDOVER: _PERSONNEL,
    Operation.REGISTER_MOVE: _PERSONNEL,
    Operation.ADD_TEAM_MEMBER: _DECIDES,
    Operation.CHANGE_TEAM_MEMBER: _DECIDES,
    Operation.END_TEAM_MEMBERSHIP: _DECIDES,
    Operation.HOLD_REVIEW: _DECIDES,
    Operation.SET_REVIEW_DUE: _DECIDES,
    Operation.TAKE_TASK: _PERSONNEL,
    Operation.RELEASE_TASK: _PERSONNEL,
    Operation.GIVE_CONSENT: _CHOOSES,
    Operation.WITHDRAW_CONSENT: _CHOOSES,
    Operation.RESERVE: _CHOOSES,
    Operation.UNDO_RESERVATION: _CHOOSES,
    Operation.ASK_CORRECTION: _PATIENT_SIDE,
    Operation.DECIDE_CORRECTION: _PERSONNEL,
    Operation.EXPORT: _PATIENT_SIDE | _PERSONNEL,
    Operation.SEND_REPORT: _REPORTS,
    Operation.REGISTER_MEASUREMENTS: _MEASURES,
    # Of these, everybody may change only what is their own (`domain.following.entry`).
    Operation.CORRECT_ENTRY: _MEASURES,
    Operation.WITHDRAW_ENTRY: _MEASURES,
    Operation.MOVE_REPORT: _PATIENT_SIDE,
    Operation.MARK_SEEN: _PERSONNEL,
    Operation.MARK_ACTED_ON: _PERSONNEL,
    Operation.ESCALATE: frozenset(),  # the gateway's own work
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

    `part` is the plan part it is about, None where there is none yet or it is the whole plan.
    """
    needed, held = MAY[operation], capacities(viewer, access, plan, part)
    against = _closed(operation, access, patient)
    if against is not None or needed & held:
        return against
    return _missing(needed, held, viewer, access)


def _closed(operation: Operation, access: Access, patient: Patient) -> Refusal | None:
    """Return what stands against an operation whoever asks for it."""
    if access.plan.refusal is not None and operation not in _BESIDE_THE_PLAN:
        return access.plan.refusal
    if patient.died_on is not None and operation not in _READS:
        return Refusal.DECEASED
    return None


def _missing(
    needed: frozenset[Capacity], held: frozenset[Capacity], viewer: Viewer, access: Access
) -> Refusal:
    """Return what somebody is told who has none of the capacities that are needed."""
    if Capacity.PATIENT in held and Capacity.OF_AGE in needed:
        return Refusal.UNDER_16
    is_machine = viewer.role is ViewerRole.VENDOR
    if access.shared is not None and (Capacity.VENDOR in needed or not is_machine):
        return Refusal.NOT_SHARED
    if needed <= _MEASURES:
        return Refusal.PATIENT_ONLY
    if viewer.role is not ViewerRole.CLINICIAN:
        return Refusal.ROLE
    return Refusal.NOT_ANSWERING if needed == _ANSWERS else Refusal.NOT_RESPONSIBLE


def capacities(
    viewer: Viewer, access: Access, plan: Plan | None, part: PlanPart | None
) -> frozenset[Capacity]:
    """Return every capacity that somebody has towards a plan part.

    Towards the whole plan (`part` None) it is enough to answer for one living part. The plan's team
    must be that of now.
    """
    if access.shared is not None:
        return _of_recipient(viewer, access, part)
    if viewer.role is ViewerRole.CITIZEN:
        return _of_citizen(access)
    if viewer.role is not ViewerRole.CLINICIAN or viewer.hpr_number is None:
        return frozenset()
    held = {Capacity.PERSONNEL}
    if viewer.profession in APPROVING:
        held.add(Capacity.APPROVER)
    if part is not None and answers_for(viewer, part.responsible):
        held |= {Capacity.RESPONSIBLE, Capacity.ANSWERS}
    if plan is not None and (_coordinates(viewer, plan) or _answers_for_some(viewer, plan, part)):
        held.add(Capacity.RESPONSIBLE)
    return frozenset(held)


def _of_citizen(access: Access) -> frozenset[Capacity]:
    basis = access.relation.basis if access.relation else None
    if basis is Basis.PARENT:
        return frozenset({Capacity.PARENT})
    if basis is not Basis.OWN:
        return frozenset()
    return frozenset(
        {Capacity.PATIENT, Capacity.OF_AGE} if access.is_of_age else {Capacity.PATIENT}
    )


def _of_recipient(viewer: Viewer, access: Access, part: PlanPart | None) -> frozenset[Capacity]:
    """Return what a share makes somebody: a person a recipient, a machine one of whole parts."""
    if viewer.role is not ViewerRole.VENDOR:
        return frozenset({Capacity.RECIPIENT})
    is_shared = part is not None and part.id in (access.shared or {})
    if part is None or not is_shared or ShareScope.WHOLE_PART not in access.portion(part.id):
        return frozenset()
    return frozenset({Capacity.VENDOR})


def answers_for(viewer: Viewer, responsible: Author) -> bool:
    """Tell whether the viewer is the responsible, or on duty at the unit that answers for it."""
    if responsible.hpr_number is not None and responsible.hpr_number == viewer.hpr_number:
        return True
    unit = responsible.organisation_number
    return unit is not None and unit == viewer.organisation


def _answers_for_some(viewer: Viewer, plan: Plan, part: PlanPart | None) -> bool:
    return part is None and any(answers_for(viewer, each.responsible) for each in plan.living)


def _coordinates(viewer: Viewer, plan: Plan) -> bool:
    return any(
        member.organisation_number == viewer.organisation
        and _COORDINATES.intersection(member.functions)
        for member in plan.care_team
        if member.organisation_number is not None
    )
