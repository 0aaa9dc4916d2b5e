"""A section that a source feeds, and its items."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bench.view.value import View, coding, iso, short
from domain.plan.care_team import CareTeamMember
from domain.source.appointment import Appointment
from domain.source.critical_info import CriticalInfo
from domain.source.document import Document
from domain.source.medication import Medication
from domain.source.section import Reason, Section
from domain.wording.reason import sentence

T = TypeVar("T")


def section_view(
    section: Section[T], item: Callable[[T], View], now: datetime, language: str
) -> View:
    """Return a section with everything that can be said about it, and its items."""
    items, at = section.items, section.retrieved_at
    return {
        "state": section.state.name,
        "source": section.source.name,
        "retrievedAt": iso(at),
        "age": at and max(0, int((now - at).total_seconds())),
        "total": None if items is None else len(items),
        "withheldCount": section.withheld_count,
        "reasons": [_reason(reason, language) for reason in section.reasons],
        "items": None if items is None else list(map(item, items[:500])),
    }


def medication(medicine: Medication) -> View:
    """Return one medicine."""
    return {
        "id": medicine.id,
        "name": medicine.name,
        "status": medicine.status.name,
        "atc": medicine.atc,
        "form": medicine.form,
        "dosage": medicine.dosage,
        "asNeeded": medicine.as_needed,
        "reason": medicine.reason,
        "startedOn": iso(medicine.started_on),
        "prescribedOn": iso(medicine.prescribed_on),
        "prescriptionExpiresOn": iso(medicine.prescription_expires_on),
        "refills": medicine.refills,
        "registeredBy": medicine.registered_by,
        "isLocked": medicine.is_locked,
    }


def critical_info(info: CriticalInfo) -> View:
    """Return one registration of critical information."""
    return {
        "id": info.id,
        "category": info.category.name,
        "concept": coding(info.concept),
        "isActive": info.is_active,
        "certainty": info.certainty.name,
        "criticality": info.criticality,
        "reactions": info.reactions,
        "recordedOn": iso(info.recorded_on),
        "recordedBy": info.recorded_by,
    }


def appointment(meeting: Appointment) -> View:
    """Return one appointment."""
    return {
        "id": meeting.id,
        "status": meeting.status.name,
        "start": iso(meeting.start),
        "end": iso(meeting.end),
        "service": meeting.service,
        "description": meeting.description,
        "careLevel": meeting.care_level,
        "contactType": meeting.contact_type,
        "location": meeting.location,
        "practitioner": meeting.practitioner,
        "isVirtual": meeting.is_virtual,
    }


def care_team_member(member: CareTeamMember) -> View:
    """Return one member of the hospital's care team."""
    return {
        "id": member.id,
        "name": member.name,
        "role": member.role and short(member.role),
        "organisation": member.organisation,
        "team": member.team,
        "phone": member.phone,
        "since": iso(member.since),
        "until": iso(member.until),
    }


def document(found: Document) -> View:
    """Return one document's description."""
    return {
        "id": found.id,
        "type": {"text": found.type.text},
        "title": found.title,
        "dated": iso(found.dated),
        "author": found.author,
        "custodian": found.custodian,
    }


def _reason(reason: Reason, language: str) -> View:
    words = sentence(reason.code, language)
    if reason.refusal is not None:
        words = f"{words} {sentence(reason.refusal, language)}"
    return {
        "code": reason.code.name,
        "sentence": words,
        "count": reason.count,
        "path": reason.path,
        "refusal": reason.refusal and reason.refusal.name,
    }
