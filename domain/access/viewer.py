"""Who asks: the person or system behind a token, and on whose behalf."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from domain.identity_number import IdentityNumber
from domain.noun import Noun


class ViewerRole(Enum):
    """The kinds of user; what each may do is the policy's matter.

    RECIPIENT is somebody outside health care who opened a share with a code, CASE_WORKER works for
    a child welfare service, PRIVACY_OFFICER oversees the log of use for an organisation and sees no
    plan.
    """

    CITIZEN = "CITIZEN"
    CLINICIAN = "CLINICIAN"
    VENDOR = "VENDOR"
    RECIPIENT = "RECIPIENT"
    CASE_WORKER = "CASE_WORKER"
    PRIVACY_OFFICER = "PRIVACY_OFFICER"


class AttestedRelation(Noun):
    """What the consuming organisation attests: a service need for one patient (Tillitsrammeverk).

    `patient_number` says which patient; `at` is when the attest was made (`toa`).
    """

    patient_number: IdentityNumber
    at: datetime
    decision_id: str | None = None
    decision_text: str | None = None


class Viewer(Noun):
    """The authenticated caller of one operation, as its access token states it.

    `subject` is the token's own opaque subject. A citizen has `identity_number`, health personnel
    `hpr_number` and `profession` (Volven 9060), and everyone but citizens `organisation` (point of
    care) and `legal_entity`. `security_level` is how surely a person is who they say: 4 is the
    highest, 0 what nobody vouches for. `purpose_of_use` is TREAT, ETREAT, COC or BTG. A recipient
    has `share_id` and nothing else to be known by. A student works under `supervisor`, named with
    HPR number. The system that asks is `client_id`, as its issuer calls it.
    """

    subject: str
    role: ViewerRole
    expires_at: datetime
    security_level: int = 0
    name: str | None = None
    identity_number: IdentityNumber | None = None
    hpr_number: str | None = None
    profession: str | None = None
    organisation: str | None = None
    legal_entity: str | None = None
    purpose_of_use: str | None = None
    attest: AttestedRelation | None = None
    share_id: str | None = None
    is_student: bool = False
    supervisor: str | None = None
    client_id: str | None = None

    @property
    def is_machine(self) -> bool:
        """Tell whether a system asks for itself, with nobody logged in (RFC 9068, 2.2: `sub`)."""
        return self.role is ViewerRole.VENDOR and self.subject == self.client_id
