"""Every table of the store; patient-owned ones are led by `patient_id`, ready to be sharded.

The ORM is for writes and migrations; reads are single statements in the modules of their concept.
"""

from __future__ import annotations

from store.tables.access_rule import AccessRuleRow, SearchRow
from store.tables.choice import (
    ConsentRow,
    CorrectionRequestRow,
    ErasureRow,
    ReservationRow,
)
from store.tables.comparison import ComparisonRow
from store.tables.conversation import CommentRow, SuggestionRow
from store.tables.job import DeliveryRow, FeedPositionRow
from store.tables.log import (
    AuditEntryRow,
    EventRow,
    LogQuestionRow,
    ReceiptRow,
    SealRow,
    UnsealedLineRow,
)
from store.tables.notice import (
    MessageRow,
    NoticeChoiceRow,
    NoticeReadRow,
    NoticeRow,
    NoticeWaitingRow,
)
from store.tables.patient import (
    CareTeamMemberRow,
    HandoverRow,
    IdentityNumberRow,
    PatientRow,
    RepresentationRow,
)
from store.tables.plan import (
    AgreementRow,
    DraftRow,
    DraftVersionRow,
    PlanPartRow,
    PlanRow,
    PlanVersionRow,
    ReviewRow,
)
from store.tables.registered_operation import RegisteredOperationRow
from store.tables.report import MeasurementRow, ReportRow
from store.tables.row import Row
from store.tables.sharing import OpeningRow, OpeningTriesRow, ShareRow
from store.tables.webhook import WebhookLaneRow, WebhookProgressRow, WebhookRow
from store.tables.worklist import TaskClaimRow, WorklistEntryRow

__all__ = [
    "AccessRuleRow",
    "AgreementRow",
    "AuditEntryRow",
    "CareTeamMemberRow",
    "CommentRow",
    "ComparisonRow",
    "ConsentRow",
    "CorrectionRequestRow",
    "DeliveryRow",
    "DraftRow",
    "DraftVersionRow",
    "ErasureRow",
    "EventRow",
    "FeedPositionRow",
    "HandoverRow",
    "IdentityNumberRow",
    "LogQuestionRow",
    "MeasurementRow",
    "MessageRow",
    "NoticeChoiceRow",
    "NoticeReadRow",
    "NoticeRow",
    "NoticeWaitingRow",
    "OpeningRow",
    "OpeningTriesRow",
    "PatientRow",
    "PlanPartRow",
    "PlanRow",
    "PlanVersionRow",
    "ReceiptRow",
    "RegisteredOperationRow",
    "ReportRow",
    "RepresentationRow",
    "ReservationRow",
    "ReviewRow",
    "Row",
    "SealRow",
    "SearchRow",
    "ShareRow",
    "SuggestionRow",
    "TaskClaimRow",
    "UnsealedLineRow",
    "WebhookLaneRow",
    "WebhookProgressRow",
    "WebhookRow",
    "WorklistEntryRow",
]
