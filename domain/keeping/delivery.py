"""Delivery of plan versions to the record of the organisation that answers for them.

The organisation keeps its own record by duty (helsepersonelloven § 39), whatever becomes of the
shared plan. A version counts as kept only when the record has answered with a receipt.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum

from msgspec.structs import replace

from domain import ids
from domain.author import Author
from domain.noun import Noun
from domain.plan.part import Lifecycle, PlanPart

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
ALARM_AFTER = 8  # attempts: with the waits above, a good hour


class Occasion(Enum):
    """Why a version is delivered."""

    ACTIVATED = "ACTIVATED"
    REVISED = "REVISED"
    COMPLETED = "COMPLETED"
    REVOKED = "REVOKED"
    ENTERED_IN_ERROR = "ENTERED_IN_ERROR"


class DeliveryState(Enum):
    """WAITING is tried again by itself; FAILED as well, but somebody should look into it."""

    WAITING = "WAITING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"


class Delivery(Noun):
    """One version on its way to a record, or there.

    `occurred_at`, `by` and `reason` belong to the occasion. `receipt` is the record's own word that
    it has the document.
    """

    id: str
    patient_id: str
    part_id: str
    content_version: int
    occasion: Occasion
    occurred_at: datetime
    by: Author
    organisation_number: str | None
    next_try_at: datetime
    reason: str | None = None
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    receipt: str | None = None
    delivered_at: datetime | None = None


_ENDED: Mapping[Lifecycle, Occasion] = {
    Lifecycle.COMPLETED: Occasion.COMPLETED,
    Lifecycle.REVOKED: Occasion.REVOKED,
    Lifecycle.ENTERED_IN_ERROR: Occasion.ENTERED_IN_ERROR,
}


def of_activated(part: PlanPart) -> Delivery:
    """Return the delivery of what a part says since it was activated."""
    is_first = part.content_version == 1
    return _of(part, Occasion.ACTIVATED if is_first else Occasion.REVISED)


def of_ended(part: PlanPart) -> Delivery | None:
    """Return the delivery of a part's end, None when it has not ended or was never in use."""
    occasion = _ENDED.get(part.lifecycle)
    return _of(part, occasion) if occasion and part.content_version else None


def _of(part: PlanPart, occasion: Occasion) -> Delivery:
    return Delivery(
        id=ids.new(ids.DELIVERY),
        patient_id=part.patient_id,
        part_id=part.id,
        content_version=part.content_version,
        occasion=occasion,
        occurred_at=part.updated_at,
        by=part.updated_by,
        organisation_number=part.responsible.organisation_number,
        next_try_at=part.updated_at,
        reason=part.reason,
    )


def delivered(delivery: Delivery, receipt: str, now: datetime) -> Delivery:
    """Return a delivery that the record has answered for."""
    return replace(
        delivery,
        state=DeliveryState.DELIVERED,
        attempts=delivery.attempts + 1,
        receipt=receipt,
        delivered_at=now,
    )


def failed(delivery: Delivery, now: datetime, *, is_refused: bool = False) -> Delivery:
    """Return a delivery that did not succeed: it is tried again, later each time, until it does.

    `is_refused` tells that the record does not want the document as it is: then nobody waits for
    the alarm.
    """
    attempts = delivery.attempts + 1
    alarmed = is_refused or attempts >= ALARM_AFTER
    wait = min(FIRST_WAIT * 2 ** min(attempts - 1, ALARM_AFTER), LONGEST_WAIT)
    return replace(
        delivery,
        state=DeliveryState.FAILED if alarmed else DeliveryState.WAITING,
        attempts=attempts,
        next_try_at=now + wait,
    )
