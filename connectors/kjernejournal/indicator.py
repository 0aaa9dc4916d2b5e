"""The ticket step: whether there is a kjernejournal, and whether the patient has closed it."""

from __future__ import annotations

from connectors.fhir.bundle import read_whole
from connectors.http import SourceFailure
from connectors.kjernejournal.wire import INDICATOR, WireIndicator
from domain.caller import AccessBasis, Caller, Representation
from domain.source.section import ReasonCode

_HAS_KJERNEJOURNAL = 2


def read_indicator(body: bytes) -> WireIndicator:
    """Return the indicator; raise SourceFailure if it can't be read or lacks what it must say.

    A missing flag is never taken for a no, or a closed record would look open.
    """
    indicator = read_whole(INDICATOR, body)
    must = (
        indicator.ticket,
        indicator.sperring_detaljer,
        indicator.eksisterer_blokkert_helsepersonell,
    )
    if indicator.status >= _HAS_KJERNEJOURNAL and None in must:
        raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER)
    return indicator


def closing_codes(indicator: WireIndicator, caller: Caller) -> list[ReasonCode]:
    """Return why no clinical data may be asked for; nothing if it may.

    A restriction is open to the patient and to those with an elevated ground; a block holds against
    everyone.
    """
    if indicator.status < _HAS_KJERNEJOURNAL:
        return [ReasonCode.NO_KJERNEJOURNAL]
    codes = []
    if indicator.eksisterer_blokkert_helsepersonell:
        codes.append(ReasonCode.BLOCKED)
    is_patient = caller.representation is Representation.SELF
    if indicator.sperring_detaljer and not (is_patient or caller.elevated):
        codes.append(ReasonCode.RESTRICTED)
    return codes


def access_basis(indicator: WireIndicator, caller: Caller) -> AccessBasis:
    """Return the ground to ask on: the higher one only where something is restricted.

    Asked on a higher ground than is needed, kjernejournal refuses.
    """
    if indicator.sperring_detaljer and caller.elevated is not None:
        return caller.elevated
    return caller.access_basis
