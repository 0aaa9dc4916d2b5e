"""Locks, and what opens them, as they are written."""

from __future__ import annotations

import strawberry

from resolvers.writing import block, emergency, opened_access, restriction
from schema.given_word import Choice
from schema.mutation_field import mutation
from schema.payload import (
    BlockPayload,
    EmergencyPayload,
    EmergencyReviewPayload,
    OpenedAccessPayload,
    RestrictionPayload,
)
from schema.rejection import NoChange, TooManySearches, VersionConflict

_PATIENT = "Whose plan."
_SEEN = "The version that the writer has seen; a newer one is a conflict."


@strawberry.type(description="What patients lock, and how it is opened.")
class LockMutations:
    set_restriction = mutation(
        restriction.SET,
        "Restrict what health personnel see, or write down that somebody does. Until 12 a parent's "
        "choice, from 16 the patient's own; it holds from the next reading.",
        RestrictionPayload,
        NoChange,
        like=Choice,
        patient_id=_PATIENT,
        rights="What is restricted: READ_ZONES, READ_PLAN, READ_DRAFTS, READ_REPORTS, "
        "READ_CRITICAL_INFO; empty is all of it. What tells the same goes with it.",
    )
    lift_restriction = mutation(
        restriction.LIFT,
        "Lift a restriction, or write down that somebody does.",
        RestrictionPayload,
        VersionConflict,
        NoChange,
        like=Choice,
        restriction_id="The restriction.",
        expected_version=_SEEN,
    )
    block_person = mutation(
        block.BLOCK,
        "Shut a named person of health personnel out, or write down that somebody does. Nothing "
        "opens it, not even an emergency.",
        BlockPayload,
        NoChange,
        like=Choice,
        patient_id=_PATIENT,
        hpr_number="The person's number in the register of health personnel.",
        name="What the person is called.",
    )
    lift_block = mutation(
        block.LIFT,
        "Lift a block, or write down that somebody does. Refused to whoever is blocked.",
        BlockPayload,
        VersionConflict,
        NoChange,
        like=Choice,
        block_id="The block.",
        expected_version=_SEEN,
    )
    open_restriction = mutation(
        opened_access.OPEN,
        "Open what is restricted for oneself, since the patient has consented. The patient's side is "
        "told, and sees it in the log. For health personnel with a care relation.",
        OpenedAccessPayload,
        like=Choice,
        patient_id=_PATIENT,
        minutes="For how long; null is as long as the deployment lets it be, usually 8 hours.",
    )
    open_emergency_access = mutation(
        emergency.OPEN,
        "Open emergency access for oneself, with a reason and for a short time: without a care "
        "relation, or to what is restricted. The patient's side is told at once, and the privacy "
        "officer reviews it. For health personnel with HPR number at security level 4.",
        EmergencyPayload,
        TooManySearches,
        reason="Why it can't wait; the patient reads it.",
        patient_id="The patient, where the id is known; else the identity number.",
        identity_number="The patient's number, now or earlier. Nobody is found under a number that "
        "must not be told of, and after five an hour no more are looked up.",
    )
    close_opened_access = mutation(
        opened_access.CLOSE,
        "End opened access before its time: one's own, or one that rests on one's consent.",
        OpenedAccessPayload,
        VersionConflict,
        NoChange,
        access_id="The opened access.",
        expected_version=_SEEN,
    )
    review_emergency_access = mutation(
        emergency.REVIEW,
        "Say what the review of an emergency access has found, or correct it. The patient's side is "
        "told. For the privacy officer of the legal entity whose staff opened it.",
        EmergencyReviewPayload,
        VersionConflict,
        NoChange,
        access_id="The emergency access.",
        expected_version=_SEEN,
        finding="What was found.",
        review="The same in plain words for the patient.",
    )
