"""That the graph refuses exactly what the policy's table of fields says, and says why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

import msgspec
import pytest
from graphql import GraphQLObjectType, GraphQLSchema, get_named_type, is_leaf_type

from domain.access.guard import GUARDS
from domain.access.patient import Patient, PatientRecord
from domain.access.relation import Basis, Relation
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind
from domain.access.subject import Gender
from domain.access.viewer import Viewer
from domain.author import Author
from domain.errors import NotPermitted
from domain.plan.part import Plan
from domain.plan.sharing import ShareScope
from schema import schema
from tests.builders import (
    CHILD_NUMBER,
    NOW,
    PARENT_NUMBER,
    a_citizen,
    a_clinician,
    a_number,
    a_recipient,
    a_relation,
    a_vendor,
)
from tests.domain.parts import a_part
from tests.schema.emptiness import empty_context

GRAPH = cast("GraphQLSchema", schema._schema)
PATIENT = "pat_0195bb24-0000-7000-8000-000000000001"
PART = "prt_0195bb24-0000-7000-8000-000000000003"
SHARE = "shr_0195bb24-0000-7000-8000-000000000006"
PIECES = (ShareScope.ZONE_SHEET, ShareScope.ROUTINES)
CHILD, OF_14, GROWN = date(2015, 1, 20), date(2012, 1, 20), date(1980, 1, 20)


def a_proxy(*rights: Right, **changes: Any) -> Relation:
    known: dict[str, Any] = {"person_number": PARENT_NUMBER, "rights": frozenset(rights)}
    return a_relation(Basis.POWER_OF_ATTORNEY, **known | changes)


def a_restriction(*rights: Right) -> AccessRule:
    return AccessRule(
        id="rul_1",
        patient_id=PATIENT,
        version=1,
        kind=RuleKind.RESTRICTION,
        set_by=Author(name="Kari"),
        since=NOW - timedelta(days=1),
        rights=frozenset(rights),
    )


def a_record(
    *relations: Relation, born: date = CHILD, died: date | None = None, **changes: Any
) -> PatientRecord:
    patient = Patient(
        id=PATIENT,
        given_name="Nora",
        family_name="Fjell",
        birth_date=born,
        gender=Gender.FEMALE,
        identity_numbers=(a_number(),),
        died_on=died,
    )
    part = a_part(PART, patient_id=PATIENT, change_comment="Ny", reason="Derfor")
    plan = Plan(id="pln_1", patient_id=PATIENT, parts=(part,))
    encoded = msgspec.Raw(msgspec.json.encode(plan))
    return PatientRecord(patient=patient, relations=relations, plan=encoded, **changes)


CARE, PARENT = a_relation(), a_relation(Basis.PARENT)
CASES: dict[str, tuple[Viewer, PatientRecord]] = {
    "personnel": (a_clinician(), a_record(CARE)),
    "personnel at level 3": (a_clinician(security_level=3), a_record(CARE)),
    "personnel without consent": (a_clinician(), a_record(CARE, has_consent=False)),
    "personnel, all restricted": (a_clinician(), a_record(CARE, rules=(a_restriction(),))),
    "personnel, reports restricted": (
        a_clinician(),
        a_record(CARE, rules=(a_restriction(Right.READ_REPORTS),)),
    ),
    "personnel after a death": (a_clinician(), a_record(CARE, died=date(2026, 11, 1))),
    "next of kin": (
        a_citizen(),
        a_record(
            a_relation(Basis.NEXT_OF_KIN, person_number=PARENT_NUMBER), died=date(2026, 11, 1)
        ),
    ),
    "student": (a_clinician(is_student=True, supervisor="Omar"), a_record(CARE)),
    "patient": (a_citizen(CHILD_NUMBER), a_record(born=GROWN)),
    "parent": (a_citizen(), a_record(PARENT)),
    "parent of 14": (a_citizen(), a_record(PARENT, born=OF_14)),
    "proxy for the log": (
        a_citizen(),
        a_record(a_proxy(Right.READ_LOG, Right.PLAN_STATUS), born=GROWN),
    ),
    "proxy for the plan": (
        a_citizen(),
        a_record(a_proxy(Right.PLAN_STATUS, Right.READ_ZONES, Right.READ_PLAN), born=GROWN),
    ),
    "recipient": (
        a_recipient(SHARE),
        a_record(
            a_relation(Basis.SHARE, part_id=PART, share_id=SHARE, scopes=PIECES, organisation=None)
        ),
    ),
    "vendor": (
        a_vendor(),
        a_record(a_relation(Basis.SHARE, part_id=PART, scopes=(ShareScope.WHOLE_PART,))),
    ),
}


def test_every_field_of_a_patient_a_plan_and_a_part_has_a_guard_and_no_other_has() -> None:
    fields = {
        f"{name}.{field}"
        for name in ("Patient", "Plan", "PlanPart")
        for field in cast("GraphQLObjectType", GRAPH.type_map[name]).fields
    }
    assert set(GUARDS) == fields


@pytest.mark.parametrize("case", CASES)
async def test_a_field_is_refused_by_its_guard_alone(case: str) -> None:
    viewer, record = CASES[case]
    refused = await _refused(viewer, record)
    for name in GUARDS:
        told = await _explained(viewer, record, name)
        given = told["outcome"] in ("ALLOW", "MASK")
        if name in _SECTIONS or name == "PlanPart.content":
            continue  # withheld, never refused
        if _is_reached(name, refused):
            assert (name not in refused) is given, (name, told)
        if name in refused:
            assert refused[name] == (told["reason"], told["canBeOpenedBy"]), name


@pytest.mark.parametrize("case", CASES)
async def test_a_section_is_withheld_where_the_explanation_says_so(case: str) -> None:
    viewer, record = CASES[case]
    selected = " ".join(f"{_field(name)} {{ state }}" for name in _SECTIONS)
    ctx = empty_context(viewer, record)
    answer = await schema.execute(
        f'{{ patient(id: "{PATIENT}") {{ {selected} }} }}', context_value=ctx
    )
    assert answer.errors is None
    assert answer.data
    for name in _SECTIONS:
        told = await _explained(viewer, record, name)
        is_withheld = answer.data["patient"][_field(name)]["state"] == "WITHHELD"
        assert is_withheld is (told["outcome"] in ("WITHHOLD", "DENY")), name


@pytest.mark.parametrize("case", CASES)
async def test_what_a_part_says_is_cut_as_the_explanation_says(case: str) -> None:
    viewer, record = CASES[case]
    query = f'{{ patient(id: "{PATIENT}") {{ plan {{ parts {{ content {{ title }} }} }} }} }}'
    answer = await schema.execute(query, context_value=empty_context(viewer, record))
    outcome = (await _explained(viewer, record, "PlanPart.content"))["outcome"]
    plan = (answer.data or {})["patient"]["plan"]
    if plan is None:
        assert outcome in ("WITHHOLD", "DENY")
        return
    content = plan["parts"][0]["content"]
    assert (content is None) is (outcome in ("WITHHOLD", "DENY"))
    if outcome == "ALLOW":
        assert content["title"]


_SECTIONS = (
    "Patient.medications",
    "Patient.criticalInfo",
    "Patient.appointments",
    "Patient.careTeam",
    "Patient.documents",
)
# What is reached through a field is not told of where that is refused.
_THROUGH = {"Plan": "Patient.plan", "PlanPart": "Patient.plan"}


def _is_reached(name: str, refused: dict[str, Any]) -> bool:
    return _THROUGH.get(name.split(".", maxsplit=1)[0]) not in refused


async def _refused(viewer: Viewer, record: PatientRecord) -> dict[str, tuple[str, list[str]]]:
    ctx = empty_context(viewer, record)
    answer = await schema.execute(QUERY, context_value=ctx)
    assert answer.data, answer.errors
    found: dict[str, tuple[str, list[str]]] = {}
    for error in answer.errors or ():
        cause = error.original_error
        assert isinstance(cause, NotPermitted), (error, cause)
        assert cause.reason
        found[_named(error.path or ())] = (cause.reason, list(cause.opened_by))
    return found


def _named(path: Sequence[str | int]) -> str:
    steps = [step for step in path if isinstance(step, str)]
    kind = {2: "Patient", 3: "Plan", 4: "PlanPart"}[len(steps)]
    return f"{kind}.{steps[-1]}"


async def _explained(viewer: Viewer, record: PatientRecord, field: str) -> dict[str, Any]:
    query = f"""{{ explainAccess(patientId: "{PATIENT}", field: "{field}") {{
      explanations {{ outcome reason canBeOpenedBy }} }} }}"""
    answer = await schema.execute(query, context_value=empty_context(viewer, record))
    assert answer.data, answer.errors
    [told] = answer.data["explainAccess"]["explanations"]
    return cast("dict[str, Any]", told)


def _field(name: str) -> str:
    return name.split(".")[1]


def _asked(of: str, leaving: Sequence[str] = ()) -> str:
    """Ask for every field of a type, as little as can be of each."""
    fields = cast("GraphQLObjectType", GRAPH.type_map[of]).fields
    return " ".join(
        f"{name}{_ARGUMENTS.get(name, '')}"
        f"{'' if is_leaf_type(get_named_type(field.type)) else ' { __typename }'}"
        for name, field in fields.items()
        if name not in leaving
    )


_ARGUMENTS = {
    "differences": "(since: 0, until: 0)",
    "series": '(observable: PEAK_FLOW, since: "2026-11-01T00:00:00Z", '
    'until: "2026-11-22T00:00:00Z")',
}
_OF_PART = _asked("PlanPart", ["content"])
_OF_PLAN = f"{_asked('Plan', ['parts'])} parts {{ {_OF_PART} }}"
_OF_PATIENT = _asked("Patient", [*map(_field, _SECTIONS), "plan"])
QUERY = f'{{ patient(id: "{PATIENT}") {{ {_OF_PATIENT} plan {{ {_OF_PLAN} }} }} }}'
