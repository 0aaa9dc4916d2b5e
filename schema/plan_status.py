"""Whether somebody has a plan, as the graph tells machines."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.plan.part import Lifecycle
from schema.field import plain


@strawberry.type(description="The patient's choices that decide on which ground a plan is opened.")
class PrivacySetting:
    has_consent: bool | None = plain(
        "Whether there is consent to have a plan: false once it is withdrawn, null when never given."
    )
    is_restricted: bool = plain(
        "Whether something is restricted: opened on the patient's consent, or in an emergency."
    )
    is_blocked: bool = plain("Whether somebody, whoever it is, is blocked from the plan.")


@strawberry.type(description="Whether a patient has a plan and where it stands; not what it says.")
class PlanStatus:
    has_active_plan: bool = plain("Whether a plan is followed now.")
    lifecycle: Lifecycle | None = plain(
        "Where it stands: of several parts, the one that is used most; null without a plan."
    )
    last_changed_at: datetime | None = plain("When it was last changed; null without a plan.")
    privacy: PrivacySetting | None = plain(
        "The patient's choices; null to a machine that has nothing but a share."
    )
