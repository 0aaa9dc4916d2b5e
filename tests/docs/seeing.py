"""Who sees which fields of a plan, found by asking the graph for all of them in each role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, NamedTuple

import msgspec
from graphql import GraphQLError, GraphQLObjectType, get_named_type, is_abstract_type
from msgspec.structs import replace

from domain.access.patient import Patient, PatientRecord
from domain.access.relation import Basis, Relation
from domain.access.subject import Gender
from domain.access.viewer import Viewer
from domain.author import Author
from domain.cooperation.handover import Handover, Move
from domain.errors import NotPermitted
from domain.plan.approval import Agreement, AgreementState
from domain.plan.draft import Draft, DraftState
from domain.plan.part import Lifecycle, Plan, PlanKind, PlanPart
from domain.plan.sharing import ShareScope
from domain.plan.version import PlanVersion
from schema import schema
from tests.builders import (
    CHILD_NUMBER,
    HOSPITAL,
    NOW,
    OTHER_HOSPITAL,
    a_citizen,
    a_clinician,
    a_number,
    a_recipient,
    a_relation,
    a_vendor,
)
from tests.contents import a_content
from tests.docs.graph import BEYOND, GRAPH, OBJECTS
from tests.resolvers.fakes import a_context

Field = tuple[str, str]

_PATIENT = "pat_0195bb24-0000-7000-8000-000000000001"
_PLAN = "pln_0195bb24-0000-7000-8000-000000000002"
_PART = "prt_0195bb24-0000-7000-8000-000000000003"
# Nora has no access of her own before she is 13; whoever else asks, asks about a child of 11.
_AN_ADULT_S, _A_CHILD_S = date(2009, 1, 20), date(2015, 1, 20)
_INGRID = Author(name="Ingrid Haugen")
_SHARE = "shr_0195bb24-0000-7000-8000-000000000006"
# Outside health care nobody is given more than these; each share has some of them.
_PIECES = (ShareScope.ZONE_SHEET, ShareScope.ROUTINES, ShareScope.CONTACTS)
_VIEWERS: dict[str, tuple[Viewer, Relation | None]] = {
    "pasient": (a_citizen(CHILD_NUMBER), None),
    "forelder": (a_citizen(), a_relation(Basis.PARENT)),
    "helsepersonell": (a_clinician(), a_relation()),
    "mottaker av deling": (
        a_recipient(_SHARE),
        a_relation(Basis.SHARE, part_id=_PART, share_id=_SHARE, scopes=_PIECES),
    ),
    "leverandør": (
        a_vendor(),
        a_relation(Basis.SHARE, part_id=_PART, scopes=(ShareScope.WHOLE_PART,)),
    ),
}
WHO = tuple(_VIEWERS)
_PATIENT_ROLE = WHO[0]


async def seen() -> dict[Field, list[str]]:
    """Return the roles that see each field, in the order of WHO.

    A field that holds others hides them with it: who sees a type is who sees a field that leads
    to it. A field is hidden when it is refused, or says nothing where the patient is told
    something.
    """
    answers = {role: await _asked(*asks) for role, asks in _VIEWERS.items()}
    known = answers[_PATIENT_ROLE].told
    sees: dict[Field, list[str]] = {}
    for role in WHO:
        for field in _open_to(answers[role].refused | (known - answers[role].told)):
            sees.setdefault(field, []).append(role)
    return sees


class _Answer(NamedTuple):
    """What a role was refused, and the fields that told it something."""

    refused: set[Field]
    told: set[Field]


async def _asked(viewer: Viewer, relation: Relation | None) -> _Answer:
    ctx = a_context(viewer=viewer, store=_Store(_record(relation)))
    query = f'{{ plan(id: "{_PLAN}") {_selection("Plan", ())} }}'
    answer = await schema.execute(query, context_value=ctx)
    assert answer.data, answer.errors
    errors: Sequence[GraphQLError] = answer.errors or ()
    assert all(isinstance(e.original_error, NotPermitted) for e in errors), errors
    refused = {_field(e) for e in errors}
    return _Answer(refused, set(_told("Plan", answer.data["plan"])))


def _told(name: str, answer: Any) -> Iterator[Field]:
    """Give the fields of a type, and of those it leads to, that say something."""
    if isinstance(answer, list):
        for each in answer:
            yield from _told(name, each)
    elif isinstance(answer, dict) and name in OBJECTS:
        for field, value in answer.items():
            if value not in (None, []):
                yield name, field
                yield from _told(get_named_type(OBJECTS[name].fields[field].type).name, value)


def _open_to(refused: set[Field]) -> Iterator[Field]:
    """Give the fields that can be reached from the plan without going through a refused one."""
    waiting, known = ["Plan"], {BEYOND}
    while waiting:
        name = waiting.pop()
        if name in known:
            continue
        known.add(name)
        for field, of in OBJECTS[name].fields.items():
            if (name, field) not in refused:
                yield name, field
                waiting += [each for each in _leads_to(of.type) if each in OBJECTS]


def _leads_to(of: Any) -> list[str]:
    named = get_named_type(of)
    if is_abstract_type(named):
        return [each.name for each in GRAPH.get_possible_types(named)]
    return [named.name]


def _selection(name: str, above: tuple[str, ...]) -> str:
    """Ask for all of a type's fields, to the leaves."""
    fields = OBJECTS[name].fields.items()
    asked = (f"{field} {_inner(of.type, (*above, name))}" for field, of in fields)
    return f"{{ {' '.join(asked)} }}"


