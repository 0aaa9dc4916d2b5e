"""What the migration makes of reports that were there before a shift could ask for them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.content.zone import ZoneLevel
from domain.following.assessment import Sign
from domain.following.entry import Change, EntryStatus
from domain.following.receiving import seen, sent_to
from domain.following.report import Report
from domain.following.zone_evaluation import SWITCHED_OFF, evaluate
from store.migrate import migrate
from store.session import engine
from tests.builders import HOSPITAL, NOW
from tests.databases import database_before
from tests.domain.nora import GREEN, NORAS, RED, WARD, YELLOW, a_report, a_value

OURS = "0008"
SCHOOL = "999000193"
HOURS_LATER = NOW.replace(hour=20)


@pytest.fixture
async def before(postgres_url: str) -> AsyncIterator[str]:
    """Give a database as it was before the migration."""
    async with database_before(postgres_url, OURS) as url:
        yield url


def _assessed(report: Report) -> Report:
    found = evaluate(NORAS, report.measurements, signs=report.signs, chosen=report.chosen, now=NOW)
    return msgspec.structs.replace(report, assessment=found, receiving=sent_to(WARD))


def _reports() -> list[Report]:
    red = _assessed(a_report(a_value(100)))
    withdrawn = Change(status=EntryStatus.WITHDRAWN, by="Kari", by_id="s", at=HOURS_LATER)
    told = [
        red,
        msgspec.structs.replace(red, receiving=seen(sent_to(WARD), "Ingrid", HOURS_LATER)),
        msgspec.structs.replace(red, change=withdrawn),
        _assessed(a_report(a_value(300))),
        _assessed(a_report(a_value(100, measured_at=NOW.replace(day=1)))),
        a_report(chosen=RED, assessment=SWITCHED_OFF),
        a_report(chosen=GREEN, assessment=SWITCHED_OFF),
        a_report(signs=(Sign(level=YELLOW, text="Feber"),)),
        a_report(note="Alt vel"),
        _assessed(a_report(a_value(3000))),
    ]
    ids = [str(uuid4()) for _ in told]
    return [
        msgspec.structs.replace(each, id=f"rep_{id}") for each, id in zip(told, ids, strict=True)
    ]


def _name(level: ZoneLevel | None) -> str | None:
    return None if level is None else level.name


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


async def _add(connection: AsyncConnection, patient: UUID, report: Report) -> None:
    key = UUID(report.id.removeprefix("rep_"))
    own = {each.id: f"msm_{uuid4()}" for each in report.measurements}
    assessment = _json(report.assessment)
    for told, known in own.items():
        assessment = (assessment or "").replace(f'"{told}"', f'"{known}"')
    row = {
        "patient": patient,
        "id": key,
        "at": report.received_at,
        "chosen": report.chosen and report.chosen.name,
        "signs": _json(report.signs),
        "assessment": assessment,
        "receiving": _json(report.receiving),
        "change": _json(report.change),
    }
    await connection.execute(
        text(
            """INSERT INTO report (patient_id, id, source, author, author_id, received_at,
                                   happened_at, chosen, signs, assessment, receiving, change)
               VALUES (:patient, :id, 'SELF', 'Kari', 's', :at, :at, :chosen,
                       CAST(:signs AS json), CAST(:assessment AS json),
                       CAST(:receiving AS json), CAST(:change AS json))"""
        ),
        row,
    )
    for known in own.values():
        await connection.execute(
            text(
                """INSERT INTO measurement (patient_id, observable, measured_at, id, report_id,
                                            value, unit, is_possible, source)
                   VALUES (:patient, 'PEAK_FLOW', :at, :id, :report, 1, 'L/min', true, 'SELF')"""
            ),
            {"patient": patient, "at": NOW, "id": UUID(known[4:]), "report": key},
        )


async def test_how_urgent_it_is_and_since_when_it_stands_is_what_the_report_says(
    before: str,
) -> None:
    database, patient, reports = engine(before), uuid4(), _reports()
    async with database.begin() as connection:
        await connection.execute(
            text(
                """INSERT INTO patient (id, given_name, family_name, birth_date, gender)
                   VALUES (:id, 'Nora', 'Fjell', '2015-01-20', 'FEMALE')"""
            ),
            {"id": patient},
        )
        await connection.execute(
            text(
                """INSERT INTO care_team_member (patient_id, id, version, name, since, functions,
                                                 organisation_number)
                   VALUES (:id, :member, 1, 'Ingrid', now(), '{}', :organisation)"""
            ),
            {"id": patient, "member": uuid4(), "organisation": HOSPITAL},
        )
        for organisation in (HOSPITAL, SCHOOL):
            await connection.execute(
                text(
                    """INSERT INTO worklist_entry (organisation, patient_id, changed_at, kinds,
                                                   approval_requested, open_comments,
                                                   open_suggestions, unseen_reds, unseen_yellows)
                       VALUES (:organisation, :id, now(), '{}', false, 0, 0, 0, 0)"""
                ),
                {"id": patient, "organisation": organisation},
            )
        for each in reports:
            await _add(connection, patient, each)
    migrate(before)
    async with database.connect() as connection:
        found = await connection.execute(
            text("SELECT id, urgency, stands_since, waits_as FROM report")
        )
        kept = {f"rep_{row.id}": tuple(row)[1:] for row in found}
        counts = await connection.execute(
            text("SELECT organisation, unseen_yellows FROM worklist_entry ORDER BY organisation")
        )
        listed = [tuple(row) for row in counts]
    assert kept == {
        each.id: (_name(each.urgency), each.stands_since, _name(each.waits_as)) for each in reports
    }
    assert {urgency for urgency, *_ in kept.values()} == {"RED", "YELLOW", "GREEN", None}
    assert listed == [(HOSPITAL, 2), (SCHOOL, 0)]
    await database.dispose()
