"""A report at the unit that reads it, as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.following.receiving import ReceivingState
from schema.field import enum, plain

enum(
    ReceivingState,
    "How far a report has come.",
    SENT="Nobody has looked at it yet.",
    SEEN="Somebody has seen it.",
    ACTED_ON="Somebody has acted on it.",
)


@strawberry.type(description="A report at its receiving unit.")
class Receiving:
    unit: str = plain("The unit.")
    organisation_number: str = plain("Its organisation number.")
    state: ReceivingState = plain("How far it has come.")
    seen_by: str | None = plain("Who saw it first.")
    seen_at: datetime | None = plain("When.")
    acted_by: str | None = plain("Who acted on it.")
    acted_at: datetime | None = plain("When.")
    action: str | None = plain("What was done, in words.")
    escalates_at: datetime | None = plain(
        "When an unseen one is passed on; null for one that never is."
    )
    escalates_to: str | None = plain("To whom it is passed on then.")
    escalated_to: str | None = plain("To whom it was passed on.")
    escalated_at: datetime | None = plain("When that was done.")
