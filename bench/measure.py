"""Puts load on the contenders in turn, round after round, and notes what each run was like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

import msgspec

from bench import load, usage
from bench.door import ask
from bench.expected import Expected, leaves, normalised
from bench.load import Aim, Tally
from bench.scenario import SCENARIOS, Scenario, http_request
from bench.stage import Contender, Stage
from local.stack import HOST

WARM_UP_SECONDS, WARM_UP_CONNECTIONS = 0.2, 8


class DifferentAnswers(Exception):
    """The contenders do not give the same JSON, so that there is nothing to compare."""


@dataclass(frozen=True)
class Plan:
    """How much is measured; `checks` is how often each check of a token or proof is made."""

    scenarios: Sequence[Scenario] = SCENARIOS
    connections: Sequence[int] = (1, 16, 64)
    rounds: int = 3
    seconds: float = 0.8
    checks: int = 500


@dataclass(frozen=True)
class Run:
    """One contender under load in one round. `chain_ms` is that round's slowest chain of calls."""

    scenario: Scenario
    connections: int
    contender: str
    tally: Tally
    cpu_seconds: float | None
    resident_mb: float | None
    calls: Mapping[str, int]
    chain_ms: float
    leaves: int


Tell = Callable[[str], None]


async def measure(stage: Stage, plan: Plan, tell: Tell = lambda _line: None) -> list[Run]:
    """Run everything that is planned: contenders alternate, and rounds go over all scenarios."""
    runs: list[Run] = []
    for number in range(plan.rounds):
        for scenario in plan.scenarios:
            tell(f"round {number + 1} of {plan.rounds}: {scenario.name}")
            with _delayed(stage, scenario.latency_ms):
                runs += await _scenario(stage, scenario, plan, number)
    return runs


async def _scenario(stage: Stage, scenario: Scenario, plan: Plan, number: int) -> list[Run]:
    answers = _answers(stage, scenario)
    count, chain = leaves(answers["plain"]), _slowest_chain(stage, scenario)
    # Who goes first alternates, so that neither always finds the machine as the other left it.
    contenders = stage.contenders if number % 2 == 0 else stage.contenders[::-1]
    return [
        await _run(stage, scenario, contender, connections, plan, (answers, chain, count))
        for connections in plan.connections
        for contender in contenders
    ]


async def _run(
    stage: Stage,
    scenario: Scenario,
    contender: Contender,
    connections: int,
    plan: Plan,
    known: tuple[Mapping[str, bytes], float, int],
) -> Run:
    answers, chain, count = known
    request = http_request(*_asked(stage, scenario, contender))
    aim = Aim(HOST, contender.port, request, Expected(answers[contender.name]).matches)
    await load.run(aim, min(connections, WARM_UP_CONNECTIONS), min(WARM_UP_SECONDS, plan.seconds))
    _take_calls(stage)
    before = usage.cpu_seconds(contender.pid)
    tally = await load.run(aim, connections, plan.seconds)
    after = usage.cpu_seconds(contender.pid)
    return Run(
        scenario=scenario,
        connections=connections,
        contender=contender.name,
        tally=tally,
        cpu_seconds=None if before is None or after is None else after - before,
        resident_mb=usage.resident_mb(contender.pid),
        calls=_take_calls(stage),
        chain_ms=chain,
        leaves=count,
    )


def _answers(stage: Stage, scenario: Scenario) -> dict[str, bytes]:
    """Ask each contender once; they must agree, and they are held to it from then on."""
    answers = {}
    for contender in stage.contenders:
        path, token, body = _asked(stage, scenario, contender)
        headers = {"authorization": f"Bearer {token}"}
        answers[contender.name] = ask(contender.port, "POST", path, body, headers)
    if len({normalised(answer) for answer in answers.values()}) > 1:
        raise DifferentAnswers(f"The contenders' answers to {scenario.name} differ.")
    return answers


def _asked(
    stage: Stage, scenario: Scenario, contender: Contender
) -> tuple[str, str, dict[str, object]]:
    if contender is stage.gateway:
        return "/graphql", stage.tokens[scenario.viewer], scenario.operation(stage.patient_id)
    return scenario.view, stage.tokens[scenario.viewer], scenario.question(stage.patient_id)


def _slowest_chain(stage: Stage, scenario: Scenario) -> float:
    question = scenario.question(stage.patient_id)
    headers = {"authorization": f"Bearer {stage.tokens[scenario.viewer]}"}
    answer = ask(stage.plain.port, "POST", scenario.chains, question, headers)
    chains: dict[str, list[float]] = msgspec.json.decode(answer)["data"]
    return max(median(chains[name]) for name in scenario.sections)


def _take_calls(stage: Stage) -> dict[str, int]:
    return {source.name: source.take_calls() for source in stage.sources}


@contextmanager
def _delayed(stage: Stage, milliseconds: int) -> Iterator[None]:
    for source in stage.sources:
        source.delay(milliseconds)
    try:
        yield
    finally:
        for source in stage.sources:
            source.delay(0)
