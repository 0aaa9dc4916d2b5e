"""GraphiQL's examples, each opened in order by whom its first line names."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from tests.docs.kept import Names, put_in
from tests.journeys.conftest import Stack
from tests.journeys.test_live import comment, talking
from tests.journeys.test_plan_view import EXAMPLES, nora

FILES = {path: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.graphql"))}
WHO = {
    "Anybody": "parent",
    "Citizen": "citizen",
    "Clinician": "clinician",
    "Doctor": "doctor",
    "Parent or citizen": "parent",
    "Parent": "parent",
    "Vendor": "vendor",
    "Locum": "locum",
    "Privacy officer of the clinic": "clinic_officer",
    "Assistant at school": "assistant",
}
KINDS = {"drf": "draft", "rep": "report", "rul": "rule"}
PARTS = "query ($id: ID!) { patient(id: $id) { plan { parts { id kind } } } }"


async def _names(stack: Stack) -> Names:
    """Return what a reader puts in for the names from the start."""
    patient = await nora(stack)
    plan = (await stack.ask("clinician", PARTS, id=patient))["data"]["patient"]["plan"]
    parts = {part["kind"]: part["id"] for part in plan["parts"]}
    return {
        "patient": patient,
        "part": parts["BEHANDLINGSPLAN"],
        "selfcare": parts["EGENBEHANDLINGSPLAN"],
    }


def _filled(stack: Stack, example: Path) -> Any:
    """Return the variables as the page fills them in when an example is opened."""
    file = example.with_suffix(".json")
    text = file.read_text(encoding="utf-8") if file.exists() else "{}"
    values = {
        "now": stack.now.isoformat(),
        "yesterday": str((stack.now - timedelta(days=1)).date()),
        "later": str((stack.now + timedelta(days=90)).date()),
        "key": str(uuid4()),
    }
    return msgspec.json.decode(re.sub(r"\{(\w+)\}", lambda name: values[name[1]], text))


def _ids(answer: Any) -> list[str]:
    if isinstance(answer, list):
        return [id for each in answer for id in _ids(each)]
    if not isinstance(answer, dict):
        return []
    own = [answer["id"]] if "id" in answer else []
    return own + _ids(list(answer.values()))


async def _follow(stack: Stack, person: str, text: str, variables: Any) -> None:
    """Follow what an example says, until something is told: a view at once, a change when made."""
    async with talking(stack, person) as client:
        await client.subscribe(text, variables=variables)
        if "patientView" not in text:
            await asyncio.sleep(0.3)
            await comment(stack, "Et eksempel")
        heard = await client.hear()
        assert heard["type"] == "next", heard
        assert "errors" not in heard["payload"], heard


async def test_every_example_does_what_it_says(own_stack: Stack) -> None:
    names = await _names(own_stack)
    for example, text in FILES.items():
        person = WHO[text.removeprefix("# ").partition(":")[0]]
        variables = put_in(_filled(own_stack, example), names)
        if "\nsubscription " in text:
            await _follow(own_stack, person, text, variables)
            continue
        answer = await own_stack.ask(person, text, **variables)
        assert "errors" not in answer, (example.name, answer)
        [result, *_] = answer["data"].values()
        assert result.get("__typename", "Payload").endswith("Payload"), (example.name, answer)
        found = ((KINDS.get(id.partition("_")[0]), id) for id in _ids(answer["data"]))
        names |= {kind: id for kind, id in found if kind}


def test_variables_have_an_example() -> None:
    assert {each.stem for each in EXAMPLES.glob("*.json")} <= {each.stem for each in FILES}
