"""`python -m bench.lawful`: what deciding and logging cost, as a ratio taken in one run.

The gateway as shipped and the same without policy and log of use are asked in turn, round after
round. Answers are compared; failures end the run. `--durable` keeps what PostgreSQL promises in
production.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from statistics import median

import msgspec
import uvloop

from bench import cores, load, usage
from bench.door import ask
from bench.expected import Expected, normalised
from bench.load import Aim
from bench.measure import WARM_UP_CONNECTIONS, WARM_UP_SECONDS, DifferentAnswers
from bench.scenario import SCENARIOS, Scenario, http_request
from bench.stage import Contender, Stage, stage
from local.stack import HOST


class Taken(msgspec.Struct, frozen=True):
    """One server under load: answers a second, the middle latency, and CPU an answer."""

    per_second: float
    p50_ms: float
    cpu_ms: float


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return 1 if an answer failed."""
    parser = argparse.ArgumentParser(prog="bench.lawful", description=__doc__)
    names = [scenario.name for scenario in SCENARIOS]
    parser.add_argument("--scenario", choices=names, action="append")
    parser.add_argument("--connections", type=int, action="append")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--durable", action="store_true")
    chosen = parser.parse_args(arguments)
    wanted = chosen.scenario or ["full"]
    with (
        stage(520, lawless=True, durable=chosen.durable) as running,
        cores.on(running.cores.others),
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop,
    ):
        for scenario in (each for each in SCENARIOS if each.name in wanted):
            for connections in chosen.connections or (1, 16, 64):
                measured = _compared(running, scenario, connections, chosen)
                print(f"{scenario.name:8} {connections:3} {loop.run(measured)}", flush=True)
    return 0


async def _compared(
    stage: Stage, scenario: Scenario, connections: int, chosen: argparse.Namespace
) -> str:
    """Return the ratios with policy and log to without them, the median of the rounds."""
    if stage.lawless is None:
        raise TypeError("The stage has no gateway without policy and log.")
    pair = (stage.gateway, stage.lawless)
    aims = _aims(stage, scenario, pair)
    ratios: list[Taken] = []
    for number in range(chosen.rounds):
        order = pair if number % 2 == 0 else pair[::-1]
        taken = {each.name: await _taken(each, aims, connections, chosen) for each in order}
        lawful, bare = (taken[each.name] for each in pair)
        ratios.append(
            Taken(
                per_second=lawful.per_second / bare.per_second,
                p50_ms=lawful.p50_ms / bare.p50_ms,
                cpu_ms=lawful.cpu_ms / bare.cpu_ms,
            )
        )
    return ", ".join(
        f"{name} {median(values):.2f} ({min(values):.2f} to {max(values):.2f})"
        for name, values in (
            ("req/s", [each.per_second for each in ratios]),
            ("p50", [each.p50_ms for each in ratios]),
            ("CPU", [each.cpu_ms for each in ratios]),
        )
    )


def _aims(stage: Stage, scenario: Scenario, pair: Sequence[Contender]) -> dict[str, Aim]:
    token, body = stage.tokens[scenario.viewer], scenario.operation(stage.patient_id)
    headers = {"authorization": f"Bearer {token}"}
    answers = {each.name: ask(each.port, "POST", "/graphql", body, headers) for each in pair}
    if len({normalised(answer) for answer in answers.values()}) > 1:
        raise DifferentAnswers(f"The answers to {scenario.name} differ.")
    request = http_request("/graphql", token, body)
    return {
        each.name: Aim(HOST, each.port, request, Expected(answers[each.name]).matches)
        for each in pair
    }


async def _taken(
    contender: Contender, aims: dict[str, Aim], connections: int, chosen: argparse.Namespace
) -> Taken:
    aim = aims[contender.name]
    await load.run(aim, min(connections, WARM_UP_CONNECTIONS), WARM_UP_SECONDS)
    before = usage.cpu_seconds(contender.pid) or 0
    tally = await load.run(aim, connections, chosen.seconds)
    spent = (usage.cpu_seconds(contender.pid) or 0) - before
    if tally.failures:
        raise SystemExit(f"{contender.name} failed: {dict(tally.failures)}")
    return Taken(
        per_second=len(tally.latencies) / tally.seconds,
        p50_ms=median(tally.latencies) * 1000,
        cpu_ms=spent / len(tally.latencies) * 1000,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
