"""The viewer as sources are told of them: the caller's attest goes on, never our own identity."""

from __future__ import annotations

from datetime import datetime

from domain.access.relation import Basis
from domain.access.viewer import Viewer, ViewerRole
from domain.caller import AccessBasis, Caller, Representation

_REPRESENTATION = {Basis.OWN: Representation.SELF, Basis.PARENT: Representation.PARENT}


def caller_of(viewer: Viewer, basis: Basis, event_id: str, now: datetime) -> Caller:
    """Return who asks a source, resting on what, for which organisation and purpose."""
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
        access_basis=_access_basis(viewer),
        purpose_of_use=viewer.purpose_of_use or "TREAT",
        hpr_number=viewer.hpr_number,
        profession=viewer.profession,
        legal_entity=viewer.legal_entity,
        point_of_care=viewer.organisation,
        system_organisation=viewer.organisation if viewer.role is ViewerRole.VENDOR else None,
        decision_id=attest.decision_id if attest else None,
        decision_text=attest.decision_text if attest else None,
    )


def _access_basis(viewer: Viewer) -> AccessBasis:
    """Acute care asks as AKUTT; everyone else on the patient's consent (kjernejournal's client)."""
    return AccessBasis.AKUTT if viewer.purpose_of_use == "ETREAT" else AccessBasis.SAMTYKKE
