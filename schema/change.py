"""What those who follow changes are told, as the graph shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from domain.event import EventKind
from domain.live import change as domain
from domain.live.change import ChangedSection, ResyncReason
from resolvers import live
from schema.field import enum, field, plain, twin
from schema.patient import Patient

enum(
    ChangedSection,
    "A section of a patient's picture. New sections may be added.",
    PLAN="What the plan says and where it stands, with approval, agreement and review.",
    DRAFTS="Drafts of parts.",
    COMMENTS="What is said about the plan.",
    SUGGESTIONS="What is suggested to be changed in it.",
    REPORTS="What is reported from home, and what is answered.",
    SHARING="With whom parts are shared.",
    HANDOVERS="Responsibility on its way to somebody else.",
    TEAM="Who takes part, as the plan has it.",
    CHOICES="Consents, the reservation, and what is asked to be corrected or erased.",
    ACCESS="Who may see what, and who acts for the patient.",
    MEDICATIONS="Medicines, at their source.",
    CRITICAL_INFO="Critical information, at its source.",
    APPOINTMENTS="Appointments, at their source.",
    CARE_TEAM="Who is responsible for the patient, at its source.",
    DOCUMENTS="Documents, at their source.",
)
enum(
    ResyncReason,
    "Why what was missed can't be told.",
    TOO_OLD="The cursor is older than changes are told of.",
    UNKNOWN="The cursor is none of ours, or of another subscription.",
)

_CURSOR = "Go on from here with it, anywhere and on any connection; it says nothing by itself."


@strawberry.type(
    description="That something has changed, and where; read the rest with a query. Told to those who "
    "may read what has changed, at the time when it is told."
)
@twin(domain.ChangeNotice)
class ChangeNotice:
    id: strawberry.ID = plain("The change's own id: the same change is never told twice.")
    kind: EventKind = plain("What happened.")
    section: ChangedSection = plain("Where.")
    at: datetime = plain("When.")
    patient_id: strawberry.ID | None = plain(
        "Whose picture it is; null when something was taken back, and no more may be known."
    )
    subject_id: strawberry.ID | None = plain(
        "The part, draft, comment, report or other that has changed; of a source, its section."
    )
    version: int | None = plain(
        "The subject's version since then; null where it has none, and to the patient's side."
    )
    cursor: str = plain(_CURSOR)


@strawberry.type(
    description="What was missed can't be told: read anew what you keep. The subscription goes on with "
    "what happens from now on."
)
@twin(domain.ResyncRequired)
class ResyncRequired:
    reason: ResyncReason = plain("Why.")
    cursor: str = plain(_CURSOR)


Change = Annotated[
    ChangeNotice | ResyncRequired,
    strawberry.union("Change", description="What somebody who follows changes is told."),
]


@strawberry.type(
    description="A patient's picture as it is now: sent first whole, then each time something that is "
    "selected has changed."
)
class PatientView:
    patient: Patient = field(live.patient, "The patient.")
    cursor: str = plain("Follow the changes from here on with it: `patientChanged(after:)`.")
