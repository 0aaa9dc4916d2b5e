from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

import pytest

from domain.keeping.erasure import ErasedTable, Erasure
from store.erasure_log import ErasureLog, ErasureLogBroken
from tests.builders import NOW


def an_erasure(number: int) -> Erasure:
    return Erasure(
        id=f"ers_{number}",
        patient_id=f"pat_{number}",
        reservation_id=f"rsv_{number}",
        at=NOW,
        tables=(ErasedTable(table="plan", rows=1),),
    )


def _append(path: Path, first: int) -> None:
    for number in range(first, first + 20):
        ErasureLog(path).append(an_erasure(number))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "erasures.log"


def test_there_is_nothing_in_a_log_that_nobody_has_written(path: Path) -> None:
    assert ErasureLog(path).read() == []


def test_what_was_added_is_read_in_order_each_tied_to_the_last(path: Path) -> None:
    log = ErasureLog(path)
    added = [log.append(an_erasure(number)) for number in range(3)]
    assert log.read() == added
    assert [each.previous for each in added] == ["", added[0].digest, added[1].digest]


def test_only_its_owner_may_read_it(path: Path) -> None:
    ErasureLog(path).append(an_erasure(1))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_line_that_was_never_finished_is_passed_over_and_written_over(path: Path) -> None:
    log = ErasureLog(path)
    first = log.append(an_erasure(1))
    with path.open("ab") as file:
        file.write(b'{"id": "ers_2", "pati')
    assert log.read() == [first]
    second = log.append(an_erasure(3))
    assert log.read() == [first, second]


@pytest.mark.parametrize(
    ("was", "became"), [("pat_1", "pat_7"), ("plan", "part"), ('"rows":1', '"rows":2'), ("{", "")]
)
def test_a_changed_line_is_noticed_and_nothing_is_added_to_it(
    path: Path, was: str, became: str
) -> None:
    log = ErasureLog(path)
    for number in (1, 2):
        log.append(an_erasure(number))
    path.write_text(path.read_text().replace(was, became, 1))
    with pytest.raises(ErasureLogBroken):
        log.read()
    with pytest.raises(ErasureLogBroken):
        log.append(an_erasure(3))


def test_a_line_taken_out_is_noticed(path: Path) -> None:
    log = ErasureLog(path)
    for number in (1, 2, 3):
        log.append(an_erasure(number))
    first, _, third = path.read_text().splitlines(keepends=True)
    path.write_text(first + third)
    with pytest.raises(ErasureLogBroken) as told:
        log.read()
    assert "pat_" not in str(told.value)


def test_processes_that_write_at_once_leave_one_chain(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_append, args=(path, first)) for first in (0, 100)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    assert sorted(each.id for each in ErasureLog(path).read()) == sorted(
        f"ers_{first + number}" for first in (0, 100) for number in range(20)
    )
