"""What the log of events holds, and who is to be told of what of it: stated by hand.

Nothing of the gateway's own policy is used here: it is what is tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

# The parent is told what becomes of the plan, and whether it is approved; not of drafts, which are
# not for them, nor of what the other parent says.
_TO_PARENTS = frozenset(
    {
        *("PART_ACTIVATED", "PART_REVISED", "PART_HELD", "PART_RESUMED", "PART_REVOKED"),
        *("APPROVAL_REQUESTED", "APPROVAL_DECIDED", "COMMENTED"),
    }
)
_AT_THE_WARD = _TO_PARENTS | {
    *("DRAFT_STARTED", "DRAFT_SAVED", "DRAFT_DISCARDED", "AGREEMENT_GIVEN"),
    *("PERSON_BLOCKED", "SHARED", "SHARE_WITHDRAWN", "CONSENT_WITHDRAWN"),
    *("TEAM_MEMBER_ADDED", "TEAM_MEMBERSHIP_ENDED"),
}
# Health personnel whom a part is shared with, the whole of it: what becomes of that part.
_TO_RECIPIENTS = _TO_PARENTS
TOLD: Mapping[str, frozenset[str]] = {
    "clinician": _AT_THE_WARD,
    "doctor": _AT_THE_WARD,
    "parent": _TO_PARENTS,
    "coordinator": _TO_RECIPIENTS,
}


class Logged(NamedTuple):
    """An event of the log, in the order of the log."""

    position: int | None
    patient: str
    number: int
    id: str
    kind: str


async def read(database: AsyncEngine) -> list[Logged]:
    """Read all of it; events without a place come last."""
    async with database.connect() as connection:
        rows = await connection.execute(
            text(
                "SELECT position, 'pat_' || patient_id, number, CAST(id AS text), kind"
                " FROM event ORDER BY position NULLS LAST, patient_id, number"
            )
        )
        return [Logged(*row) for row in rows]


def told_to(person: str, patient: str | None, log: Sequence[Logged]) -> list[Logged]:
    """Return what somebody is told, in order: of one patient, or of all of the ward's."""
    return [
        event
        for event in log
        if event.kind in TOLD[person] and (patient is None or event.patient == patient)
    ]


def unsound(log: Sequence[Logged]) -> list[str]:
    """Return what is wrong with the log itself: gaps, or places in another order than numbers."""
    faults = [f"{event} has no place" for event in log if event.position is None]
    last: dict[str, int] = {}
    for event in log:
        if event.number != last.get(event.patient, 0) + 1:
            faults.append(f"{event} comes after number {last.get(event.patient, 0)}")
        last[event.patient] = event.number
    return faults
