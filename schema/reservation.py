"""Reservation and erasure as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from resolvers import reservation
from schema.field import field, plain
from schema.given_word import GivenWord


@strawberry.type(
    description="The patient wants no plan here: all is hidden from everyone, and erased after 30 "
    "days. Shares are suspended meanwhile, and hold again if it is undone."
)
class Reservation:
    id: strawberry.ID = plain("The reservation's id.")
    version: int = plain("Counts every change; a writer must have seen the newest.")
    made: GivenWord = plain("By whom and when it was made.")
    erase_after: datetime = plain("Until when it can be undone.")
    can_be_undone: bool = field(
        reservation.can_be_undone, "Whether everything can still be had back."
    )
    ended: GivenWord | None = plain("By whom and when it was ended; null while it stands.")
    blocked_at: datetime | None = plain(
        "Since when erasure has waited for a version that a record does not have yet."
    )
    erased_at: datetime | None = plain("When everything was erased.")
    explanation: str = field(reservation.explanation, "What it means now, in words.")


@strawberry.type(description="How much of one kind was erased.")
class ErasedTable:
    table: str = plain("What it was kept in.")
    rows: int = plain("How many rows.")


@strawberry.type(description="Where a version that was erased here is kept by duty.")
class DeliveryReceipt:
    document_id: strawberry.ID = plain("The document's id at the record.")
    organisation_number: str | None = plain("Whose record.")
    receipt: str = plain("The record's own word that it has it.")
    delivered_at: datetime = plain("When it said so.")


@strawberry.type(description="The proof of an erasure. Nothing in it is made of what was erased.")
class Erasure:
    id: strawberry.ID = plain("The erasure's id.")
    reservation_id: strawberry.ID = plain("The reservation that led to it.")
    at: datetime = plain("When.")
    tables: list[ErasedTable] = plain("How much was erased.", size=40)
    deliveries: list[DeliveryReceipt] = plain("What the records keep by duty.", size=20)
    previous: str = plain("The digest of the erasure before it in the log.")
    digest: str = plain("A SHA-256 over this erasure and the digest before it.")
