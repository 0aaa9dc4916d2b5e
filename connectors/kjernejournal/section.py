"""From what kjernejournal gave, or refused to give, to a section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from connectors.fhir.bundle import bounded, unreadable_reasons
from connectors.kjernejournal.registration import Part
from connectors.kjernejournal.wire import Registration, type_name
from domain.source.critical_info import CriticalInfo
from domain.source.section import Reason, ReasonCode, Section, SourceName

_TOLD = frozenset({ReasonCode.NO_KJERNEJOURNAL, ReasonCode.BLOCKED, ReasonCode.RESTRICTED})


def missing(codes: Iterable[ReasonCode], at: datetime) -> Section[CriticalInfo]:
    """Return a section without items; it has a time if the source itself gave the reason."""
    named = tuple(dict.fromkeys(codes))
    told_at = at if _TOLD.issuperset(named) else None
    return Section.missing(SourceName.KJERNEJOURNAL, *named, at=told_at)


def joined(
    answers: Mapping[type[Registration], Part | ReasonCode], at: datetime
) -> Section[CriticalInfo]:
    """Return both kinds as one section; a kind that failed leaves the other's items standing.

    A patient's own block or restriction outranks items that came through just before it.
    """
    failed = {kind: code for kind, code in answers.items() if isinstance(code, ReasonCode)}
    parts = {kind: part for kind, part in answers.items() if isinstance(part, Part)}
    told = [code for code in failed.values() if code in _TOLD]
    if told or not parts:
        return missing(told or failed.values(), at)
    items, reasons = bounded([item for part in parts.values() for item in part.items])
    wrong = [f"{type_name(kind)}.{path}" for kind, part in parts.items() for path in part.wrong]
    reasons += unreadable_reasons(wrong)
    reasons += [reason for part in parts.values() for reason in part.reasons]
    reasons += [_unavailable(kind) for kind in failed]
    return Section.answered(SourceName.KJERNEJOURNAL, items, at, reasons)


def _unavailable(kind: type[Registration]) -> Reason:
    return Reason(code=ReasonCode.PART_UNAVAILABLE, path=type_name(kind))
