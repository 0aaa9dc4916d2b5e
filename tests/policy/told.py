"""What somebody without a right is told, by the second statement: what would change it (i4.6)."""

from __future__ import annotations

from tests.policy.table import PATIENT_SIDE, TABLE, WHOSE

_OF_PERSONNEL = ("care", "lead", "give", "doctor", "watch")
_DECIDES_ALL = ("P16", "F", "BV")
_MISSING = {
    "P0": "NO_CAPACITY",
    "Y": "UNDER_16",
    "V": "PROXY_SCOPE",
    "FM": "PROXY_SCOPE",
    "RAD": "PATIENT_ONLY",
    "NOK": "PATIENT_ONLY",
    "F12": "PARENT_12_16",
    "F16": "OVER_16",
    "FBV": "CARE_TAKEN_OVER",
    "STU": "STUDENT",
    "AK": "EMERGENCY_ONLY",
}
_LACKING = {"give": "NOT_ANSWERING", "doctor": "NOT_DOCTOR", "watch": "ROLE"}


def why_not(column: str, cell: str, right: str) -> str:
    """Return the reason for somebody in a column, by whose matter the right is."""
    whose = WHOSE[right]
    if column in PATIENT_SIDE:
        is_of_others = whose in _OF_PERSONNEL or column in _DECIDES_ALL
        return "ROLE" if is_of_others else "NOT_SUITABLE" if cell == "s" else _MISSING[column]
    if column in ("LEV", "SYS"):
        return _to_machine(right)
    if column in ("MOT", "PVO"):
        return {"MOT": "NOT_SHARED", "PVO": "ROLE"}[column]
    if whose == "said":
        return "PATIENT_ONLY"
    if column in _MISSING and whose != "watch":
        return _MISSING[column]
    return _LACKING.get(whose, "NOT_RESPONSIBLE")


def _to_machine(right: str) -> str:
    if TABLE[right]["LEV"] != "." or right.startswith("READ_"):
        return "NOT_SHARED"
    return "PATIENT_ONLY" if WHOSE[right] == "said" else "ROLE"
