"""What a clinician sees as the patient or a parent would: never more than either of them sees."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.journeys.broad import beyond, chunks
from tests.journeys.conftest import Stack, running_stack
from tests.journeys.test_plan_view import nora

UNKNOWN = "pat_0195bb24-0000-7000-8000-000000000000"
ABOUT = """query ($id: ID!, $who: ID) { viewAs(patientId: $id, representative: $who) {
  name basis standing standingName sentence refusal
  explanations { right reason partId lineId sentence }
  patient { access { basis standing notice }
    plan { parts { content { title } comments { id } } } medications { items { name } } } } }"""
COMMENTS = "query ($id: ID!) { patient(id: $id) { plan { parts { comments { id } } } } }"
VIEW_AS, ITSELF = "viewAs(patientId: $id) { name }", "patient(id: $id) { name }"


@pytest.fixture(scope="module")
async def roomy(
    postgres_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stack]:
    """Give a stack where everything may be asked for at once."""
    room = {f"DBEP_MAX_{name}_COST": "100000000" for name in ("OPERATION", "PERSON", "CLIENT")}
    async with running_stack(
        postgres_url, redis_url, tmp_path_factory, patients=5, **room
    ) as running:
        yield running


async def parents(stack: Stack) -> dict[str, str]:
    query = "query ($id: ID!) { patient(id: $id) { representatives { id name basis } } }"
    answer = await stack.ask("clinician", query, id=await nora(stack))
    found = answer["data"]["patient"]["representatives"]
    assert {each["basis"] for each in found} == {"PARENT"}
    return {each["name"].split()[0].lower(): each["id"] for each in found}


async def previewed(
    stack: Stack, who: str | None, person: str = "clinician", query: str = ABOUT
) -> dict[str, Any]:
    return await stack.ask(person, query, id=await nora(stack), who=who)


@pytest.mark.parametrize(("parent", "person"), [("kari", "parent"), ("ola", "father")])
async def test_no_field_shows_more_than_the_clinician_or_the_parent_sees(
    roomy: Stack, parent: str, person: str
) -> None:
    stack = roomy
    who = (await parents(stack))[parent]
    told: set[str] = set()
    for selection in chunks():
        answer = await previewed(stack, who, query=_preview(selection))
        shown = answer["data"]["viewAs"]["patient"]
        told |= {key for key, value in shown.items() if value}
        for viewer in ("clinician", person):
            seen = await stack.ask(viewer, _directly(selection), id=await nora(stack))
            assert beyond(shown, seen["data"]["patient"]) == [], (selection, viewer)
    assert {"name", "plan", "medications", "criticalInfo", "appointments", "log"} <= told
    assert not {"proposals", "representatives", "suggestedTemplates"} & told


def _preview(selection: str) -> str:
    view = f"viewAs(patientId: $id, representative: $who) {{ patient {{ {selection} }} }}"
    return f"query ($id: ID!, $who: ID) {{ {view} }}"


def _directly(selection: str) -> str:
    return f"query ($id: ID!) {{ patient(id: $id) {{ {selection} }} }}"


async def test_a_preview_is_as_the_parent_is_told(stack: Stack) -> None:
    answer = await previewed(stack, (await parents(stack))["kari"])
    seen = answer["data"]["viewAs"]
    assert (seen["name"], seen["basis"], seen["standing"]) == ("Kari Fjell", "PARENT", "PARENT")
    assert seen["sentence"] == "Slik ser Kari Fjell det."
    assert seen["patient"]["plan"]["parts"][0]["content"]["title"]
    assert seen["patient"]["medications"]["items"]
    assert seen["patient"]["access"] == {
        "basis": "PARENT",
        "standing": "PARENT",
        "notice": "Du ser det du har rett til å se. Det kan finnes mer.",
    }
    assert {"right": "READ_DRAFTS", "reason": "ROLE"}.items() <= seen["explanations"][0].items()
    assert seen["explanations"][0]["sentence"] == "Kan ikke lese utkast: det er for andre enn dem."


async def test_the_comments_are_those_that_the_parent_sees(stack: Stack) -> None:
    def comments(answer: dict[str, Any], *path: str) -> set[str]:
        patient = answer["data"]
        for step in path:
            patient = patient[step]
        return {c["id"] for part in patient["plan"]["parts"] for c in part["comments"] or ()}

    key = await nora(stack)
    for parent, person in (("kari", "parent"), ("ola", "father")):
        shown = await previewed(stack, (await parents(stack))[parent])
        theirs = comments(await stack.ask(person, COMMENTS, id=key), "patient")
        assert comments(shown, "viewAs", "patient") == theirs


async def test_a_child_without_own_access_sees_nothing_and_it_is_said_why(stack: Stack) -> None:
    answer = await previewed(stack, None)
    seen = answer["data"]["viewAs"]
    assert (seen["patient"], seen["refusal"]) == (None, "NO_OWN_ACCESS")
    assert seen["sentence"] == "Nora Fjell ser ingenting: har ikke egen tilgang ennå."


@pytest.mark.parametrize(
    ("person", "reason"),
    [("locum", "NO_CARE_RELATION"), ("parent", "ROLE"), ("father", "ROLE")],
)
async def test_only_health_personnel_who_treat_the_patient_preview(
    stack: Stack, person: str, reason: str
) -> None:
    answer = await previewed(stack, None, person)
    assert answer["data"] == {"viewAs": None}
    assert answer["errors"][0]["extensions"]["reason"] == reason


async def test_a_stranger_learns_nothing_by_a_preview(stack: Stack) -> None:
    known = await previewed(stack, None, "citizen")
    unknown = await stack.ask("citizen", ABOUT, id=UNKNOWN)
    assert known == unknown
    assert known["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_nobody_else_s_view_can_be_previewed(stack: Stack) -> None:
    for who in ("rpn_0195bb24-0000-7000-8000-000000000000", "nonsense"):
        answer = await previewed(stack, who)
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    "query",
    [
        f"{{ {VIEW_AS} {ITSELF} }}",
        f"{{ {ITSELF} {VIEW_AS} }}",
        f"{{ a: {VIEW_AS} b: {VIEW_AS} }}",
        f"{{ ...P }} fragment P on Query {{ {VIEW_AS} {ITSELF} }}",
        f"{{ ... {{ {VIEW_AS} {ITSELF} }} }}",
    ],
)
async def test_a_preview_stands_alone(stack: Stack, query: str) -> None:
    answer = await stack.ask("clinician", f"query ($id: ID!) {query}", id=await nora(stack))
    codes = [error["extensions"]["code"] for error in answer["errors"]]
    assert set(codes) == {"NOT_ALONE"}
    assert answer["data"].get("patient") in (None, {"name": "Nora Fjell"})
    assert answer["data"].get("viewAs") is None


async def test_the_patient_s_side_reads_in_the_log_that_it_was_a_preview(stack: Stack) -> None:
    await previewed(stack, (await parents(stack))["kari"])
    query = """query ($id: ID!) { patient(id: $id) { log(first: 100) { edges { node {
      operation sentence by { name } } } } } }"""
    answer = await stack.ask("parent", query, id=await nora(stack))
    lines = [each["node"] for each in answer["data"]["patient"]["log"]["edges"]]
    told = [line["sentence"] for line in lines if line["operation"] == "PREVIEW"]
    assert any("slik pasienten eller en representant ville sett den" in each for each in told)
