"""What is kept of an accepted write, to know it again."""

from __future__ import annotations

from datetime import datetime

from domain.noun import Noun
from domain.operation import Operation


class KeptReceipt(Noun):
    """An accepted write as the store remembers it, found by who sent it and its idempotency key.

    `input_hash` is a SHA-256 over the whole input, so that a key sent again with another input is
    noticed.
    """

    sender: str
    key: str
    patient_id: str
    operation: Operation
    input_hash: bytes
    subject_id: str
    at: datetime
    version: int | None = None
