"""What people who work together write: handovers, the care team, reviews and tasks."""

from __future__ import annotations

import strawberry

from resolvers.writing import care_team, handover, move, review, task
from schema.mutation_field import mutation
from schema.payload import HandoverPayload, PartPayload, ReviewPayload, TaskPayload, TeamPayload
from schema.rejection import (
    AlreadyHandedOver,
    FunctionTaken,
    HandoverClosed,
    LastResponsible,
    MembershipEnded,
    NoChange,
    NothingToHandOver,
    StillAnswers,
    TaskTaken,
    VersionConflict,
    WrongState,
)

_PART = "The part."
_SEEN = "The version that the writer has seen; a newer one is a conflict."
_REVIEWING = (VersionConflict, WrongState)
_RECEIVER = {
    "to_organisation": "The receiver's organisation number.",
    "to_organisation_name": "The receiver.",
    "message": "What the receiver should know.",
}
_ANSWERED = {"handover_id": "The handover.", "expected_version": _SEEN}
_ANSWERING = (VersionConflict, HandoverClosed)
_MEMBER = {"member_id": "The member.", "expected_version": _SEEN}
_REACHED = {
    "functions": "All tasks that the member is to have.",
    "phone": "A telephone number.",
    "reachable": "When the member can be reached, in words.",
}


@strawberry.type(description="The part of Mutation that is about working together.")
class Collaboration:
    open_handover = mutation(
        handover.OPEN,
        "Ask another organisation to take over. It has access from now on, and responsibility when "
        "it accepts. For whoever answers for the parts.",
        HandoverPayload,
        AlreadyHandedOver,
        WrongState,
        patient_id="Whose plan.",
        reason="Why.",
        part_ids="The parts; none means all that the sender answers for.",
        **_RECEIVER,
    )
    accept_handover = mutation(
        handover.ACCEPT,
        "Take over: whoever accepts answers for the parts, and is plan responsible in the care "
        "team. For the receiver. Parts that have ended meanwhile are left out.",
        HandoverPayload,
        NothingToHandOver,
        *_ANSWERING,
        **_ANSWERED,
    )
    decline_handover = mutation(
        handover.DECLINE,
        "Say no; the sender answers as before, and the receiver's access by it ends.",
        HandoverPayload,
        *_ANSWERING,
        reason="Why.",
        **_ANSWERED,
    )
    withdraw_handover = mutation(
        handover.WITHDRAW,
        "Take a request back before it is answered. For the sender.",
        HandoverPayload,
        *_ANSWERING,
        reason="Why.",
        **_ANSWERED,
    )
    register_move = mutation(
        move.REGISTER,
        "Tell that the patient moves to another municipality: its unit is asked to take over what "
        "the old one's answers for. Nothing moves before it accepts.",
        HandoverPayload,
        AlreadyHandedOver,
        NothingToHandOver,
        patient_id="Who moves.",
        municipality_number="The new municipality's number, of four digits.",
        municipality_name="The new municipality.",
        moved_on="The day of the move.",
        from_organisation="The unit that coordinates in the old municipality.",
        **_RECEIVER,
    )
    add_team_member = mutation(
        care_team.ADD,
        "Take somebody into the care team; their organisation has access from now on.",
        TeamPayload,
        FunctionTaken,
        patient_id="Whose team.",
        name="The name.",
        role_code="The profession (Volven 9060).",
        role_text="The role in words, where there is no code.",
        hpr_number="Number in the health personnel register (HPR).",
        organisation_name="The organisation or unit.",
        organisation_number="The organisation's number; without one nobody has access by this.",
        **_REACHED,
    )
    change_team_member = mutation(
        care_team.CHANGE,
        "Say anew which tasks a member has and how to reach them.",
        TeamPayload,
        VersionConflict,
        NoChange,
        MembershipEnded,
        FunctionTaken,
        LastResponsible,
        **_MEMBER,
        **_REACHED,
    )
    end_team_membership = mutation(
        care_team.END,
        "Let a member leave the team; access that rests on it ends at once.",
        TeamPayload,
        VersionConflict,
        MembershipEnded,
        LastResponsible,
        StillAnswers,
        **_MEMBER,
    )
    hold_review = mutation(
        review.HOLD,
        "Tell of a review that was held. It does not end a part by itself; what is left to do is "
        "answered.",
        ReviewPayload,
        *_REVIEWING,
        part_id=_PART,
        expected_version=_SEEN,
        outcome="What was concluded.",
        note="Why, in plain words; shown to the patient.",
        participants="Who took part, by name or role.",
        next_due="The day of the next review; needed unless the part is to end.",
        held_at="When it was held; null is now.",
    )
    set_review_due = mutation(
        review.SET_DUE,
        "Set the day a part is to be reviewed.",
        PartPayload,
        NoChange,
        *_REVIEWING,
        part_id=_PART,
        expected_version=_SEEN,
        review_due="The day, after today.",
    )
    take_task = mutation(
        task.TAKE,
        "Take on what waits, so that colleagues see it.",
        TaskPayload,
        TaskTaken,
        NoChange,
        task_id="The task.",
    )
    release_task = mutation(
        task.RELEASE,
        "Let a task go: one's own, or that of a colleague who has gone home.",
        TaskPayload,
        VersionConflict,
        NoChange,
        task_id="The task.",
        expected_version="The version of the claim that the writer has seen.",
    )
