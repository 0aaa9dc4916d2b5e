"""The root of all writing."""

from __future__ import annotations

import strawberry

from resolvers.writing import (
    activation,
    agreement,
    approval,
    consent,
    correction,
    draft,
    entry,
    part,
    receiving,
    report,
    report_move,
    reservation,
)
from schema.collaboration import Collaboration
from schema.draft import Draft
from schema.given_word import Choice
from schema.mutation_field import mutation
from schema.payload import (
    ApprovalPayload,
    ConsentPayload,
    CorrectionPayload,
    DraftPayload,
    PartPayload,
    ReportMovedPayload,
    ReportPayload,
    ReservationPayload,
)
from schema.rejection import (
    AlreadyChanged,
    AlreadyDecided,
    AlreadyTaken,
    ConsentMissing,
    ContentMissing,
    DraftClosed,
    NoChange,
    NotYourEntry,
    TooLateToUndo,
    VersionConflict,
    WrongApproval,
    WrongState,
)
from schema.report import Report
from schema.writing.access import AccessMutations
from schema.writing.conversation import ConversationMutations
from schema.writing.log import LogMutations
from schema.writing.notice import NoticeMutations
from schema.writing.sharing import SharingMutations

_DRAFT = "The draft."
_PART = "The part."
_SEEN = "The version that the writer has seen; a newer one is a conflict."
_WHY = "What is changed and why, in plain words; shown to the patient."
_DOCUMENT = "A draft, or a part for what it says now."
_REVIEW = "The day the part is to be reviewed."
_MOVE = {"part_id": _PART, "expected_version": _SEEN, "reason": "Why; shown to the patient."}
_MOVING = (VersionConflict, WrongState)
_REPORT = "The report."
_PATIENT = "Whose."
_TOLD_UNDER = (
    "The part in use that it is about; null for the self-care plan in use, if there is one."
)
_VALUE = "The one value of the report that is meant; null for the whole report."
_REASON = "Why, in one's own words."


