"""A store of 20,000 patients beside one of 1,000; and that the comparison sees what is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from bench.scale.__main__ import Size, databases, perform, read, sides
from bench.scale.compare import Compared, Effort, compare, growth, table
from bench.scale.explain import Explained, Step, steps
from bench.scale.one import One
from bench.scale.reads import READS

SIZE = Size(patients=20_000, measurements=200_000)
EFFORT = Effort(explained=8, timed=15, rounds=1)


@pytest.fixture(scope="module")
def stores() -> Iterator[tuple[str, str]]:
    with databases() as urls:
        yield urls


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


def an_explained(*pages: float, what: str = "Index Scan") -> Explained:
    return Explained(tuple(Step(f"{what} {n}", each) for n, each in enumerate(pages)), 0)


def test_more_pages_in_one_place_are_a_fault_up_to_three_are_none() -> None:
    small = [an_explained(2, 2)]
    assert growth(small, [an_explained(5, 4)], 1) == (3, [])
    grew, faults = growth(small, [an_explained(2, 6)], 1)
    assert (grew, len(faults)) == (4, 1)


def test_pages_are_those_of_one_read_where_a_statement_makes_many() -> None:
    assert growth([an_explained(100)], [an_explained(200)], 50) == (2, [])


def test_another_plan_is_a_fault() -> None:
    _, faults = growth([an_explained(2)], [an_explained(2, what="Seq Scan")], 1)
    assert "Seq Scan" in faults[0]


def a_node(kind: str, *plans: dict[str, Any], hit: int = 0, **more: Any) -> dict[str, Any]:
    counts = {"Shared Hit Blocks": hit, "Shared Read Blocks": 0, "Actual Loops": 1}
    return {"Node Type": kind, "Plans": list(plans), **counts, **more}


def test_values_are_no_part_of_a_plan_and_pages_are_a_node_s_own() -> None:
    inner = a_node("Index Scan", hit=3, **{"Index Name": "i", "Index Cond": "(id = '1'::uuid)"})
    outer, scan = steps(a_node("Sort", inner, hit=5))
    assert (outer.pages, scan.pages) == (2, 3)
    assert scan.what == "  Index Scan, Index Name: i, Index Cond: (id = ?)"


def test_the_bitmap_of_an_index_is_its_scan() -> None:
    index = a_node("Bitmap Index Scan", hit=2, **{"Index Name": "i", "Index Cond": "(a = 1)"})
    [scan] = steps(a_node("Bitmap Heap Scan", index, hit=5, **{"Relation Name": "t"}))
    assert scan.pages == 5
    assert scan.what == "Index Scan, Index Name: i, Relation Name: t, Index Cond: (a = 1)"


def test_twins_have_the_same_facts_and_nothing_else_in_common() -> None:
    one, twin = One(7), One(4007)
    assert one.shape == twin.shape
    assert (one.key, one.number, one.part(0)) != (twin.key, twin.number, twin.part(0))


def test_command_line_says_how_much_is_loaded() -> None:
    chosen = read(["--patients", "3000", "--measurements", "60000"])
    assert Size(chosen.patients, chosen.measurements).each == 20
