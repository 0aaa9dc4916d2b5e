"""An export begins: the policy is asked, and the log of use has it before any data leaves."""

from __future__ import annotations

from domain import ids
from domain.errors import NotPermitted
from domain.operation import Operation
from domain.writing.rejection import NotAllowed, Rejected
from resolvers import access
from resolvers.context import Context
from resolvers.writing import audit
from resolvers.writing.write import Write


async def begin(ctx: Context, patient_id: str) -> str:
    """Return the public id of the patient whose data may be taken out."""
    async with ctx.store.unit.begin(patient_id) as unit:
        decided = access.for_write(ctx, unit.record)
        access.admit(ctx, unit.record, decided, Operation.EXPORT)
        write = Write(
            operation=Operation.EXPORT,
            viewer=ctx.viewer,
            access=decided,
            unit=unit,
            templates=ctx.store.template,
            now=ctx.now,
        )
        _permit(ctx, write)
        entry = audit.entry(ctx, write, unit.patient_id, ids.new(ids.LOG_LINE))
        await unit.add(entry)
    ctx.disclosures.covered(entry)
    return unit.patient_id


def _permit(ctx: Context, write: Write) -> None:
    try:
        write.permit(None)
    except Rejected as rejected:
        against = rejected.rejection
        if not isinstance(against, NotAllowed):
            raise NotPermitted from None
        record = write.unit.record
        ctx.disclosures.refused(record, write.access, against.reason, write.operation)
        raise NotPermitted(reason=against.reason.name) from None
