"""The public GraphQL-over-HTTP audit, run by Node against the gateway in development."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gateway.serving import Gateway

AUDIT = Path(__file__).resolve().parents[2] / "web" / "audit"
NODE, NPM = (str(Path(sys.executable).parent / name) for name in ("node", "npm"))


@pytest.fixture(scope="session")
def audit_program() -> Path:
    """Return the audit script, installed from its lock file on the first run."""
    if not (AUDIT / "node_modules" / "graphql-http").is_dir():
        command = [NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=AUDIT, check=True, capture_output=True, timeout=300)
    return AUDIT / "audit.js"


async def test_all_61_audits_pass_without_a_warning(
    audit_program: Path, development: Gateway
) -> None:
    process = await asyncio.create_subprocess_exec(
        NODE, str(audit_program), f"{development.url}/graphql", stdout=subprocess.PIPE
    )
    output, _ = await process.communicate()
    found = json.loads(output)
    assert found == {"counts": {"ok": 61}, "others": []}
