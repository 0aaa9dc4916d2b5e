"""A source's change feed: which patient's data changed, in order, without the data itself."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import msgspec

MAX_KEPT = 10_000


class Change(msgspec.Struct, frozen=True):
    """One change of one patient's data."""

    sequence: int
    patient: str
    kind: str
    at: str


class Feed(msgspec.Struct, frozen=True, rename="camel"):
    """What `GET /changes` answers; changes up to `completeAfter` may be forgotten."""

    changes: list[Change]
    last: int
    complete_after: int


class Changes:
    """The feed of one source.

    Sequences start at the time of start in ms: they rise over a restart, so that a reader that
    remembers where it was misses nothing that happens later. What happened before that is
    forgotten, and the feed says so.
    """

    def __init__(self) -> None:
        self._last = time.time_ns() // 1_000_000
        self._forgotten = self._last
        self._kept: list[Change] = []

    def record(self, patient: str, kind: str) -> Change:
        """Add a change; the oldest are forgotten when there are too many."""
        self._last += 1
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        change = Change(self._last, patient, kind, at)
        self._kept.append(change)
        for forgotten in self._kept[:-MAX_KEPT]:
            self._forgotten = forgotten.sequence
        del self._kept[:-MAX_KEPT]
        return change

    def after(self, sequence: int) -> Feed:
        """Return the changes after a sequence, oldest first."""
        told = [c for c in self._kept if c.sequence > sequence]
        return Feed(told, self._last, self._forgotten)

    def of(self, patient: str, kind: str) -> list[Change]:
        """Return the changes of one kind to one patient's data."""
        return [c for c in self._kept if c.patient == patient and c.kind == kind]
