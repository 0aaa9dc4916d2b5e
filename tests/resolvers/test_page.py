from __future__ import annotations

import pytest

from domain.cooperation.shift import ChangePosition
from domain.cooperation.task import TaskPosition
from domain.cooperation.worklist import WorklistEntry, WorklistPosition
from domain.errors import BadInput
from resolvers import page, worklist
from tests.builders import NOW
from tests.resolvers.fakes import a_context


def _entry(number: int) -> WorklistEntry:
    return WorklistEntry(
        patient_id=f"pat_0195bb24-0000-7000-8000-00000000000{number}",
        changed_at=NOW,
        kinds=(),
        approval_requested=False,
        open_comments=0,
    )


ENTRIES = [_entry(number) for number in range(4)]


@pytest.mark.parametrize("cursor", ["", "x", "bnVsbA==", "W10=", "øæå", "=" * 9999])
@pytest.mark.parametrize("kind", [WorklistPosition, ChangePosition, TaskPosition])
def test_a_cursor_that_is_none_is_the_caller_s_error(cursor: str, kind: type) -> None:
    with pytest.raises(BadInput):
        page.position_of(cursor, kind)


def test_no_cursor_is_no_place() -> None:
    assert page.position_of(None, WorklistPosition) is None


@pytest.mark.parametrize("first", [-1, 0, 101, 10**12])
async def test_a_page_has_bounds(first: int) -> None:
    with pytest.raises(BadInput):
        await worklist.page(a_context(), first=first)


def test_one_more_than_a_page_tells_that_there_are_more() -> None:
    shown = page.page_of(ENTRIES, 3)
    assert (shown.edges, shown.has_next_page) == (tuple(ENTRIES[:3]), True)
    assert not page.page_of(ENTRIES, 4).has_next_page


def test_what_may_not_be_shown_is_left_out_and_the_next_page_begins_after_it() -> None:
    ctx = a_context()
    shown = page.page_of(ENTRIES, 3, lambda entry: entry is ENTRIES[0])
    assert shown.edges == (ENTRIES[0],)
    assert page.end_cursor(ctx, shown) == worklist.cursor_of(ctx, ENTRIES[2])
    hidden = page.page_of(ENTRIES, 3, lambda entry: False)
    assert page.start_cursor(ctx, hidden) == worklist.cursor_of(ctx, ENTRIES[0])


def test_an_empty_page_has_no_cursors() -> None:
    ctx, empty = a_context(), page.page_of([], 3)
    assert (page.start_cursor(ctx, empty), page.end_cursor(ctx, empty)) == (None, None)
    assert page.info(ctx, empty) is empty
