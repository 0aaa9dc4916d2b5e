"""The patient, and those with parental responsibility, say whether they agree.

From 12 to 15 a child may have no login and the parents keep little: then health personnel hear
them, and write down what each of them says.
"""

from __future__ import annotations

from typing import ClassVar

from domain import ids
from domain.command import Command
from domain.event import EventKind
from domain.given_word import SpokenWord, WordGiver
from domain.operation import Operation
from domain.plan.approval import Agreement, AgreementState
from domain.writing.rejection import Rejected, VersionConflict
from domain.written import PartWritten
from resolvers.writing.given_word import heard
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write


class GiveAgreement(Command):
    """Say whether one agrees with what a part says; the newest word of each person counts.

    With `spoken` it is the word of somebody who has been heard.
    """

    operation: ClassVar[Operation] = Operation.AGREE
    about: ClassVar[str] = "part_id"

    part_id: str
    content_version: int
    state: AgreementState
    comment: str | None = None
    spoken: SpokenWord | None = None


# Who they are to the patient, as it stands beside a name.
_RELATIONS = {
    WordGiver.PATIENT: "Pasient",
    WordGiver.PARENT: "Forelder",
    WordGiver.CHILD_AND_PARENTS: "Barnet og foreldrene",
    WordGiver.CHILD_WELFARE: "Barneverntjenesten",
}


async def _agree(write: Write, command: GiveAgreement) -> Done:
    part = write.part_in_use(command.part_id)
    seen = await write.as_seen(part)
    if seen.content_version != command.content_version:
        raise Rejected(VersionConflict(current_version=seen.content_version))
    author, word = write.author, heard(write, command.spoken)
    agreement = Agreement(
        id=ids.new(ids.AGREEMENT),
        patient_id=part.patient_id,
        part_id=part.id,
        person=author.name if word is None else word.by,
        relation=(author.role or "") if word is None else _RELATIONS[word.giver],
        state=command.state,
        content_version=part.content_version,
        at=write.now,
        comment=command.comment,
        word=word,
    )
    await write.unit.add(agreement)
    return Done(
        kind=EventKind.AGREEMENT_GIVEN,
        subject_id=part.id,
        version=part.version,
        seen_version=seen.version,
    )


GIVE = Mutation(GiveAgreement, PartWritten, _agree)
