"""One trial: writers write, while the gateway and then PostgreSQL are killed again and again.

In the end the database is held to what the writers were told.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bench.crash import kept as database
from bench.crash.door import Door
from bench.crash.kept import Kept
from bench.crash.ledger import Ledger, Outcome
from bench.crash.stage import Stage, add_patients
from bench.crash.verdict import Verdict, judge, kept_unknown
from bench.crash.writer import Ward, Writer
from local.process import CannotStart
from local.stack import Part
from store.session import engine

_PATIENCE_SECONDS = 120.0
_MOST_SHOWN = 50
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How much is tried.

    Before each kill, chance says how many writes are to be acknowledged: from `low` to `high`.
    """

    gateway_kills: int = 20
    postgres_kills: int = 10
    writers: int = 8
    patients: int = 4
    low: int = 10
    high: int = 100
    seed: int = 1


@dataclass(frozen=True)
class Result:
    """What was sent, what is there, and what is wrong with it."""

    plan: Plan
    ledger: Ledger
    kept: Kept
    verdict: Verdict


async def perform(stage: Stage, plan: Plan, tell: Tell = lambda _line: None) -> Result:
    """Try it on a running stage."""
    patients = await add_patients(stage.postgres.url, plan.patients)
    async with Door(stage.url, stage.issuer, stage.key) as door, asyncio.TaskGroup() as group:
        ward = Ward(door, Ledger(), patients)
        for number in range(plan.writers):
            group.create_task(Writer(ward, Random(f"{plan.seed}:{number}")).run())
        await _disturb(stage, ward, plan, tell)
        ward.closes.set()
    made = engine(stage.postgres.url)
    kept = await database.read(made)
    await made.dispose()
    return Result(plan, ward.ledger, kept, judge(ward.ledger, kept))


async def _disturb(stage: Stage, ward: Ward, plan: Plan, tell: Tell) -> None:
    random = Random(plan.seed)
    kills: list[tuple[str, Callable[[], None], Part]] = [
        *[("the gateway", stage.kill_gateway, stage.gateway)] * plan.gateway_kills,
        *[("PostgreSQL", stage.kill_postgres, stage.postgres)] * plan.postgres_kills,
    ]
    for number, (name, kill, part) in enumerate(kills, start=1):
        await _under_load(ward.ledger, random.randint(plan.low, plan.high))
        tell(f"{number} of {len(kills)}: {name}, after {ward.ledger.acknowledged} writes")
        kill()  # in this very thread, whose end would end what it starts
        await asyncio.to_thread(part.await_ready)
    await _under_load(ward.ledger, plan.low)


async def _under_load(ledger: Ledger, writes: int) -> None:
    """Wait until so many more writes have been acknowledged."""
    wanted = ledger.acknowledged + writes
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while ledger.acknowledged < wanted:
        if time.monotonic() > deadline:
            raise CannotStart(f"Fewer than {writes} writes in {_PATIENCE_SECONDS:.0f} s.")
        await asyncio.sleep(0.005)


def table(result: Result) -> str:
    """Return what was done, and what came of it."""
    plan, ledger, verdict = result.plan, result.ledger, result.verdict
    unknown = ledger.outcomes[Outcome.UNKNOWN]
    done = kept_unknown(ledger, result.kept)
    lines = {
        "gateway killed": plan.gateway_kills,
        "PostgreSQL killed": plan.postgres_kills,
        "writes acknowledged": ledger.acknowledged,
        "sent again": ledger.sent_again,
        "found done when sent again": ledger.replays,
        "rejected": ledger.outcomes[Outcome.REJECTED],
        "given up, and done": done,
        "given up, and not done": unknown - done,
        "lost": len(verdict.lost),
        "duplicates": len(verdict.duplicates),
        "there without being asked for": len(verdict.unasked),
        "rejected without a reason": len(verdict.surprises),
    }
    counts = [f"{name:30}{count:>8}" for name, count in lines.items()]
    return "\n".join([*counts, *(f"  {each}" for each in verdict.faults[:_MOST_SHOWN])])
