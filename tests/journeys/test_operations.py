"""Our own apps' operations on the whole stack, with ad hoc documents refused; and a vendor's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import msgspec
import pytest

from domain.registered_operation import id_of
from gateway import own_operations
from gateway.app import create_app
from gateway.compose import compose
from tests.gateway.serving import code, serving
from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import nora

IDS = {name: id_of(text.encode()) for name, text in own_operations.read().items()}
SHARED = """
query Shared($patient: ID!) { patient(id: $patient) { plan { parts { kind } } } }
"""


@pytest.fixture
async def hardened(stack: Stack) -> AsyncIterator[str]:
    """Run another gateway on the same database, which answers registered operations only."""
    assert stack.settings is not None
    settings = msgspec.structs.replace(stack.settings, answers_ad_hoc=False)
    async with serving(create_app(settings, partial(compose, clock=lambda: stack.now))) as url:
        yield url


async def ask(stack: Stack, url: str, person: str, **parameters: Any) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {stack.token(person)}"}
    async with stack.session.post(f"{url}/graphql", json=parameters, headers=headers) as answer:
        return dict(msgspec.json.decode(await answer.read()))


async def test_each_of_our_own_is_answered_by_its_id(stack: Stack, hardened: str) -> None:
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "MyPlan.graphql": ("citizen", {}),
        "Worklist.graphql": ("clinician", {"first": 3}),
        "PlanView.graphql": ("clinician", {"patient": await nora(stack)}),
        "Notices.graphql": ("clinician", {}),
        # Refused by the rules of content, after the document was found: nothing is written.
        "SendReport.graphql": (
            "parent",
            {"input": {"idempotencyKey": "x", "patientId": await nora(stack)}},
        ),
    }
    assert asked.keys() == IDS.keys(), "every operation is asked here"
    for name, (person, variables) in asked.items():
        answer = await ask(stack, hardened, person, documentId=IDS[name], variables=variables)
        assert "errors" not in answer, (name, answer)
        assert all(answer["data"].values()), name


async def test_a_query_of_ones_own_is_refused_to_everybody(stack: Stack, hardened: str) -> None:
    for person in ("citizen", "clinician", "vendor", "officer"):
        answer = await ask(stack, hardened, person, query="{ viewer { name } }")
        assert code(answer) == "PERSISTED_QUERY_ID_REQUIRED"


async def test_a_vendor_registers_and_asks_under_the_same_policy(
    stack: Stack, hardened: str
) -> None:
    id, headers = id_of(SHARED.encode()), {"Authorization": f"Bearer {stack.token('vendor')}"}
    url = f"{hardened}/operations/{id}"
    headers["Content-Type"] = "application/graphql"
    async with stack.session.put(url, data=SHARED.encode(), headers=headers) as answer:
        assert answer.status == 201
    variables = {"patient": await nora(stack)}
    allowed = await ask(stack, hardened, "vendor", documentId=id, variables=variables)
    ad_hoc = await stack.ask("vendor", SHARED, **variables)
    assert "errors" not in allowed
    assert allowed == ad_hoc
    foreign = await ask(stack, hardened, "clinician", documentId=id, variables=variables)
    assert code(foreign) == "PERSISTED_QUERY_NOT_FOUND"
