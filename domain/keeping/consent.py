"""Consent: the patient's choice to have a plan, which can be withdrawn at any time.

It is a choice under health law and not the legal ground for processing the data (GDPR).
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from msgspec.structs import replace

from domain.author import Author
from domain.given_word import GivenWord
from domain.noun import Noun
from domain.plan.approval import Approval
from domain.plan.part import Lifecycle, Plan, PlanPart


class ConsentKind(Enum):
    """What is consented to."""

    HAVE_PLAN = "HAVE_PLAN"


class Consent(Noun):
    """A consent, open until it is withdrawn; given again, it is a new one.

    `reason` is why it was withdrawn, in the words of whoever withdrew it.
    """

    id: str
    patient_id: str
    kind: ConsentKind
    version: int
    given: GivenWord
    withdrawn: GivenWord | None = None
    reason: str | None = None

    @property
    def withdrawn_at(self) -> datetime | None:
        """Return when it was withdrawn, None while it is open."""
        return self.withdrawn.at if self.withdrawn else None


REVOKED = "Samtykket til å ha en plan er trukket tilbake."


def withdrawn(consent: Consent, word: GivenWord, reason: str | None) -> Consent:
    """Return a consent as it stands once it is withdrawn."""
    return replace(consent, version=consent.version + 1, withdrawn=word, reason=reason)


def living_parts(plan: Plan | None) -> list[PlanPart]:
    """Return the parts that end with the consent."""
    return list(plan.living) if plan else []


def revoked(part: PlanPart, reason: str | None, now: datetime, by: Author) -> PlanPart:
    """Return a part as it stands once the consent behind it is withdrawn."""
    return replace(
        part,
        lifecycle=Lifecycle.REVOKED,
        reason=f"{REVOKED} {reason}" if reason else REVOKED,
        version=part.version + 1,
        updated_at=now,
        updated_by=by,
    )


def without_content(part: PlanPart) -> PlanPart:
    """Return what may be known of a part without consent: that it was, how it ended and why."""
    approval = Approval(state=part.approval.state, at=part.approval.at)
    return replace(part, content=None, change_comment=None, approval=approval)
