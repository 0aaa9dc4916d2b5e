"""The patient, and those with parental responsibility, say whether they agree."""

from __future__ import annotations

from typing import ClassVar

from domain import ids
from domain.command import Command
from domain.event import EventKind
from domain.operation import Operation
from domain.plan.approval import Agreement, AgreementState
from domain.writing.rejection import Rejected, VersionConflict
from domain.written import PartWritten
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write


class GiveAgreement(Command):
    """Say whether one agrees with what a part says; the newest word of each person counts."""

    operation: ClassVar[Operation] = Operation.AGREE
    about: ClassVar[str] = "part_id"

    part_id: str
    content_version: int
    state: AgreementState
    comment: str | None = None


async def _agree(write: Write, command: GiveAgreement) -> Done:
    part = write.part_in_use(command.part_id)
    seen = await write.as_seen(part)
    if seen.content_version != command.content_version:
        raise Rejected(VersionConflict(current_version=seen.content_version))
    author = write.author
    agreement = Agreement(
        id=ids.new(ids.AGREEMENT),
        patient_id=part.patient_id,
        part_id=part.id,
        person=author.name,
        relation=author.role or "",
        state=command.state,
        content_version=part.content_version,
        at=write.now,
        comment=command.comment,
    )
    await write.unit.add(agreement)
    return Done(
        kind=EventKind.AGREEMENT_GIVEN,
        subject_id=part.id,
        version=part.version,
        seen_version=seen.version,
    )


GIVE = Mutation(GiveAgreement, PartWritten, _agree)
