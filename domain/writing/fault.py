"""What can be wrong with an input, and where; `domain.wording.validation` has the sentences."""

from __future__ import annotations

from enum import Enum

from domain.noun import Noun


class FaultCode(Enum):
    """What can be wrong with an input."""

    REQUIRED = "REQUIRED"
    BLANK = "BLANK"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    LINE_BREAK = "LINE_BREAK"
    CONTROL_CHARACTER = "CONTROL_CHARACTER"
    IDENTITY_NUMBER = "IDENTITY_NUMBER"
    BAD_ID = "BAD_ID"
    DUPLICATE_ID = "DUPLICATE_ID"
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE"
    DUPLICATE = "DUPLICATE"
    INCOMPLETE_CODE = "INCOMPLETE_CODE"
    UNKNOWN_CODE_SYSTEM = "UNKNOWN_CODE_SYSTEM"
    END_BEFORE_START = "END_BEFORE_START"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    NOT_POSITIVE = "NOT_POSITIVE"
    OUT_OF_ORDER = "OUT_OF_ORDER"
    DUPLICATE_ZONE = "DUPLICATE_ZONE"
    NO_LIMIT = "NO_LIMIT"
    LOW_NOT_BELOW_HIGH = "LOW_NOT_BELOW_HIGH"
    BASELINE_REQUIRED = "BASELINE_REQUIRED"
    BASELINE_NOT_USED = "BASELINE_NOT_USED"
    DIFFERENT_BASELINE = "DIFFERENT_BASELINE"
    BAD_UNIT = "BAD_UNIT"
    WRONG_UNIT = "WRONG_UNIT"
    DIFFERENT_UNIT = "DIFFERENT_UNIT"
    NOT_ONE_NUMBER = "NOT_ONE_NUMBER"
    OVERLAP = "OVERLAP"
    BAD_PHONE = "BAD_PHONE"
    BAD_ORGANISATION_NUMBER = "BAD_ORGANISATION_NUMBER"
    BAD_LANGUAGE = "BAD_LANGUAGE"
    TIME_ZONE_REQUIRED = "TIME_ZONE_REQUIRED"
    TIME_ZONE_NOT_ALLOWED = "TIME_ZONE_NOT_ALLOWED"
    OVERLAPPING_HOURS = "OVERLAPPING_HOURS"
    BAD_KEY = "BAD_KEY"
    BAD_MUNICIPALITY_NUMBER = "BAD_MUNICIPALITY_NUMBER"
    SAME_ORGANISATION = "SAME_ORGANISATION"
    NOT_COORDINATING = "NOT_COORDINATING"
    NOT_IN_FUTURE = "NOT_IN_FUTURE"
    IN_FUTURE = "IN_FUTURE"
    NOT_TOGETHER = "NOT_TOGETHER"
    NOT_USED_HERE = "NOT_USED_HERE"
    NOT_A_CHOICE = "NOT_A_CHOICE"
    TOO_MUCH_SHARED = "TOO_MUCH_SHARED"
    OWN_WORD = "OWN_WORD"
    WRONG_GIVER = "WRONG_GIVER"
    EMPTY_REPORT = "EMPTY_REPORT"
    ACTION_INCOMPLETE = "ACTION_INCOMPLETE"
    UNKNOWN_ACTION = "UNKNOWN_ACTION"
    NO_ZONES = "NO_ZONES"
    IN_THE_FUTURE = "IN_THE_FUTURE"
    NOT_A_NUMBER = "NOT_A_NUMBER"
    IMPOSSIBLE_VALUE = "IMPOSSIBLE_VALUE"
    SWAPPED_PRESSURES = "SWAPPED_PRESSURES"
    ONE_VALUE_ONLY = "ONE_VALUE_ONLY"


class Fault(Noun):
    """One thing wrong with an input: where and what kind, never the value that was sent.

    `path` is as in the input: `content.goals[2].problemIds[0]`. `other` is the path of the other
    place when two don't go together; `allowed` says what would do, where that can be said.
    """

    path: str
    code: FaultCode
    other: str | None = None
    allowed: str | None = None
