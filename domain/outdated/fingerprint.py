"""What is kept of a source's lines: keyed hashes, which tell of a change and not what was said."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence

import msgspec

from domain.noun import Noun
from domain.outdated.source_line import SourceLine
from domain.source.section import SectionName

SHORTEST_KEY = 32

_encode = msgspec.json.Encoder().encode


class Fingerprint(Noun):
    """One line without its content: which line it is, and what stood there.

    The two flags are its only words: without them nobody could tell that a medicine was stopped,
    or that a parent may not be told.
    """

    line: str
    says: str
    is_current: bool
    is_hidden_from_guardians: bool = False


class FingerprintKey:
    """The secret that fingerprints are made with (HMAC-SHA-256, RFC 2104).

    Who has the database and not the key can't try which medicine gives a fingerprint. The same
    medicine has different fingerprints with two patients.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self.id = self._hash(["key"])[:16]

    def of_lines(
        self, patient_id: str, section: SectionName, lines: Iterable[SourceLine]
    ) -> tuple[Fingerprint, ...]:
        """Return the fingerprints of a patient's lines; lines under one id are one line."""
        by_id: dict[str, list[SourceLine]] = {}
        for line in lines:
            by_id.setdefault(line.id, []).append(line)
        return tuple(
            self._of_line(patient_id, section, id, same) for id, same in sorted(by_id.items())
        )

    def mark(self, patient_id: str, section: SectionName, *words: object) -> str:
        """Return the keyed hash of some words about a patient."""
        return self._hash([patient_id, section.name, *words])

    def _of_line(
        self, patient_id: str, section: SectionName, id: str, same: Sequence[SourceLine]
    ) -> Fingerprint:
        said = sorted([_tidy(each.says) for each in same], key=str)
        return Fingerprint(
            line=self.mark(patient_id, section, "line", id),
            says=self.mark(patient_id, section, "says", said),
            is_current=any(each.is_current for each in same),
            is_hidden_from_guardians=any(each.is_hidden_from_guardians for each in same),
        )

    def _hash(self, words: list[object]) -> str:
        return hmac.new(self._secret, _encode(words), hashlib.sha256).hexdigest()

    def __repr__(self) -> str:
        return "FingerprintKey()"


def _tidy(says: Iterable[str | None]) -> list[str | None]:
    """Return words without differences of space, which nobody would see."""
    return [None if each is None else " ".join(each.split()) for each in says]
