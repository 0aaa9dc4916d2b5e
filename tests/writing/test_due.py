from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from domain.content.line import ContentSection
from domain.local_time import OSLO
from domain.plan.part import IN_USE
from resolvers import plan as plans
from resolvers.writing import part
from tests.writing.clinic import INGRID, SAID, Clinic

DAY = date(2026, 11, 22)


async def _with_a_day(clinic: Clinic) -> str:
    (first, *rest) = SAID.actions
    content = replace(SAID, actions=(replace(first, due=DAY), *rest))
    return await clinic.active(content=content)


async def _overdue(clinic: Clinic, part_id: str) -> list[str]:
    ctx = clinic.context(INGRID)
    found = plans.overdue_lines(ctx, await plans.part_by_id(ctx, part_id))
    assert {line.section for line in found} <= {ContentSection.ACTIONS}
    return [line.label for line in found]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2026, 11, 22, 23, 59, tzinfo=OSLO), []),
        (datetime(2026, 11, 23, 0, 0, tzinfo=OSLO), ["Fast inhalasjon"]),
    ],
)
async def test_an_action_is_overdue_from_the_day_after_in_norway(
    clinic: Clinic, now: datetime, told: list[str]
) -> None:
    part_id = await _with_a_day(clinic)
    clinic.now = now
    assert await _overdue(clinic, part_id) == told


async def test_nothing_is_overdue_in_a_part_that_has_ended(clinic: Clinic) -> None:
    part_id = await _with_a_day(clinic)
    clinic.now += timedelta(days=2)
    assert await _overdue(clinic, part_id)
    ended = {"part_id": part_id, "expected_version": 2, "reason": "Ferdig"}
    await clinic.do(INGRID, part.COMPLETE, **ended)
    assert (await clinic.part(INGRID, part_id)).lifecycle not in IN_USE
    assert await _overdue(clinic, part_id) == []
