"""`python -m bench.live_crash`: tries to make followers miss an event, or hear it twice."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from dataclasses import fields

from bench.live_crash.stage import stage
from bench.live_crash.trial import Plan, Result, perform, table
from local.process import CannotStart

_WHAT = {
    "gateways": "how many gateways run",
    "gateway_kills": "how often one of them is killed",
    "restarts": "how often one of them is restarted politely",
    "worker_kills": "how often the worker is killed",
    "redis_kills": "how often Redis is away for a while",
    "postgres_kills": "how often PostgreSQL is killed",
    "cuts": "how often some of the connections break",
    "writers": "how many write at once",
    "patients": "how many they write about",
    "pause": "seconds between two of these at most",
    "seed": "of what chance decides",
}


def main(arguments: Sequence[str]) -> int:
    """Try; return 1 if anybody was told or shown anything but what there is."""
    plan = read(arguments)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    print(
        f"Starting PostgreSQL, Redis, the issuer, {plan.gateways} gateways and the worker;", end=""
    )
    print(f" the seed is {plan.seed}.", flush=True)
    with stage(plan.gateways) as running, asyncio.Runner() as loop:
        result: Result = loop.run(
            perform(running, plan, lambda line: print(f"  {line}", flush=True))
        )
    print(f"\n{table(result)}")
    return 1 if result.faults else 0


def read(arguments: Sequence[str]) -> Plan:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="dev.py live-test", description=__doc__)
    for each in fields(Plan):
        usual = each.default
        parser.add_argument(
            f"--{each.name.replace('_', '-')}",
            type=type(usual),
            default=usual,
            help=f"{_WHAT[each.name]} (default {usual})",
        )
    return Plan(**vars(parser.parse_args(arguments)))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    except CannotStart as problem:
        sys.exit(f"\n{problem}")
