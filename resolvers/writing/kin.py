"""Next of kin are let in to read: of a patient who can't consent, or who has died.

It is health personnel who let them, one by one, and weigh what speaks against it: what the patient
would have wanted, and what others who are named must be spared (pbrl. §§ 3-3 and 5-1, hpl. § 24).
"""

from __future__ import annotations

from typing import ClassVar

from domain import ids
from domain.access.relation import Basis
from domain.access.representation import Representation
from domain.access.rule import RuleKind
from domain.command import Command
from domain.identity_number import IdentityNumber
from domain.operation import Operation
from domain.writing.fault import FaultCode
from domain.writing.rejection import NothingFound, Rejected
from domain.written import RepresentationWritten
from resolvers.writing import representation
from resolvers.writing import rule as rules
from resolvers.writing.mutation import Mutation
from resolvers.writing.rule import refuse
from resolvers.writing.write import Done, Write
from store.listing import REPRESENTATIONS


class InformKin(Command):
    """Let one of the next of kin read the plan; `document` says how it is known who they are."""

    operation: ClassVar[Operation] = Operation.INFORM_KIN
    about: ClassVar[str] = "patient_id"

    patient_id: str
    representative_number: IdentityNumber
    representative_name: str
    document: str


class StopInformingKin(Command):
    """Let one of the next of kin read no more, at once."""

    operation: ClassVar[Operation] = Operation.STOP_INFORMING_KIN
    about: ClassVar[str] = "representation_id"

    representation_id: str
    expected_version: int


async def _inform(write: Write, command: InformKin) -> Done:
    write.permit(None)
    is_dead = write.patient.died_on is not None
    if not is_dead and not rules.standing(write, RuleKind.WITHOUT_CAPACITY):
        refuse("patientId", FaultCode.NOT_USED_HERE)
    representation.require_another(write, command.representative_number)
    new = Representation(
        id=ids.new(ids.REPRESENTATION),
        patient_id=write.patient.id,
        version=1,
        kind=Basis.NEXT_OF_KIN,
        representative_number=command.representative_number.value,
        representative_name=command.representative_name,
        origin=command.document,
        since=write.now,
        registered_by=write.author,
    )
    return await representation.add(write, new)


async def _stop(write: Write, command: StopInformingKin) -> Done:
    write.permit(None)
    found = await write.one_of(REPRESENTATIONS, command.representation_id)
    if found.kind is not Basis.NEXT_OF_KIN:
        raise Rejected(NothingFound())
    return await representation.end(write, found, command.expected_version)


INFORM = Mutation(InformKin, RepresentationWritten, _inform)
STOP = Mutation(StopInformingKin, RepresentationWritten, _stop)
