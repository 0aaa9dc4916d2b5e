"""Whose word a choice rests on: the viewer's own, or one that personnel write down."""

from __future__ import annotations

from domain.access.decision import Basis
from domain.access.viewer import ViewerRole
from domain.given_word import GivenWord, SpokenWord, WordGiver, givers_at
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import InvalidInput, Rejected
from resolvers.writing.write import Write

_GIVERS = {Basis.OWN: WordGiver.PATIENT, Basis.PARENT: WordGiver.PARENT}


def given(write: Write, spoken: SpokenWord | None) -> GivenWord:
    """Return the word that a choice rests on; Rejected when it can't be that one's."""
    basis = write.access.relation.basis if write.access.relation else None
    if write.viewer.role is ViewerRole.CITIZEN and basis in _GIVERS:
        if spoken is not None:
            raise _rejected("spoken", FaultCode.OWN_WORD)
        return GivenWord(at=write.now, by=write.author.name, giver=_GIVERS[basis])
    if spoken is None:
        raise _rejected("spoken", FaultCode.REQUIRED)
    if spoken.giver not in givers_at(write.patient.age_on(write.now.date())):
        raise _rejected("spoken.giver", FaultCode.WRONG_GIVER)
    return GivenWord(
        at=write.now,
        by=spoken.by,
        giver=spoken.giver,
        registered_by=write.author,
        how=spoken.how,
    )


def _rejected(path: str, code: FaultCode) -> Rejected:
    return Rejected(InvalidInput(faults=(Fault(path=path, code=code),)))
