"""`python -m bench.crash`: tries to make the gateway and PostgreSQL lose a write."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence

import uvloop

from bench.crash.stage import stage
from bench.crash.trial import Plan, Result, perform, table
from local.process import CannotStart


def main(arguments: Sequence[str]) -> int:
    """Try; return 1 if a single write was lost, done twice, or came from nowhere."""
    plan = read(arguments)
    # A polite kill goes the way of Ctrl-C, which the event loop knows how to end by.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    print("Starting PostgreSQL, the issuer and the gateway.", flush=True)
    with stage() as running, asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        result: Result = loop.run(
            perform(running, plan, lambda line: print(f"  {line}", flush=True))
        )
    print(f"\n{table(result)}")
    return 0 if result.verdict.is_sound else 1


def read(arguments: Sequence[str]) -> Plan:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="dev.py crash-test", description=__doc__)
    for name, what in {
        "gateway_kills": "how often the gateway is killed",
        "postgres_kills": "how often PostgreSQL is killed",
        "writers": "how many write at once",
        "patients": "how many they write about",
        "seed": "of what chance decides",
    }.items():
        usual = getattr(Plan, name)
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, type=int, default=usual, help=f"{what} (default {usual})")
    return Plan(**vars(parser.parse_args(arguments)))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    except CannotStart as problem:
        sys.exit(f"\n{problem}")
