"""What follows from a report: its assessment by the plan, and the unit that it is sent to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import structs

from domain.content.observable import Observable
from domain.content.self_care import SelfCare
from domain.following.assessment import Assessment
from domain.following.limit import limits_of
from domain.following.measurement import Measurement
from domain.following.receiving import sent_to
from domain.following.report import Report
from domain.following.zone_evaluation import (
    FRESH_FOR,
    NOT_APPROVED,
    ON_HOLD,
    SWITCHED_OFF,
    evaluate,
    rhythms,
)
from domain.noun import Noun
from domain.plan.approval import ApprovalState
from domain.plan.part import Lifecycle, PlanPart


class Needed(Noun):
    """The earlier values that an assessment rests on: what of, and how far back.

    Of each observable also the last one from before `since` is needed, to tell how old it is.
    """

    observables: frozenset[Observable]
    since: datetime


def needed(part: PlanPart | None, now: datetime) -> Needed:
    """Return the values that a part's zones are evaluated by."""
    care = self_care_of(part)
    limits = limits_of(care.zones if care else ())
    fresh = max((FRESH_FOR, *rhythms(care.measurements if care else ()).values()))
    lasting = max((each.lasting for each in limits), default=timedelta(0))
    # The newest may be as old as is fresh, and a run may begin that much before it has to.
    return Needed(
        observables=frozenset(each.observable for each in limits),
        since=now - fresh - lasting - fresh,
    )


def concluded(
    report: Report,
    part: PlanPart | None,
    earlier: Iterable[Measurement],
    now: datetime,
    *,
    evaluates_zones: bool,
) -> Report:
    """Return a new report with its assessment, sent to the unit that reads.

    `part` is what it was told under, `earlier` the patient's values from before. Where nothing was
    told that a zone could be found by, or there is no such plan, there is no assessment.
    """
    care = self_care_of(part)
    if part is None or care is None:
        return report
    if report.measurements or report.signs or report.chosen is not None:
        found = _whether(part, evaluates_zones=evaluates_zones) or evaluate(
            care,
            (*earlier, *report.measurements),
            signs=report.signs,
            chosen=report.chosen,
            now=now,
        )
        report = structs.replace(report, assessment=found)
    if care.receiver is None:
        return report
    receiving = sent_to(care.receiver, report.urgency, report.received_at)
    return structs.replace(report, receiving=receiving)


def self_care_of(part: PlanPart | None) -> SelfCare | None:
    """Return what a part says of zones and of who reads; None where it says nothing."""
    return part.content.self_care if part is not None and part.content is not None else None


def _whether(part: PlanPart, *, evaluates_zones: bool) -> Assessment | None:
    """Return why a part's zones are not evaluated; None when they are."""
    if not evaluates_zones:
        return SWITCHED_OFF
    if part.lifecycle is not Lifecycle.ACTIVE:
        return ON_HOLD
    return None if part.approval.state is ApprovalState.APPROVED else NOT_APPROVED
