"""Reports and measurements as they are written, and what the unit that reads makes of them."""

from __future__ import annotations

import strawberry

from resolvers.writing import entry, receiving, report, report_move
from schema.mutation_field import mutation
from schema.payload import ReportMovedPayload, ReportPayload
from schema.rejection import AlreadyChanged, AlreadyTaken, NoChange, NotYourEntry, WrongState
from schema.report import Report

_REPORT = "The report."
_PATIENT = "Whose."
_TOLD_UNDER = (
    "The part in use that it is about; null for the self-care plan in use, if there is one."
)
_VALUE = "The one value of the report that is meant; null for the whole report."
_REASON = "Why, in one's own words."


@strawberry.type(description="The part of Mutation that is about reports and measurements.")
class ReportMutations:
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
