"""As what somebody stands before a patient: the columns of the policy's table."""

from __future__ import annotations

from enum import Enum


class Standing(Enum):
    """What somebody is to a patient, at this time and in this login; of several, the first counts.

    PATIENT decides alone on health matters, from 16; YOUTH is 13 to 15 with an own login;
    WITHOUT_CAPACITY is a patient who can't consent. PARENT has a child under 12,
    PARENT_WITHOUT_CARE a child whose care the child welfare service has taken over. GUARDIAN is a
    guardian (verge) or holds a lasting power of attorney, PROXY a power of attorney. ADVISER is a
    doctor or lawyer who reads for a patient who has been refused. RESPONSIBLE are personnel who
    answer for the part or coordinate the plan. RECIPIENT is somebody outside health care, VENDOR a
    machine; with both, parts are shared. SYSTEM is a machine of an organisation with a care
    relation, with nobody logged in.
    """

    PATIENT = "PATIENT"
    YOUTH = "YOUTH"
    WITHOUT_CAPACITY = "WITHOUT_CAPACITY"
    PARENT = "PARENT"
    CHILD_WELFARE = "CHILD_WELFARE"
    GUARDIAN = "GUARDIAN"
    PROXY = "PROXY"
    ADVISER = "ADVISER"
    NEXT_OF_KIN = "NEXT_OF_KIN"
    PARENT_12_15 = "PARENT_12_15"
    PARENT_16_17 = "PARENT_16_17"
    PARENT_WITHOUT_CARE = "PARENT_WITHOUT_CARE"
    RESPONSIBLE = "RESPONSIBLE"
    PERSONNEL = "PERSONNEL"
    STUDENT = "STUDENT"
    EMERGENCY = "EMERGENCY"
    RECIPIENT = "RECIPIENT"
    VENDOR = "VENDOR"
    SYSTEM = "SYSTEM"
    OFFICER = "OFFICER"


OWN = frozenset({Standing.PATIENT, Standing.YOUTH, Standing.WITHOUT_CAPACITY})
PARENTS = frozenset(
    {
        Standing.PARENT,
        Standing.PARENT_12_15,
        Standing.PARENT_16_17,
        Standing.PARENT_WITHOUT_CARE,
    }
)
# Whoever acts for the patient as a private person, or in the parents' place.
REPRESENTATIVES = PARENTS | {
    Standing.CHILD_WELFARE,
    Standing.GUARDIAN,
    Standing.PROXY,
    Standing.ADVISER,
    Standing.NEXT_OF_KIN,
}
PATIENT_SIDE = OWN | REPRESENTATIVES
HEALTH_PERSONNEL = frozenset(
    {Standing.RESPONSIBLE, Standing.PERSONNEL, Standing.STUDENT, Standing.EMERGENCY}
)
BY_SHARE = frozenset({Standing.RECIPIENT, Standing.VENDOR})
