"""Writes what the project is made of, from the lock files: `python -m local.dependencies.sbom`.

One CycloneDX document for each lock, into `sbom/`. It asks nobody: the locks say everything.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from local.dependencies.locks import NPM, PYTHON, packages, run, title
from local.process import CannotStart
from local.settings import ROOT

FOLDER = ROOT / "sbom"


def document(lock: Path) -> dict[str, Any]:
    """Return the CycloneDX document of a lock; raises CannotStart when a tool could not make it."""
    if lock in PYTHON:
        command = ["cyclonedx-py", "requirements", lock.name, "--pyproject", "pyproject.toml"]
        done = run([*command, "--output-reproducible", "--of", "JSON"])
    else:
        command = ["npm", "sbom", "--sbom-format=cyclonedx", "--package-lock-only"]
        done = run(command, lock.parent)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise CannotStart(f"No SBOM of {title(lock)}: {said[-1] if said else 'nothing was said'}")
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def listed(made: dict[str, Any]) -> set[str]:
    """Return the packages in a document, as `name@version`."""
    return {
        f"{'/'.join(filter(None, [each.get('group'), each['name']]))}@{each['version']}"
        for each in made["components"]
    }


def main() -> int:
    """Write all documents; return 1 when one lacks something that its lock names."""
    FOLDER.mkdir(exist_ok=True)
    status = 0
    for lock in (*PYTHON, *NPM):
        made = document(lock)
        file = FOLDER / f"{title(lock).replace('/', '-').removesuffix('.lock')}.cdx.json"
        file.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
        lacking = packages(lock) - {each.lower() for each in listed(made)}
        print(f"  {title(lock):24}{len(made['components']):4} packages  {file.relative_to(ROOT)}")
        if lacking:
            print(f"  It lacks {', '.join(sorted(lacking))}.", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CannotStart as problem:
        sys.exit(str(problem))
