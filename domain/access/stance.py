"""Who somebody is to a patient: the first question of every decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from msgspec.structs import replace

from domain.access import age, death
from domain.access.facts import AccessFacts, AddressRule, Choices
from domain.access.lock import is_theirs
from domain.access.relation import Basis, Relation
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind
from domain.access.standing import Standing
from domain.access.viewer import Viewer, ViewerRole
from domain.given_word import is_heard
from domain.identity_number import IdentityNumber
from domain.noun import Noun
from domain.refusal import Refusal


class Stance(Noun):
    """As what somebody stands before a patient, the tie it rests on, and what that tie gives.

    `granted` are the rights that a representation, a clinician's decision about a child, or the
    child's age gives. `was_parent` tells of next of kin that they are, or were, a parent too.
    """

    standing: Standing
    relation: Relation
    granted: frozenset[Right] = frozenset()
    was_parent: bool = False


Answer: TypeAlias = Stance | Refusal

_ORDER = {standing: place for place, standing in enumerate(Standing)}
_ALWAYS_SEEN = frozenset({Right.SEE_PATIENT, Right.PLAN_STATUS})
BREAKS_GLASS = "BTG"
_PURPOSES = frozenset({None, "TREAT", "ETREAT", "COC", BREAKS_GLASS})
_SKEW = timedelta(minutes=1)  # how far ahead of ours the clock of who attests may be


def stance_of(viewer: Viewer, facts: AccessFacts, choices: Choices, now: datetime) -> Answer:
    """Return who the viewer is to the patient, or why they are nobody. Shares are not looked at."""
    answer = _BY_ROLE[viewer.role](viewer, facts, choices, now)
    if facts.died_on is None or isinstance(answer, Refusal) or answer.relation.basis in death.TIES:
        return answer
    return Refusal.DECEASED


def _citizen(viewer: Viewer, facts: AccessFacts, choices: Choices, now: datetime) -> Answer:
    number = viewer.identity_number
    if number is None:
        return Refusal.NOT_REPRESENTATIVE
    if facts.is_of(number):
        return _own(facts, choices, now)
    answers = list(_as_representative(number, facts, choices, now))
    stances = [answer for answer in answers if isinstance(answer, Stance)]
    if stances:
        return min(stances, key=lambda stance: _ORDER[stance.standing])
    refusals = (answer for answer in answers if isinstance(answer, Refusal))
    return next(refusals, Refusal.NOT_REPRESENTATIVE)


def _own(facts: AccessFacts, choices: Choices, now: datetime) -> Answer:
    years = age.on(facts.birth_date, now)
    own = Relation(
        basis=Basis.OWN, origin="Egen plan", since=age.midnight(facts.birth_date, now.tzinfo)
    )
    if years >= age.OF_AGE:
        is_without = any(facts.holding(RuleKind.WITHOUT_CAPACITY, now))
        standing = Standing.WITHOUT_CAPACITY if is_without else Standing.PATIENT
        return Stance(standing=standing, relation=own)
    if years < choices.own_access_from or not any(facts.holding(RuleKind.OWN_ACCESS, now)):
        return Refusal.NO_OWN_ACCESS
    suitable = _newest(facts.holding(RuleKind.SUITABLE_FOR_YOUTH, now))
    granted = suitable.rights if suitable else frozenset()
    return Stance(standing=Standing.YOUTH, relation=own, granted=granted)


def _as_representative(
    number: IdentityNumber, facts: AccessFacts, choices: Choices, now: datetime
) -> Iterator[Answer]:
    """Yield what each tie makes of a person; who is protected neither represents nor is."""
    for tie in facts.ties(now):
        if tie.person_number != number.value:
            continue
        if tie.basis is Basis.PARENT or tie.basis in _REPRESENTS:
            if facts.is_address_protected or tie.is_protected:
                yield Refusal.ADDRESS_PROTECTED
            elif tie.basis is Basis.PARENT:
                yield _parent(tie, facts, choices, now)
            else:
                yield _by_mandate(tie, facts, now)


_REPRESENTS: Mapping[Basis, Standing] = {
    Basis.GUARDIAN: Standing.GUARDIAN,
    Basis.LASTING_POWER: Standing.GUARDIAN,
    Basis.POWER_OF_ATTORNEY: Standing.PROXY,
    Basis.ADVISER: Standing.ADVISER,
    Basis.NEXT_OF_KIN: Standing.NEXT_OF_KIN,
}


_OF_GROWN = frozenset({Basis.POWER_OF_ATTORNEY, Basis.NEXT_OF_KIN})
_ONLY_WHILE: Mapping[Basis, RuleKind] = {
    Basis.NEXT_OF_KIN: RuleKind.WITHOUT_CAPACITY,
    Basis.ADVISER: RuleKind.OWN_ACCESS_REFUSED,
}


def _by_mandate(tie: Relation, facts: AccessFacts, now: datetime) -> Answer:
    """Return what a mandate makes of somebody, while what it is for is so.

    A child gives no power of attorney; next of kin are informed of a grown patient who can't
    consent, and of one who has died; an adviser reads for a patient who is refused (pbrl. §§ 3-3
    and 5-1).
    """
    was_parent = tie.basis is Basis.NEXT_OF_KIN and facts.was_parent(tie.person_number)
    stance = Stance(
        standing=_REPRESENTS[tie.basis],
        relation=tie,
        granted=tie.rights,
        was_parent=was_parent,
    )
    if facts.died_on is not None:
        return stance
    if tie.basis in _OF_GROWN and age.on(facts.birth_date, now) < age.OF_AGE:
        return Refusal.NOT_REPRESENTATIVE
    needed = _ONLY_WHILE.get(tie.basis)
    if needed is not None and not any(facts.holding(needed, now)):
        return Refusal.NOT_REPRESENTATIVE
    return stance


def _parent(tie: Relation, facts: AccessFacts, choices: Choices, now: datetime) -> Answer:
    """Return what a parent is by the child's age on the day, and by who has the care."""
    years = age.on(facts.birth_date, now)
    if years >= age.MAJORITY:
        return Refusal.OVER_16
    of_age = age.midnight(age.birthday(facts.birth_date, age.OF_AGE), now.tzinfo)
    taken_over = _newest(facts.holding(RuleKind.CARE_TAKEN_OVER, now))
    if taken_over is not None:
        since = max(taken_over.since, of_age) if years >= age.OF_AGE else taken_over.since
        kept = _kept(tie, facts, now, since) or frozenset()
        return _limited(Standing.PARENT_WITHOUT_CARE, tie, kept, Refusal.CARE_TAKEN_OVER)
    if years >= age.OF_AGE:
        kept = _kept(tie, facts, now, of_age) or frozenset()
        return _limited(Standing.PARENT_16_17, tie, kept, Refusal.OVER_16)
    if not _is_let_in_by_address(tie, facts, choices, now):
        return Refusal.PARENT_ADDRESS
    if years < age.LIMITED:
        return Stance(standing=Standing.PARENT, relation=tie)
    decided = _kept(tie, facts, now)
    kept = choices.kept_by_default if decided is None else decided
    return _limited(Standing.PARENT_12_15, tie, kept, Refusal.PARENT_12_16)


