"""`python -m bench`: starts everything, measures, prints a table and writes it down."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import uvloop

from bench import cores, report, tokens
from bench.door import Refused
from bench.measure import DifferentAnswers, Plan, measure
from bench.record import records
from bench.report import Report
from bench.scenario import SCENARIOS
from bench.stage import Stage, stage
from local.process import CannotStart

QUICK = Plan(connections=(4,), rounds=1, seconds=0.05, checks=5)


def main(arguments: Sequence[str]) -> int:
    """Measure; return 1 if a run failed, since its figures mean nothing."""
    chosen = read(arguments)
    # A polite kill goes the way of Ctrl-C, which the event loop knows how to end by.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    print("Starting sources, database, gateway and the plain handler.", flush=True)
    with stage(chosen.patients) as running:
        made = perform(running, plan_of(chosen))
    report.write(made, chosen.out)
    print(f"\n{report.ratios(made) if chosen.markdown else report.table(made)}")
    print(f"\nWritten to {chosen.out}")
    return int(any(record.has_failed for record in made.records))


def perform(running: Stage, plan: Plan) -> Report:
    """Measure on a stage; the load stays off the core of what is measured, checks are on it."""
    with (
        cores.on(running.cores.others),
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop,
    ):
        runs = loop.run(measure(running, plan, lambda line: print(f"  {line}", flush=True)))
    with (
        cores.on(running.cores.measured),
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop,
    ):
        checks = loop.run(tokens.measure(running.redis_url, plan.rounds, plan.checks))
    return report.report(plan, running.cores, records(runs), checks)


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    names = [scenario.name for scenario in SCENARIOS]
    parser.add_argument("--quick", action="store_true", help="only see whether it works")
    parser.add_argument("--rounds", type=int, help=f"how often (default {Plan.rounds})")
    parser.add_argument("--seconds", type=float, help=f"of each run (default {Plan.seconds})")
    parser.add_argument("--scenario", choices=names, action="append", help="only this one")
    parser.add_argument("--markdown", action="store_true", help="print ratios for the docs")
    parser.add_argument("--patients", type=int, default=520, help="in the world (default 520)")
    parser.add_argument("--out", type=Path, default=report.LATEST, help="where to write the file")
    return parser.parse_args(arguments)


def plan_of(chosen: argparse.Namespace) -> Plan:
    """Return what the command line asks for."""
    usual = QUICK if chosen.quick else Plan()
    wanted = chosen.scenario or [scenario.name for scenario in SCENARIOS]
    return Plan(
        scenarios=[scenario for scenario in SCENARIOS if scenario.name in wanted],
        connections=usual.connections,
        rounds=chosen.rounds or usual.rounds,
        seconds=chosen.seconds or usual.seconds,
        checks=usual.checks,
    )


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    except (CannotStart, DifferentAnswers, Refused) as problem:
        sys.exit(f"\n{problem}")
