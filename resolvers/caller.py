"""The viewer as sources are told of them: the caller's attest goes on, never our own identity."""

from __future__ import annotations

from datetime import datetime

from domain.access.relation import Basis
from domain.access.rule import RuleKind
from domain.access.viewer import Viewer, ViewerRole
from domain.caller import AccessBasis, Caller, Representation

_REPRESENTATION = {Basis.OWN: Representation.SELF, Basis.PARENT: Representation.PARENT}


_ELEVATED = {
    RuleKind.OPENED: AccessBasis.FORHOYET_SAMTYKKE,
    RuleKind.EMERGENCY: AccessBasis.AKUTT,
}


def caller_of(
    viewer: Viewer,
    basis: Basis,
    event_id: str,
    now: datetime,
    opening: RuleKind | None = None,
) -> Caller:
    """Return who asks a source, resting on what, for which organisation and purpose.

    `opening` is what has opened restrictions for them here; each source has its own rules for that.
    """
    if viewer.role is ViewerRole.CITIZEN:
        return Caller(
            event_id=event_id,
            at=now,
            access_basis=AccessBasis.INNSYN,
            purpose_of_use="INNSYN",
            representation=_REPRESENTATION.get(basis, Representation.PROXY),
        )
    attest = viewer.attest if basis is Basis.ATTEST else None
    return Caller(
        event_id=event_id,
        at=attest.at if attest else now,
        access_basis=_access_basis(viewer, opening),
        purpose_of_use=_purpose(viewer, opening),
        hpr_number=viewer.hpr_number,
        profession=viewer.profession,
        legal_entity=viewer.legal_entity,
        point_of_care=viewer.organisation,
        system_organisation=viewer.organisation if viewer.role is ViewerRole.VENDOR else None,
        decision_id=attest.decision_id if attest else None,
        decision_text=attest.decision_text if attest else None,
        elevated=_ELEVATED[opening] if opening else None,
        supervisor=viewer.supervisor if viewer.is_student else None,
    )


def _access_basis(viewer: Viewer, opening: RuleKind | None) -> AccessBasis:
    """Acute care asks as AKUTT; everyone else on the patient's consent (kjernejournal's client)."""
    is_acute = viewer.purpose_of_use == _ACUTE or opening is RuleKind.EMERGENCY
    return AccessBasis.AKUTT if is_acute else AccessBasis.SAMTYKKE


def _purpose(viewer: Viewer, opening: RuleKind | None) -> str:
    """Return the purpose that was attested; in an emergency that was not said, glass is broken."""
    attested = viewer.purpose_of_use or "TREAT"
    if opening is not RuleKind.EMERGENCY or attested == _ACUTE:
        return attested
    return "BTG"


_ACUTE = "ETREAT"
