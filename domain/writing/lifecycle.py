"""The first axis of a plan part: every transition there is, and no other."""

from __future__ import annotations

from collections.abc import Mapping

from domain.operation import Operation
from domain.plan.part import LIVING, Lifecycle, PlanPart
from domain.writing.rejection import Rejected, WrongState

TRANSITIONS: Mapping[Operation, Mapping[Lifecycle, Lifecycle]] = {
    # Activating a draft on top of an active part is the revision.
    Operation.ACTIVATE: {
        Lifecycle.DRAFT: Lifecycle.ACTIVE,
        Lifecycle.ACTIVE: Lifecycle.ACTIVE,
    },
    Operation.HOLD: {Lifecycle.ACTIVE: Lifecycle.ON_HOLD},
    Operation.RESUME: {Lifecycle.ON_HOLD: Lifecycle.ACTIVE},
    Operation.COMPLETE: {
        Lifecycle.ACTIVE: Lifecycle.COMPLETED,
        Lifecycle.ON_HOLD: Lifecycle.COMPLETED,
    },
    Operation.REVOKE: dict.fromkeys(LIVING, Lifecycle.REVOKED),
    Operation.ENTER_IN_ERROR: {
        state: Lifecycle.ENTERED_IN_ERROR
        for state in Lifecycle
        if state is not Lifecycle.ENTERED_IN_ERROR
    },
}
# Where a draft may begin or be saved: what is on hold is resumed before it is revised.
WRITABLE = LIVING


def after(operation: Operation, part: PlanPart) -> Lifecycle:
    """Return where an operation leads a part; raises Rejected when it leads nowhere from here."""
    ways = TRANSITIONS[operation]
    if part.lifecycle not in ways:
        raise Rejected(WrongState(lifecycle=part.lifecycle, allowed=tuple(ways)))
    return ways[part.lifecycle]


def require_writable(part: PlanPart) -> None:
    """Raise Rejected when nothing can be written on top of a part, since it has ended."""
    if part.lifecycle not in WRITABLE:
        raise Rejected(WrongState(lifecycle=part.lifecycle, allowed=WRITABLE))
