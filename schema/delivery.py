"""Deliveries to records as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.keeping.delivery import DeliveryState, Occasion
from schema.field import enum, plain

enum(
    Occasion,
    "Why a version is delivered.",
    ACTIVATED="It was taken into use.",
    REVISED="It replaced the version before.",
    COMPLETED="The part was ended as meant.",
    REVOKED="The part was withdrawn.",
    ENTERED_IN_ERROR="The part was never meant.",
)
enum(
    DeliveryState,
    "Whether the record has a version.",
    WAITING="It is on its way.",
    DELIVERED="The record has answered with a receipt.",
    FAILED="It is still tried, but somebody should look into it.",
)


@strawberry.type(
    description="A plan version on its way to the record of the organisation that answers for it, "
    "or there."
)
class Delivery:
    id: strawberry.ID = plain("The document's id at the record.")
    part_id: strawberry.ID = plain("The part.")
    content_version: int = plain("The content version.")
    occasion: Occasion = plain("Why it is delivered.")
    occurred_at: datetime = plain("When that was.")
    organisation_number: str | None = plain("Whose record.")
    state: DeliveryState = plain("Whether the record has it.")
    receipt: str | None = plain("The record's own word that it has it.")
    delivered_at: datetime | None = plain("When it said so.")
