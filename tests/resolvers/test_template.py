from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from domain.access.patient import Patient, PatientRecord
from domain.access.subject import Gender
from domain.access.viewer import Viewer
from domain.author import Author
from domain.errors import NotFound, NotPermitted
from domain.plan import template as rules
from domain.plan.part import Lifecycle, Plan, PlanKind, PlanPart
from domain.plan.template import TemplateStatus
from resolvers import access, template
from resolvers.context import Context
from store.template import TemplateStore
from tests.builders import NOW, a_citizen, a_relation, a_vendor
from tests.resolvers.fakes import Records, a_context
from tests.templates import CONTENT, TEMPLATE

RETIRED = replace(TEMPLATE, id="old", status=TemplateStatus.RETIRED)
NURSE = Author(name="Kari Moe", role="SP")
PART = PlanPart(
    id="prt_1",
    patient_id="pat_1",
    kind=PlanKind.EGENBEHANDLINGSPLAN,
    lifecycle=Lifecycle.ACTIVE,
    version=1,
    content_version=1,
    content=CONTENT,
    responsible=NURSE,
    updated_at=NOW,
    updated_by=NURSE,
)


def a_record(*parts: PlanPart, born: date = date(1950, 1, 1)) -> PatientRecord:
    plan = Plan(id="pln_1", patient_id="pat_1", parts=parts) if parts else None
    return PatientRecord(
        patient=Patient(
            id="pat_1",
            given_name="Arne",
            family_name="Fjell",
            birth_date=born,
            gender=Gender.MALE,
        ),
        relations=(a_relation(),),
        plan=msgspec.Raw(msgspec.json.encode(plan)),
    )


def context(*records: PatientRecord, viewer: Viewer | None = None) -> Context:
    store: Any = SimpleNamespace(
        patient=Records(*records),
        comment=SimpleNamespace(by_parts=None),
        comparison=SimpleNamespace(by_parts=None),
        suggestion=SimpleNamespace(by_parts=None),
        draft=SimpleNamespace(by_parts=None),
        handover=SimpleNamespace(by_patients=None),
        review=SimpleNamespace(by_parts=None),
        version=SimpleNamespace(by_numbers=None),
        report=SimpleNamespace(pages=None),
        measurement=SimpleNamespace(by_questions=None),
        log=SimpleNamespace(by_entries=None),
        unseen=SimpleNamespace(traces=None),
        template=TemplateStore([TEMPLATE, RETIRED]),
    )
    made = a_context(viewer=viewer, store=store)
    for record in records:
        access.of_record(made, record)
    return made


def test_templates_in_use_are_listed_by_kind() -> None:
    assert template.all_templates(context()) == [TEMPLATE]
    assert template.all_templates(context(), PlanKind.EGENBEHANDLINGSPLAN) == [TEMPLATE]
    assert template.all_templates(context(), PlanKind.KRISEPLAN) == []


def test_a_template_is_found_by_id_and_version_also_when_retired() -> None:
    assert template.by_id(context(), "kols") == TEMPLATE
    assert template.by_id(context(), "kols", 3) == TEMPLATE
    assert template.by_id(context(), "old") == RETIRED


@pytest.mark.parametrize(("id", "version"), [("kols", 4), ("astma", None), ("", None)])
def test_an_unknown_template_is_not_found(id: str, version: int | None) -> None:
    with pytest.raises(NotFound):
        template.by_id(context(), id, version)


@pytest.mark.parametrize("viewer", [a_citizen(), a_vendor()], ids=["citizen", "vendor"])
async def test_templates_are_for_health_personnel(viewer: Viewer) -> None:
    with pytest.raises(NotPermitted):
        template.all_templates(context(viewer=viewer))
    with pytest.raises(NotPermitted):
        template.by_id(context(viewer=viewer), "kols")
    with pytest.raises(NotPermitted):
        await template.suggested_for(context(viewer=viewer), a_record(PART).patient)


async def test_a_template_is_suggested_for_a_problem_in_the_plan() -> None:
    record = a_record(PART)
    assert await template.suggested_for(context(record), record.patient) == [TEMPLATE]


@pytest.mark.parametrize("record", [a_record(), a_record(PART, born=date(2015, 1, 20))])
async def test_nothing_is_suggested_without_a_plan_or_at_another_age(record: PatientRecord) -> None:
    assert await template.suggested_for(context(record), record.patient) == []


def test_what_is_unread_is_told_against_the_version_it_began_as() -> None:
    applied = rules.apply(TEMPLATE)
    unread = template.unread_lines(context(), applied)
    assert unread == rules.unread_lines(CONTENT, applied)
    assert unread


def test_what_never_was_a_template_has_no_unread_lines() -> None:
    assert template.unread_lines(context(), CONTENT) == ()


def test_nobody_can_say_what_is_unread_of_an_unknown_template() -> None:
    unknown = rules.apply(replace(TEMPLATE, version=4))
    assert template.unread_lines(context(), unknown) is None
