"""`python -m bench.live --idle`: memory of idle subscribers, beside a trivial application's.

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

from bench.live import idle
from bench.stage import stage

PROMISE = 10_000
"""Bytes that an idle subscriber may cost above a trivial application's connection."""
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
        costs = loop.run(idle.measure(running, chosen.count, protocols, chosen.query, tell))
    trivial, subscribed = costs[0].each, costs[-1].each
    print(f"{subscribed - trivial:,.0f} bytes above the trivial application's")
    return int(subscribed - trivial > PROMISE)


def tell(line: str) -> None:
    """Print as it goes."""
    print(f"  {line}", flush=True)


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("--idle", action="store_true", required=True, help="who waits")
    parser.add_argument("--count", type=int, default=10_000, help="connections (default 10000)")
    parser.add_argument("--query", default=idle.SUBSCRIPTION, help="what is subscribed to")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
