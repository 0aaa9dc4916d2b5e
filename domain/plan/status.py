"""Whether somebody has a plan, and where it stands: what a machine may know, and not what it says.

As the national service's status call (`POST /api/careplan/status`), which systems ask before
anybody has logged in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.noun import Noun
from domain.plan.part import Lifecycle, PlanPart

# Of several parts, the one that is used most tells where the plan stands. Drafts are no plan yet,
# and what was entered in error never was one.
_MOST_IN_USE = (Lifecycle.ACTIVE, Lifecycle.ON_HOLD, Lifecycle.COMPLETED, Lifecycle.REVOKED)


class PrivacySetting(Noun):
    """The choices of the patient's that decide on which ground the plan can be opened.

    `has_consent` is None when consent to have a plan was never asked for.
    """

    has_consent: bool | None
    is_restricted: bool
    is_blocked: bool


class PlanStatus(Noun):
    """Where a plan stands. `lifecycle` is None where there is no plan; so is when it changed."""

    lifecycle: Lifecycle | None = None
    last_changed_at: datetime | None = None
    privacy: PrivacySetting | None = None

    @property
    def has_active_plan(self) -> bool:
        """Tell whether a plan is followed now."""
        return self.lifecycle is Lifecycle.ACTIVE


def status_of(parts: Iterable[PlanPart], privacy: PrivacySetting | None) -> PlanStatus:
    """Return the status of a plan that is made of some parts."""
    known = [part for part in parts if part.lifecycle in _MOST_IN_USE]
    if not known:
        return PlanStatus(privacy=privacy)
    return PlanStatus(
        lifecycle=min((part.lifecycle for part in known), key=_MOST_IN_USE.index),
        last_changed_at=max(part.updated_at for part in known),
        privacy=privacy,
    )
