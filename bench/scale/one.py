"""One made-up patient as facts: how many of each thing there are, and what their ids are.

Patients whose ordinals differ by a thousand have the same facts, and ids and numbers of their own,
so that a patient of a small store has a twin in a large one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache, cached_property
from hashlib import blake2b
from random import Random
from uuid import UUID

SHAPES = 1000
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
IMPORTED_AT = NOW - timedelta(days=400)  # a night in which a fifth of all plans came at once
REGION = "999000101"  # takes part in every plan
_YEARS_SECONDS = 5 * 365 * 86_400
_PATIENTS_A_WARD, _PATIENTS_AN_OFFICE = 5000, 1000


class Reserved(Enum):
    """Whether the patient ever had no plan made about them."""

    NEVER = "NEVER"
    ENDED = "ENDED"
    STANDS = "STANDS"


@dataclass(frozen=True)
class PartShape:
    """What hangs on one part of a plan."""

    kind: str
    lifecycle: str
    versions: int
    drafts: int
    agreements: int
    comments: int
    suggestions: int
    shares: int
    is_requested: bool


@dataclass(frozen=True)
class Shape:
    """What there is of one patient."""

    is_child: bool
    had_number: bool
    handovers: int
    is_imported: bool
    events: int
    parts: tuple[PartShape, ...]
    has_unseen_report: bool
    reservation: Reserved


@dataclass(frozen=True)
class One:
    """One patient; the same ordinal is always the same. `measurements` is how many there are."""

    ordinal: int
    measurements: int = 0

    @property
    def shape(self) -> Shape:
        """What there is."""
        return _shape(self.ordinal % SHAPES)

    @property
    def has_unseen_report(self) -> bool:
        """Tell whether nobody has seen the newest report, if there is any."""
        return self.shape.has_unseen_report and self.measurements > 0

    @cached_property
    def key(self) -> UUID:
        """The patient's id."""
        return self.id("patient")

    @property
    def number(self) -> str:
        """A number like an identity number, which no person can have."""
        return f"9{self.ordinal:010}"

    @property
    def parent_number(self) -> str:
        """The first parent's number."""
        return f"8{self.ordinal:010}"

    @property
    def organisations(self) -> tuple[str, str, str]:
        """Who takes part: everybody's region, a ward and an office."""
        ward, office = self.ordinal % _PATIENTS_A_WARD, self.ordinal // _PATIENTS_AN_OFFICE
        return REGION, f"9992{ward % 20:05}", f"9993{office:05}"

    @cached_property
    def changed_at(self) -> datetime:
        """When the plan last changed."""
        if self.shape.is_imported:
            return IMPORTED_AT
        return NOW - timedelta(seconds=self.id("change").int % _YEARS_SECONDS)

    def id(self, *what: object) -> UUID:
        """Return the id of something of the patient's; in no order, as random ones."""
        name = f"{self.ordinal}:{what}".encode()
        return UUID(bytes=blake2b(name, digest_size=16).digest())

    def part(self, order: int) -> UUID:
        """Return the id of a part."""
        return self.id("part", order)

    def draft(self, part: int, order: int) -> UUID:
        """Return the id of a draft."""
        return self.id("draft", part, order)

    @cached_property
    def parts(self) -> Sequence[tuple[int, UUID, PartShape]]:
        """The parts by order and id."""
        return [(order, self.part(order), part) for order, part in enumerate(self.shape.parts)]


@cache
def _shape(place: int) -> Shape:
    random = Random(place)
    kinds = ["EGENBEHANDLINGSPLAN", "BEHANDLINGSPLAN"][: random.choice((1, 1, 2))]
    return Shape(
        is_child=random.random() < 0.3,
        had_number=random.random() < 0.05,
        handovers=int(random.random() < 0.4),
        is_imported=random.random() < 0.2,
        events=random.randint(2, 6),
        parts=tuple(_part(kind, random) for kind in kinds),
        has_unseen_report=random.random() < 0.1,
        # More than there will be: of a table of a few pages the database reads all at once.
        reservation=random.choices(tuple(Reserved), (60, 39, 1))[0],
    )


def _part(kind: str, random: Random) -> PartShape:
    return PartShape(
        kind=kind,
        lifecycle=random.choices(("ACTIVE", "ON_HOLD", "COMPLETED"), (85, 5, 10))[0],
        versions=random.choice((1, 1, 1, 1, 2)),
        drafts=int(random.random() < 0.3),
        agreements=random.choice((0, 1, 1, 2)),
        comments=random.choice((0, 0, 1, 2, 4)),
        suggestions=random.choice((0, 0, 0, 1)),
        shares=random.choice((0, 0, 1)),
        is_requested=random.random() < 0.05,
    )
