"""A patient's one overall plan, and the parts it is made of."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from msgspec.structs import replace

from domain.author import Author
from domain.content.plan_content import PlanContent
from domain.noun import Noun
from domain.plan.approval import Agreement, Approval
from domain.plan.care_team import TeamMember
from domain.plan.sharing import Share, Sharing


class PlanKind(Enum):
    """The kinds of part; each has its own responsible, mandatory content, approval and sharing."""

    BEHANDLINGSPLAN = "BEHANDLINGSPLAN"
    EGENBEHANDLINGSPLAN = "EGENBEHANDLINGSPLAN"
    KRISEPLAN = "KRISEPLAN"
    PALLIATIV_PLAN = "PALLIATIV_PLAN"
    BARN_BEREDSKAP_LIVSKVALITET = "BARN_BEREDSKAP_LIVSKVALITET"
    INDIVIDUELL_PLAN = "INDIVIDUELL_PLAN"


class Lifecycle(Enum):
    """The first axis (FHIR request-status). Active does not imply approved."""

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    ON_HOLD = "ON_HOLD"
    COMPLETED = "COMPLETED"
    REVOKED = "REVOKED"
    ENTERED_IN_ERROR = "ENTERED_IN_ERROR"


IN_USE = (Lifecycle.ACTIVE, Lifecycle.ON_HOLD)
LIVING = (Lifecycle.DRAFT, *IN_USE)  # what somebody must answer for


class PlanPart(Noun):
    """One part of the plan at its newest activated content version.

    `version` counts every change of the part and is what a writer must have seen; `content_version`
    is the number of the content shown. A part that was never activated has content version 0 and
    no content: what it may come to say stands in its drafts. `reason` is why it is on hold or has
    ended.
    """

    id: str
    patient_id: str
    kind: PlanKind
    lifecycle: Lifecycle
    version: int
    content_version: int
    responsible: Author
    updated_at: datetime
    updated_by: Author
    content: PlanContent | None = None
    reason: str | None = None
    change_comment: str | None = None
    review_due: date | None = None
    approval: Approval = Approval()
    agreements: tuple[Agreement, ...] = ()
    sharing: Sharing = Sharing()

    @property
    def is_living(self) -> bool:
        """Tell whether the part has not ended."""
        return self.lifecycle in LIVING

    def is_review_overdue(self, today: date) -> bool:
        """Tell whether a part in use should have been reviewed before today."""
        due = self.review_due
        return self.lifecycle in IN_USE and due is not None and due < today


class Plan(Noun):
    """The patient's overall plan: its parts, and the care team that all parts have in common.

    The team holds everyone who has been in it; `at` gives those of a time.
    """

    id: str
    patient_id: str
    parts: tuple[PlanPart, ...] = ()
    care_team: tuple[TeamMember, ...] = ()

    @property
    def living(self) -> tuple[PlanPart, ...]:
        """The parts that have not ended."""
        return tuple(part for part in self.parts if part.is_living)

    def at(self, now: datetime) -> Plan:
        """Return the plan with the care team of a time."""
        return replace(self, care_team=tuple(m for m in self.care_team if m.is_open(now)))

    def open_shares(self, now: datetime) -> list[Share]:
        """Return the shares of any part that hold at a time."""
        shares = (share for part in self.parts for share in part.sharing.shares)
        return [share for share in shares if share.is_open(now)]

    def in_use(self, kind: PlanKind) -> PlanPart | None:
        """Return the part of a kind that is followed now, or paused; there is at most one."""
        used = (each for each in self.parts if each.kind is kind and each.lifecycle in IN_USE)
        return next(used, None)
