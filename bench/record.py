"""What came out: the runs of a scenario, connection count and contender as one record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median, quantiles

import msgspec

from bench.measure import Run


class Spread(msgspec.Struct, frozen=True, rename="camel"):
    """The median over the rounds, with the lowest and the highest."""

    median: float
    lowest: float
    highest: float


class Record(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One scenario at some connections, for one contender.

    The `…OfPlain` ratios are taken within each round, and stand with the gateway only. `busy` is
    the share of the time that the server's processor time fills: well below 1, something else was
    the limit, and the ratio of `cpuMs` says more than that of the throughput.
    """

    scenario: str
    connections: int
    contender: str
    leaves: int
    rounds: int
    requests: int
    failures: dict[str, int]
    has_failed: bool
    requests_per_second: Spread
    p50_ms: Spread
    p99_ms: float | None
    chain_ms: float
    p50_over_chain: float
    calls_per_query: dict[str, float]
    calls_needed: dict[str, int]
    cpu_ms: float | None
    busy: float | None
    resident_mb: float | None
    throughput_of_plain: Spread | None = None
    p50_of_plain: Spread | None = None
    cpu_of_plain: float | None = None


def records(runs: Sequence[Run]) -> list[Record]:
    """Return a record for each kind of run, in the order they were first made."""
    groups: dict[tuple[str, int, str], list[Run]] = {}
    for run in runs:
        groups.setdefault((run.scenario.name, run.connections, run.contender), []).append(run)
    found = []
    for (scenario, connections, contender), group in groups.items():
        plain = groups[scenario, connections, "plain"] if contender == "gateway" else None
        found.append(_record(group, plain))
    return found


def _record(runs: Sequence[Run], plain: Sequence[Run] | None) -> Record:
    first = runs[0]
    failures = sum((run.tally.failures for run in runs), Counter[str]())
    p50, chain = _spread(_p50, runs), median(run.chain_ms for run in runs)
    cpu = _cpu_ms(runs)
    return Record(
        scenario=first.scenario.name,
        connections=first.connections,
        contender=first.contender,
        leaves=first.leaves,
        rounds=len(runs),
        requests=sum(run.tally.requests for run in runs),
        failures=dict(failures),
        has_failed=bool(failures),
        requests_per_second=_spread(_rate, runs),
        p50_ms=p50,
        p99_ms=_p99(runs),
        chain_ms=chain,
        p50_over_chain=p50.median / chain,
        calls_per_query=_calls(runs),
        calls_needed={name: first.scenario.calls.get(name, 0) for name in first.calls},
        cpu_ms=cpu,
        busy=_busy(runs),
        resident_mb=max((run.resident_mb for run in runs if run.resident_mb), default=None),
        throughput_of_plain=_ratio(_rate, runs, plain),
        p50_of_plain=_ratio(_p50, runs, plain),
        cpu_of_plain=_quotient(cpu, _cpu_ms(plain)) if plain else None,
    )


def _rate(run: Run) -> float:
    return len(run.tally.latencies) / run.tally.seconds


def _p50(run: Run) -> float:
    return median(run.tally.latencies or [0.0]) * 1000


def _p99(runs: Sequence[Run]) -> float | None:
    """Return the 99th percentile over all rounds, None where there are too few to tell."""
    latencies = [latency for run in runs for latency in run.tally.latencies]
    return quantiles(latencies, n=100)[98] * 1000 if len(latencies) >= 100 else None


def _cpu_ms(runs: Sequence[Run]) -> float | None:
    used = [run.cpu_seconds for run in runs if run.cpu_seconds is not None]
    requests = sum(run.tally.requests for run in runs)
    return sum(used) * 1000 / requests if used and requests else None


def _busy(runs: Sequence[Run]) -> float | None:
    used = [run.cpu_seconds for run in runs if run.cpu_seconds is not None]
    return sum(used) / sum(run.tally.seconds for run in runs) if used else None


def _calls(runs: Sequence[Run]) -> dict[str, float]:
    requests = sum(run.tally.requests for run in runs) or 1
    return {name: sum(run.calls[name] for run in runs) / requests for name in runs[0].calls}


def _spread(of: Callable[[Run], float], runs: Sequence[Run]) -> Spread:
    values = list(map(of, runs))
    return Spread(median(values), min(values), max(values))


def _ratio(
    of: Callable[[Run], float], runs: Sequence[Run], plain: Sequence[Run] | None
) -> Spread | None:
    if plain is None:
        return None
    values = [of(a) / of(b) for a, b in zip(runs, plain, strict=True) if of(b)]
    return Spread(median(values), min(values), max(values)) if values else None


def _quotient(ours: float | None, theirs: float | None) -> float | None:
    return ours / theirs if ours is not None and theirs else None
