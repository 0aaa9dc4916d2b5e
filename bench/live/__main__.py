"""`python -m bench.live`: what many subscribers cost.

`--idle` is their memory, beside a trivial application's. `--fan-out` is how soon an event is with
the last of 1,000, beside a plain loop that writes to all. `--churn 50000` is whether so many that
come and go leave anything behind.

Each connection is a descriptor in two processes: `ulimit -n` must be over `--count` and some more.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import resource
import sys
from collections.abc import Sequence

import uvloop

from bench.live import churn, idle
from bench.live.fan_out import FanOut, changes
from bench.stage import Stage, stage

PROMISE = 10_000
"""Bytes that an idle subscriber may cost above a trivial application's connection."""
RATIOS = {"notices": 3, "views": 6, "different views": 3}
"""What each may take at most: times a plain loop, and times as many executions."""
_SPARE = 200


def main(arguments: Sequence[str]) -> int:
    """Measure; return 1 where the promise is not kept."""
    chosen = read(arguments)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < chosen.count + _SPARE:
        sys.exit(f"Only {most} files may be open here: raise `ulimit -n`, or lower --count.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    protocols = ["websockets-sansio"]
    if importlib.util.find_spec("wsproto"):  # is measured as well where somebody has it
        protocols.append("wsproto")
    with (
        stage(patients=20) as running,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop,
    ):
        if chosen.fan_out:
            return loop.run(spread(running, min(chosen.count, 1_000), chosen.rounds))
        if chosen.churn:
            return loop.run(come_and_go(running, chosen.churn))
        costs = loop.run(idle.measure(running, chosen.count, protocols, chosen.query, tell))
    trivial, subscribed = costs[0].each, costs[-1].each
    print(f"{subscribed - trivial:,.0f} bytes above the trivial application's")
    return int(subscribed - trivial > PROMISE)


async def spread(running: Stage, count: int, rounds: int) -> int:
    """Measure how soon an event is with the last; return 1 where the promise is not kept."""
    async with changes(running) as made:
        ratios = await FanOut(running, made, count, rounds, tell).run()
    for name, ratio in ratios.items():
        print(f"{name:16} {ratio:5.2f} times; promised are {RATIOS[name]:g}")
    return int(any(ratio > RATIOS[name] for name, ratio in ratios.items()))


async def come_and_go(running: Stage, count: int) -> int:
    """Let many come and go; return 1 where they leave something behind."""
    left = await churn.measure(running, count, tell)
    return int(left.bytes_each > churn.PROMISE or left.connections > 0)


def tell(line: str) -> None:
    """Print as it goes."""
    print(f"  {line}", flush=True)


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--idle", action="store_true", help="memory of those who wait")
    which.add_argument("--fan-out", action="store_true", help="how soon all are told")
    which.add_argument("--churn", type=int, default=0, metavar="COUNT", help="who comes and goes")
    parser.add_argument("--rounds", type=int, default=20, help="events (default 20)")
    parser.add_argument("--count", type=int, default=10_000, help="connections (default 10000)")
    parser.add_argument("--query", default=idle.SUBSCRIPTION, help="what is subscribed to")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
