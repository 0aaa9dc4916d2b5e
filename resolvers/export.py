"""An export begins: the policy is asked, and the log of use has it before any data leaves."""

from __future__ import annotations

from uuid import uuid4

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
        record = access.permitted(ctx, unit.record)
        write = Write(
            operation=Operation.EXPORT,
            viewer=ctx.viewer,
            access=access.of_record(ctx, record),
            unit=unit,
            templates=ctx.store.template,
            now=ctx.now,
        )
        _permit(write)
        await unit.add(audit.entry(ctx, write, unit.patient_id, str(uuid4())))
    return unit.patient_id


def _permit(write: Write) -> None:
    try:
        write.permit(None)
    except Rejected as rejected:
        against = rejected.rejection
        raise NotPermitted(
            reason=against.reason.name if isinstance(against, NotAllowed) else None
        ) from None