@strawberry.type(
    description="Everything that can be written. Each write is done whole or not at all."
)
class Mutation(
    SharingMutations,
    ConversationMutations,
    NoticeMutations,
    LogMutations,
    AccessMutations,
    Collaboration,
):
    start_draft = mutation(
        draft.START,
        "Begin a draft: of a new part, or on top of the part of this kind that is in use.",
        DraftPayload,
        WrongState,
        ConsentMissing,
        like=Draft,
        patient_id="Whose plan.",
        kind="The kind of part.",
        change_comment=_WHY,
        content="What it says; null begins as the template, or with what the part says now.",
        template_id="The template it begins as; not together with content.",
        review_due=_REVIEW,
    )
    save_draft = mutation(
        draft.SAVE,
        "Save what a draft says now, as a new version of it.",
        DraftPayload,
        VersionConflict,
        NoChange,
        DraftClosed,
        WrongState,
        like=Draft,
        draft_id=_DRAFT,
        expected_version=_SEEN,
        change_comment=_WHY,
        confirmed_lines="Lines of the template to confirm as they are: ids, zone levels, or names.",
        review_due=_REVIEW,
    )
    discard_draft = mutation(
        draft.DISCARD,
        "Put a draft away. For its author, and those who answer for the part.",
        DraftPayload,
        VersionConflict,
        DraftClosed,
        draft_id=_DRAFT,
        expected_version=_SEEN,
    )
    activate_draft = mutation(
        activation.ACTIVATE,
        "Let a draft become what its part says from now on.",
        PartPayload,
        ContentMissing,
        VersionConflict,
        NoChange,
        DraftClosed,
        WrongState,
        ConsentMissing,
        draft_id=_DRAFT,
        expected_version=_SEEN,
        change_comment=_WHY,
        merge="Whether what others have activated meanwhile is merged in where nothing clashes; if "
        "not, the merged content is offered in a conflict.",
    )
    request_approval = mutation(
        approval.REQUEST,
        "Ask for approval of what a draft or a part says now.",
        ApprovalPayload,
        VersionConflict,
        DraftClosed,
        WrongState,
        WrongApproval,
        document_id=_DOCUMENT,
        expected_version=_SEEN,
    )
    decide_approval = mutation(
        approval.DECIDE,
        "Approve what was asked about, or send it back with the reason.",
        ApprovalPayload,
        VersionConflict,
        DraftClosed,
        WrongState,
        WrongApproval,
        document_id=_DOCUMENT,
        expected_version=_SEEN,
        decision="Approved or returned.",
        reason="Why it is returned; needed then.",
    )
    give_agreement = mutation(
        agreement.GIVE,
        "Say whether one agrees with what a part says. For the patient and those with parental "
        "responsibility; everyone's own word stands.",
        PartPayload,
        VersionConflict,
        WrongState,
        part_id=_PART,
        content_version="The content version that was read.",
        state="Whether one agrees.",
        comment="In one's own words.",
    )
    hold_part = mutation(
        part.HOLD, "Pause a part; its zones stay readable, marked.", PartPayload, *_MOVING, **_MOVE
    )
    resume_part = mutation(
        part.RESUME, "Take a paused part up again.", PartPayload, *_MOVING, **_MOVE
    )
    complete_part = mutation(
        part.COMPLETE,
        "End a part as meant. The reason is its evaluation.",
        PartPayload,
        *_MOVING,
        **_MOVE,
    )
    revoke_part = mutation(
        part.REVOKE, "Withdraw a part; its sharing stops at once.", PartPayload, *_MOVING, **_MOVE
    )
    enter_part_in_error = mutation(
        part.ENTER_IN_ERROR,
        "Mark a part as never meant; a tombstone and its history remain.",
        PartPayload,
        *_MOVING,
        **_MOVE,
    )
    give_consent = mutation(
        consent.GIVE,
        "Consent to have a plan, or write down that somebody has. From 16 the patient's own choice; "
        "until 12 a parent's.",
        ConsentPayload,
        NoChange,
        like=Choice,
        patient_id="Whose plan.",
        kind="What is consented to.",
    )
    withdraw_consent = mutation(
        consent.WITHDRAW,
        "Withdraw consent: every living part is revoked and all sharing ends, at once. Ask for "
        "`consentWithdrawalPreview` first.",
        ConsentPayload,
        VersionConflict,
        NoChange,
        like=Choice,
        consent_id="The consent.",
        expected_version=_SEEN,
        reason="Why, if one wants to say; shown to health personnel.",
    )
    reserve = mutation(
        reservation.RESERVE,
        "Reserve against having a plan here: all is hidden from everyone at once, can be undone for "
        "30 days, and is then erased for good.",
        ReservationPayload,
        NoChange,
        like=Choice,
        patient_id="Whose plan.",
    )
    undo_reservation = mutation(
        reservation.UNDO,
        "End a reservation. Within the 30 days all is as it was; after erasure nothing comes back, "
        "but a new plan can be begun.",
        ReservationPayload,
        VersionConflict,
        NoChange,
        TooLateToUndo,
        like=Choice,
        reservation_id="The reservation.",
        expected_version=_SEEN,
    )
    ask_for_correction = mutation(
        correction.ASK,
        "Ask for an entry to be corrected or deleted. For the patient and those with parental "
        "responsibility.",
        CorrectionPayload,
        patient_id="Whose plan.",
        kind="What is asked for.",
        entry_id="The entry: a part, a comment, an agreement, a suggestion, a review, a report, a measured "
        "value, or a line of the log of use.",
        line_id="The part's line, by its id; a zone by its level; or the report's value, by its id.",
        text="What is wrong and what is wanted.",
    )
    decide_correction = mutation(
        correction.DECIDE,
        "Decide a request. For the personnel of the organisation that answers for the entry.",
        CorrectionPayload,
        VersionConflict,
        AlreadyDecided,
        request_id="The request.",
        expected_version=_SEEN,
        decision="What is decided.",
        reason="Why; told to whoever asked.",
    )
    send_report = mutation(
        report.SEND,
        "Tell how it goes: an action done or not, how it felt, signs, a zone, values. At least one "
        "of them; the answer says which zone it is, who reads it and whom to call now.",
        ReportPayload,
        WrongState,
        like=Report,
        patient_id=_PATIENT,
        part_id=_TOLD_UNDER,
        happened_at="When it was so; null for when the newest value was measured, or now.",
    )
    register_measurements = mutation(
        report.REGISTER,
        "Register what a device has measured, up to 500 values: all of them, or none.",
        ReportPayload,
        like=Report,
        patient_id=_PATIENT,
        device_id="The device, as it names itself.",
    )
    correct_entry = mutation(
        entry.CORRECT,
        "Tell anew what was told wrongly. The original is kept, and both are marked.",
        ReportPayload,
        AlreadyChanged,
        NotYourEntry,
        WrongState,
        like=Report,
        report_id=_REPORT,
        measurement_id=f"{_VALUE} It is replaced by the one value given.",
        reason=_REASON,
        part_id=_TOLD_UNDER,
        happened_at="When it was so; null for when the newest value was measured, or now.",
    )
    withdraw_entry = mutation(
        entry.WITHDRAW,
        "Take back what one has registered. It is kept, marked, and counts no more.",
        ReportPayload,
        AlreadyChanged,
        NotYourEntry,
        report_id=_REPORT,
        measurement_id=_VALUE,
        reason=_REASON,
    )
    move_report = mutation(
        report_move.MOVE,
        "Move a report that was made on the wrong child. It is kept, and both are marked; the "
        "answer is by the right child's plan.",
        ReportMovedPayload,
        AlreadyChanged,
        NotYourEntry,
        NoChange,
        report_id=_REPORT,
        to_patient_id="Whose it is meant to be.",
        reason=_REASON,
    )
    mark_report_seen = mutation(
        receiving.SEE,
        "Say that one has seen a report; the reporter is told. For health personnel.",
        ReportPayload,
        AlreadyTaken,
        report_id=_REPORT,
    )
    mark_report_acted_on = mutation(
        receiving.ACT,
        "Say that one has acted on a report; the reporter is told. For health personnel.",
        ReportPayload,
        AlreadyTaken,
        report_id=_REPORT,
        action="What was done, in words for the reporter.",
    )
