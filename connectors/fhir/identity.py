"""Whose data an answer is: identity numbers on the wire against those we asked for."""

from __future__ import annotations

from collections.abc import Iterable

from connectors.fhir.wire import WireIdentifier
from domain.access.subject import Subject
from domain.identity_number import IdentityNumberKind

_SYSTEMS = frozenset(kind.value for kind in IdentityNumberKind)


def numbers_in(identifiers: Iterable[WireIdentifier]) -> set[str]:
    """Return the identity numbers among identifiers of any kind."""
    return {i.value for i in identifiers if i.system in _SYSTEMS and i.value}


def is_about(subject: Subject, identifiers: Iterable[WireIdentifier]) -> bool:
    """Tell whether identifiers are the subject's; without any identity number they may be."""
    named = numbers_in(identifiers)
    return not named or not named.isdisjoint(number.value for number in subject.numbers)
