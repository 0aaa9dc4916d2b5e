from __future__ import annotations

from collections import Counter

import pytest

from bench.load import Tally
from bench.measure import Run
from bench.record import records
from bench.scenario import SCENARIOS

SMALL = next(scenario for scenario in SCENARIOS if scenario.name == "small")


def a_run(contender: str, latencies: list[float], cpu: float | None = 0.1, **failed: int) -> Run:
    return Run(
        scenario=SMALL,
        connections=1,
        contender=contender,
        tally=Tally(latencies, Counter(failed), seconds=1.0),
        cpu_seconds=cpu,
        resident_mb=50.0,
        calls={"medication": len(latencies), "hospital": 0},
        chain_ms=2.0,
        leaves=10,
    )


def test_rounds_become_medians_with_their_spread() -> None:
    runs = [a_run("plain", [0.004] * count) for count in (10, 30, 20)]
    [record] = records(runs)
    assert (record.rounds, record.requests, record.has_failed) == (3, 60, False)
    rate = record.requests_per_second
    assert (rate.median, rate.lowest, rate.highest) == (20, 10, 30)
    assert record.p50_over_chain == pytest.approx(2)
    assert record.calls_per_query == record.calls_needed == {"medication": 1, "hospital": 0}
    assert record.cpu_ms == pytest.approx(5)
    assert record.p99_ms is None


def test_ratios_are_taken_within_a_round() -> None:
    runs = [
        a_run("gateway", [0.02] * 10, cpu=0.4),
        a_run("plain", [0.01] * 20),
        a_run("gateway", [0.02] * 30, cpu=0.6),
        a_run("plain", [0.01] * 40),
    ]
    gateway, plain = records(runs)
    ratio = gateway.throughput_of_plain
    assert ratio is not None
    assert (ratio.lowest, ratio.highest) == (0.5, 0.75)
    assert gateway.cpu_of_plain == pytest.approx(7.5)
    assert plain.throughput_of_plain is None


def test_one_failure_marks_the_record() -> None:
    [record] = records([a_run("plain", [0.01]), a_run("plain", [], wrong=2)])
    assert record.has_failed
    assert record.failures == {"wrong": 2}


def test_a_system_that_tells_no_processor_time_leaves_it_out() -> None:
    [record] = records([a_run("plain", [0.01], cpu=None)])
    assert record.cpu_ms is None
    assert record.busy is None
