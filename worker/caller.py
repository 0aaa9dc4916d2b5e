"""Who asks when nobody does: ourselves, as a system, to coordinate care."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from domain.caller import AccessBasis, Caller


def ourselves(organisation_number: str, now: datetime, event_id: str | None = None) -> Caller:
    """Return the gateway as other systems are told of it.

    It acts for nobody and has no consent to point to, so it asks as UNNTAK and is shown the least:
    nothing that is locked, restricted or blocked.
    """
    return Caller(
        event_id=event_id or str(uuid4()),
        at=now,
        access_basis=AccessBasis.UNNTAK,
        purpose_of_use="COC",
        system_organisation=organisation_number,
    )
