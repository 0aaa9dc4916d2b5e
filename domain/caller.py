"""Who asks a source, for whom they act and why: what the caller's attest must say."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from domain.noun import Noun


class Representation(Enum):
    """On whose behalf a citizen asks."""

    SELF = "SELF"
    PARENT = "PARENT"
    PROXY = "PROXY"


class AccessBasis(Enum):
    """The ground for looking into kjernejournal; INNSYN is the citizen's own right to see."""

    UNNTAK = "UNNTAK"
    SAMTYKKE = "SAMTYKKE"
    AKUTT = "AKUTT"
    FORHOYET_SAMTYKKE = "FORHOYET_SAMTYKKE"
    INNSYN = "INNSYN"


class Caller(Noun):
    """The facts that go with every call of one operation; it names no patient.

    `representation` is set for citizens only, `system_organisation` for a vendor's machine only;
    everyone else is health personnel with `hpr_number`, `profession` (Volven 9060) and the
    organisation numbers of their legal entity and point of care. `at` is when the need was
    attested (`toa`); `event_id` correlates our log with the source's and holds no patient data.
    `elevated` is a higher ground that the caller has as well: it goes only where the source itself
    says that something is restricted, since it is refused elsewhere. A student is named with the
    `supervisor` who answers for them.
    """

    event_id: str
    at: datetime
    access_basis: AccessBasis
    purpose_of_use: str = "TREAT"
    hpr_number: str | None = None
    profession: str | None = None
    legal_entity: str | None = None
    point_of_care: str | None = None
    representation: Representation | None = None
    system_organisation: str | None = None
    decision_id: str | None = None
    decision_text: str | None = None
    elevated: AccessBasis | None = None
    supervisor: str | None = None
