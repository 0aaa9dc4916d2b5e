"""What is done to a plan part that has been in use, and said of it."""

from __future__ import annotations

import strawberry

from resolvers.writing import agreement, part
from schema.given_word import Choice
from schema.mutation_field import mutation
from schema.payload import PartPayload
from schema.rejection import VersionConflict, WrongState

_PART = "The part."
_SEEN = "The version that the writer has seen; a newer one is a conflict."
_MOVE = {"part_id": _PART, "expected_version": _SEEN, "reason": "Why; shown to the patient."}
_MOVING = (VersionConflict, WrongState)


@strawberry.type(description="The part of Mutation that is about parts of the plan.")
class PartMutations:
    give_agreement = mutation(
        agreement.GIVE,
        "Say whether one agrees with what a part says. For the patient and those with parental "
        "responsibility; everyone's own word stands. For a child of 12 to 15 also written down by "
        "health personnel who have heard child and parents.",
        PartPayload,
        VersionConflict,
        WrongState,
        part_id=_PART,
        content_version="The content version that was read.",
        state="Whether one agrees.",
        comment="In one's own words.",
        like=Choice,
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
