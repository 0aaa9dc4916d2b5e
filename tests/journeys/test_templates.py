from __future__ import annotations

import pytest

from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import nora

OF_KIND = "query ($kind: PlanKind) { templates(kind: $kind) { id version kind title } }"
WHOLE = """query ($id: ID!, $version: Int) { template(id: $id, version: $version) {
  title description forProblems { system code } minAge maxAge publishedOn status
  content {
    whatMattersToMe template { templateId } unreadTemplateLines
    passages { heading text } goals { description expressedBy } actions { title category owner }
    selfCare { zones { level condition contact whenToCall thresholds { low high isExample } } }
    contacts { label phone }
  }
} }"""


async def test_a_clinician_finds_the_templates_of_a_kind(stack: Stack) -> None:
    answer = await stack.ask("clinician", OF_KIND, kind="EGENBEHANDLINGSPLAN")
    found = answer["data"]["templates"]
    assert {each["id"] for each in found} >= {"kols", "hjertesvikt", "astma_barn", "diabetes1_barn"}
    assert {each["kind"] for each in found} == {"EGENBEHANDLINGSPLAN"}


async def test_a_clinician_finds_all_templates(stack: Stack) -> None:
    found = (await stack.ask("clinician", OF_KIND))["data"]["templates"]
    assert {each["kind"] for each in found} >= {
        *("EGENBEHANDLINGSPLAN", "KRISEPLAN", "BARN_BEREDSKAP_LIVSKVALITET", "INDIVIDUELL_PLAN"),
    }


async def test_a_template_shows_its_limits_as_examples(stack: Stack) -> None:
    template = (await stack.ask("doctor", WHOLE, id="kols", version=1))["data"]["template"]
    zones = template["content"]["selfCare"]["zones"]
    assert [zone["level"] for zone in zones] == ["GREEN", "YELLOW", "RED"]
    assert all(limit["isExample"] for zone in zones for limit in zone["thresholds"])
    assert template["content"]["whatMattersToMe"] is None


async def test_an_unknown_version_is_not_found(stack: Stack) -> None:
    answer = await stack.ask("doctor", WHOLE, id="kols", version=99)
    assert answer["data"] == {"template": None}
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize("person", ["citizen", "parent", "vendor"])
async def test_templates_are_refused_to_all_but_health_personnel(stack: Stack, person: str) -> None:
    answer = await stack.ask(person, OF_KIND)
    assert answer["data"] == {"templates": None}
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert answer["errors"][0]["extensions"]["reason"] == "ROLE"


async def test_templates_are_suggested_for_the_patient_s_problems_and_age(stack: Stack) -> None:
    query = "query ($id: ID!) { patient(id: $id) { suggestedTemplates { id } } }"
    key = await nora(stack)
    answer = await stack.ask("clinician", query, id=key)
    assert answer["data"]["patient"]["suggestedTemplates"] == [{"id": "astma_barn"}]
    refused = await stack.ask("parent", query, id=key)
    assert refused["data"]["patient"] == {"suggestedTemplates": None}
    assert refused["errors"][0]["extensions"]["reason"] == "ROLE"
