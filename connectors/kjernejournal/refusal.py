"""Kjernejournal's refusals: what its error codes say about the patient."""

from __future__ import annotations

from connectors.fhir.bundle import read_whole
from connectors.fhir.wire import WireDiagnostics
from connectors.http import Answer, SourceFailure
from connectors.kjernejournal.wire import OUTCOME
from domain.source.section import ReasonCode

# Kjernejournal's codes that speak of the patient; any other is about the caller or the call.
_ABOUT_PATIENT = {
    (404, "KJ-0007"): ReasonCode.NO_KJERNEJOURNAL,
    (403, "KJ-0019"): ReasonCode.BLOCKED,
}
_OTHERWISE = {403: ReasonCode.SOURCE_REFUSED, 404: ReasonCode.SOURCE_ERROR}


def accepted(answer: Answer) -> bytes:
    """Return the body of a good answer; raise SourceFailure with what a 403 or 404 says."""
    if answer.status == 200:
        return answer.body
    about_patient = _ABOUT_PATIENT.get((answer.status, _error_code(answer.body)))
    raise SourceFailure(about_patient or _OTHERWISE[answer.status])


def _error_code(body: bytes) -> str:
    try:
        outcome = read_whole(OUTCOME, body)
    except SourceFailure:
        return ""
    told = (issue.diagnostics for issue in outcome.issue)
    return next((d.error_code or "" for d in told if isinstance(d, WireDiagnostics)), "")
