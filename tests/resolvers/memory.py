"""A log of use that keeps its entries where a test can look at them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from domain.access.audit import AuditEntry


class MemoryLog:
    def __init__(self) -> None:
        self.entries: list[AuditEntry] = []
        self.waits = 0

    def write(self, entries: Sequence[AuditEntry]) -> asyncio.Future[None]:
        self.waits += 1
        self.entries += entries
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        kept.set_result(None)
        return kept
