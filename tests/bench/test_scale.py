"""A store of 20,000 patients beside one of 1,000; and that the comparison sees what is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from bench.scale.__main__ import perform, read, sides, small_beside
from bench.scale.compare import Compared, Effort, Times, compare, growth, steepness, table
from bench.scale.explain import Explained, Step, steps
from bench.scale.filled import Size, filled, server
from bench.scale.one import One
from bench.scale.reads import READS

SIZE = Size(patients=20_000, measurements=200_000)
EFFORT = Effort(explained=8, timed=15, rounds=1, tries=1)


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture(scope="module")
def stores(server_url: str) -> tuple[str, str]:
    return filled(server_url, small_beside(SIZE)), filled(server_url, SIZE)


@pytest.fixture(scope="module")
def compared(stores: tuple[str, str]) -> dict[str, Compared]:
    small, large = stores
    found = asyncio.run(perform(small, large, SIZE, EFFORT))
    return {each.name: each for each in found}


@pytest.mark.parametrize("name", READS)
def test_a_read_has_the_same_plan_and_hardly_more_pages(
    compared: dict[str, Compared], name: str
) -> None:
    assert compared[name].faults == ()


def test_the_worklist_costs_the_same_to_its_last_page(compared: dict[str, Compared]) -> None:
    pages = [each.pages[1] for name, each in compared.items() if name.startswith("worklist")]
    assert len(pages) == 4
    assert max(pages) <= min(pages) + 1


def test_the_table_shows_every_read(compared: dict[str, Compared]) -> None:
    shown = table(list(compared.values()))
    assert [name for name in READS if name not in shown] == []


def test_a_store_that_is_filled_is_found_again(server_url: str, stores: tuple[str, str]) -> None:
    told: list[str] = []
    assert filled(server_url, SIZE, told.append) == stores[1]
    assert told == []


async def test_an_index_that_is_missing_is_seen(
    compared: dict[str, Compared], stores: tuple[str, str]
) -> None:
    name = "worklist, last page"
    connection = await asyncpg.connect(stores[1].replace("+asyncpg", ""))
    await connection.execute("DROP INDEX ix_worklist_entry_newest")
    await connection.close()
    both = await sides(*stores, SIZE, EFFORT)
    [found] = await compare(*both, EFFORT, {name: READS[name]})
    assert "The plan differs" in found.faults[0]


def an_explained(*pages: float, what: str = "Index Scan", runs: int = 1) -> Explained:
    return Explained(tuple(Step(f"{what} {n}", each, runs) for n, each in enumerate(pages)), 0)


def test_more_pages_in_one_place_are_a_fault_up_to_three_are_none() -> None:
    small = [an_explained(2, 2)]
    assert growth(small, [an_explained(5, 4)], 0) == (3, [])
    grew, faults = growth(small, [an_explained(2, 6)], 0)
    assert (grew, len(faults)) == (4, 1)


def test_many_look_ups_at_once_may_grow_by_so_much_together() -> None:
    assert growth([an_explained(60)], [an_explained(260)], 200) == (200, [])
    _, faults = growth([an_explained(60)], [an_explained(261)], 200)
    assert len(faults) == 1


def test_what_runs_for_each_look_up_may_grow_by_its_share() -> None:
    small = [an_explained(2, runs=50)]
    assert growth(small, [an_explained(6, runs=50)], 200) == (4, [])
    _, faults = growth(small, [an_explained(7, runs=50)], 200)
    assert len(faults) == 1


def a_compared(name: str, p99: float, large_p50: float) -> Compared:
    return Compared(name, (1, 1), 0, Times(1, p99, large_p50), ())


def test_twice_the_time_of_the_slowest_is_not_slow_more_is() -> None:
    assert [a_compared("a", p99, 1).is_slow for p99 in (2.0, 2.1)] == [False, True]
    assert "SLOW" in table([a_compared("a", 2.1, 1)])


def test_the_worklist_is_as_steep_as_its_slowest_page() -> None:
    pages = [a_compared(f"worklist, {name}", 1, ms) for name, ms in (("first", 2), ("last", 3))]
    assert steepness([a_compared("another", 1, 9), *pages]) == 1.5


def test_another_plan_is_a_fault() -> None:
    _, faults = growth([an_explained(2)], [an_explained(2, what="Seq Scan")], 0)
    assert "Seq Scan" in faults[0]


def a_node(kind: str, *plans: dict[str, Any], hit: int = 0, **more: Any) -> dict[str, Any]:
    counts = {"Shared Hit Blocks": hit, "Shared Read Blocks": 0, "Actual Loops": 1}
    return {"Node Type": kind, "Plans": list(plans), **counts, **more}


def test_values_are_no_part_of_a_plan_and_pages_are_a_node_s_own() -> None:
    inner = a_node("Index Scan", hit=3, **{"Index Name": "i", "Index Cond": "(id = '1'::uuid)"})
    outer, scan = steps(a_node("Aggregate", inner, hit=5))
    assert (outer.pages, scan.pages) == (2, 3)
    assert scan.what == "  Index Scan, Index Name: i, Index Cond: (id = ?)"


def test_the_bitmap_of_an_index_is_its_scan() -> None:
    index = a_node("Bitmap Index Scan", hit=2, **{"Index Name": "i", "Index Cond": "(a = 1)"})
    [scan] = steps(a_node("Bitmap Heap Scan", index, hit=5, **{"Relation Name": "t"}))
    assert scan.pages == 5
    assert scan.what == "Index Scan, Index Name: i, Relation Name: t, Index Cond: (a = 1)"


def test_a_sort_above_an_index_is_the_index_in_its_order() -> None:
    index = a_node("Bitmap Index Scan", hit=2, **{"Index Name": "i", "Index Cond": "(a = 1)"})
    scan = a_node("Bitmap Heap Scan", index, hit=5, **{"Relation Name": "t"})
    below = a_node("Aggregate", hit=4)
    found, aggregate = steps(a_node("Result", a_node("Sort", scan, hit=5), below, hit=9))
    assert found.what == "Index Scan, Index Name: i, Relation Name: t, Index Cond: (a = 1)"
    assert (found.pages, aggregate.what, aggregate.pages) == (5, "  Aggregate", 4)


def test_a_sort_of_a_whole_table_is_a_step_of_its_own() -> None:
    assert len(list(steps(a_node("Sort", a_node("Seq Scan", hit=5), hit=5)))) == 2


def test_pages_of_a_node_that_writes_are_those_of_each_row_in_each_of_two_indexes() -> None:
    rows = a_node("Index Scan", hit=4, **{"Actual Rows": 3.0})
    written, _ = steps(a_node("ModifyTable", rows, hit=28, **{"Relation Name": "t"}))
    assert (written.pages, written.runs) == (4, 6)


def test_twins_have_the_same_facts_and_nothing_else_in_common() -> None:
    one, twin = One(7), One(4007)
    assert one.shape == twin.shape
    assert (one.key, one.number, one.part(0)) != (twin.key, twin.number, twin.part(0))


def test_command_line_says_how_much_is_loaded() -> None:
    chosen = read(["--patients", "3000", "--measurements", "60000"])
    assert Size(chosen.patients, chosen.measurements).each == 20
    assert chosen.data is None
