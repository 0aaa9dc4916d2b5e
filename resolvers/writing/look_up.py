"""The lines that the log of use gets of look-ups that nobody asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain import ids
from domain.access.audit import AuditEntry
from domain.author import Author
from domain.caller import Caller
from domain.operation import Operation
from domain.source.section import SectionName


def look_ups(
    patient_ids: Iterable[str], section: SectionName, caller: Caller, now: datetime
) -> list[AuditEntry]:
    """Return the lines of asking a source for a section of patients, to compare their plans.

    Each has the correlation id that the source gets. The section stands in the log itself alone:
    in a parent's view it would tell of a change at a source that hides it from parents.
    """
    return [_look_up(patient_id, section, caller, now) for patient_id in patient_ids]


def _look_up(patient_id: str, section: SectionName, caller: Caller, now: datetime) -> AuditEntry:
    return AuditEntry(
        patient_id=patient_id,
        id=ids.new(ids.LOG_LINE),
        at=now,
        operation=Operation.COMPARE,
        subject_id=patient_id,
        by=Author(name="DBEP", role="System", organisation_number=caller.system_organisation),
        correlation_id=caller.event_id,
        purpose_of_use=caller.purpose_of_use,
        legal_entity=caller.system_organisation,
        allowed=(section.name,),
    )
