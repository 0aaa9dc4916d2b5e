from __future__ import annotations

import pytest

from domain.errors import BadInput, NotPermitted
from domain.worklist import WorklistEntry
from resolvers import worklist
from tests.builders import NOW, a_citizen
from tests.resolvers.fakes import a_context

ENTRY = WorklistEntry(
    patient_id="pat_0195bb24-0000-7000-8000-000000000001",
    changed_at=NOW,
    kinds=(),
    approval_requested=False,
    open_comments=0,
)


def test_a_cursor_leads_back_to_its_place() -> None:
    cursor = worklist.cursor_of(a_context(), ENTRY)
    assert worklist.position_of(cursor) == ENTRY.position


@pytest.mark.parametrize("cursor", ["", "x", "bnVsbA==", "W10=", "øæå", "=" * 9999])
def test_a_cursor_that_is_none_is_the_caller_s_error(cursor: str) -> None:
    with pytest.raises(BadInput):
        worklist.position_of(cursor)


@pytest.mark.parametrize("first", [-1, 0, 101, 10**12])
async def test_a_page_has_bounds(first: int) -> None:
    with pytest.raises(BadInput):
        await worklist.page(a_context(), first=first)


async def test_a_citizen_has_no_worklist() -> None:
    with pytest.raises(NotPermitted):
        await worklist.page(a_context(viewer=a_citizen()))
