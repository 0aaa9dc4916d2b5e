from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, insert, text

from domain.content.observable import Observable
from domain.following.asking import ReportPosition, ReportsAsked, ValuesAsked
from store import measurement, report
from store.measurement import MeasurementStore
from store.patient import PatientStore
from store.report import ReportStore
from store.session import Sessions
from store.tables import MeasurementRow, PlanPartRow, ReportRow
from tests.store import rows
from tests.store.rows import NOW, add

MINUTE = timedelta(minutes=1)
CROWD, EACH = 40, 100  # patients, and reports of each


def _report(patient: UUID, number: int, **changes: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "patient_id": patient,
        "id": uuid4(),
        "source": "SELF",
        "author": "Kari",
        "author_id": "s-kari",
        "received_at": NOW - number * MINUTE,
        "happened_at": NOW - number * MINUTE,
        "note": f"{number} minutter siden",
        "feeling": "SO_SO",
        "signs": [],
        "stands_since": NOW - number * MINUTE,
        "waits_as": None,
        "escalates_at": None,
    }
    return known | changes


def _value(report: dict[str, Any], **changes: Any) -> dict[str, Any]:
    known = {
        "patient_id": report["patient_id"],
        "id": uuid4(),
        "report_id": report["id"],
        "observable": "PEAK_FLOW",
        "measured_at": report["received_at"],
        "value": 300.5,
        "unit": "L/min",
        "is_possible": True,
        "source": "SELF",
    }
    return known | changes


@pytest.fixture(scope="module")
async def crowd(db: Sessions) -> list[UUID]:
    """Give many patients with many reports of a value each; of the first, one waits."""
    patients = [uuid4() for _ in range(CROWD)]
    reports = [_report(patient, n) for patient in patients for n in range(EACH)]
    reports[7] |= {"urgency": "RED", "waits_as": "RED", "escalates_at": NOW}
    await add(db, *(rows.a_patient(patient) for patient in patients))
    async with db.begin() as session:
        await session.execute(insert(ReportRow), reports)
        await session.execute(insert(MeasurementRow), [_value(each) for each in reports])
    async with db.begin() as session:
        await session.execute(text("ANALYZE report, measurement"))
    return patients


async def _explained(db: Sessions, statement: Any, given: dict[str, Any]) -> str:
    """Return how PostgreSQL runs a statement."""
    async with db() as session:
        connection = await session.connection()
        compiled = statement.compile(dialect=connection.dialect)
        values = compiled.construct_params(given)
        in_order = tuple(values[name] for name in compiled.positiontup or ())
        explain = f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) {compiled}"
        return "\n".join((await connection.exec_driver_sql(explain, in_order)).scalars())


def _pages_of(explained: str) -> int:
    """Return how many pages of tables and indexes were looked at."""
    first = next(line for line in explained.splitlines() if "Buffers:" in line)
    return sum(int(count) for count in re.findall(r"(?:hit|read)=(\d+)", first))


async def test_a_page_is_newest_first_with_its_values(db: Sessions, crowd: Sequence[UUID]) -> None:
    store = ReportStore(db)
    asked = ReportsAsked(patient_id=f"pat_{crowd[0]}", size=3)
    other = ReportsAsked(patient_id=f"pat_{crowd[1]}", size=2)
    pages = await store.pages([asked, other])
    assert [report.note[:1] for report in pages[0] if report.note] == ["0", "1", "2"]
    assert [len(report.measurements) for report in pages[0]] == [1, 1, 1]
    assert {report.patient_id for report in pages[1]} == {f"pat_{crowd[1]}"}
    value = pages[0][0].measurements[0]
    assert (value.value, value.author, value.received_at) == (300.5, "Kari", NOW)


async def test_the_next_page_goes_on_after_a_place_even_within_a_moment(
    db: Sessions, crowd: Sequence[UUID]
) -> None:
    patient, store = uuid4(), ReportStore(db)
    same = [_report(patient, 0) for _ in range(5)]
    await add(db, rows.a_patient(patient))
    async with db.begin() as session:
        await session.execute(insert(ReportRow), same)
    seen: list[str] = []
    after: ReportPosition | None = None
    while True:
        (page,) = await store.pages(
            [ReportsAsked(patient_id=f"pat_{patient}", size=2, after=after)]
        )
        if not page:
            break
        seen += [report.id for report in page]
        after = page[-1].position
    assert sorted(seen) == sorted(f"rep_{each['id']}" for each in same)


async def test_a_page_keeps_to_one_author(db: Sessions, crowd: Sequence[UUID]) -> None:
    asked = ReportsAsked(patient_id=f"pat_{crowd[0]}", size=9, author_id="s-ola")
    assert await ReportStore(db).pages([asked]) == [[]]


async def test_the_last_page_costs_no_more_than_the_first(
    db: Sessions, crowd: Sequence[UUID]
) -> None:
    last = ReportPosition(received_at=NOW - (EACH - 10) * MINUTE, id=f"rep_{uuid4()}")
    pages = []
    for after in (None, last):
        asked = [ReportsAsked(patient_id=f"pat_{each}", size=5, after=after) for each in crowd[:3]]
        explained = await _explained(db, report._PAGES, report._columns(asked))
        assert "ix_report_newest" in explained
        assert "ix_measurement_report" in explained
        assert "Seq Scan" not in explained
        pages.append(_pages_of(explained))
    assert pages[1] <= pages[0] * 1.5


