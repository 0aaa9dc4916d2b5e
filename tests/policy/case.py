"""One person in front of one patient, in plain values: what the second statement is asked about.

It knows nothing of the policy's own nouns, so that the two can't agree on a mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property


@dataclass(frozen=True)
class Span:
    """From when until when something counts: from its first moment, not at its last."""

    since: datetime
    until: datetime | None = None
    ended: datetime | None = None

    def counts(self, now: datetime) -> bool:
        """Tell whether it counts at a time."""
        ends = [end for end in (self.until, self.ended) if end is not None]
        return self.since <= now and all(now < end for end in ends)


@dataclass(frozen=True)
class Tie:
    """What the register or our own store says that somebody is to the patient.

    `kind` is PARENT, GUARDIAN, LASTING_POWER, POWER_OF_ATTORNEY, ADVISER, NEXT_OF_KIN, CARE_TEAM,
    HANDOVER, SHARE or CHILD_WELFARE; `of_person` and `of_unit` say whose tie it is.
    """

    kind: str
    span: Span
    of_person: str | None = None
    of_unit: str | None = None
    covers: frozenset[str] = frozenset()
    lives_with: bool = True
    is_protected: bool = False
    is_whole: bool = True
    share: str | None = None
    shared_by: str | None = None
    part: str = "prt_1"


@dataclass(frozen=True)
class Note:
    """A rule that somebody has set about access, as `domain.md` and issue 4 name them."""

    kind: str
    span: Span
    about: frozenset[str] = frozenset()
    part: str | None = None
    line: str | None = None
    hpr: str | None = None
    person: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Asker:
    """Who asks, as the token says.

    `kind` is citizen, personnel, machine, code (a share opened by one), case (a case worker) or
    controller (of the log).
    """

    kind: str
    level: int = 4
    person: str | None = None
    hpr: str | None = None
    unit: str | None = None
    profession: str | None = None
    purpose: str | None = None
    attests: str | None = None
    attested: Span | None = None
    share: str | None = None
    is_student: bool = False
    supervisor: str | None = None


@dataclass(frozen=True)
class Case:
    """The whole question, and what the deployment has chosen."""

    asker: Asker
    now: datetime
    born: date
    numbers: tuple[str, ...]
    ties: tuple[Tie, ...] = ()
    notes: tuple[Note, ...] = ()
    is_reserved: bool = False
    has_consent: bool | None = None
    is_protected: bool = False
    died: date | None = None
    read_after_death: int = 365
    address_rule: str = "ALL_IF_ONE"
    kept_by_default: frozenset[str] = frozenset({"SEE_PATIENT", "PLAN_STATUS", "READ_ZONES"})
    own_access_from: int = 13

    @cached_property
    def counting(self) -> tuple[Note, ...]:
        """The rules that count now; nothing counts outside its period."""
        return tuple(note for note in self.notes if note.span.counts(self.now))
