"""Every table of the store; patient-owned ones are led by `patient_id`, ready to be sharded.

The ORM is for writes and migrations; reads are single statements in the modules of their concept.
"""

from __future__ import annotations

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
    PlanPartRow,
    PlanRow,
    PlanVersionRow,
    ShareRow,
)
from store.tables.row import Row
from store.tables.worklist import WorklistEntryRow

__all__ = [
    "AgreementRow",
    "CareTeamMemberRow",
    "CommentRow",
    "HandoverRow",
    "IdentityNumberRow",
    "PatientRow",
    "PlanPartRow",
    "PlanRow",
    "PlanVersionRow",
    "RepresentationRow",
    "Row",
    "ShareRow",
    "WorklistEntryRow",
]
