"""Asks what is known against the packages in the lock files: `python -m local.dependencies.audit`.

Its exit status is 0 when every package was looked up and nothing is known against any, 1 when
something is, and 2 when it could not be asked about all of them: silence is no good news.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from local.dependencies.locks import NPM, PYTHON, packages, run, title

SERVICES = ("pypi", "osv")  # the second is asked when the first knows nothing of the packages


@dataclass
class Finding:
    """What was learnt about the packages of one lock."""

    known: list[str] = field(default_factory=list)
    not_asked: list[str] = field(default_factory=list)


def of_python(lock: Path) -> Finding:
    """Return what is known against Python packages."""
    for service in SERVICES:
        options = ["--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json"]
        done = run(
            ["pip-audit", "--requirement", str(lock), "--vulnerability-service", service, *options]
        )
        finding = read_pip(done, packages(lock))
        if len(finding.not_asked) < len(packages(lock)):
            break
    return finding


def of_npm(lock: Path) -> Finding:
    """Return what is known against npm packages."""
    done = run(["npm", "audit", "--package-lock-only", "--json"], lock.parent)
    return read_npm(done, packages(lock))


def read_pip(done: CompletedProcess[str], wanted: set[str]) -> Finding:
    """Read what pip-audit said.

    It ends well, and says that it found nothing, when it could look nothing up: only what it lists
    without a reason for skipping it was asked about.
    """
    asked: set[str] = set()
    known = []
    for each in _json(done.stdout).get("dependencies", []):
        if "skip_reason" in each:
            continue
        name = f"{each['name'].lower()}@{each['version']}"
        asked.add(name)
        known += [f"{name}: {_fix(one)}" for one in each.get("vulns", [])]
    return Finding(known, sorted(wanted - asked))


def read_npm(done: CompletedProcess[str], wanted: set[str]) -> Finding:
    """Read what npm said: either all were looked up, or none."""
    said = _json(done.stdout)
    if not isinstance(said.get("vulnerabilities"), dict):
        return Finding(not_asked=sorted(wanted))
    known = [f"{name}: {each.get('severity')}" for name, each in said["vulnerabilities"].items()]
    return Finding(sorted(known))


def _fix(found: Mapping[str, Any]) -> str:
    versions = ", ".join(found.get("fix_versions", []))
    return f"{found['id']}, mended in {versions}" if versions else f"{found['id']}, not mended yet"


def _json(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def told(lock: Path, finding: Finding) -> list[str]:
    """Return the lines for one lock."""
    there, missing = len(packages(lock)), len(finding.not_asked)
    if missing == there:
        return [f"  {title(lock):24}COULD NOT ASK about any of its {there} packages"]
    says = f"{len(finding.known)} known vulnerabilities" if finding.known else "nothing is known"
    lines = [f"  {title(lock):24}{there - missing} packages looked up: {says}"]
    lines += [f"    {each}" for each in finding.known]
    if missing:
        lines.append(f"    COULD NOT ASK about {missing}: {', '.join(finding.not_asked)}")
    return lines


def conclude(findings: Mapping[Path, Finding]) -> int:
    """Tell what was found, and return the exit status."""
    for lock, finding in findings.items():
        print("\n".join(told(lock, finding)))
    if any(finding.known for finding in findings.values()):
        print("Renew what is named with `make lock`, or say in the commit why it stays.")
        return 1
    if any(finding.not_asked for finding in findings.values()):
        print(
            "The advisory services can't be reached from here, or don't know these packages. It is"
            " NOT known whether anything is known against them: ask again from another network.",
            file=sys.stderr,
        )
        return 2
    print("Every package was looked up, and nothing is known against any.")
    return 0


if __name__ == "__main__":
    sys.exit(
        conclude({lock: of_python(lock) for lock in PYTHON} | {lock: of_npm(lock) for lock in NPM})
    )
