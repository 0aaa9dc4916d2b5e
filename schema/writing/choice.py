"""The patient's own choices, and requests to correct or delete, as they are written."""

from __future__ import annotations

import strawberry

from resolvers.writing import consent, correction, reservation
from schema.given_word import Choice
from schema.mutation_field import mutation
from schema.payload import ConsentPayload, CorrectionPayload, ReservationPayload
from schema.rejection import AlreadyDecided, NoChange, TooLateToUndo, VersionConflict

_SEEN = "The version that the writer has seen; a newer one is a conflict."


@strawberry.type(description="The part of Mutation that is about the patient's own choices.")
class ChoiceMutations:
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
        reason="Why, and what is granted; told to whoever asked, and shown beside the entry unless it is "
        "declined.",
    )
