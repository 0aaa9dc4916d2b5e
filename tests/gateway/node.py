"""Programs of Node that tests run, installed from their lock files on the first run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "web"
NODE, NPM = (str(Path(sys.executable).parent / name) for name in ("node", "npm"))


def installed(folder: str) -> Path:
    """Return a folder of `web/` with its packages in place."""
    path = WEB / folder
    if not (path / "node_modules" / ".package-lock.json").is_file():
        command = [NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=path, check=True, capture_output=True, timeout=300)
    return path
