"""Every operation, asked of the policy and of the second statement, on every kind of plan part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from domain.access.decision import Access, oversight
from domain.access.permission import refusal
from domain.access.viewer import Viewer
from domain.author import Author
from domain.operation import Operation
from domain.plan.care_team import CareTeamFunction, TeamMember
from domain.plan.part import Lifecycle, Plan, PlanKind, PlanPart
from tests.policy import real
from tests.policy.case import Case
from tests.policy.cases import CHILD, DIED, GROWN, LOCKS, RULES, YOUTH, case
from tests.policy.people import ELSEWHERE, EVERYBODY, INGRID, LONG_AGO, PER, WARD
from tests.policy.place import Place, place
from tests.policy.statement import Ask, asked, sees_others_reports

SOMEBODY_ELSE = Author(name="Per", hpr_number=PER, organisation_number=ELSEWHERE)


@dataclass(frozen=True)
class Target:
    """What an operation is done to, and in plain words what the one at the ward is to it."""

    name: str
    plan: Plan | None
    part: PlanPart | None
    person: str | None = None
    unit: str | None = None
    coordinates: str | None = None
    is_living_plan: bool = True


def _part(responsible: Author = SOMEBODY_ELSE, **more: object) -> PlanPart:
    known: dict[str, object] = {"id": "prt_1", "lifecycle": Lifecycle.ACTIVE} | more
    return PlanPart(
        patient_id="pat_1",
        kind=PlanKind.EGENBEHANDLINGSPLAN,
        version=1,
        content_version=1,
        responsible=responsible,
        updated_at=LONG_AGO,
        updated_by=responsible,
        **known,  # type: ignore[arg-type]  # two fields of known types
    )


def _plan(part: PlanPart, *functions: CareTeamFunction, unit: str | None = WARD) -> Plan:
    member = TeamMember(
        id="mbr_1",
        patient_id="pat_1",
        version=1,
        name="Siri",
        since=LONG_AGO,
        functions=functions,
        organisation_number=unit,
    )
    return Plan(id="pln_1", patient_id="pat_1", parts=(part,), care_team=(member,))


OF_THE_WARD = Author(name="Ingrid", hpr_number=PER, organisation_number=WARD)
OF_INGRID = Author(name="Ingrid", hpr_number=INGRID, organisation_number=ELSEWHERE)
OF_NOBODY = Author(name="Ukjent")
COORDINATING = tuple(
    CareTeamFunction[name] for name in ("PLAN_RESPONSIBLE", "COORDINATOR", "CHILD_COORDINATOR")
)
TAKING_PART = tuple(set(CareTeamFunction) - set(COORDINATING))


def _targets() -> Iterator[Target]:
    yield Target("no plan", None, None)
    for name, who, person, unit in (
        ("another's part", SOMEBODY_ELSE, PER, ELSEWHERE),
        ("the unit's part", OF_THE_WARD, PER, WARD),
        ("one's own part", OF_INGRID, INGRID, ELSEWHERE),
        ("nobody's part", OF_NOBODY, None, None),
    ):
        part = _part(who)
        yield Target(name, _plan(part), part, person, unit)
        yield Target(f"the whole plan with {name}", _plan(part), None, person, unit)
    ended = _part(OF_INGRID, lifecycle=Lifecycle.COMPLETED)
    yield Target("a plan that has ended", _plan(ended), None, is_living_plan=False)
    other = _part(id="prt_2")
    yield Target("a part that isn't shared", _plan(other), other, PER, ELSEWHERE)
    for function in COORDINATING:
        part = _part()
        yield Target(function.name, _plan(part, function), part, PER, ELSEWHERE, WARD)
    part = _part()
    yield Target("of the team", _plan(part, *TAKING_PART), part, PER, ELSEWHERE)
    yield Target("a team of no unit", _plan(part, *COORDINATING, unit=None), part, PER, ELSEWHERE)


TARGETS: Sequence[Target] = tuple(_targets())


def cases() -> Iterable[Case]:
    """Return everybody, grown and young, under a few rules and locks, each place but once."""
    found: dict[object, Case] = {}
    for each in _all_cases():
        where = place(each)
        asker = each.asker if where.column else None
        locks = frozenset(note for note in each.counting if note.kind in LOCKING)
        key = (where, asker, each.is_reserved, each.has_consent, locks, each.died)
        found.setdefault(key, each)
    return found.values()


LOCKING = ("BLOCK", "RESTRICTION", "OPENED", "EMERGENCY")


def _all_cases() -> Iterator[Case]:
    for person, day in product(EVERYBODY.values(), (CHILD, YOUTH, GROWN)):
        for rules in (RULES[0], RULES[3], RULES[12]):
            yield case(person, day, notes=rules)
    for person, lock in product(EVERYBODY.values(), LOCKS[::41]):
        yield case(person, GROWN, **lock)
    for person, day, died in product(EVERYBODY.values(), (CHILD, GROWN), DIED[::3]):
        yield case(person, day, died=died)


def stated(asks: Case, target: Target) -> Ask:
    """Return what the statement is told of the target."""
    asker = asks.asker
    is_person = asker.hpr is not None and asker.hpr == target.person
    is_unit = asker.unit is not None and asker.unit == target.unit
    is_theirs = target.is_living_plan and (is_person or is_unit)
    of_part = target.part is not None
    coordinates = asker.unit is not None and asker.unit == target.coordinates
    return Ask(
        answers_for=is_theirs and of_part,
        coordinates=coordinates or (is_theirs and not of_part),
        has_whole_share=target.part is not None
        and target.part.id == "prt_1"
        and _has_whole_share(asks),
    )


def _has_whole_share(asks: Case) -> bool:
    return any(tie.kind == "SHARE" and tie.is_whole for tie in asks.ties)


@dataclass(frozen=True, eq=False)
class Asked:
    """Everything that an operation is decided by, but for which one it is."""

    case: Case
    where: Place
    viewer: Viewer
    access: Access
    target: Target

    @cached_property
    def stated(self) -> Mapping[Operation, str | None]:
        """What the statement says of each operation."""
        ask = stated(self.case, self.target)
        return {each: asked(self.case, self.where, ask, each.name) for each in Operation}


def every_asked() -> Iterator[Asked]:
    """Yield everybody and every target."""
    officer = case(EVERYBODY["the privacy officer"], GROWN)
    overseen = (officer, Place("PVO"), oversight(real.viewer(officer), officer.now))
    decided = ((each, place(each), real.ask(each)) for each in cases())
    for asks, where, access in (overseen, *decided):
        viewer = real.viewer(asks)
        for target in TARGETS:
            yield Asked(asks, where, viewer, access, target)


def differences() -> Counter[str]:
    """Return every kind of difference about operations, with how many have it."""
    return Counter(line for each in every_asked() for line in difference_of(each))


def difference_of(each: Asked) -> Iterator[str]:
    """Yield where the policy and the statement differ about what is done to one target."""
    asks, where, target = each.case, each.where, each.target
    column = where.column or "nobody"
    sees = each.access.sees_report("somebody-else", each.viewer)
    if sees != sees_others_reports(asks, where):
        yield f"{column}: sees other reports than stated"
    for operation, theirs in each.stated.items():
        found = refusal(operation, each.viewer, each.access, target.plan, target.part)
        code = None if found is None else found.name
        if code != theirs:
            said = f"{code or 'given'}, stated {theirs or 'given'}"
            yield f"{column} {operation.name} on {target.name}: {said}"
