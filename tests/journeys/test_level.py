"""A bound token on the whole stack, and what a login below level 4 opens."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest

from local.people import IDENTITY, PEOPLE
from local.proof import new_key, proof
from tests.gateway.serving import CITIZEN, PUBLIC_URL
from tests.journeys.conftest import Stack
from tests.journeys.test_plan_view import nora

KEY = new_key()
QUERY = """
query ($id: ID!) { patient(id: $id) {
  plan { parts { kind } }
  criticalInfo { state items { id } reasons { code refusal sentence } }
  medications { state }
} }
"""


async def ask_at(stack: Stack, person: str, level: str) -> dict[str, Any]:
    """Ask with a bound token of this security level, and its proof."""
    claims = {**PEOPLE[person].claims_at(time.time()), IDENTITY + "security_level": level}
    bound = {"cnf": {"jkt": KEY.thumbprint()}}
    token = stack.issuer.token(**dict.fromkeys(CITIZEN) | claims | bound)
    body = {"query": QUERY, "variables": {"id": await nora(stack)}}
    made = proof(KEY, "POST", f"{PUBLIC_URL}/graphql", token=token)
    headers = {"Authorization": f"DPoP {token}", "DPoP": made}
    await stack.calm()
    async with stack.session.post(f"{stack.url}/graphql", json=body, headers=headers) as answer:
        assert answer.status == 200
        return dict(msgspec.json.decode(await answer.read())["data"]["patient"])


@pytest.mark.parametrize("person", ["parent", "clinician"])
async def test_below_level_4_kjernejournal_is_not_asked_and_the_plan_is_shown(
    stack: Stack, person: str
) -> None:
    seen = await ask_at(stack, person, "3")
    [reason] = seen["criticalInfo"]["reasons"]
    assert (seen["criticalInfo"]["state"], seen["criticalInfo"]["items"]) == ("WITHHELD", None)
    assert (reason["code"], reason["refusal"]) == ("ACCESS_DENIED", "SECURITY_LEVEL")
    assert "BankID" in reason["sentence"]
    calls = await stack.calls()
    assert calls
    assert not any("helseindikator" in call or "critical" in call for call in calls)
    assert seen["plan"]["parts"]
    assert seen["medications"]["state"] == "OK"


async def test_at_level_4_it_is_asked(stack: Stack) -> None:
    seen = await ask_at(stack, "parent", "4")
    assert seen["criticalInfo"]["state"] == "OK"
    assert any("helseindikator" in call for call in await stack.calls())