def _limited(
    standing: Standing, tie: Relation, kept: frozenset[Right], otherwise: Refusal
) -> Answer:
    if not kept:
        return otherwise
    return Stance(standing=standing, relation=tie, granted=kept | _ALWAYS_SEEN)


def _kept(
    tie: Relation, facts: AccessFacts, now: datetime, decided_since: datetime | None = None
) -> frozenset[Right] | None:
    """Return what a clinician has decided that a parent keeps; None while nobody has decided.

    What is decided about this parent goes before what is decided about all. What was decided before
    `decided_since` no longer counts: it was about another situation.
    """
    decided = [
        rule
        for rule in facts.holding(RuleKind.KEPT_BY_PARENTS, now)
        if decided_since is None or rule.since >= decided_since
    ]
    rule = _newest(rule for rule in decided if rule.person_number == tie.person_number)
    rule = rule or _newest(rule for rule in decided if rule.person_number is None)
    return None if rule is None else rule.rights


def _is_let_in_by_address(
    tie: Relation, facts: AccessFacts, choices: Choices, now: datetime
) -> bool:
    if choices.address_rule is AddressRule.ONLY_THAT:
        return tie.lives_with_patient
    parents = (each for each in facts.ties(now) if each.basis is Basis.PARENT)
    return any(each.lives_with_patient for each in parents)


def _case_worker(viewer: Viewer, facts: AccessFacts, choices: Choices, now: datetime) -> Answer:
    """Return what a case worker is: of the service that has taken over the care, or nobody.

    The service stands in the parents' place, who decide nothing from 16.
    """
    for rule in facts.holding(RuleKind.CARE_TAKEN_OVER, now):
        if viewer.organisation is not None and rule.organisation == viewer.organisation:
            if age.on(facts.birth_date, now) >= age.OF_AGE:
                return Refusal.OVER_16
            tie = _of_rule(Basis.CHILD_WELFARE, rule, "Barneverntjenesten har omsorgen")
            tie = replace(tie, organisation_name=rule.person_name)
            return Stance(standing=Standing.CHILD_WELFARE, relation=tie)
    return Refusal.NO_CARE_RELATION


def _clinician(viewer: Viewer, facts: AccessFacts, choices: Choices, now: datetime) -> Answer:
    against = _against_token(viewer)
    if against is not None:
        return against
    tie = _care_relation(viewer, facts, now)
    emergency = _emergency(viewer, facts, now)
    if tie is not None and viewer.is_student:
        return Stance(standing=Standing.STUDENT, relation=tie)
    if tie is not None:
        is_restricted = any(facts.holding(RuleKind.RESTRICTION, now))
        # Then it is the emergency that opens what is seen, and so what the access rests on.
        rests_on = emergency if emergency is not None and is_restricted else tie
        granted = _HEARD if is_heard(age.on(facts.birth_date, now)) else frozenset[Right]()
        return Stance(standing=Standing.PERSONNEL, relation=rests_on, granted=granted)
    if emergency is not None:
        return Stance(standing=Standing.EMERGENCY, relation=emergency)
    return Refusal.NO_CARE_RELATION


