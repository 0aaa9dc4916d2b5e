"""Erasure: what a reservation leads to, and the proof that is left of it.

Nothing in the proof is made of what was erased: only how much there was, and where it is kept by
duty. Each erasure's digest covers the one before it, so that none can be taken out unseen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.keeping.delivery import Delivery
from domain.noun import Noun


class ErasedTable(Noun):
    """How many rows of a table were erased."""

    table: str
    rows: int


class DeliveryReceipt(Noun):
    """Where a version that was erased here is kept by duty, and the record's word on it."""

    document_id: str
    organisation_number: str | None
    receipt: str
    delivered_at: datetime


class Erasure(Noun):
    """One patient's erasure; `previous` is the digest of the erasure before it in the log."""

    id: str
    patient_id: str
    reservation_id: str
    at: datetime
    tables: tuple[ErasedTable, ...] = ()
    deliveries: tuple[DeliveryReceipt, ...] = ()
    previous: str = ""
    digest: str = ""


_encode = msgspec.json.Encoder(order="sorted").encode


def receipts(deliveries: Sequence[Delivery]) -> tuple[DeliveryReceipt, ...]:
    """Return the proof of deliveries, all of which have arrived."""
    return tuple(
        DeliveryReceipt(
            document_id=each.id,
            organisation_number=each.organisation_number,
            receipt=each.receipt,
            delivered_at=each.delivered_at,
        )
        for each in deliveries
        if each.receipt and each.delivered_at
    )


def sealed(erasure: Erasure, previous: str) -> Erasure:
    """Return an erasure that is tied to the one before it."""
    tied = msgspec.structs.replace(erasure, previous=previous, digest="")
    return msgspec.structs.replace(tied, digest=_digest(tied))


def is_chain(erasures: Sequence[Erasure]) -> bool:
    """Tell whether the erasures are what was sealed, each tied to the one before it."""
    previous = ""
    for erasure in erasures:
        if erasure.previous != previous or sealed(erasure, previous).digest != erasure.digest:
            return False
        previous = erasure.digest
    return True


def _digest(erasure: Erasure) -> str:
    return hashlib.sha256(_encode(erasure)).hexdigest()
