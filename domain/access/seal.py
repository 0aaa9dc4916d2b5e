"""The seals of the log of use: each ties lines to all that was sealed before, so that changes show.

A line counts by its digest, which is made with a secret of its own: once both its words and the
secret are gone, nothing can be learnt from the digest, and the seals still hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.access.audit import AuditEntry
from domain.noun import Noun

_encode = msgspec.json.Encoder(order="sorted").encode


class SealedLine(Noun):
    """A line of the log at its place; `entry` and `secret` are None once retention has passed."""

    place: int
    entry: AuditEntry | None = None
    secret: UUID | None = None

    @property
    def digest(self) -> bytes | None:
        """The digest of what the line says; None of a line that says nothing any more."""
        if self.entry is None or self.secret is None:
            return None
        said = _without_nothing(
            msgspec.to_builtins(replace(self.entry, at=self.entry.at.astimezone(UTC)))
        )
        # What is not said is left out, so that a field added later changes no older line.
        return hashlib.sha256(self.secret.bytes + _encode([self.place, said])).digest()


class Seal(Noun):
    """One seal: the places and digests of its lines, and the digest of the seal before it.

    `emptied_through` is the newest seal whose lines retention had emptied when this one was made.
    """

    number: int
    at: datetime
    places: tuple[int, ...] = ()
    digests: tuple[bytes, ...] = ()
    emptied_through: int = 0
    previous: bytes = b""
    digest: bytes = b""


class Break(Enum):
    """How what is kept differs from what was sealed."""

    SEAL_GONE = "seals are missing before it"
    SEAL_CHANGED = "the seal itself is not what was made"
    NOT_TIED = "it is not tied to the seal before it"
    LINE_GONE = "the line is gone"
    LINE_CHANGED = "the line is not what was sealed"
    LINE_EMPTIED = "the line is emptied, and no seal says that retention has come so far"
    HEAD_DIFFERS = "it is not the seal that was noted elsewhere"
    HEAD_GONE = "the seal that was noted elsewhere is gone"
    NOT_SEALED = "the line stands in no seal and waits for none"


class Mismatch(Noun):
    """What differs from what was sealed: at which seal, and of which line where it is one."""

    kind: Break
    seal: int
    place: int | None = None

    def __str__(self) -> str:
        where = f"Seal {self.seal}" if self.place is None else f"Line {self.place}"
        within = f" (of seal {self.seal})" if self.place is not None and self.seal else ""
        return f"{where}{within}: {self.kind.value}."


def sealed(seal: Seal, before: Seal | None) -> Seal:
    """Return a seal that is tied to the one before it."""
    tied = replace(seal, at=seal.at.astimezone(UTC), previous=before.digest if before else b"")
    return replace(tied, digest=_digest(tied))


def breaks(
    seal: Seal, before: Seal | None, lines: Mapping[int, SealedLine], emptied_through: int
) -> list[Mismatch]:
    """Return how a seal and its lines differ from what was sealed.

    `emptied_through` is what the newest seal says of retention.
    """
    found = []
    if seal.number != (before.number + 1 if before else 1):
        found.append(Mismatch(kind=Break.SEAL_GONE, seal=seal.number))
    elif seal.previous != (before.digest if before else b""):
        found.append(Mismatch(kind=Break.NOT_TIED, seal=seal.number))
    if _digest(replace(seal, at=seal.at.astimezone(UTC))) != seal.digest:
        found.append(Mismatch(kind=Break.SEAL_CHANGED, seal=seal.number))
    may_be_empty = seal.number <= emptied_through
    for place, digest in zip(seal.places, seal.digests, strict=False):
        kind = _break_of(lines.get(place), digest, may_be_empty=may_be_empty)
        if kind is not None:
            found.append(Mismatch(kind=kind, seal=seal.number, place=place))
    return found


def _break_of(line: SealedLine | None, digest: bytes, *, may_be_empty: bool) -> Break | None:
    if line is None:
        return Break.LINE_GONE
    if line.digest is None:
        return None if may_be_empty else Break.LINE_EMPTIED
    return None if line.digest == digest else Break.LINE_CHANGED


def _digest(seal: Seal) -> bytes:
    return hashlib.sha256(_encode(replace(seal, digest=b""))).digest()


def _without_nothing(value: object) -> object:
    if isinstance(value, dict):
        kept = {name: _without_nothing(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if each not in (None, [], {})}
    if isinstance(value, list):
        return [_without_nothing(each) for each in value]
    return value
