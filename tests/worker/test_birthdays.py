from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from domain.access.landing import born_between, stage_on
from domain.access.matrix import KEEPABLE
from domain.cooperation.task import TaskKind
from domain.cooperation.worklist import WorklistFilter
from domain.errors import NotPermitted
from domain.local_time import OSLO
from domain.plan.sharing import ShareScope
from resolvers import plan as plans
from resolvers import shift
from resolvers.writing import child
from store.session import Sessions
from store.tables import EventRow, PatientRow
from tests.builders import HOSPITAL
from tests.writing.clinic import INGRID, Clinic
from tests.writing.telling import kinds_told
from worker.birthdays import Birthdays

BORN = date(2015, 6, 1)
DAY = date(2027, 6, 1)


async def _clinic(db: Sessions, born: date = BORN) -> Clinic:
    clinic = await Clinic.open(db)
    async with db.begin() as session:
        mine = update(PatientRow).where(PatientRow.id == clinic.key)
        await session.execute(mine.values(birth_date=born))
    await clinic.active()
    return clinic


async def _turn(clinic: Clinic, at: datetime) -> None:
    """Let a worker that has just been started turn once."""
    clinic.now = at
    await Birthdays(clinic.store, lambda: at).turn()


async def _warned(clinic: Clinic) -> int:
    return [row.kind for row in await clinic.rows(EventRow)].count("BIRTHDAY_NEAR")


def _at(day: date, hour: int = 0, minute: int = 1) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OSLO)


def _ahead(days: int) -> date:
    return DAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("left", "stage"),
    [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (1, 7), (0, None), (-1, None)],
)
def test_each_stage_begins_on_its_day(left: int, stage: int | None) -> None:
    assert stage_on(BORN, _ahead(left)) == stage


def test_who_was_born_on_29_february_is_told_of_as_everybody() -> None:
    born = date(2016, 2, 29)
    assert stage_on(born, date(2028, 2, 22)) == 7
    assert stage_on(born, date(2028, 2, 28)) == 7
    assert stage_on(born, date(2028, 2, 29)) is None
    assert stage_on(born, date(2027, 12, 1)) == 90
    assert stage_on(born, date(2027, 11, 30)) is None


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2027, 12, 31), date(2026, 3, 1)])
def test_all_children_at_a_stage_are_looked_among(today: date) -> None:
    first, last = born_between(today)
    for days in range(1, 91):
        birthday = today + timedelta(days=days)
        day = 28 if (birthday.month, birthday.day) == (2, 29) else birthday.day
        assert first <= date(birthday.year - 12, birthday.month, day) <= last


async def test_parents_are_told_once_at_each_stage_by_the_date_in_norway(db: Sessions) -> None:
    clinic = await _clinic(db)
    await _turn(clinic, _at(_ahead(91), 23, 59))
    assert await _warned(clinic) == 0
    for count, days in enumerate((90, 30, 7), 1):
        await _turn(clinic, _at(_ahead(days + 1), 23, 59))
        assert await _warned(clinic) == count - 1
        for _ in range(3):
            await _turn(clinic, _at(_ahead(days)))
        assert await _warned(clinic) == count
    await _turn(clinic, _at(DAY))
    assert await _warned(clinic) == 3
    assert (await kinds_told(clinic, clinic.ola)).count("BIRTHDAY_NEAR") == 0


async def test_both_parents_are_told_in_plain_words(db: Sessions) -> None:
    clinic = await _clinic(db)
    await _turn(clinic, _at(_ahead(90)))
    for parent in (clinic.kari, clinic.ola):
        assert "BIRTHDAY_NEAR" in await kinds_told(clinic, parent)


async def test_a_worker_that_was_down_tells_of_the_stage_that_it_has_come_to(db: Sessions) -> None:
    clinic = await _clinic(db)
    await _turn(clinic, _at(_ahead(20)))
    assert await _warned(clinic) == 1
    await _turn(clinic, _at(_ahead(7)))
    assert await _warned(clinic) == 2


async def test_the_worklist_and_the_shift_report_ask_to_choose(db: Sessions) -> None:
    clinic = await _clinic(db)
    await _turn(clinic, _at(_ahead(90)))
    keep = WorklistFilter(parents_choice=True)

    async def listed() -> bool:
        page = await clinic.store.worklist.page(HOSPITAL, keep, None, 100, clinic.now)
        return clinic.patient_id in [entry.patient_id for entry in page]

    async def asked() -> bool:
        ctx = clinic.context(INGRID)
        report = await shift.report(ctx, clinic.now - timedelta(days=1))
        edges = (await shift.children(ctx, report)).edges
        assert {each.kind for each in edges} <= {TaskKind.CHILD}
        return clinic.patient_id in [each.patient_id for each in edges]

    assert await listed()
    assert await asked()
    clinic.now = _at(_ahead(91), 23, 59)
    assert not await listed()
    assert not await asked()
    clinic.now = _at(DAY + timedelta(days=30))
    assert await asked()
    await clinic.do(
        INGRID,
        child.FOR_PARENTS,
        patient_id=clinic.patient_id,
        rights=(),
        reason="Du bestemmer selv nå.",
    )
    assert not await listed()
    assert not await asked()


async def test_at_the_day_access_changes_by_itself_and_the_default_keeps(db: Sessions) -> None:
    clinic = await _clinic(db)
    clinic.now = _at(_ahead(1), 23, 59)
    plan = await clinic.plan(clinic.kari)
    clinic.now = _at(DAY, 0, 0)
    part = await clinic.part(clinic.kari, plan.parts[0].id)
    ctx = clinic.context(clinic.kari)
    await plans.part_by_id(ctx, part.id)
    assert ShareScope.WHOLE_PART not in plans.scopes(ctx, part)
    assert part.content is not None
    assert part.content.goals == ()
    assert part.content.self_care is not None


async def test_what_was_chosen_ahead_holds_from_the_day_until_sixteen(db: Sessions) -> None:
    clinic = await _clinic(db)
    part_id = (await clinic.plan(INGRID)).parts[0].id
    clinic.now = _at(_ahead(30))
    choice = {"patient_id": clinic.patient_id, "reason": "Mamma og pappa ser planen med deg."}
    await clinic.do(INGRID, child.FOR_PARENTS, rights=KEEPABLE, **choice)
    assert (await clinic.part(clinic.kari, part_id)).content
    clinic.now = _at(date(2031, 5, 31), 23, 59)
    shown = (await clinic.part(clinic.kari, part_id)).content
    assert shown is not None
    assert shown.goals
    clinic.now = _at(date(2031, 6, 1), 0, 0)
    with pytest.raises(NotPermitted) as refused:
        await clinic.part(clinic.kari, part_id)
    assert refused.value.reason == "OVER_16"
