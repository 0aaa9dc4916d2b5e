"""What somebody is told whom the table gives no right."""

from __future__ import annotations

from collections.abc import Mapping

from domain.access.matrix import CELLS
from domain.access.right import Right
from domain.access.standing import HEALTH_PERSONNEL, PATIENT_SIDE, Standing
from domain.refusal import Refusal

_OF_THE_DAY = frozenset({Right.REPORT, Right.MEASURE, Right.CHANGE_ENTRY, Right.MOVE_REPORT})
_OF_PATIENT = _OF_THE_DAY | {Right.AGREE, Right.SUGGEST, Right.ASK_CORRECTION, Right.ASK_ABOUT_LOG}
_OF_OFFICER = frozenset({Right.ANSWER_ABOUT_LOG, Right.REVIEW_EMERGENCY})
_TO_CLINICIANS: Mapping[Right, Refusal] = {
    Right.HAND_OVER: Refusal.NOT_ANSWERING,
    Right.REFUSE_OWN_ACCESS: Refusal.NOT_DOCTOR,
}
_BY_STANDING: Mapping[Standing, Refusal] = {
    Standing.WITHOUT_CAPACITY: Refusal.NO_CAPACITY,
    Standing.GUARDIAN: Refusal.PROXY_SCOPE,
    Standing.PROXY: Refusal.PROXY_SCOPE,
    Standing.ADVISER: Refusal.PATIENT_ONLY,
    Standing.NEXT_OF_KIN: Refusal.PATIENT_ONLY,
    Standing.PARENT_12_15: Refusal.PARENT_12_16,
    Standing.PARENT_16_17: Refusal.OVER_16,
    Standing.PARENT_WITHOUT_CARE: Refusal.CARE_TAKEN_OVER,
    Standing.RECIPIENT: Refusal.NOT_SHARED,
    Standing.STUDENT: Refusal.STUDENT,
    Standing.EMERGENCY: Refusal.EMERGENCY_ONLY,
}


def not_given(right: Right, standing: Standing) -> Refusal:
    """Return the refusal that tells somebody best why they don't have a right."""
    return _NOT_GIVEN[standing, right]


def _refusal(right: Right, standing: Standing) -> Refusal:
    if standing is Standing.YOUTH:
        return _to_youth(right)
    if standing in (Standing.VENDOR, Standing.SYSTEM):
        return _to_machine(right)
    if standing in HEALTH_PERSONNEL:
        return _to_personnel(right, standing)
    if standing in PATIENT_SIDE and not CELLS[Standing.PATIENT][right].is_given:
        return Refusal.ROLE
    return _BY_STANDING.get(standing, Refusal.ROLE)


def _to_machine(right: Right) -> Refusal:
    if CELLS[Standing.VENDOR][right].is_given or right.name.startswith("READ_"):
        return Refusal.NOT_SHARED
    return Refusal.PATIENT_ONLY if right in _OF_PATIENT else Refusal.ROLE


def _to_youth(right: Right) -> Refusal:
    if CELLS[Standing.YOUTH][right].is_given:
        return Refusal.NOT_SUITABLE
    is_for_patient = CELLS[Standing.PATIENT][right].is_given
    return Refusal.UNDER_16 if is_for_patient else Refusal.ROLE


def _to_personnel(right: Right, standing: Standing) -> Refusal:
    if right in _OF_PATIENT:
        return Refusal.PATIENT_ONLY
    if right in _OF_OFFICER:
        return Refusal.ROLE
    if standing in _BY_STANDING:
        return _BY_STANDING[standing]
    return _TO_CLINICIANS.get(right, Refusal.NOT_RESPONSIBLE)


_NOT_GIVEN = {
    (standing, right): _refusal(right, standing) for standing in Standing for right in Right
}
