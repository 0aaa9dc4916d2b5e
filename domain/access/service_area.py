"""What a representation is given for: areas that people understand, each a set of rights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from domain.access.relation import Basis
from domain.access.right import Right


class ServiceArea(Enum):
    """One area. DECISIONS are the patient's own choices, which a power of attorney can't give away.

    Helsenorge gives power of attorney by such areas; which rights belong to which is our reading.
    """

    PLAN = "PLAN"
    FOLLOW_UP = "FOLLOW_UP"
    MEDICINES = "MEDICINES"
    APPOINTMENTS = "APPOINTMENTS"
    LOG = "LOG"
    DECISIONS = "DECISIONS"


RIGHTS: Mapping[ServiceArea, frozenset[Right]] = {
    ServiceArea.PLAN: frozenset(
        {
            Right.PLAN_STATUS,
            Right.READ_ZONES,
            Right.READ_PLAN,
            Right.COMMENT,
            Right.SUGGEST,
            Right.EXPORT,
            Right.SUBSCRIBE,
        }
    ),
    ServiceArea.FOLLOW_UP: frozenset(
        {
            Right.PLAN_STATUS,
            Right.READ_ZONES,
            Right.READ_REPORTS,
            Right.REPORT,
            Right.MEASURE,
            Right.MOVE_REPORT,
            Right.SUBSCRIBE,
        }
    ),
    ServiceArea.MEDICINES: frozenset({Right.READ_MEDICINES, Right.READ_CRITICAL_INFO}),
    ServiceArea.APPOINTMENTS: frozenset(
        {Right.READ_APPOINTMENTS, Right.READ_DOCUMENTS, Right.READ_CARE_TEAM}
    ),
    ServiceArea.LOG: frozenset({Right.READ_LOG, Right.ASK_ABOUT_LOG, Right.ASK_CORRECTION}),
    ServiceArea.DECISIONS: frozenset(
        {Right.AGREE, Right.SHARE, Right.CONSENT, Right.RESERVE, Right.LOCK}
    ),
}

OF_ATTORNEY: tuple[ServiceArea, ...] = tuple(
    area for area in ServiceArea if area is not ServiceArea.DECISIONS
)
_OF_BASIS: Mapping[Basis, tuple[ServiceArea, ...]] = {
    Basis.POWER_OF_ATTORNEY: OF_ATTORNEY,
    Basis.GUARDIAN: tuple(ServiceArea),
    Basis.LASTING_POWER: tuple(ServiceArea),
}


def areas_of(basis: Basis) -> tuple[ServiceArea, ...]:
    """Return the areas that a kind of representation can be given for; none where it has its own.

    What an adviser and the next of kin may see is said by the policy's table, not by a mandate.
    """
    return _OF_BASIS.get(basis, ())


def rights_of(areas: Iterable[ServiceArea]) -> frozenset[Right]:
    """Return the rights of some areas together."""
    return frozenset(right for area in areas for right in RIGHTS[area])


def areas_in(rights: Iterable[Right]) -> tuple[ServiceArea, ...]:
    """Return the areas whose rights are all among some."""
    given = frozenset(rights)
    return tuple(area for area in ServiceArea if RIGHTS[area] <= given)
