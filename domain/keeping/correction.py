"""Requests to correct or delete an entry: asked by the patient, decided by who answers for it.

A separate flow with strict conditions, a decision with its reason and a right to complain
(helsepersonelloven §§ 42 and 43; section numbers need a lawyer's check). What a decision promises
is done by those who made it, by the ordinary mutations.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import msgspec

from domain.author import Author
from domain.content.line import lines
from domain.content.plan_content import PlanContent
from domain.noun import Noun


class CorrectionKind(Enum):
    """What is asked for."""

    CORRECT = "CORRECT"
    DELETE = "DELETE"


class CorrectionState(Enum):
    """Where a request stands."""

    REQUESTED = "REQUESTED"
    ACCEPTED = "ACCEPTED"
    PARTLY = "PARTLY"
    DECLINED = "DECLINED"


class CorrectionDecision(Enum):
    """What the responsible organisation decides."""

    ACCEPTED = "ACCEPTED"
    PARTLY = "PARTLY"
    DECLINED = "DECLINED"


class CorrectionRequest(Noun):
    """One request about one entry.

    `entry_id` is the public id of what it is about, `line_id` the line of a part, or the value of a
    report; `organisation_number` is whose decision it is.
    """

    id: str
    patient_id: str
    version: int
    kind: CorrectionKind
    entry_id: str
    text: str
    asked_by: Author
    asked_at: datetime
    line_id: str | None = None
    organisation_number: str | None = None
    state: CorrectionState = CorrectionState.REQUESTED
    reason: str | None = None
    decided_by: Author | None = None
    decided_at: datetime | None = None


def decided(
    request: CorrectionRequest, decision: CorrectionDecision, reason: str, now: datetime, by: Author
) -> CorrectionRequest:
    """Return a request as it stands once it is decided."""
    return msgspec.structs.replace(
        request,
        version=request.version + 1,
        state=CorrectionState[decision.name],
        reason=reason,
        decided_by=by,
        decided_at=now,
    )


def has_line(content: PlanContent | None, line_id: str) -> bool:
    """Tell whether a content has a line with an id; a zone is named by its level."""
    return content is not None and line_id in (line.id for line in lines(content).values())
