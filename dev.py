#!/usr/bin/env python3
"""Sets up what is missing and runs one everyday verb; `python3 dev.py` lists them."""

import contextlib
import errno
import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

# An old Python gets this far, so that it can say so.
if sys.version_info < (3, 11):  # noqa: UP036  # the very case it asks about
    sys.exit(f"This is Python {sys.version.split()[0]}: run dev.py with 3.11 or newer.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
LOCK = ROOT / "requirements-dev.lock"
LOGS = ROOT / ".data" / "logs"
VERBS = {
    "run": "start everything and serve the gateway (--data DIR adds a folder of FHIR NDJSON)",
    "test": "run all tests on real servers; options go to pytest",
    "token": "print a test person's token, or list the test persons",
    "check": "formatting, lint, types, layers, published schema, pictures, docs/tilgang.md",
    "format": "format the code and mend what lint can",
    "schema": "write schema.graphql",
    "docs": "draw the pictures of docs/, and write docs/tilgang.md",
    "bench": "measure the gateway next to a plain handler",
    "machine": "write at random for minutes, each answer held to a model",
    "policy-proof": "hold the access policy to its second statement, half a million cases",
    "crash-test": "kill the gateway and PostgreSQL under writes; nothing may be lost",
    "live-test": "kill all that followers need; each must be told all, once, in order",
    "scale": "see that reads touch as much among a million plans as among a thousand",
    "sbom": "write what it is made of to sbom/ (CycloneDX), from the lock files",
    "audit": "ask what is known against the packages in the lock files",
    "web": "build the web pages that have changed",
    "setup": "only set up",
}
MODULES = {
    "run": ["local"],
    "test": ["pytest", "--durations=10"],
    "token": ["local.token"],
    "schema": ["schema"],
    "bench": ["bench"],
    "machine": ["pytest", "tests/writing/test_machine.py", "--hypothesis-profile=long"],
    "policy-proof": ["tests.policy"],
    "crash-test": ["bench.crash"],
    "live-test": ["bench.live_crash"],
    "scale": ["bench.scale"],
    "sbom": ["local.dependencies.sbom"],
    "audit": ["local.dependencies.audit"],
}
CHECKS = {
    "formatting": ["ruff", "format", "--check"],
    "lint": ["ruff", "check"],
    "types": ["mypy"],
    "layers": ["lint-imports"],
    "schema": ["python", "-m", "schema", "--check"],
    "pictures": ["python", "-m", "docs.drawing", "--check"],
    "tilgang": ["python", "-m", "docs.access", "--check"],
}
DOCUMENTS = ("docs.drawing", "docs.access")
DISK_FULL = "The disk is full: free some space (a first run needs about 2 GB) and run it again."
OFFLINE = "A package could not be downloaded: check the network and the proxy, and run it again."
WRONG_HASH = "A download is not the file that the lock names: do not use it, tell a maintainer."
OWN_CA = (
    "The network has a certificate authority of its own: name its file in PIP_CERT and"
    " NODE_EXTRA_CA_CERTS, and run it again."
)
NO_WHEEL = "A package is not to be had for this Python: use 3.11 to 3.13 on Linux or macOS."
CAUSES = {  # words of pip, npm or the system, and what they mean to the reader
    "No space left on device": DISK_FULL,
    "ENOSPC": DISK_FULL,
    "DO NOT MATCH THE HASHES": WRONG_HASH,
    "EINTEGRITY": WRONG_HASH,
    "CERT": OWN_CA,
    "ConnectionError": OFFLINE,
    "ConnectTimeout": OFFLINE,
    "ReadTimeout": OFFLINE,
    "Connection to": OFFLINE,
    "ECONN": OFFLINE,
    "ENOTFOUND": OFFLINE,
    "EAI_AGAIN": OFFLINE,
    "ETIMEDOUT": OFFLINE,
    "No matching distribution": NO_WHEEL,
}


def main(arguments: list[str]) -> None:
    """Run one verb with its own options."""
    verb, rest = (arguments or ["help"])[0], arguments[1:]
    if sys.platform == "win32":
        sys.exit("Windows is not supported: run dev.py inside WSL.")
    if verb not in VERBS:
        lines = [f"  {name:12}{purpose}" for name, purpose in VERBS.items()]
        sys.exit("\n".join(["Usage: python3 dev.py VERB", *lines]))
    rest = absolute_data(rest)
    os.chdir(ROOT)
    set_up()
    if verb in MODULES:
        os.execv(PYTHON, [PYTHON, "-m", *MODULES[verb], *rest])  # noqa: S606  # becomes that verb
    elif verb == "docs":
        sys.exit(max([subprocess.call([PYTHON, "-m", each]) for each in DOCUMENTS]))
    elif verb == "check":
        check()
    elif verb == "format":
        for command in (["ruff", "format"], ["ruff", "check", "--fix"]):
            subprocess.call(tool(command))


def absolute_data(arguments: list[str]) -> list[str]:
    """Read `--data DIR` from where the user stands, before we move to the root."""
    pairs = zip(["", *arguments], arguments, strict=False)
    return [str(Path(value).resolve()) if before == "--data" else value for before, value in pairs]


def check() -> None:
    """Make every check, also after one has failed."""
    failed = []
    for name, command in CHECKS.items():
        print(f"-- {name}", flush=True)
        if subprocess.call(tool(command)):
            failed.append(name)
    sys.exit(f"Failed: {', '.join(failed)}." if failed else 0)


def tool(command: list[str]) -> list[str]:
    """Name a program of the environment by its whole path."""
    return [str(VENV / "bin" / command[0]), *command[1:]]


def set_up() -> None:
    """Bring the environment and the web pages up to date; quick when they are."""
    import fcntl  # noqa: PLC0415  # not on Windows

    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS.parent / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a second terminal waits for the first
        install_packages()
        for page in sorted(ROOT.glob("web/*/package.json")):
            build_page(page.parent)


def install_packages() -> None:
    """Make the environment hold what the lock names."""
    stamp = VENV / ".stamp"
    wanted = f"{ROOT} {fingerprint([LOCK])}"
    written = stamp.read_text() if stamp.exists() else ""
    if written == wanted:
        return
    pip, with_pip = find_pip()
    if not written.startswith(f"{ROOT} "):  # unfinished, or moved from elsewhere
        if VENV.is_symlink():  # another tree's, which is not ours to clear
            VENV.unlink()
        step("environment", [sys.executable, "-m", "venv", "--clear", *with_pip, str(VENV)])
    options = ["--quiet", "--only-binary=:all:", "--require-hashes", "-r", str(LOCK)]
    step("packages (180 MB the first time)", [*pip, "install", *options])
    # One line on the path does what an editable install would, without a build tool.
    packages = next(VENV.glob("lib/python*/site-packages"))
    (packages / "dbep.pth").write_text(f"{ROOT}\n")
    stamp.write_text(wanted)


def find_pip() -> tuple[list[str], list[str]]:
    """Choose a pip, and the option of `venv` that goes with it."""
    if importlib.util.find_spec("ensurepip"):
        return [PYTHON, "-m", "pip"], []
    if importlib.util.find_spec("pip") and importlib.util.find_spec("venv"):
        # Debian keeps ensurepip in python3-venv; an outer pip can fill the environment as well.
        return [sys.executable, "-m", "pip", "--python", PYTHON], ["--without-pip"]
    sys.exit(
        "This Python has neither venv nor pip: install one"
        " (Debian, Ubuntu: apt-get install -y python3-venv)."
    )


def build_page(folder: Path) -> None:
    """Build a web page with the Node that came as a package."""
    path = f"{VENV / 'bin'}:{os.environ.get('PATH', os.defpath)}"
    env = {**os.environ, "PATH": path, "NODE_USE_SYSTEM_CA": "1"}  # trusts what the system does
    locked = fingerprint([folder / "package-lock.json"])
    stamp = folder / "node_modules" / ".stamp"
    if not stamp.exists() or stamp.read_text() != locked:
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        step(f"packages of {folder.name}", tool(command), cwd=folder, env=env)
        stamp.write_text(locked)
    if not (folder / "index.html").exists():  # tools, not a page
        return
    sources = fingerprint(sorted(source_files(folder)))
    stamp = folder / "dist" / ".stamp"
    if not stamp.exists() or stamp.read_text() != sources:
        step(f"building {folder.name}", tool(["npm", "run", "build"]), cwd=folder, env=env)
        stamp.write_text(sources)


def source_files(folder: Path) -> Iterator[Path]:
    """Find what a web page is made of, apart from what is made or fetched."""
    for path in folder.iterdir():
        if path.is_file():
            yield path
        elif path.name not in {"node_modules", "dist"}:
            yield from source_files(path)


def fingerprint(files: Iterable[Path]) -> str:
    """Change when a file changes, comes or goes."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(ROOT)} ".encode() + file.read_bytes())
    return digest.hexdigest()


def step(what: str, command: list[str], **options: Any) -> None:
    """Run one step of the set-up: a dot every two seconds, one sentence if it fails."""
    began, output = time.monotonic(), None
    print(f"  {what} ", end="", flush=True)
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    )
    while output is None:
        try:
            output = process.communicate(timeout=2)[0]
        except subprocess.TimeoutExpired:
            print(".", end="", flush=True)
    print(f" {time.monotonic() - began:.0f} s", flush=True)
    if process.returncode:
        sys.exit(explain(what, output))


def explain(what: str, output: str) -> str:
    """Turn what a tool said into what the reader can do."""
    log = LOGS / "setup.log"
    with contextlib.suppress(OSError):  # the disk may be what is full
        log.write_text(output)
    for words, meaning in CAUSES.items():
        if words in output:
            return meaning if meaning == DISK_FULL else f"{meaning} (The details are in {log}.)"
    lines = output.strip().splitlines() or ["nothing"]
    said = next((line for line in lines if "error" in line.lower()), lines[-1])
    return f"The step “{what}” failed and said “{said}”; the rest is in {log}."


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("\nStopped; the same command goes on from here.")
    except OSError as error:
        full = error.errno == errno.ENOSPC
        sys.exit(DISK_FULL if full else f"{error.strerror}: {error.filename}.")
