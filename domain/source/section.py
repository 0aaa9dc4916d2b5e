"""The envelope of all that comes from a source: what is known, from whom, how old, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Generic, TypeVar

from domain.noun import Noun
from domain.refusal import Refusal

T = TypeVar("T")


class SectionName(Enum):
    """The sections that sources feed; policy and connectors speak of the same names."""

    MEDICATIONS = "MEDICATIONS"
    CRITICAL_INFO = "CRITICAL_INFO"
    APPOINTMENTS = "APPOINTMENTS"
    CARE_TEAM = "CARE_TEAM"
    DOCUMENTS = "DOCUMENTS"


class SourceName(Enum):
    """The systems that own the data of a section."""

    KJERNEJOURNAL = "KJERNEJOURNAL"
    MEDICATION = "MEDICATION"
    HOSPITAL = "HOSPITAL"


class SectionState(Enum):
    """What may be concluded from a section. Closed: a new state would break every client."""

    OK = "OK"
    PARTIAL = "PARTIAL"
    STALE = "STALE"
    WITHHELD = "WITHHELD"
    NOT_ASKED = "NOT_ASKED"
    UNAVAILABLE = "UNAVAILABLE"


_WORST_LAST = tuple(SectionState)


class ReasonCode(Enum):
    """Why a section is not simply OK. Open: clients show the sentence of a code they don't know."""

    UNREADABLE_ITEM = "UNREADABLE_ITEM"
    TRUNCATED = "TRUNCATED"
    PART_UNAVAILABLE = "PART_UNAVAILABLE"
    NO_PRESCRIPTION_LOOKUP = "NO_PRESCRIPTION_LOOKUP"
    NO_KJERNEJOURNAL_LOOKUP = "NO_KJERNEJOURNAL_LOOKUP"
    STALE_COPY = "STALE_COPY"
    WITHHELD_BY_SOURCE = "WITHHELD_BY_SOURCE"
    LOCKED_PRESCRIPTION = "LOCKED_PRESCRIPTION"
    RESTRICTED = "RESTRICTED"
    BLOCKED = "BLOCKED"
    ACCESS_DENIED = "ACCESS_DENIED"
    NO_NATIONAL_NUMBER = "NO_NATIONAL_NUMBER"
    NO_KJERNEJOURNAL = "NO_KJERNEJOURNAL"
    UNKNOWN_TO_SOURCE = "UNKNOWN_TO_SOURCE"
    SOURCE_TIMEOUT = "SOURCE_TIMEOUT"
    SOURCE_UNREACHABLE = "SOURCE_UNREACHABLE"
    SOURCE_ERROR = "SOURCE_ERROR"
    SOURCE_RATE_LIMITED = "SOURCE_RATE_LIMITED"
    SOURCE_REFUSED = "SOURCE_REFUSED"
    SOURCE_INVALID_ANSWER = "SOURCE_INVALID_ANSWER"


_IMPLIES = {
    ReasonCode.UNREADABLE_ITEM: SectionState.PARTIAL,
    ReasonCode.TRUNCATED: SectionState.PARTIAL,
    ReasonCode.PART_UNAVAILABLE: SectionState.PARTIAL,
    ReasonCode.NO_PRESCRIPTION_LOOKUP: SectionState.PARTIAL,
    ReasonCode.NO_KJERNEJOURNAL_LOOKUP: SectionState.PARTIAL,
    ReasonCode.STALE_COPY: SectionState.STALE,
    ReasonCode.WITHHELD_BY_SOURCE: SectionState.WITHHELD,
    ReasonCode.LOCKED_PRESCRIPTION: SectionState.WITHHELD,
    ReasonCode.RESTRICTED: SectionState.WITHHELD,
    ReasonCode.BLOCKED: SectionState.WITHHELD,
    ReasonCode.ACCESS_DENIED: SectionState.WITHHELD,
    ReasonCode.NO_NATIONAL_NUMBER: SectionState.NOT_ASKED,
    ReasonCode.NO_KJERNEJOURNAL: SectionState.NOT_ASKED,
    ReasonCode.UNKNOWN_TO_SOURCE: SectionState.NOT_ASKED,
}


class Reason(Noun):
    """One cause of a section's state.

    `count` is the number of items concerned, where the source tells; `path` is the place of a wrong
    value inside the source's answer (`entry[3].resource.start`), never the value itself; `refusal`
    is the policy's reason behind ACCESS_DENIED, and `keys` the names of what opens it.
    """

    code: ReasonCode
    count: int | None = None
    path: str | None = None
    refusal: Refusal | None = None
    keys: tuple[str, ...] = ()

    @property
    def state(self) -> SectionState:
        """The state this reason puts its section in; a source's failure makes it UNAVAILABLE."""
        return _IMPLIES.get(self.code, SectionState.UNAVAILABLE)


class Section(Noun, Generic[T]):
    """The answer of one source about one patient: its items, or the reasons they are not here.

    `items` is None whenever we can't say what the source holds; an empty tuple is the source's own
    word that it holds nothing. Build it with `answered` or `missing`, which keep that promise.
    """

    source: SourceName
    items: tuple[T, ...] | None
    reasons: tuple[Reason, ...] = ()
    retrieved_at: datetime | None = None

    @property
    def state(self) -> SectionState:
        """The worst state that any reason implies; OK without reasons."""
        if not self.reasons:
            return SectionState.OK
        return max((reason.state for reason in self.reasons), key=_WORST_LAST.index)

    @property
    def withheld_count(self) -> int | None:
        """How many items were held back, where that is known."""
        counts = [r.count for r in self.reasons if r.state is SectionState.WITHHELD]
        return sum(c for c in counts if c) or None

    @classmethod
    def answered(
        cls,
        source: SourceName,
        items: Sequence[T],
        retrieved_at: datetime,
        reasons: Sequence[Reason] = (),
    ) -> Section[T]:
        """Return what a source answered; with gaps in the answer, nothing is not an empty list."""
        known = tuple(items) if items or not reasons else None
        return cls(source=source, items=known, reasons=tuple(reasons), retrieved_at=retrieved_at)

    @classmethod
    def missing(
        cls, source: SourceName, *codes: ReasonCode, at: datetime | None = None
    ) -> Section[T]:
        """Return a section without items; `at` is when the source said so, None if it didn't."""
        reasons = tuple(Reason(code=code) for code in codes)
        return cls(source=source, items=None, reasons=reasons, retrieved_at=at)


def emptied(section: Section[T]) -> Section[T]:
    """Return what a source would have answered that holds nothing, but otherwise was as it is.

    It looks the same whatever was in it: that the source answered, or in part, late or not at all.
    """
    kept = tuple(Reason(code=each.code) for each in section.reasons if each.code not in _OF_ITEMS)
    # As `answered` has it: with gaps in the answer, nothing is not an empty list.
    items = None if kept else ()
    return Section(
        source=section.source, items=items, reasons=kept, retrieved_at=section.retrieved_at
    )


# Reasons that there would not be without items.
_OF_ITEMS = frozenset(
    {
        ReasonCode.UNREADABLE_ITEM,
        ReasonCode.TRUNCATED,
        ReasonCode.WITHHELD_BY_SOURCE,
        ReasonCode.LOCKED_PRESCRIPTION,
        ReasonCode.RESTRICTED,
        ReasonCode.BLOCKED,
        ReasonCode.ACCESS_DENIED,
    }
)
