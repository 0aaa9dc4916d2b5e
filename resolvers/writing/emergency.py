"""Emergency access is opened with a reason, and reviewed afterwards (nødtilgang og etterkontroll).

Looking for a patient by number is no way to try numbers: who is hidden is answered as who is not
there, every search is kept, and after some that lead to nobody no more are answered for a while.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec.structs import replace

from domain import ids
from domain.access import emergency
from domain.access.audit import author_of
from domain.access.emergency import MISSES_WINDOW, MOST_MISSES, UNTOLD, Search
from domain.access.patient import PatientRecord
from domain.access.rule import AccessRule, EmergencyFinding, RuleKind, reviewed
from domain.command import Command
from domain.cooperation.notice import of_patient_side
from domain.errors import NotFound
from domain.event import EventKind
from domain.identity_number import IdentityNumber
from domain.operation import Operation
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import (
    NoChange,
    NotAllowed,
    NothingFound,
    Rejected,
    Rejection,
    TooManySearches,
)
from domain.written import EmergencyOpened, EmergencyReviewed, Written
from resolvers import access
from resolvers.context import Context
from resolvers.writing.mutation import Mutation
from resolvers.writing.write import Done, Write, require_version


class OpenEmergencyAccess(Command):
    """Open emergency access to a patient, found by id or by identity number: one of them."""

    operation: ClassVar[Operation] = Operation.OPEN_EMERGENCY
    about: ClassVar[str] = "patient_id"

    reason: str
    patient_id: str | None = None
    identity_number: IdentityNumber | None = None


class ReviewEmergencyAccess(Command):
    """Say what the review of an emergency access has found, or correct it."""

    operation: ClassVar[Operation] = Operation.REVIEW_EMERGENCY
    about: ClassVar[str] = "access_id"

    access_id: str
    expected_version: int
    finding: EmergencyFinding
    review: str


def _faults(command: OpenEmergencyAccess) -> Iterator[Fault]:
    if command.patient_id is None and command.identity_number is None:
        yield Fault(path="patientId", code=FaultCode.REQUIRED, other="identityNumber")
    if command.patient_id is not None and command.identity_number is not None:
        yield Fault(path="patientId", code=FaultCode.NOT_TOGETHER, other="identityNumber")


async def _open(write: Write, command: OpenEmergencyAccess) -> Done:
    # There was no right to ask for; `access.for_emergency` has asked whether there may be.
    write.is_permitted = True
    rule = AccessRule(
        id=ids.new(ids.ACCESS_RULE),
        patient_id=write.patient.id,
        version=1,
        kind=RuleKind.EMERGENCY,
        set_by=write.author,
        since=write.now,
        until=write.now + write.choices.emergency_for,
        hpr_number=write.viewer.hpr_number,
        person_name=write.author.name,
        organisation=write.viewer.organisation,
        legal_entity=write.viewer.legal_entity,
        reason=command.reason,
    )
    await write.unit.add(rule)
    return Done(
        kind=EventKind.EMERGENCY_OPENED,
        subject_id=rule.id,
        version=rule.version,
        tells=of_patient_side(write.patient.id),
    )


_OPEN = Mutation(
    OpenEmergencyAccess,
    EmergencyOpened,
    _open,
    faults=lambda given: list(_faults(given)),
    decides=access.for_emergency,
)


class OpenEmergency:
    """Finds the patient, and opens; the same is answered of nobody and of who must not be told."""

    command = OpenEmergencyAccess

    async def __call__(self, ctx: Context, command: OpenEmergencyAccess) -> Written | Rejection:
        """Do what is asked, once; a rejection says why nothing was opened."""
        against = emergency.refusal(ctx.viewer)
        if against is not None:
            return NotAllowed(reason=against)
        try:
            _OPEN.validate(command)
            patient_id = await _patient(ctx, command)
        except Rejected as rejected:
            return rejected.rejection
        answer = await _OPEN(ctx, replace(command, patient_id=patient_id, identity_number=None))
        is_untold = isinstance(answer, NotAllowed) and answer.reason in UNTOLD
        return NothingFound() if is_untold else answer


async def _patient(ctx: Context, command: OpenEmergencyAccess) -> str:
    """Return the id of a patient who may be told of; Rejected as nobody otherwise."""
    search = None
    if command.identity_number is None:
        record = await _by_id(ctx, command.patient_id or "")
    else:
        search = await _counted(ctx)
        record = await ctx.store.patient.by_identity_number(command.identity_number.value)
    if record is None:
        ctx.disclosures.found_nobody()
        raise Rejected(NothingFound())
    _refuse_untold(ctx, record)
    if search is not None:
        await ctx.store.emergency.found(search)
    return record.patient.id


async def _by_id(ctx: Context, patient_id: str) -> PatientRecord | None:
    try:
        return await ctx.loaders.record.load(patient_id)
    except NotFound:
        return None  # it is the id of no patient


async def _counted(ctx: Context) -> Search:
    """Keep a search by number; Rejected once too many have led to nobody, found or not."""
    viewer = ctx.viewer
    search = Search(
        id=ids.new(ids.SEARCH),
        at=ctx.now,
        hpr_number=viewer.hpr_number or "",
        by=author_of(viewer, None),
        legal_entity=viewer.legal_entity,
    )
    misses = await ctx.store.emergency.begin_search(search, ctx.now - MISSES_WINDOW)
    if misses > MOST_MISSES:
        raise Rejected(TooManySearches(until=ctx.now + MISSES_WINDOW))
    return search


def _refuse_untold(ctx: Context, record: PatientRecord) -> None:
    decided = access.for_emergency(ctx, record)
    against = decided.ruling.refusal
    if against in UNTOLD:
        ctx.disclosures.refused(record, decided, against, Operation.OPEN_EMERGENCY)
        raise Rejected(NothingFound())


async def _review(write: Write, command: ReviewEmergencyAccess) -> Done:
    write.permit(None)
    rule = await write.rule(RuleKind.EMERGENCY, command.access_id)
    if rule.legal_entity != write.viewer.legal_entity:
        raise Rejected(NothingFound())
    require_version(rule, command.expected_version)
    if (rule.finding, rule.review) == (command.finding, command.review):
        raise Rejected(NoChange())
    told = reviewed(rule, command.finding, command.review, write.now, write.author)
    await write.unit.change(told)
    return Done(
        kind=EventKind.EMERGENCY_REVIEWED,
        subject_id=told.id,
        version=told.version,
        tells=of_patient_side(write.patient.id),
    )


OPEN = OpenEmergency()
REVIEW = Mutation(ReviewEmergencyAccess, EmergencyReviewed, _review, decides=access.for_oversight)
