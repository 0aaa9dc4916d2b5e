"""Builds a world of synthetic patients, or serves one of the sources from it."""

from __future__ import annotations

import argparse
import gc
import socket
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import uvicorn

from simulators import hospital, kjernejournal, medication, record, sender
from simulators.building import DEFAULT_PATIENTS, build
from simulators.ndjson import FolderUnusable
from simulators.serving import listen
from simulators.source import Settings
from simulators.world import World, WorldFileUnusable, load

SOURCES = {
    "kjernejournal": kjernejournal.create_app,
    "medication": medication.create_app,
    "hospital": hospital.create_app,
    "record": record.create_app,
    "sender": sender.create_app,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _build(options) if options.command == "build" else _serve(options)
    except (FolderUnusable, WorldFileUnusable) as unusable:
        print(unusable, file=sys.stderr)
    except OSError as error:
        print(f"{error.strerror}: {error.filename or options.world}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulators", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build_parser = commands.add_parser("build", help="make the world file")
    build_parser.add_argument("--seed", type=int, default=1)
    build_parser.add_argument("--patients", type=int, default=DEFAULT_PATIENTS)
    build_parser.add_argument("--today", type=date.fromisoformat, default=datetime.now(UTC).date())
    build_parser.add_argument("--data", type=Path, help="a folder of FHIR R4 NDJSON to add")
    serve_parser = commands.add_parser("serve", help="serve one source")
    serve_parser.add_argument("source", choices=SOURCES)
    serve_parser.add_argument("--port", type=int, required=True)
    for each in (build_parser, serve_parser):
        each.add_argument("--world", type=Path, required=True)
    return parser


def _build(options: argparse.Namespace) -> int:
    world = build(
        seed=options.seed, today=options.today, patients=options.patients, data=options.data
    )
    world.save(options.world)
    print(f"{len(world.people)} people in {options.world}")
    _tell_left_out(world)
    return 0


def _tell_left_out(world: World) -> None:
    if world.left_out:
        reasons = "; ".join(f"{count} × {reason}" for reason, count in world.left_out.items())
        print(f"{sum(world.left_out.values())} resources left out: {reasons}")


def _serve(options: argparse.Namespace) -> int:
    app = SOURCES[options.source](load(options.world), Settings.from_env())
    listener = _listen(options.port)
    # The world stays for as long as the process does: don't have the collector walk it again.
    gc.collect()
    gc.freeze()
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, lifespan="off", proxy_headers=False
    )
    uvicorn.Server(config).run([listener])
    return 0


def _listen(port: int) -> socket.socket:
    try:
        return listen(port)
    except OSError as error:
        raise OSError(error.errno, f"Port {port} can't be used", f"127.0.0.1:{port}") from None


if __name__ == "__main__":
    sys.exit(main())
