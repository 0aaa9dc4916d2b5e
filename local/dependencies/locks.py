"""The lock files: what exactly is installed, for each way in which something is."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from local.settings import ROOT

PYTHON = (ROOT / "requirements.lock", ROOT / "requirements-dev.lock")
NPM = tuple(sorted(ROOT.glob("web/*/package-lock.json")))
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
# A name under which the package was installed, such as node_modules/a/node_modules/@b/c.
_PLACE = re.compile(r"(?:^|.*/)node_modules/")


def title(lock: Path) -> str:
    """Return what a lock file is called to the reader: its name, or its page's folder."""
    return lock.name if lock in PYTHON else f"web/{lock.parent.name}"


def packages(lock: Path) -> set[str]:
    """Return every package of a lock, as `name@version`."""
    text = lock.read_text(encoding="utf-8")
    if lock.suffix == ".lock":
        return {f"{name.lower()}@{version}" for name, version in _PINNED.findall(text)}
    listed = json.loads(text)["packages"].items()
    return {f"{_PLACE.sub('', place)}@{each['version']}" for place, each in listed if place}


def run(command: Sequence[str], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a tool that came with the environment; what it says is the caller's to read."""
    tools = Path(sys.executable).parent
    path = f"{tools}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    env = {**os.environ, "PATH": path, "NODE_USE_SYSTEM_CA": "1"}  # trusts what the system does
    return subprocess.run(
        [str(tools / command[0]), *command[1:]],
        cwd=folder, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
