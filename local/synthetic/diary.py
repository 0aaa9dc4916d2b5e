"""What a patient's side has told under a plan part, assessed by the rules that sending uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from domain import ids
from domain.following import receiving
from domain.following.conclusion import concluded
from domain.following.entry import Change, EntrySource, EntryStatus, stands_for
from domain.following.measurement import Measurement, NewMeasurement
from domain.following.report import Report, ended
from domain.plan.part import PlanPart
from local.synthetic.rows import Batch, new_id
from store.saving import values_of
from store.tables import MeasurementRow, ReportRow

_A_MOMENT = timedelta(minutes=2)


@dataclass(frozen=True)
class Teller:
    """Who tells: the name, the subject of their token, and the patient's name if not their own."""

    name: str
    subject: str
    on_behalf_of: str | None = None
    source: EntrySource = EntrySource.SELF


class Diary:
    """The reports of one patient in the order they came; `key` makes their ids."""

    def __init__(self, key: str, part: PlanPart) -> None:
        self.reports: list[Report] = []
        self._key = key
        self._part = part

    def tell(
        self,
        by: Teller,
        at: datetime,
        values: Sequence[NewMeasurement] = (),
        received_at: datetime | None = None,
        **told: Any,
    ) -> Report:
        """Add what somebody tells of a time; it comes a moment later unless that is said."""
        report = Report(
            id=f"{ids.REPORT}{new_id('report', self._key, len(self.reports))}",
            patient_id=self._part.patient_id,
            source=by.source,
            author=by.name,
            author_id=by.subject,
            on_behalf_of=by.on_behalf_of,
            received_at=received_at or at + _A_MOMENT,
            happened_at=at,
            part_id=self._part.id,
            content_version=self._part.content_version,
            **told,
        )
        measured = tuple(_value(report, each, n) for n, each in enumerate(values))
        report = replace(report, measurements=measured)
        now = report.received_at
        made = concluded(report, self._part, self._earlier(), now, evaluates_zones=True)
        self.reports.append(made)
        return made

    def see(self, by: str, at: datetime, action: str | None = None) -> None:
        """Let somebody of the unit see the newest report, or act on it."""
        newest = self.reports[-1]
        if newest.receiving is None:
            return
        if action is None:
            taken = receiving.seen(newest.receiving, by, at)
        else:
            taken = receiving.acted_on(newest.receiving, by, at, action)
        self.reports[-1] = replace(newest, receiving=taken)

    def correct(
        self, by: Teller, at: datetime, values: Sequence[NewMeasurement], reason: str
    ) -> None:
        """Let the newest report be corrected by who told it."""
        wrong = self.reports.pop()
        right = f"{ids.REPORT}{new_id('report', self._key, len(self.reports) + 1)}"
        change = Change(
            status=EntryStatus.CORRECTED,
            by=by.name,
            by_id=by.subject,
            at=at,
            reason=reason,
            replaced_by=right,
        )
        self.reports.append(ended(wrong, change))
        replaces = stands_for(wrong, EntryStatus.CORRECTED)
        self.tell(by, wrong.happened_at, values, received_at=at, replaces=replaces)

    def add_to(self, batch: Batch) -> None:
        """Add the rows of all reports and their values."""
        for report in self.reports:
            batch.add(ReportRow, **values_of(ReportRow, report))
            for value in report.measurements:
                batch.add(MeasurementRow, **values_of(MeasurementRow, value))

    def _earlier(self) -> list[Measurement]:
        return [value for report in self.reports for value in report.measurements]


def _value(report: Report, given: NewMeasurement, order: int) -> Measurement:
    return Measurement(
        id=f"{ids.MEASUREMENT}{new_id('measurement', report.id, order)}",
        patient_id=report.patient_id,
        source=report.source,
        author=report.author,
        author_id=report.author_id,
        on_behalf_of=report.on_behalf_of,
        received_at=report.received_at,
        report_id=report.id,
        observable=given.observable,
        value=given.value,
        unit=given.unit,
        measured_at=given.measured_at,
    )
