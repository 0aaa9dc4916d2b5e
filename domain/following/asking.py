"""What is asked for when reports and measurements are read: whose, which, how many."""

from __future__ import annotations

from datetime import datetime

from domain.content.observable import Observable
from domain.noun import Noun


class ReportPosition(Noun, array_like=True):
    """A place in a list of reports, newest received first; what a cursor holds."""

    received_at: datetime
    id: str


class ReportsAsked(Noun):
    """At most `size` reports of a patient after a place; of one part or one author where named."""

    patient_id: str
    size: int
    part_id: str | None = None
    author_id: str | None = None
    after: ReportPosition | None = None


class ValuesAsked(Noun):
    """The newest `size` values of one observable, measured from `since` and before `until`.

    `is_usable` leaves out what is no longer current and what can't be a measurement.
    """

    patient_id: str
    observable: Observable
    size: int
    since: datetime | None = None
    until: datetime | None = None
    is_usable: bool = False
