"""Every table of the store; patient-owned ones are led by `patient_id`, ready to be sharded.

The ORM is for writes and migrations; reads are single statements in the modules of their concept.
"""

from __future__ import annotations

from store.tables.log import AuditEntryRow, EventRow, ReceiptRow
from store.tables.patient import (
    CareTeamMemberRow,
    HandoverRow,
    IdentityNumberRow,
    PatientRow,
    RepresentationRow,
)
from store.tables.plan import (
    AgreementRow,
    CommentRow,
    DraftRow,
    DraftVersionRow,
    PlanPartRow,
    PlanRow,
    PlanVersionRow,
    ShareRow,
)
from store.tables.report import MeasurementRow, ReportRow
from store.tables.row import Row
from store.tables.worklist import WorklistEntryRow

__all__ = [
    "AgreementRow",
    "AuditEntryRow",
    "CareTeamMemberRow",
    "CommentRow",
    "DraftRow",
    "DraftVersionRow",
    "EventRow",
    "HandoverRow",
    "IdentityNumberRow",
    "MeasurementRow",
    "PatientRow",
    "PlanPartRow",
    "PlanRow",
    "PlanVersionRow",
    "ReceiptRow",
    "ReportRow",
    "RepresentationRow",
    "Row",
    "ShareRow",
    "WorklistEntryRow",
]
