"""Yellow and red reports that nobody has seen in time are passed on; nobody asks for it."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from msgspec.structs import replace

from domain.access.audit import AuditEntry
from domain.author import Author
from domain.content.zone import ZoneLevel
from domain.cooperation.notice import of_sender
from domain.errors import NotFound
from domain.event import EventKind
from domain.following.receiving import escalated
from domain.operation import Operation
from store import Store
from store.unit import Unit

MOST_AT_A_TIME = 100
BY = Author(name="DBEP", role="System")


async def escalate_due(store: Store, now: datetime) -> int:
    """Pass on the reports that are due by now, at most MOST_AT_A_TIME; return how many were.

    Each is one transaction. What somebody else writes about just now is left for the next time, so
    it may be called from many places at once and passes each report on once. What fails doesn't
    hold back the others; all failures are raised at the end.
    """
    count, failures = 0, []
    for report_id in await store.report.due(now, MOST_AT_A_TIME):
        try:
            count += await _escalate(store, report_id, now)
        except NotFound:  # erased since it was listed
            continue
        except Exception as failure:  # noqa: BLE001  # the next report must not wait for this one
            failures.append(failure)
    if failures:
        raise ExceptionGroup("Some reports could not be passed on.", failures)
    return count


async def _escalate(store: Store, report_id: str, now: datetime) -> bool:
    async with store.unit.begin_if_free(report_id) as unit:
        return unit is not None and await _pass_on(unit, report_id, now)


async def _pass_on(unit: Unit, report_id: str, now: datetime) -> bool:
    """Tell whether a report was still to be passed on, now that nobody else can change it."""
    report = await unit.report(report_id)
    if report is None or report.escalates_at is None or report.escalates_at > now:
        return False
    if report.receiving is None or report.receiving.escalates_to is None:
        raise ValueError("A report is due that nobody is named for.")
    told = escalated(report.receiving, report.receiving.escalates_to, now)
    await unit.change(replace(report, receiving=told))
    event = await unit.happened(EventKind.REPORT_ESCALATED, report.id, now)
    # Whoever sent it has waited as long as the plan lets them: they must know that nobody saw it.
    is_urgent = report.urgency is ZoneLevel.RED
    await unit.tell(event, of_sender(report.author_id), is_urgent=is_urgent)
    await unit.add(_audit_entry(unit, report_id, event.id, now))
    await unit.renew_worklist()
    return True


def _audit_entry(unit: Unit, report_id: str, event_id: str, now: datetime) -> AuditEntry:
    return AuditEntry(
        patient_id=unit.patient_id,
        id=event_id,
        at=now,
        operation=Operation.ESCALATE,
        subject_id=report_id,
        by=BY,
        correlation_id=str(uuid4()),
    )
