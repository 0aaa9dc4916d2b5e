"""One patient, and one of everything that has an id."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from msgspec.structs import replace

from domain import ids
from domain.content.line import ContentSection
from domain.content.plan_content import PlanContent
from domain.cooperation.review import ReviewOutcome
from domain.cooperation.suggestion import SuggestionKind
from domain.cooperation.task import TaskKind
from domain.plan.approval import AgreementState
from domain.plan.part import PlanKind
from resolvers.writing import (
    agreement,
    comment,
    draft,
    handover,
    log_question,
    report,
    review,
    sharing,
    suggestion,
)
from store.tables import (
    AgreementRow,
    AuditEntryRow,
    CareTeamMemberRow,
    ConsentRow,
    DeliveryRow,
    ErasureRow,
    MeasurementRow,
    NoticeRow,
    OpeningRow,
    ReservationRow,
    ReviewRow,
)
from tests.builders import NOW
from tests.store import rows
from tests.writing.clinic import INGRID, REVIEW, SAID, Clinic, an_action
from tests.writing.correcting import ask as ask_for_correction
from tests.writing.reporting import peak_flow
from tests.writing.shares import SCHOOL

# Words that stand in what the part and the draft say now, and nowhere else.
IN_PART, IN_DRAFT = "hestehov", "blåklokke"

# By the prefix of its id, where a thing is left by what is done to others.
_LEFT: dict[str, Any] = {
    ids.AGREEMENT: AgreementRow.id,
    ids.CONSENT: ConsentRow.id,
    ids.DELIVERY: DeliveryRow.id,
    ids.ERASURE: ErasureRow.id,
    ids.MEASUREMENT: MeasurementRow.id,
    ids.MEMBER: CareTeamMemberRow.id,
    ids.NOTICE: NoticeRow.event_id,
    ids.OPENING: OpeningRow.id,
    ids.RESERVATION: ReservationRow.id,
    ids.REVIEW: ReviewRow.id,
}


async def make(clinic: Clinic) -> dict[str, str]:
    """Let a plan be lived with; return the id of a thing of each kind, by its prefix."""
    part_id = await _in_use(clinic)
    found = {
        ids.PATIENT: clinic.patient_id,
        ids.PART: part_id,
        ids.PLAN: (await clinic.plan(INGRID)).id,
        ids.SEARCH: ids.new(ids.SEARCH),  # of no patient
    }
    found |= await _said(clinic, part_id)
    found |= await _worked(clinic, part_id)
    found[ids.TASK] = f"{ids.TASK}{TaskKind.COMMENT.name}_{found[ids.COMMENT]}"
    found[ids.LOG_LINE] = await _line_of_personnel(clinic)
    found[ids.REPRESENTATION] = await _mandated(clinic)
    await _reserved_once(clinic)
    for prefix, column in _LEFT.items():
        (first, *_) = await clinic.rows(column.class_)
        found[prefix] = f"{prefix}{getattr(first, column.key)}"
    asked = {"patient_id": clinic.patient_id, "entry_id": found[ids.LOG_LINE]}
    question = await clinic.do(clinic.kari, log_question.ASK, text="Hvorfor?", **asked)
    return found | {ids.LOG_QUESTION: question.subject_id}


async def _in_use(clinic: Clinic) -> str:
    """Take a part into use, and change what it says."""
    part_id = await clinic.active()
    return await clinic.active(content=_saying(IN_PART)) and part_id


def _saying(word: str) -> PlanContent:
    """Return a content with a word in a text, in a line and in what waits to be done."""
    action = replace(an_action("a-word"), title=f"Plukke {word}")
    matters = f"Å finne {word}"
    return replace(SAID, actions=(*SAID.actions, action), what_matters_to_me=matters)


async def _said(clinic: Clinic, part_id: str) -> dict[str, str]:
    """Let the mother say something of every kind."""
    kari, of_part, of_patient = clinic.kari, {"part_id": part_id}, clinic.patient_id
    said = await clinic.do(kari, comment.COMMENT, text="Hva nå?", **of_part)
    agreed = {"content_version": 2, "state": AgreementState.AGREES}
    await clinic.do(kari, agreement.GIVE, **of_part, **agreed)
    measured = (peak_flow(320, clinic.now),)
    sent = await clinic.do(kari, report.SEND, patient_id=of_patient, measurements=measured)
    wish = {"kind": SuggestionKind.ADD, "section": ContentSection.ACTIONS, "why": "Det hjelper"}
    wished = await clinic.do(kari, suggestion.SUGGEST, text="Gå tur", **wish, **of_part)
    asked = await ask_for_correction(clinic, part_id)
    shared = await clinic.do(kari, sharing.SHARE, **of_part, **SCHOOL)
    await clinic.do(kari, sharing.MAKE_CODE, share_id=shared.subject_id)
    return {
        ids.COMMENT: said.subject_id,
        ids.REPORT: sent.subject_id,
        ids.SUGGESTION: wished.subject_id,
        ids.CORRECTION: asked.subject_id,
        ids.SHARE: shared.subject_id,
    }


async def _worked(clinic: Clinic, part_id: str) -> dict[str, str]:
    """Let personnel do something of every kind."""
    begun: dict[str, Any] = {"kind": PlanKind.BEHANDLINGSPLAN, "content": SAID}
    of_patient = {"patient_id": clinic.patient_id}
    drafted = await clinic.do(INGRID, draft.START, change_comment="Utkast", **begun, **of_patient)
    more = {"content": _saying(IN_DRAFT), "change_comment": "Mer", "expected_version": 1}
    await clinic.do(INGRID, draft.SAVE, draft_id=drafted.subject_id, **more)
    to = {"to_organisation": "999000118", "to_organisation_name": "Hjemmetjenesten"}
    offered = await clinic.do(INGRID, handover.OPEN, reason="Utskrevet", **to, **of_patient)
    await clinic.do(
        INGRID,
        review.HOLD,
        part_id=part_id,
        expected_version=(await clinic.part(INGRID, part_id)).version,
        held_at=clinic.now,
        participants=("Ingrid",),
        outcome=ReviewOutcome.KEEP,
        note="Går bra",
        next_due=REVIEW,
    )
    return {ids.DRAFT: drafted.subject_id, ids.HANDOVER: offered.subject_id}


async def _line_of_personnel(clinic: Clinic) -> str:
    """Return the line of the log that tells of what personnel did first."""
    lines = [each for each in await clinic.rows(AuditEntryRow) if each.role == "CLINICIAN"]
    first = min(lines, key=lambda each: each.place)
    return f"{ids.LOG_LINE}{first.id}"


async def _mandated(clinic: Clinic) -> str:
    """Return a mandate that was given and registered here."""
    given = rows.a_parent(clinic.key, "16867299955", kind="POWER_OF_ATTORNEY")
    await rows.add(clinic.db, given)
    return f"{ids.REPRESENTATION}{given.id}"


async def _reserved_once(clinic: Clinic) -> None:
    """Leave a reservation that was undone, and the proof of an erasure."""
    over = a_reservation(clinic.key, ended=_WORD, ended_at=NOW)
    proof = {"at": NOW, "tables": (), "deliveries": (), "previous": "", "digest": "d"}
    erased = ErasureRow(patient_id=clinic.key, id=uuid4(), reservation_id=over.id, **proof)
    await rows.add(clinic.db, over, erased)


_WORD = {"at": NOW, "by": "Nora Fjell", "giver": "PATIENT"}


def a_reservation(patient: Any, **changes: Any) -> ReservationRow:
    """Return a reservation that stands, unless told otherwise."""
    known = {"id": uuid4(), "version": 1, "made": _WORD, "erase_after": rows.NOW}
    return ReservationRow(patient_id=patient, **known | changes)
