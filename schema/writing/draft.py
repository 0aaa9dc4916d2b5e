"""Drafts, and the approval of what they and parts say, as they are written."""

from __future__ import annotations

import strawberry

from resolvers.writing import activation, approval, draft
from schema.draft import Draft
from schema.mutation_field import mutation
from schema.payload import ApprovalPayload, DraftPayload, PartPayload
from schema.rejection import (
    ConsentMissing,
    ContentMissing,
    DraftClosed,
    NoChange,
    VersionConflict,
    WrongApproval,
    WrongState,
)

_DRAFT = "The draft."
_SEEN = "The version that the writer has seen; a newer one is a conflict."
_WHY = "What is changed and why, in plain words; shown to the patient."
_DOCUMENT = "A draft, or a part for what it says now."
_REVIEW = "The day the part is to be reviewed."


@strawberry.type(description="The part of Mutation that is about drafts and approval.")
class DraftMutations:
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
