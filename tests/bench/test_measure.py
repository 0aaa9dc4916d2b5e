from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from bench import door, report
from bench.__main__ import QUICK, perform, plan_of, read
from bench.expected import normalised
from bench.report import Report
from bench.scenario import SCENARIOS, Scenario
from bench.stage import Stage, stage

PATIENTS = 300  # fewer would not fill a clinician's list


@pytest.fixture(scope="module")
def running() -> Iterator[Stage]:
    with stage(PATIENTS) as started:
        yield started


@pytest.fixture(scope="module")
def measured(running: Stage, tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("bench") / "out" / "latest.json"
    report.write(perform(running, QUICK), path)
    return read_back(path)


def read_back(path: Path) -> Report:
    return msgspec.json.decode(path.read_bytes(), type=Report)


def ask(running: Stage, contender: str, scenario: Scenario) -> bytes:
    headers = {"authorization": f"Bearer {running.tokens[scenario.viewer]}"}
    if contender == "plain":
        question = scenario.question(running.patient_id)
        return door.ask(running.plain.port, "POST", scenario.view, question, headers)
    operation = scenario.operation(running.patient_id)
    return door.ask(running.gateway.port, "POST", "/graphql", operation, headers)


@pytest.mark.parametrize("scenario", SCENARIOS[:3], ids=lambda scenario: scenario.name)
def test_plain_handler_and_graph_give_the_same_json(running: Stage, scenario: Scenario) -> None:
    graph, plain = (ask(running, contender, scenario) for contender in ("gateway", "plain"))
    assert b'"errors"' not in graph
    assert b'"state":"OK"' in graph
    assert normalised(graph) == normalised(plain)


def test_plain_handler_checks_tokens_and_access_too(running: Stage) -> None:
    def status(token: str, patient_id: str) -> str:
        headers = {"authorization": f"Bearer {token}"}
        with pytest.raises(door.Refused) as refused:
            door.ask(running.plain.port, "POST", "/small", {"id": patient_id}, headers)
        return str(refused.value)

    assert "gave 401" in status("forged", running.patient_id)
    assert "gave 400" in status(running.tokens["citizen"], running.patient_id[:-1] + "_")


def test_quick_measurement_fails_nowhere_and_covers_everything(measured: Report) -> None:
    assert not [record for record in measured.records if record.failures or record.has_failed]
    assert {(r.scenario, r.connections, r.contender) for r in measured.records} == {
        (scenario.name, connections, contender)
        for scenario in SCENARIOS
        for connections in QUICK.connections
        for contender in ("gateway", "plain")
    }


def test_no_answer_takes_more_or_fewer_source_calls_than_it_needs(measured: Report) -> None:
    needed = {scenario.name: sum(scenario.calls.values()) for scenario in SCENARIOS}
    assert needed == {"full": 7, "small": 1, "list50": 50, "slow50": 7}
    for record in measured.records:
        assert record.calls_per_query == record.calls_needed, record.scenario


def test_header_says_on_what_it_was_measured(measured: Report) -> None:
    header = measured.header
    assert header.versions["graphql-core"]
    assert header.pinning
    assert header.rounds == 1


def test_checks_of_tokens_and_proofs_are_measured(measured: Report) -> None:
    taken = {check.name: check.microseconds.median for check in measured.checks}
    assert "proof, ES256" in taken
    assert all(microseconds > 0 for microseconds in taken.values())
    assert all(name in report.table(measured) for name in taken)


def test_tables_show_every_record(measured: Report) -> None:
    shown = report.table(measured)
    assert shown.count("gateway ") == shown.count("plain ") == len(measured.records) / 2
    assert len(report.ratios(measured).splitlines()) == 2 + len(measured.records) / 2


def test_sources_are_quick_again_after_the_slow_scenario(running: Stage, measured: Report) -> None:
    assert door.ask(running.gateway.port, "GET", "/readyz")
    assert [source.faults() for source in running.sources] == [[], [], []]


def test_command_line_narrows_the_plan() -> None:
    chosen = plan_of(read(["--scenario", "small", "--rounds", "2", "--seconds", "0.5"]))
    assert [scenario.name for scenario in chosen.scenarios] == ["small"]
    assert (chosen.rounds, chosen.seconds, tuple(chosen.connections)) == (2, 0.5, (1, 16, 64))
