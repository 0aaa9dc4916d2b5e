"""What closes rights that the table gives: the patient's four locks, death, and the login's level.

Reservation and a missing consent stand for everyone they don't spare; a block is of one named
person and is final, also for the student who works under that person; a restriction is opened by
the patient's consent, or in an emergency. A block of one holds for machines too, since nobody knows
who reads behind them (as kjernejournal's own interface does).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import Enum

from domain.access import death
from domain.access.facts import DEFAULT, AccessFacts, Choices
from domain.access.matrix import CELLS
from domain.access.right import BESIDE_THE_PLAN, OF_KJERNEJOURNAL, OF_THE_PLAN, Right
from domain.access.rule import AccessRule, RuleKind
from domain.access.standing import HEALTH_PERSONNEL, PATIENT_SIDE, Standing
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


# An emergency opens what one consent to open it does not: whatever is restricted meanwhile, too.
_OPENS = (RuleKind.EMERGENCY, RuleKind.OPENED)
# Who hears of every change reads, though no more than that there is one.
_READS = frozenset(right for right in Right if right.name.startswith("READ_")) | {Right.SUBSCRIBE}
_SOURCES_AND_PLAN = OF_THE_PLAN | OF_KJERNEJOURNAL
# Written while nobody may look: on the patient's word, and by those who oversee.
_WITHOUT_LOOKING = BESIDE_THE_PLAN - {Right.SEE_PATIENT, Right.EXPORT}
# Whoever is blocked takes nothing out, and writes down no choice of the patient's: not that the
# block is lifted either.
_NEVER_TO_BLOCKED = frozenset({Right.EXPORT, Right.RESERVE})

DECEASED = Lock(refusal=Refusal.DECEASED, rights=frozenset(Right) - death.RIGHTS)
LONG_DECEASED = Lock(
    refusal=Refusal.DECEASED,
    rights=death.RIGHTS - death.RIGHTS_LATER,
    spares=frozenset(Standing) - HEALTH_PERSONNEL - {Standing.SYSTEM},
)
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
    rights=OF_THE_PLAN & _READS,
    spares=PATIENT_SIDE,
    keys=(Key.CONSENT,),
)
BLOCKED = Lock(
    refusal=Refusal.BLOCKED,
    rights=_SOURCES_AND_PLAN - {Right.PLAN_STATUS} | _NEVER_TO_BLOCKED,
    spares=PATIENT_SIDE,
)
# What a machine may send in, it may while somebody is blocked.
BLOCKED_TO_MACHINES = Lock(
    refusal=Refusal.BLOCKED,
    rights=_SOURCES_AND_PLAN & _READS,
    spares=frozenset(Standing) - {Standing.VENDOR},
)
RESTRICTED = Lock(
    refusal=Refusal.RESTRICTED,
    rights=_SOURCES_AND_PLAN & _READS,
    spares=PATIENT_SIDE,
    keys=(Key.CONSENT, Key.EMERGENCY),
)
ALL: tuple[Lock, ...] = (
    DECEASED,
    LONG_DECEASED,
    RESERVED_TO_SELF,
    RESERVED,
    NO_CONSENT,
    BLOCKED,
    BLOCKED_TO_MACHINES,
    RESTRICTED,
    LOW_LEVEL,
)

# What can be restricted by the patient; what a source keeps, it keeps under its own locks.
RESTRICTABLE = RESTRICTED.rights
# Who sees more also sees what is less; what is in work tells what is in use.
_GOES_WITH: Mapping[Right, frozenset[Right]] = {
    Right.READ_ZONES: frozenset({Right.READ_PLAN, Right.READ_DRAFTS}),
    Right.READ_PLAN: frozenset({Right.READ_DRAFTS}),
}


def restricting(rights: Iterable[Right]) -> frozenset[Right]:
    """Return all that must be restricted for the chosen rights to be; none is everything."""
    chosen = frozenset(rights)
    return chosen.union(*(_GOES_WITH.get(right, frozenset()) for right in chosen))


def closed(
    standing: Standing,
    viewer: Viewer,
    facts: AccessFacts,
    now: datetime,
    choices: Choices = DEFAULT,
) -> Mapping[Right, Refusal]:
    """Return the rights that are closed to somebody, each with the first lock that closes it."""
    found: dict[Right, Refusal] = {}
    for lock, rights in _standing_in_the_way(viewer, facts, now, choices):
        if standing not in lock.spares:
            for right in rights:
                found.setdefault(right, lock.refusal)
    return found


def _standing_in_the_way(
    viewer: Viewer, facts: AccessFacts, now: datetime, choices: Choices
) -> Iterator[tuple[Lock, frozenset[Right]]]:
    """Yield the locks that are on, with what each closes, in the order of the gates.

    The level comes last: a better login opens nothing that is closed for another reason.
    """
    if facts.died_on is not None:
        yield DECEASED, DECEASED.rights
        if death.is_long_ago(facts.died_on, now, choices.read_after_death):
            yield LONG_DECEASED, LONG_DECEASED.rights
    if facts.is_reserved:
        yield RESERVED_TO_SELF, RESERVED_TO_SELF.rights
        yield RESERVED, RESERVED.rights
    if facts.has_consent is False:
        yield NO_CONSENT, NO_CONSENT.rights
    if facts.rules:
        yield from _set_by_rules(viewer, facts, now)
    if viewer.security_level < LEVEL:
        yield LOW_LEVEL, LOW_LEVEL.rights


def _set_by_rules(
    viewer: Viewer, facts: AccessFacts, now: datetime
) -> Iterator[tuple[Lock, frozenset[Right]]]:
    for rule in facts.holding(RuleKind.BLOCK, now):
        yield BLOCKED_TO_MACHINES, BLOCKED_TO_MACHINES.rights
        if is_blocked(rule, viewer):
            yield BLOCKED, BLOCKED.rights
    for rule in facts.holding(RuleKind.RESTRICTION, now):
        restricted = frozenset(filter(rule.restricts, RESTRICTED.rights))
        yield RESTRICTED, restricted - _opened(rule, viewer, facts, now)


def is_blocked(rule: AccessRule, viewer: Viewer) -> bool:
    """Tell whether a block names the viewer, or the supervisor whom a student works for."""
    if rule.hpr_number is None:
        return False
    supervisor = viewer.supervisor if viewer.is_student else None
    return rule.hpr_number in (viewer.hpr_number, supervisor)


def opened_for(viewer: Viewer, facts: AccessFacts, now: datetime) -> AccessRule | None:
    """Return what has opened restrictions for this person, where they work now: an emergency first.

    Of several consents the newest counts.
    """
    for kind in _OPENS:
        theirs = (rule for rule in facts.holding(kind, now) if is_theirs(rule, viewer))
        newest = max(theirs, key=lambda rule: rule.since, default=None)
        if newest is not None:
            return newest
    return None


def _opened(
    restriction: AccessRule, viewer: Viewer, facts: AccessFacts, now: datetime
) -> frozenset[Right]:
    """Return what of a restriction is open to this person, where they work now.

    The patient's consent opens what it is about, unless it was given before the restriction; an
    emergency what emergency access gives.
    """
    found: set[Right] = set()
    for rule in facts.holding(RuleKind.OPENED, now):
        if is_theirs(rule, viewer) and restriction.since <= rule.since:
            found |= rule.rights or RESTRICTED.rights
    if any(is_theirs(rule, viewer) for rule in facts.holding(RuleKind.EMERGENCY, now)):
        found |= _IN_EMERGENCY
    return frozenset(found)


_IN_EMERGENCY = frozenset(
    right for right, cell in CELLS[Standing.EMERGENCY].items() if cell.is_given
)


def is_theirs(rule: AccessRule, viewer: Viewer) -> bool:
    """Tell whether a rule is about this person of health personnel in this organisation."""
    theirs = (viewer.hpr_number, viewer.organisation)
    return None not in theirs and (rule.hpr_number, rule.organisation) == theirs
