"""Requests to correct or delete an entry: asked by the patient, decided by who answers for it.

A separate flow with strict conditions, a decision with its reason and a right to complain
(helsepersonelloven §§ 42 and 43; section numbers need a lawyer's check).

What others have reported or said is not the decider's to rewrite. Deleting it is: an accepted
deletion takes the entry out of use, wherever its author is. An accepted correction, or part of
one, stands beside the entry with its date (§ 42: «ved at en datert rettelse tilføyes»).
"""

from __future__ import annotations

from collections.abc import Iterable
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
    report; `organisation_number` is whose decision it is. `asked_by_number` tells citizens apart
    and is never shown.
    """

    id: str
    patient_id: str
    version: int
    kind: CorrectionKind
    entry_id: str
    text: str
    asked_by: Author
    asked_at: datetime
    asked_by_number: str | None = None
    line_id: str | None = None
    organisation_number: str | None = None
    state: CorrectionState = CorrectionState.REQUESTED
    reason: str | None = None
    decided_by: Author | None = None
    decided_at: datetime | None = None

    @property
    def takes_out(self) -> bool:
        """Tell whether its decision takes what it is about out of use."""
        return self.kind is CorrectionKind.DELETE and self.state is CorrectionState.ACCEPTED

    def is_about(self, entry_id: str, within: str | None = None) -> bool:
        """Tell whether it is about an entry, or about a value by the report it is `within`."""
        if self.line_id is None:
            return self.entry_id == entry_id
        return (self.entry_id, self.line_id) == (within, entry_id)


def standing_beside(
    requests: Iterable[CorrectionRequest], entry_id: str, within: str | None = None
) -> list[CorrectionRequest]:
    """Return the requests about an entry whose decision its readers must know of: some was granted.

    `within` is the report that the entry, a value, came with.
    """
    granted = (CorrectionState.ACCEPTED, CorrectionState.PARTLY)
    return [each for each in requests if each.state in granted and each.is_about(entry_id, within)]


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
