"""The public GraphQL-over-HTTP audit, run by Node against the gateway in development."""

from __future__ import annotations

import asyncio
import json
import subprocess

from tests.gateway.node import NODE, installed
from tests.gateway.serving import Gateway


async def test_all_61_audits_pass_without_a_warning(development: Gateway) -> None:
    process = await asyncio.create_subprocess_exec(
        NODE, str(installed("audit") / "audit.js"), f"{development.url}/graphql",
        stdout=subprocess.PIPE,
    )  # fmt: skip
    output, _ = await process.communicate()
    found = json.loads(output)
    assert found == {"counts": {"ok": 61}, "others": []}
