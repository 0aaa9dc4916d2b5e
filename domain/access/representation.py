"""Who acts for a patient by a mandate or by law, as it was registered, and how it ends."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from domain.access.relation import Basis
from domain.access.right import Right
from domain.author import Author
from domain.given_word import GivenWord
from domain.noun import Noun

# What is registered here. Who has parental responsibility is the population register's to say.
REGISTERED_HERE = (
    Basis.POWER_OF_ATTORNEY,
    Basis.GUARDIAN,
    Basis.LASTING_POWER,
    Basis.ADVISER,
    Basis.NEXT_OF_KIN,
)
# What is on the patient's word, or by a document; next of kin are let in by health personnel.
BY_DOCUMENT = tuple(kind for kind in REGISTERED_HERE if kind is not Basis.NEXT_OF_KIN)


class Representation(Noun):
    """One person who represents a patient, from when and until when.

    `origin` says in words what it rests on: the document that personnel have seen, or that the
    patient gave it here. `word` is the patient's, where it was theirs to give. The number is never
    shown.
    """

    id: str
    patient_id: str
    version: int
    kind: Basis
    representative_number: str
    representative_name: str
    origin: str
    since: datetime
    until: datetime | None = None
    rights: frozenset[Right] = frozenset()
    registered_by: Author | None = None
    word: GivenWord | None = None
    ended_by: Author | None = None

    def is_open(self, now: datetime) -> bool:
        """Tell whether it holds at a time."""
        return self.since <= now and (self.until is None or now < self.until)

    def __repr__(self) -> str:
        return f"Representation({self.kind.name})"


def ended(representation: Representation, now: datetime, by: Author) -> Representation:
    """Return a representation as it stands once it is ended, at once."""
    return replace(representation, version=representation.version + 1, until=now, ended_by=by)