# What child and parents say, and personnel who hear them write down.
_HEARD = frozenset({Right.AGREE})


def _against_token(viewer: Viewer) -> Refusal | None:
    """Return what stands against personnel as their token shows them, whoever the patient is."""
    if viewer.hpr_number is None:
        return Refusal.ROLE
    if viewer.purpose_of_use not in _PURPOSES:
        return Refusal.PURPOSE
    if viewer.is_student and viewer.supervisor is None:
        return Refusal.NO_SUPERVISOR
    return None


# What no share of the organisation's makes good.
FINAL = frozenset({Refusal.ROLE, Refusal.PURPOSE, Refusal.NO_SUPERVISOR})


def _emergency(viewer: Viewer, facts: AccessFacts, now: datetime) -> Relation | None:
    """Return the emergency access that somebody has opened; students open none."""
    if viewer.is_student:
        return None
    theirs = (rule for rule in facts.holding(RuleKind.EMERGENCY, now) if is_theirs(rule, viewer))
    rule = _newest(theirs)
    return None if rule is None else _of_rule(Basis.EMERGENCY, rule, "Nødtilgang")


def _care_relation(viewer: Viewer, facts: AccessFacts, now: datetime) -> Relation | None:
    """Return the tie of the unit that was chosen at login, else what that unit attests.

    Who breaks the glass attests no care relation: an emergency is opened, with a reason. A parent
    from whom something is hidden gives none by a share, since it opens the whole plan.
    """
    ties = [
        tie
        for tie in facts.ties(now)
        if tie.organisation is not None
        and tie.organisation == viewer.organisation
        and tie.is_care_relation
        and not any(facts.hidden_from_sharer(tie, now))
    ]
    if ties:
        return _nearest(viewer, ties)
    attest = viewer.attest
    if attest is None or viewer.organisation is None or viewer.purpose_of_use == BREAKS_GLASS:
        return None
    is_in_time = attest.at <= now + _SKEW and now < viewer.expires_at
    if not is_in_time or not facts.is_of(attest.patient_number):
        return None
    return Relation(
        basis=Basis.ATTEST,
        origin=attest.decision_text or "Attestert tjenstlig behov",
        since=attest.at,
        until=viewer.expires_at,
    )


def _nearest(viewer: Viewer, ties: Sequence[Relation]) -> Relation:
    """Return the tie that an access is said to rest on: the viewer's own, or else their unit's.

    A colleague's membership opens the plan for the whole unit, and is told as the unit's.
    """
    own = viewer.hpr_number
    for tie in ties:
        if own is not None and tie.hpr_number == own:
            return tie
    first = ties[0]
    if first.basis is not Basis.CARE_TEAM or first.organisation_name is None:
        return first
    return replace(first, origin=f"Behandlingsteam: {first.organisation_name}")


def _machine(viewer: Viewer, facts: AccessFacts, choices: Choices, now: datetime) -> Answer:
    """Return what the unit's machine is with nobody logged in; what is shared goes before it."""
    ties = (tie for tie in facts.ties(now) if tie.organisation is not None)
    for tie in ties:
        is_of_unit = tie.basis is not Basis.SHARE and tie.is_care_relation
        if is_of_unit and tie.organisation == viewer.organisation:
            return Stance(standing=Standing.SYSTEM, relation=tie)
    return Refusal.NO_CARE_RELATION


def _nobody(viewer: Viewer, facts: AccessFacts, choices: Choices, now: datetime) -> Answer:
    return Refusal.NO_CARE_RELATION


def _officer(viewer: Viewer, facts: AccessFacts, choices: Choices, now: datetime) -> Answer:
    return Refusal.ROLE


_BY_ROLE: Mapping[ViewerRole, Callable[[Viewer, AccessFacts, Choices, datetime], Answer]] = {
    ViewerRole.CITIZEN: _citizen,
    ViewerRole.CLINICIAN: _clinician,
    ViewerRole.CASE_WORKER: _case_worker,
    ViewerRole.PRIVACY_OFFICER: _officer,
    ViewerRole.RECIPIENT: _nobody,
    ViewerRole.VENDOR: _machine,
}


def _of_rule(basis: Basis, rule: AccessRule, origin: str) -> Relation:
    return Relation(
        basis=basis,
        origin=origin,
        since=rule.since,
        until=rule.until,
        organisation=rule.organisation,
        organisation_name=rule.set_by.organisation,
    )


def _newest(rules: Iterable[AccessRule]) -> AccessRule | None:
    return max(rules, key=lambda rule: rule.since, default=None)
