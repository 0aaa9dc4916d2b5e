"""What can be chosen for a run on one machine: folders, ports, which people there are."""

import argparse
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from local.process import CannotStart

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".data"
PORTS = {
    "DBEP_PORT": 8000,
    "DBEP_KJERNEJOURNAL_PORT": 8101,
    "DBEP_MEDICATION_PORT": 8102,
    "DBEP_HOSPITAL_PORT": 8103,
    "DBEP_ISSUER_PORT": 8104,
    "DBEP_RECORD_PORT": 8105,
    "DBEP_WORKER_PORT": 8106,
    "DBEP_SENDER_PORT": 8108,
}


@dataclass(frozen=True)
class World:
    """The synthetic people of a run, or a folder of other people's FHIR NDJSON."""

    seed: int
    patients: int
    folder: Path | None

    def options(self) -> list[str]:
        """The options of `python -m simulators build`."""
        options = ["--seed", str(self.seed), "--patients", str(self.patients)]
        return options + (["--data", str(self.folder)] if self.folder else [])

    def fingerprint(self) -> str:
        """Change when the people would: other options, other data or other code that makes them."""
        names = sorted(self.folder.rglob("*.ndjson")) if self.folder else []
        found = [f"{name} {name.stat().st_size} {name.stat().st_mtime_ns}" for name in names]
        return _digest(*self.options(), *found, *_sources("simulators"))


def store_fingerprint(world: World, birth: str) -> str:
    """Change when the store needs migrating or filling: other people, other code, a new store."""
    return _digest(world.fingerprint(), birth, *_sources("store", "domain", "local"))


def erasure_log(database: str | None) -> str:
    """Return the name of a database's erasure log; people have the same ids in all of ours."""
    return f"erasures-{_digest(database)[:12]}.log" if database else "erasures.log"


def read_world(arguments: list[str]) -> World:
    """Read the command line of a run."""
    parser = argparse.ArgumentParser(prog="dev.py run", description="Run the gateway.")
    parser.add_argument("--data", type=Path, help="a folder of FHIR R4 NDJSON to show as well")
    parser.add_argument("--seed", type=int, default=1, help="makes other people (default 1)")
    parser.add_argument("--patients", type=int, default=520, help="how many (default 520)")
    chosen = parser.parse_args(arguments)
    if chosen.data and not any(chosen.data.rglob("*.ndjson")):
        raise CannotStart(f"There are no .ndjson files in {chosen.data}: check the folder's name.")
    return World(chosen.seed, chosen.patients, chosen.data and chosen.data.resolve())


def read_ports() -> dict[str, int]:
    """Read the ports, each from its setting."""
    return {setting: _port(setting, usual) for setting, usual in PORTS.items()}


def _port(setting: str, usual: int) -> int:
    text = os.environ.get(setting) or str(usual)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"{setting}={text} is not a port: give a number from 1 to 65535.")
    return int(text)


def _sources(*packages: str) -> list[str]:
    files = (path for package in packages for path in (ROOT / package).rglob("*"))
    kept = sorted(path for path in files if path.is_file() and path.suffix != ".pyc")
    return [f"{path} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in kept]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def changed(stamp: Path, fingerprint: str, *results: Path) -> bool:
    """Tell whether a step must be done again."""
    done = stamp.exists() and stamp.read_text() == fingerprint
    return not (done and all(result.exists() for result in results))
