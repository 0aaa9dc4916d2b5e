"""The second axis: whether health personnel stand behind a version, and whether people agree."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from domain.given_word import GivenWord
from domain.noun import Noun


class ApprovalState(Enum):
    """Approval by health personnel of one content version."""

    NONE = "NONE"
    REQUESTED = "REQUESTED"
    APPROVED = "APPROVED"
    RETURNED = "RETURNED"


class Decision(Enum):
    """What somebody who was asked for approval decides."""

    APPROVED = "APPROVED"
    RETURNED = "RETURNED"


class Approval(Noun):
    """Where approval of a content version stands: who asked or decided, and why it was returned."""

    state: ApprovalState = ApprovalState.NONE
    by: str | None = None
    at: datetime | None = None
    reason: str | None = None


class AgreementState(Enum):
    """The word of a person entitled to give it. Never the same as consent."""

    AGREES = "AGREES"
    DISAGREES = "DISAGREES"


class Agreement(Noun):
    """One person's word on one content version; two parents may differ, and both stand.

    `word` tells whose it is and who heard it, where health personnel have written it down.
    """

    id: str
    patient_id: str
    part_id: str
    person: str
    relation: str
    state: AgreementState
    content_version: int
    at: datetime
    comment: str | None = None
    word: GivenWord | None = None
