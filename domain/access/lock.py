"""What closes rights that the table gives: the patient's four locks, and the level of the login.

Reservation and a missing consent stand for everyone they don't spare; a block is of one named
person and is final; a restriction is opened by the patient's consent, or in an emergency. A block
of one holds for machines too, since nobody knows who reads behind them (as kjernejournal's own
interface does).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum

from domain.access.facts import AccessFacts
from domain.access.right import BESIDE_THE_PLAN, OF_KJERNEJOURNAL, OF_THE_PLAN, Right
from domain.access.rule import AccessRule, RuleKind
from domain.access.standing import PATIENT_SIDE, Standing
from domain.access.viewer import Viewer
from domain.noun import Noun
from domain.refusal import Refusal

# Kjernejournal accepts persons who have logged in at level 4, and no others (its documentation).
LEVEL = 4


class Key(Enum):
    """What opens what is closed."""

    CONSENT = "CONSENT"
    EMERGENCY = "EMERGENCY"
    HIGHER_LEVEL = "HIGHER_LEVEL"
    UNDO = "UNDO"


class Lock(Noun):
    """One lock: what it closes, to whom it does not apply, and what opens it.

    `rights` of a restriction are those that the patient has chosen; here it is all that can be.
    """

    refusal: Refusal
    rights: frozenset[Right]
    spares: frozenset[Standing] = frozenset()
    keys: tuple[Key, ...] = ()


_READS = frozenset(right for right in Right if right.name.startswith("READ_"))
_SOURCES_AND_PLAN = OF_THE_PLAN | OF_KJERNEJOURNAL
# Written while nobody may look: on the patient's word, and by those who oversee.
_WITHOUT_LOOKING = BESIDE_THE_PLAN - {Right.SEE_PATIENT, Right.EXPORT}

LOW_LEVEL = Lock(refusal=Refusal.SECURITY_LEVEL, rights=OF_KJERNEJOURNAL, keys=(Key.HIGHER_LEVEL,))
RESERVED_TO_SELF = Lock(
    refusal=Refusal.RESERVED,
    rights=_SOURCES_AND_PLAN,
    spares=frozenset(Standing) - PATIENT_SIDE,
    keys=(Key.UNDO,),
)
RESERVED = Lock(
    refusal=Refusal.RESERVED, rights=frozenset(Right) - _WITHOUT_LOOKING, spares=PATIENT_SIDE
)
NO_CONSENT = Lock(
    refusal=Refusal.NO_CONSENT,
    rights=(OF_THE_PLAN & _READS) - {Right.READ_LOG},
    spares=PATIENT_SIDE,
    keys=(Key.CONSENT,),
)
BLOCKED = Lock(
    refusal=Refusal.BLOCKED,
    rights=_SOURCES_AND_PLAN - {Right.PLAN_STATUS, Right.CONSENT, Right.LOCK},
    spares=PATIENT_SIDE,
)
# What a machine may send in, it may while somebody is blocked.
BLOCKED_TO_MACHINES = Lock(
    refusal=Refusal.BLOCKED,
    rights=(_SOURCES_AND_PLAN & _READS) | {Right.SUBSCRIBE},
    spares=frozenset(Standing) - {Standing.VENDOR},
)
RESTRICTED = Lock(
    refusal=Refusal.RESTRICTED,
    rights=_SOURCES_AND_PLAN & _READS,
    spares=PATIENT_SIDE,
    keys=(Key.CONSENT, Key.EMERGENCY),
)
ALL: tuple[Lock, ...] = (
    LOW_LEVEL,
    RESERVED_TO_SELF,
    RESERVED,
    NO_CONSENT,
    BLOCKED,
    BLOCKED_TO_MACHINES,
    RESTRICTED,
)


def closed(
    standing: Standing, viewer: Viewer, facts: AccessFacts, now: datetime
) -> Mapping[Right, Refusal]:
    """Return the rights that are closed to somebody, each with the first lock that closes it."""
    found: dict[Right, Refusal] = {}
    for lock, rights in _standing_in_the_way(viewer, facts, now):
        if standing not in lock.spares:
            for right in rights:
                found.setdefault(right, lock.refusal)
    return found


def _standing_in_the_way(
    viewer: Viewer, facts: AccessFacts, now: datetime
) -> Iterator[tuple[Lock, frozenset[Right]]]:
    """Yield the locks that are on, with what each closes, in the order of the gates."""
    if viewer.security_level < LEVEL:
        yield LOW_LEVEL, LOW_LEVEL.rights
    if facts.is_reserved:
        yield RESERVED_TO_SELF, RESERVED_TO_SELF.rights
        yield RESERVED, RESERVED.rights
    if facts.has_consent is False:
        yield NO_CONSENT, NO_CONSENT.rights
    if not facts.rules:
        return
    for rule in facts.holding(RuleKind.BLOCK, now):
        yield BLOCKED_TO_MACHINES, BLOCKED_TO_MACHINES.rights
        if rule.hpr_number == viewer.hpr_number:
            yield BLOCKED, BLOCKED.rights
    if not is_opened(viewer, facts, now):
        for rule in facts.holding(RuleKind.RESTRICTION, now):
            yield RESTRICTED, frozenset(filter(rule.restricts, RESTRICTED.rights))


def is_opened(viewer: Viewer, facts: AccessFacts, now: datetime) -> bool:
    """Tell whether what is restricted has been opened for this person, where they work now."""
    kinds = (RuleKind.OPENED, RuleKind.EMERGENCY)
    return any(is_theirs(rule, viewer) for kind in kinds for rule in facts.holding(kind, now))


def is_theirs(rule: AccessRule, viewer: Viewer) -> bool:
    """Tell whether a rule is about this person of health personnel in this organisation."""
    return (
        viewer.hpr_number is not None
        and rule.hpr_number == viewer.hpr_number
        and rule.organisation == viewer.organisation
    )
