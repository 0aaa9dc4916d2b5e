from __future__ import annotations

import pytest

from domain.cooperation.worklist import WorklistEntry, WorklistPosition
from domain.errors import NotPermitted
from resolvers import worklist
from resolvers.page import position_of
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
    assert position_of(cursor, WorklistPosition) == ENTRY.position


async def test_a_citizen_has_no_worklist() -> None:
    with pytest.raises(NotPermitted):
        await worklist.page(a_context(viewer=a_citizen()))
