"""The locks: what each closes, for whom, and what opens it."""

from __future__ import annotations

from collections.abc import Iterator

from docs.access.markdown import bullets, enumerated, listed
from domain.access import lock
from domain.access.lock import Lock
from domain.access.right import Right
from domain.access.standing import HEALTH_PERSONNEL, PATIENT_SIDE, Standing
from domain.refusal import Refusal
from domain.wording.policy import KEYS, LOCKS
from domain.wording.reason import sentence
from domain.wording.right import RIGHTS
from domain.wording.standing import STANDINGS
from domain.words import capital

_SETS = {
    frozenset[Standing](): "Alle.",
    PATIENT_SIDE: "Alle andre enn pasienten og den som representerer pasienten.",
    frozenset(Standing) - HEALTH_PERSONNEL - {Standing.SYSTEM}: "Alt helsepersonell, og "
    "systemene deres.",
    frozenset(Standing) - PATIENT_SIDE: "Pasienten og den som representerer pasienten.",
}


def locks() -> str:
    """Return every lock, in the order in which they are tried."""
    return "\n\n".join(f"### {LOCKS[each].nb}\n\n{bullets(_told(each))}" for each in lock.ALL)


def _told(of: Lock) -> Iterator[str]:
    yield f"**Gjelder for:** {_whom(of)}"
    yield f"**Stenger:** {_closed(of)}"
    yield f"**Åpnes av:** {_opened(of)}"
    yield f"**Svaret:** «{sentence(of.refusal, 'nb')}»"


def _whom(of: Lock) -> str:
    if of.spares in _SETS:
        return _SETS[of.spares]
    names = [STANDINGS[each].nb for each in Standing if each not in of.spares]
    return f"{capital(listed(names))}."


def _closed(of: Lock) -> str:
    """Return what is closed, or what is not where that is shorter to say."""
    left = [RIGHTS[right].nb for right in Right if right not in of.rights]
    if len(left) < len(of.rights):
        return f"Alt, unntatt å kunne: {enumerated(left)}."
    return f"Å kunne: {enumerated([RIGHTS[right].nb for right in Right if right in of.rights])}."


def _opened(of: Lock) -> str:
    if of.refusal is Refusal.DECEASED:
        return "Ingenting."
    if not of.keys:
        return "Ingenting. Bare den som har satt den på, kan ta den bort."
    return f"{capital(' eller '.join(KEYS[key].nb for key in of.keys))}."
