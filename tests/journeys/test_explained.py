from __future__ import annotations

from typing import Any

from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import nora

UNKNOWN = "pat_0195bb24-0000-7000-8000-000000000000"
WHY = """query ($id: ID!, $right: Right, $field: String) {
  explainAccess(patientId: $id, right: $right, field: $field) {
    standing standingName notice
    explanations { right outcome sentence reason canBeOpenedBy wouldChange
      legalBases { law since } }
  }
}"""


async def why(stack: Stack, person: str, **asked: Any) -> dict[str, Any]:
    answer = await stack.ask(person, WHY, id=await nora(stack), **asked)
    assert "errors" not in answer, answer
    explained: dict[str, Any] = answer["data"]["explainAccess"]
    return explained


async def test_a_locum_is_told_why_and_what_would_open_the_plan(stack: Stack) -> None:
    told = await why(stack, "locum", right="READ_PLAN")
    [answer] = told["explanations"]
    assert (told["standing"], told["notice"]) == (None, None)
    assert answer["outcome"] == "DENY"
    assert answer["reason"] == "NO_CARE_RELATION"
    assert answer["canBeOpenedBy"] == ["EMERGENCY"]
    assert answer["sentence"] == "Virksomheten din har ikke en behandlingsrelasjon til pasienten."
    assert answer["legalBases"] == [{"law": "helsepersonelloven § 21 a", "since": "2001-01-01"}]


async def test_a_refusal_says_what_opens_it(stack: Stack) -> None:
    query = "query ($id: ID!) { patient(id: $id) { name } }"
    answer = await stack.ask("locum", query, id=await nora(stack))
    [error] = answer["errors"]
    assert error["extensions"]["reason"] == "NO_CARE_RELATION"
    assert error["extensions"]["canBeOpenedBy"] == ["EMERGENCY"]


async def test_a_stranger_asks_in_vain_and_learns_nothing(stack: Stack) -> None:
    answers = [await stack.ask("citizen", WHY, id=each) for each in (await nora(stack), UNKNOWN)]
    assert answers[0] == answers[1]
    assert answers[0]["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_a_parent_is_told_everything_and_the_same_sentence_as_always(stack: Stack) -> None:
    told = await why(stack, "parent")
    outcomes = {each["right"]: each["outcome"] for each in told["explanations"]}
    assert (outcomes["READ_PLAN"], outcomes["READ_DRAFTS"]) == ("ALLOW", "DENY")
    assert told["standingName"] == "forelder til barn under 12 år"
    assert told["notice"] == "Du ser det du har rett til å se. Det kan finnes mer."


async def test_a_field_is_explained_by_its_name(stack: Stack) -> None:
    [answer] = (await why(stack, "parent", field="PlanPart.drafts"))["explanations"]
    assert (answer["right"], answer["outcome"], answer["reason"]) == (
        "READ_DRAFTS",
        "DENY",
        "ROLE",
    )