def _inner(of: Any, above: tuple[str, ...]) -> str:
    named = get_named_type(of)
    if isinstance(named, GraphQLObjectType) and named.name in OBJECTS and named.name not in above:
        return _selection(named.name, above)
    is_leaf = not isinstance(named, GraphQLObjectType) and not is_abstract_type(named)
    return "" if is_leaf else "{ __typename }"


def _field(error: GraphQLError) -> Field:
    """Return the type and field that an error's path ends in."""
    names = [step for step in error.path or () if isinstance(step, str)][1:]
    name = "Plan"
    for field in names[:-1]:
        name = get_named_type(OBJECTS[name].fields[field].type).name
    return name, names[-1]


class _Store:
    """The plan of one patient; of all else there is nothing."""

    def __init__(self, record: PatientRecord) -> None:
        self._record = record
        self.template = SimpleNamespace(by_id=lambda *_: None)
        self.unseen = SimpleNamespace(traces=_nothing)
        self.version = SimpleNamespace(
            of_part=self._versions, of_draft=self._versions, by_numbers=_nothing
        )
        self.draft = SimpleNamespace(by_parts=self._drafts)
        self.handover = SimpleNamespace(by_patients=self._handovers)
        self.patient = SimpleNamespace(
            by_plan_id=self._found, by_part_id=self._found, by_ids=self._all
        )

    def __getattr__(self, name: str) -> Any:
        return SimpleNamespace(
            by_parts=_nothing, pages=_nothing, by_questions=_nothing, by_entries=_nothing
        )

    async def _found(self, id: str) -> PatientRecord:
        return self._record

    async def _all(self, ids: Sequence[str]) -> list[PatientRecord]:
        return [self._record for _ in ids]

    async def _versions(self, *_: object) -> list[PlanVersion]:
        return [_VERSION]

    async def _drafts(self, keys: Sequence[object]) -> list[list[Draft]]:
        return [[_DRAFT] for _ in keys]

    async def _handovers(self, ids: Sequence[str]) -> list[list[Handover]]:
        return [[_MOVED, _HANDED_OVER] for _ in ids]


async def _nothing(keys: Sequence[object]) -> list[list[object]]:
    return [[] for _ in keys]


def _record(relation: Relation | None) -> PatientRecord:
    patient = Patient(
        id=_PATIENT,
        given_name="Nora",
        family_name="Fjell",
        birth_date=_A_CHILD_S if relation else _AN_ADULT_S,
        gender=Gender.FEMALE,
        identity_numbers=(a_number(),),
    )
    relations = (relation,) if relation else ()
    return PatientRecord(patient=patient, relations=relations, plan=msgspec.Raw(_ENCODED))


_VERSION = PlanVersion(
    patient_id=_PATIENT,
    part_id=_PART,
    number=1,
    head_version=1,
    content=a_content(),
    author=_INGRID,
    created_at=NOW,
)
_DRAFT = Draft(
    id="drf_0195bb24-0000-7000-8000-000000000004",
    patient_id=_PATIENT,
    part_id=_PART,
    state=DraftState.OPEN,
    version=1,
    content_version=1,
    based_on=1,
    content=a_content(),
    author=_INGRID,
    created_at=NOW,
    updated_at=NOW,
    updated_by=_INGRID,
)
_AGREEMENT = Agreement(
    id="agr_0195bb24-0000-7000-8000-000000000005",
    patient_id=_PATIENT,
    part_id=_PART,
    person="Kari Fjell",
    relation="Mor",
    state=AgreementState.AGREES,
    content_version=1,
    at=NOW,
)
# Two, since a parent is told of the one and not of the other.
_HANDED_OVER = Handover(
    id="hnd_0195bb24-0000-7000-8000-000000000007",
    patient_id=_PATIENT,
    part_ids=(_PART,),
    from_organisation=HOSPITAL,
    to_organisation=OTHER_HOSPITAL,
    reason="Utskrivning",
    open_actions=(),
    opened_by=_INGRID,
    opened_at=NOW,
)
_MOVED = replace(
    _HANDED_OVER,
    move=Move(municipality_number="1103", municipality_name="Stavanger", moved_on=NOW.date()),
)
_ENCODED = msgspec.json.encode(
    Plan(
        id=_PLAN,
        patient_id=_PATIENT,
        parts=(
            PlanPart(
                id=_PART,
                patient_id=_PATIENT,
                kind=PlanKind.EGENBEHANDLINGSPLAN,
                lifecycle=Lifecycle.ACTIVE,
                version=1,
                content_version=1,
                responsible=_INGRID,
                updated_at=NOW,
                updated_by=_INGRID,
                content=a_content(),
                agreements=(_AGREEMENT,),
            ),
        ),
    )
)
