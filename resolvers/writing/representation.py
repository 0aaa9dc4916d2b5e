"""Who acts for a patient is registered and ended: a power of attorney by the patient or on paper.

Personnel state the document that they have seen. A power of attorney is given by who is 16 or more
and to who is 18 or more, and never for more than whoever gives it sees themself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from domain import ids
from domain.access import age
from domain.access.relation import Basis
from domain.access.representation import BY_DOCUMENT, Representation, ended
from domain.access.rule import RuleKind
from domain.access.service_area import ServiceArea, areas_of, rights_of
from domain.access.standing import Standing
from domain.command import Command
from domain.cooperation.notice import NoticeTo, Recipient
from domain.event import EventKind
from domain.given_word import GivenWord, SpokenWord
from domain.identity_number import IdentityNumber
from domain.operation import Operation
from domain.refusal import Refusal
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import NoChange, NotAllowed, NothingFound, Rejected
from domain.written import RepresentationWritten
from resolvers.writing import rule as rules
from resolvers.writing.given_word import given
from resolvers.writing.mutation import Mutation
from resolvers.writing.rule import refuse
from resolvers.writing.write import Done, Write, require_version
from store.listing import REPRESENTATIONS

_OWN_ORIGIN = "Fullmakt gitt av pasienten selv"


class RegisterRepresentation(Command):
    """Register that somebody acts for the patient, for what, and until when.

    `document` is what personnel have seen, left out by a patient who gives a power of attorney
    themself; `spoken` is the patient's word where it is theirs to give.
    """

    operation: ClassVar[Operation] = Operation.REGISTER_REPRESENTATION
    about: ClassVar[str] = "patient_id"

    patient_id: str
    kind: Basis
    representative_number: IdentityNumber
    representative_name: str
    representative_born: date
    areas: tuple[ServiceArea, ...] = ()
    until: datetime | None = None
    document: str | None = None
    spoken: SpokenWord | None = None


class EndRepresentation(Command):
    """End a representation, at once."""

    operation: ClassVar[Operation] = Operation.END_REPRESENTATION
    about: ClassVar[str] = "representation_id"

    representation_id: str
    expected_version: int


async def _register(write: Write, command: RegisterRepresentation) -> Done:
    write.permit(None)
    is_own = _is_by_patient(write, command)
    if not is_own and command.document is None:
        refuse("document", FaultCode.REQUIRED)
    _require_giver(write, command)
    _require_receiver(write, command)
    rules.require_future(write, command.until)
    new = Representation(
        id=ids.new(ids.REPRESENTATION),
        patient_id=write.patient.id,
        version=1,
        kind=command.kind,
        representative_number=command.representative_number.value,
        representative_name=command.representative_name,
        origin=command.document or _OWN_ORIGIN,
        since=write.now,
        until=command.until,
        rights=rights_of(command.areas),
        registered_by=write.author,
        word=_word(write, command),
    )
    return await add(write, new)


async def add(write: Write, new: Representation) -> Done:
    """Keep a representation, unless there is the same already; who it is of is told."""
    known = [each for each in await write.unit.all_of(REPRESENTATIONS) if each.is_open(write.now)]
    if any(_is_same(each, new) for each in known):
        raise Rejected(NoChange())
    await write.unit.add(new)
    return Done(
        kind=EventKind.REPRESENTATION_GIVEN,
        subject_id=new.id,
        version=new.version,
        tells=(*_of(new), *write.to_patient),
    )


async def _end(write: Write, command: EndRepresentation) -> Done:
    write.permit(None)
    found = await write.one_of(REPRESENTATIONS, command.representation_id)
    if found.kind not in BY_DOCUMENT:
        raise Rejected(NothingFound())
    if write.access.is_representative:
        raise Rejected(NotAllowed(reason=Refusal.PATIENT_ONLY))
    return await end(write, found, command.expected_version)


async def end(write: Write, found: Representation, expected_version: int) -> Done:
    """End a representation that its writer has seen."""
    require_version(found, expected_version)
    if not found.is_open(write.now):
        raise Rejected(NoChange())
    over = ended(found, write.now, write.author)
    await write.unit.change(over)
    return Done(
        kind=EventKind.REPRESENTATION_ENDED,
        subject_id=over.id,
        version=over.version,
        tells=(*_of(over), *write.to_patient),
    )


def _is_by_patient(write: Write, command: RegisterRepresentation) -> bool:
    """Tell whether the patient gives it; refuse what is not theirs, nor their representatives'."""
    if not write.speaks_for_patient:
        return False
    is_theirs = write.access.standing is Standing.PATIENT
    if not is_theirs or command.kind is not Basis.POWER_OF_ATTORNEY:
        raise Rejected(NotAllowed(reason=Refusal.ROLE if is_theirs else Refusal.PATIENT_ONLY))
    return True


def _require_giver(write: Write, command: RegisterRepresentation) -> None:
    """Refuse a power of attorney of who can't give one, and kin of who can decide themself."""
    lacks_capacity = bool(rules.standing(write, RuleKind.WITHOUT_CAPACITY))
    if command.kind is Basis.POWER_OF_ATTORNEY:
        rules.require_age(write, age.OF_AGE, rules.OLDEST)
        if lacks_capacity:
            raise Rejected(NotAllowed(reason=Refusal.NO_CAPACITY))


def _require_receiver(write: Write, command: RegisterRepresentation) -> None:
    require_another(write, command.representative_number)
    if age.on(command.representative_born, write.now) < age.MAJORITY:
        refuse("representativeBorn", FaultCode.NOT_OF_AGE)


def require_another(write: Write, number: IdentityNumber) -> None:
    """Refuse the patient as who represents them."""
    if any(number == own for own in write.patient.identity_numbers):
        refuse("representativeNumber", FaultCode.OWN_NUMBER)


def _word(write: Write, command: RegisterRepresentation) -> GivenWord | None:
    """Return the patient's word on a power of attorney; a document speaks for the other kinds."""
    if command.kind is Basis.POWER_OF_ATTORNEY:
        return given(write, command.spoken)
    if command.spoken is not None:
        refuse("spoken", FaultCode.NOT_USED_HERE)
    return None


def _of(representation: Representation) -> tuple[Recipient, ...]:
    return (Recipient(kind=NoticeTo.CITIZEN, key=representation.representative_number),)


def _is_same(known: Representation, new: Representation) -> bool:
    return (known.kind, known.representative_number, known.rights, known.until) == (
        new.kind,
        new.representative_number,
        new.rights,
        new.until,
    )


def _faults(command: RegisterRepresentation) -> Iterator[Fault]:
    if command.kind not in BY_DOCUMENT:
        allowed = ", ".join(each.name for each in BY_DOCUMENT)
        yield Fault(path="kind", code=FaultCode.NOT_A_CHOICE, allowed=allowed)
        return
    possible = areas_of(command.kind)
    if possible and not command.areas:
        yield Fault(path="areas", code=FaultCode.REQUIRED)
    for place, area in enumerate(command.areas):
        if area not in possible:
            allowed = ", ".join(each.name for each in possible)
            yield Fault(path=f"areas[{place}]", code=FaultCode.NOT_A_CHOICE, allowed=allowed)


REGISTER = Mutation(
    RegisterRepresentation, RepresentationWritten, _register, lambda c: tuple(_faults(c))
)
END = Mutation(EndRepresentation, RepresentationWritten, _end)
