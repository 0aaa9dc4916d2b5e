"""The caller as the graph shows them to themselves."""

from __future__ import annotations

import strawberry

from domain.access.viewer import ViewerRole
from resolvers import notice_choice, patient
from schema.field import enum, field, plain
from schema.notice import NoticeChoice
from schema.patient import Patient

enum(
    ViewerRole,
    "The kinds of caller.",
    CITIZEN="Patient, parent or proxy.",
    CLINICIAN="Health personnel.",
    VENDOR="A vendor's system without a user.",
    CASE_WORKER="Works for a child welfare service.",
    PRIVACY_OFFICER="Oversees the log of use for an organisation, and sees no plan.",
    RECIPIENT="Somebody outside health care who opened a share with a code.",
)


@strawberry.type(description="Who is asking, as the access token says.")
class Viewer:
    role: ViewerRole = plain("The kind of caller.")
    name: str | None = plain("The caller's name.")
    hpr_number: str | None = plain("Number in the health personnel register (HPR).")
    profession: str | None = plain("Profession (Volven 9060).")
    organisation: str | None = plain("The point of care's organisation number.")
    legal_entity: str | None = plain("The legal entity's organisation number.")
    notice_choice: NoticeChoice | None = field(
        notice_choice.of_viewer,
        "What a citizen has chosen to be sent outside the app; null when nothing is, and for others.",
    )
    patients: list[Patient] = field(
        patient.of_viewer,
        "The patients that a citizen may see: themselves first, those they represent, and those of "
        "whose plan something is shared with them. Empty for others, who have a worklist.",
        size=10,
    )
