"""Why the policy refuses: stable codes, listed in docs/errors.md."""

from __future__ import annotations

from enum import Enum


class Refusal(Enum):
    """The rule that stands against access."""

    NO_CARE_RELATION = "NO_CARE_RELATION"
    NOT_REPRESENTATIVE = "NOT_REPRESENTATIVE"
    NOT_SHARED = "NOT_SHARED"
    PARENT_12_16 = "PARENT_12_16"
    OVER_16 = "OVER_16"
    UNDER_16 = "UNDER_16"
    ROLE = "ROLE"
    NOT_RESPONSIBLE = "NOT_RESPONSIBLE"
    NOT_AUTHOR = "NOT_AUTHOR"
    PATIENT_ONLY = "PATIENT_ONLY"
    DECEASED = "DECEASED"
    NOT_ANSWERING = "NOT_ANSWERING"
    NOT_RECEIVER = "NOT_RECEIVER"
    NOT_SENDER = "NOT_SENDER"
    RESERVED = "RESERVED"
    NO_CONSENT = "NO_CONSENT"
    SECURITY_LEVEL = "SECURITY_LEVEL"
