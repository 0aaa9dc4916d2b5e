"""What comes of an accepted write."""

from __future__ import annotations

from datetime import datetime

from domain.noun import Noun


class Receipt(Noun):
    """When a write was done, and the version that its subject got by it.

    `is_replay` tells that the same write had been done before and was not done again.
    """

    at: datetime
    version: int | None = None
    is_replay: bool = False


class Written(Noun):
    """An accepted write: what it was about is looked up anew, under today's access."""

    patient_id: str
    subject_id: str
    receipt: Receipt


class PartWritten(Written):
    """A plan part was changed."""


class DraftWritten(Written):
    """A draft was changed."""


class ReportWritten(Written):
    """A report was sent, or something of it changed; the subject is the report to read from now."""


class ReportMoved(Written):
    """A report was moved to another patient; the subject is the one that is kept where it was."""


class ApprovalWritten(Written):
    """Approval of what a part or draft says was changed; the subject is either."""
