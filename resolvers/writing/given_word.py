"""Whose word a choice rests on: the viewer's own, or one that personnel write down."""

from __future__ import annotations

from domain.access import age
from domain.access.standing import Standing
from domain.given_word import HEARD, GivenWord, SpokenWord, WordGiver, givers_at
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import InvalidInput, Rejected
from resolvers.writing.write import Write

_GIVERS = {
    Standing.PATIENT: WordGiver.PATIENT,
    Standing.PARENT: WordGiver.PARENT,
    Standing.CHILD_WELFARE: WordGiver.CHILD_WELFARE,
    Standing.GUARDIAN: WordGiver.GUARDIAN,
}


def given(write: Write, spoken: SpokenWord | None) -> GivenWord:
    """Return the word that a choice rests on; Rejected when it can't be that one's."""
    giver = _GIVERS.get(write.access.standing) if write.access.standing else None
    if giver is not None:
        if spoken is not None:
            raise _rejected("spoken", FaultCode.OWN_WORD)
        return GivenWord(at=write.now, by=write.author.name, giver=giver)
    if spoken is None:
        raise _rejected("spoken", FaultCode.REQUIRED)
    if spoken.giver not in givers_at(age.on(write.patient.birth_date, write.now)):
        raise _rejected("spoken.giver", FaultCode.WRONG_GIVER)
    return _written_down(write, spoken)


def heard(write: Write, spoken: SpokenWord | None) -> GivenWord | None:
    """Return what personnel have heard somebody say for themself; None from who says it here."""
    if write.speaks_for_patient:
        if spoken is not None:
            raise _rejected("spoken", FaultCode.OWN_WORD)
        return None
    if spoken is None:
        raise _rejected("spoken", FaultCode.REQUIRED)
    if spoken.giver not in HEARD:
        raise _rejected("spoken.giver", FaultCode.WRONG_GIVER)
    return _written_down(write, spoken)


def _written_down(write: Write, spoken: SpokenWord) -> GivenWord:
    return GivenWord(
        at=write.now,
        by=spoken.by,
        giver=spoken.giver,
        registered_by=write.author,
        how=spoken.how,
    )


def _rejected(path: str, code: FaultCode) -> Rejected:
    return Rejected(InvalidInput(faults=(Fault(path=path, code=code),)))
