"""The root of all that is followed."""

from __future__ import annotations

import strawberry

from domain.live.change import ChangedSection
from schema.change import Change, PatientView
from schema.field import Argument, followed

_SECTIONS = Argument("Only changes in these; all when left out.", list[ChangedSection] | None)
_AFTER = Argument(
    "Go on after this cursor: what was missed is told first, in order. From now on when left out.",
    str | None,
)


@strawberry.type(
    description="Everything that can be followed. Access is decided anew for every change; a "
    "subscription ends when it is over."
)
class Subscription:
    patient_changed: Change = followed(
        Change,
        "The changes of one patient's picture, in order; no content.",
        patient_id=Argument("Whose.", strawberry.ID),
        sections=_SECTIONS,
        after=_AFTER,
    )
    organisation_changed: Change = followed(
        Change,
        "The changes that concern the viewer's organisation: of the patients on its worklist, and of "
        "what is shared with it or handed over to it; in order for each patient, no content. For "
        "health personnel and systems.",
        sections=_SECTIONS,
        after=_AFTER,
    )
    patient_view: PatientView = followed(
        PatientView,
        "One patient's picture, live: the selection whole, and again each time something in it has "
        "changed, in the store or at a source. What changes quickly may be told as one.",
        patient_id=Argument("Whose.", strawberry.ID),
    )