@pytest.mark.parametrize("is_usable", [False, True])
async def test_values_of_a_period_are_read_by_their_key_in_few_pages(
    db: Sessions, crowd: Sequence[UUID], is_usable: bool
) -> None:
    asked = ValuesAsked(
        patient_id=f"pat_{crowd[3]}",
        observable=Observable.PEAK_FLOW,
        size=5,
        since=NOW - 50 * MINUTE,
        until=NOW - 30 * MINUTE,
        is_usable=is_usable,
    )
    explained = await _explained(db, measurement._VALUES, measurement._columns([asked]))
    assert "pk_measurement" in explained
    assert "Seq Scan" not in explained
    assert _pages_of(explained) < 40
    (found,) = await MeasurementStore(db).by_questions([asked])
    assert [NOW - value.measured_at for value in found] == [n * MINUTE for n in range(31, 36)]


async def test_each_question_has_its_own_answer(db: Sessions, crowd: Sequence[UUID]) -> None:
    peak_flow = ValuesAsked(patient_id=f"pat_{crowd[0]}", observable=Observable.PEAK_FLOW, size=2)
    weight = ValuesAsked(patient_id=f"pat_{crowd[0]}", observable=Observable.WEIGHT, size=2)
    found = await MeasurementStore(db).by_questions([weight, peak_flow])
    assert [len(values) for values in found] == [0, 2]


async def test_only_usable_values_are_given_where_those_are_asked_for(
    db: Sessions, crowd: Sequence[UUID]
) -> None:
    patient = uuid4()
    told = [_report(patient, n) for n in range(3)]
    withdrawn = {"status": "WITHDRAWN", "by": "Kari", "byId": "s", "at": NOW.isoformat()}
    values = [
        _value(told[0], change=withdrawn),
        _value(told[1], is_possible=False),
        _value(told[2]),
    ]
    await add(db, rows.a_patient(patient))
    async with db.begin() as session:
        await session.execute(insert(ReportRow), told)
        await session.execute(insert(MeasurementRow), [{"change": None} | each for each in values])
    asked = ValuesAsked(
        patient_id=f"pat_{patient}", observable=Observable.PEAK_FLOW, size=1, is_usable=True
    )
    ((value,),) = await MeasurementStore(db).by_questions([asked])
    assert value.id == f"msm_{values[2]['id']}"


async def test_what_is_due_is_found_by_its_time_alone(db: Sessions, crowd: Sequence[UUID]) -> None:
    store = ReportStore(db)
    assert await store.due(NOW - MINUTE, 10) == []
    assert len(await store.due(NOW, 10)) == 1
    async with db() as session:
        explained = await session.execute(
            text("EXPLAIN SELECT id FROM report WHERE escalates_at <= now() ORDER BY escalates_at")
        )
        assert "ix_report_due" in "\n".join(explained.scalars())


async def test_what_waits_with_a_patient_is_counted_without_reading_the_rest(
    db: Sessions, crowd: Sequence[UUID]
) -> None:
    async with db() as session:
        explained = await session.execute(
            text(
                "EXPLAIN SELECT count(*) FILTER (WHERE waits_as = 'RED') FROM report"
                " WHERE patient_id = :patient AND waits_as IS NOT NULL"
            ),
            {"patient": crowd[0]},
        )
        assert "ix_report_waiting" in "\n".join(explained.scalars())


async def test_a_report_and_its_values_outlive_the_part_they_were_told_under(
    db: Sessions, crowd: Sequence[UUID]
) -> None:
    patient = uuid4()
    whole = rows.a_plan(patient)
    part = rows.a_part(whole)
    told = _report(patient, 0, part_id=part.id, content_version=1)
    await add(db, rows.a_patient(patient), whole, part)
    async with db.begin() as session:
        await session.execute(insert(ReportRow), [told])
        await session.execute(insert(MeasurementRow), [_value(told)])
    async with db.begin() as session:
        await session.execute(delete(PlanPartRow).where(PlanPartRow.id == part.id))
    found = await ReportStore(db).by_id(f"pat_{patient}", f"rep_{told['id']}")
    assert found is not None
    assert (found.part_id, len(found.measurements)) == (None, 1)


async def test_only_the_owner_of_a_report_is_its_owner(db: Sessions, crowd: Sequence[UUID]) -> None:
    store = ReportStore(db)
    ((one,),) = await store.pages([ReportsAsked(patient_id=f"pat_{crowd[0]}", size=1)])
    patients = PatientStore(db)
    owner = await patients.by_report_id(one.id)
    assert owner is not None
    assert owner.patient.id == f"pat_{crowd[0]}"
    assert await patients.by_report_id(f"rep_{uuid4()}") is None
    assert await store.by_id(f"pat_{crowd[1]}", one.id) is None
