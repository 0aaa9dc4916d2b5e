"""Sharing as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.sharing import SharingState
from resolvers import plan
from schema.field import enum, field, plain

enum(
    SharingState,
    "Where sharing of a plan part stands.",
    NOT_SHARED="It has never been shared.",
    SHARED="Somebody has it now.",
    WITHDRAWN="Those who had it no longer do.",
)


@strawberry.type(description="A plan part given to a named recipient.")
class Share:
    recipient: str = plain("Who has it.")
    organisation_number: str | None = plain("The recipient's organisation number.")
    shared_by: str = plain("Who shared it.")
    since: datetime = plain("From when.")
    until: datetime | None = plain("Until when, not included; null is open-ended.")
    withdrawn_at: datetime | None = plain("When it was taken back.")


@strawberry.type(
    description="Who has been given a plan part. Health personnel with a care relation may read an "
    "active plan without it."
)
class Sharing:
    state: SharingState = field(plan.sharing_state, "Where sharing stands now.")
    shares: list[Share] = plain("Every share, newest first.")
