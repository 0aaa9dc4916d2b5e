"""The line that the log of use gets of what somebody does."""

from __future__ import annotations

from domain.access.audit import AuditEntry
from resolvers.context import Context
from resolvers.writing.write import Write


def entry(ctx: Context, write: Write, subject_id: str, id: str) -> AuditEntry:
    """Return the line of a write, or of a reading that is logged as one.

    A write's line has the id of its event, so that each is found by the other.
    """
    relation, number, attest = write.access.relation, ctx.viewer.identity_number, ctx.viewer.attest
    if relation is None:
        raise RuntimeError("Access without a relation it rests on.")
    return AuditEntry(
        patient_id=write.unit.patient_id,
        id=id,
        at=write.now,
        operation=write.operation,
        subject_id=subject_id,
        by=write.author,
        by_number=number.value if number else None,
        role=ctx.viewer.role,
        basis=relation.basis,
        purpose_of_use=ctx.viewer.purpose_of_use,
        on_behalf_of=write.patient.id if write.access.is_representative else None,
        legal_entity=ctx.viewer.legal_entity,
        decision_id=attest.decision_id if attest else None,
        correlation_id=ctx.event_id,
    )
