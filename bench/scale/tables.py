"""Which columns of which table are filled; a new one is a function in `records` and a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bench.scale import records
from bench.scale.one import One
from bench.scale.records import Record
from store.tables import (
    AgreementRow,
    AuditEntryRow,
    CareTeamMemberRow,
    CommentRow,
    ComparisonRow,
    ConsentRow,
    DraftRow,
    DraftVersionRow,
    EventRow,
    HandoverRow,
    IdentityNumberRow,
    MeasurementRow,
    PatientRow,
    PlanPartRow,
    PlanRow,
    PlanVersionRow,
    ReceiptRow,
    ReportRow,
    RepresentationRow,
    ReservationRow,
    Row,
    ShareRow,
    SuggestionRow,
    WorklistEntryRow,
)


class Table(NamedTuple):
    """A table, the columns that are given, and the function that makes a patient's rows."""

    row: type[Row]
    columns: str
    records: Callable[[One], Iterator[Record]]


TABLES = (
    Table(PatientRow, "id given_name family_name birth_date gender event_count", records.patients),
    Table(IdentityNumberRow, "patient_id value kind valid_to", records.identity_numbers),
    Table(
        RepresentationRow,
        "patient_id id kind representative_number representative_name origin since",
        records.representations,
    ),
    Table(
        CareTeamMemberRow,
        "patient_id id name role_code functions organisation_name organisation_number since",
        records.care_team_members,
    ),
    Table(
        HandoverRow,
        "patient_id id version state part_ids from_organisation to_organisation reason"
        " open_actions opened_by opened_at decided_at left_out",
        records.handovers,
    ),
    Table(ConsentRow, "patient_id id kind version given", records.consents),
    Table(
        ReservationRow,
        "patient_id id version made erase_after ended ended_at",
        records.reservations,
    ),
    Table(PlanRow, "patient_id id", records.plans),
    Table(
        PlanPartRow,
        "patient_id id plan_id kind lifecycle version content_version responsible review_due"
        " updated_at updated_by",
        records.plan_parts,
    ),
    Table(
        PlanVersionRow,
        "patient_id part_id number head_version content change_comment author created_at approval",
        records.plan_versions,
    ),
    Table(
        ComparisonRow,
        "patient_id part_id section since due_at attempts blind_to is_partial is_closed"
        " fingerprints accepted reasons reason_count baseline_at compared_at key_id",
        records.comparisons,
    ),
    Table(
        DraftRow,
        "patient_id id part_id state version content_version based_on author review_due"
        " created_at updated_at updated_by",
        records.drafts,
    ),
    Table(
        DraftVersionRow,
        "patient_id draft_id number head_version content change_comment author created_at approval",
        records.draft_versions,
    ),
    Table(
        AgreementRow,
        "patient_id id part_id person relation state content_version at",
        records.agreements,
    ),
    Table(
        CommentRow,
        "patient_id id part_id text author visibility status version created_at",
        records.comments,
    ),
    Table(
        SuggestionRow,
        "patient_id id part_id kind section text why content_version author created_at state"
        " version",
        records.suggestions,
    ),
    Table(
        ShareRow,
        "patient_id id part_id recipient kind setting scopes organisation_number shared_by since"
        " version",
        records.shares,
    ),
    Table(
        ReportRow,
        "patient_id id source author author_id received_at happened_at stands_since signs"
        " urgency waits_as escalates_at",
        records.reports,
    ),
    Table(
        MeasurementRow,
        "patient_id observable measured_at id report_id value unit is_possible source",
        records.measurements,
    ),
    Table(EventRow, "patient_id number id kind subject_id version at", records.events),
    Table(
        AuditEntryRow,
        "patient_id id at operation subject_id by role basis correlation_id",
        records.audit_entries,
    ),
    Table(
        ReceiptRow,
        "sender key patient_id operation input_hash subject_id version at",
        records.receipts,
    ),
    Table(
        WorklistEntryRow,
        "organisation patient_id changed_at kinds approval_requested open_comments"
        " open_suggestions review_due unseen_reds unseen_yellows outdated_parts",
        records.worklist_entries,
    ),
)
