"""What the shift is told of yellow and red reports, on the real database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.access.viewer import Viewer
from domain.following.receiving import ReceivingState
from domain.following.urgent import UrgentReport
from resolvers import page, shift
from resolvers.writing import consent, entry, receiving
from resolvers.writing.escalation import escalate_due
from store.session import Sessions
from store.tables import ConsentRow
from tests.domain.nora import RED, YELLOW
from tests.writing.clinic import Clinic
from tests.writing.reporting import MONDAY, in_use, send
from tests.writing.shares import shared
from tests.writing.ward import Ward


@pytest.fixture
def ward(db: Sessions) -> Ward:
    return Ward(db)


async def _patient(ward: Ward) -> Clinic:
    clinic = await ward.patient()
    await in_use(clinic)
    clinic.now = MONDAY
    return clinic


async def _told(
    ward: Ward, clinic: Clinic, since: Any = None, viewer: Viewer | None = None, **asked: Any
) -> list[UrgentReport]:
    ctx = clinic.context(viewer or ward.ingrid)
    made = await shift.report(ctx, since or clinic.now - timedelta(hours=8))
    return list((await shift.reports(ctx, made, **asked)).edges)


async def _sent(clinic: Clinic, value: float, minutes: int = 0) -> str:
    clinic.now += timedelta(minutes=minutes)
    return (await send(clinic, value)).subject_id


async def test_unseen_red_stands_before_unseen_yellow_before_what_is_taken(ward: Ward) -> None:
    clinic = await _patient(ward)
    taken = await _sent(clinic, 100)
    yellow, red = await _sent(clinic, 220, 9), await _sent(clinic, 110, 9)
    late_red = await _sent(clinic, 105, 9)
    await _sent(clinic, 300, 9)
    await clinic.do(ward.berit, receiving.SEE, report_id=taken)
    told = await _told(ward, clinic)
    assert [each.report.id for each in told] == [red, late_red, yellow, taken]
    assert [each.report.waits_as for each in told] == [RED, RED, YELLOW, None]
    ctx = clinic.context(ward.ingrid)
    assert [shift.sentence(ctx, each) for each in told] == [
        "Egenbehandlingsplan: rød melding som ingen har sett.",
        "Egenbehandlingsplan: rød melding som ingen har sett.",
        "Egenbehandlingsplan: gul melding som ingen har sett.",
        "Egenbehandlingsplan: rød melding, sett av Berit Aas.",
    ]
    assert (await shift.patient_of(clinic.context(ward.ingrid), told[0])).id == clinic.patient_id


async def test_who_has_seen_it_and_who_acted_is_told_with_the_times(ward: Ward) -> None:
    clinic = await _patient(ward)
    red = await _sent(clinic, 100)
    await clinic.do(ward.berit, receiving.SEE, report_id=red)
    clinic.now += timedelta(minutes=9)
    await clinic.do(ward.ingrid, receiving.ACT, report_id=red, action="Ringte Kari")
    (told,) = await _told(ward, clinic)
    found = told.report.receiving
    assert found is not None
    assert (found.state, found.seen_by, found.acted_by, found.action) == (
        ReceivingState.ACTED_ON,
        "Berit Aas",
        "Ingrid Haugen",
        "Ringte Kari",
    )
    assert (found.seen_at, found.acted_at) == (MONDAY, clinic.now)


async def test_an_unseen_red_never_falls_out_of_the_report_because_of_time(ward: Ward) -> None:
    clinic = await _patient(ward)
    red = await _sent(clinic, 100)
    clinic.now += timedelta(days=300)
    (told,) = await _told(ward, clinic)
    assert (told.report.id, told.report.is_waiting) == (red, True)


async def test_an_older_one_is_told_when_it_was_taken_since_and_not_after_that(ward: Ward) -> None:
    clinic = await _patient(ward)
    red = await _sent(clinic, 100)
    clinic.now += timedelta(days=2)
    await clinic.do(ward.berit, receiving.SEE, report_id=red)
    (told,) = await _told(ward, clinic)
    assert (told.report.id, told.report.stands_since) == (red, clinic.now)
    clinic.now += timedelta(days=1)
    assert await _told(ward, clinic) == []


async def test_one_that_was_passed_on_still_waits_and_says_to_whom(ward: Ward) -> None:
    clinic = await _patient(ward)
    await _sent(clinic, 100)
    clinic.now += timedelta(days=1)
    await escalate_due(clinic.store, clinic.now)
    (told,) = await _told(ward, clinic)
    assert told.report.receiving is not None
    assert told.report.receiving.escalated_to == "Vakthavende lege"
    assert told.rank == 0


async def test_a_red_one_that_was_withdrawn_unseen_is_shown_as_that(ward: Ward) -> None:
    clinic = await _patient(ward)
    red = await _sent(clinic, 100)
    await clinic.do(clinic.kari, entry.WITHDRAW, report_id=red, reason="Feil barn")
    (told,) = await _told(ward, clinic)
    assert (told.report.status.name, told.rank) == ("WITHDRAWN", 2)


async def test_pages_hold_every_report_once_in_one_order(ward: Ward) -> None:
    clinics = [await _patient(ward) for _ in range(3)]
    for value, clinic in enumerate(clinics * 4):
        report_id = await _sent(clinic, 100 if value % 2 else 220)
        if value % 3 == 0:
            await clinic.do(ward.berit, receiving.SEE, report_id=report_id)
    ctx = clinics[0].context(ward.ingrid)
    made, seen, after = await shift.report(ctx, MONDAY), [], None
    while True:
        found = await shift.reports(ctx, made, first=5, after=after)
        seen += found.edges
        after = page.end_cursor(ctx, found)
        if not found.has_next_page:
            break
    assert len({each.report.id for each in seen}) == len(seen) == 12
    places = [(each.rank, each.report.received_at, each.report.id) for each in seen]
    assert places == sorted(places)
    assert {each.rank for each in seen} == {0, 1, 2, 3}


async def test_reports_of_others_patients_are_not_told(ward: Ward, db: Sessions) -> None:
    clinic = await _patient(ward)
    await _sent(clinic, 100)
    assert await _told(ward, clinic, viewer=Ward(db).ingrid) == []


async def test_who_was_given_pieces_is_told_of_no_report(ward: Ward, db: Sessions) -> None:
    clinic = await ward.patient()
    part_id = await in_use(clinic)
    clinic.now = MONDAY
    elsewhere = Ward(db)
    await shared(clinic, part_id, organisation_number=elsewhere.organisation)
    await _sent(clinic, 100)
    assert await _told(ward, clinic, viewer=elsewhere.ingrid) == []


async def test_withdrawn_consent_hides_the_reports(ward: Ward) -> None:
    clinic = await _patient(ward)
    await _sent(clinic, 100)
    (given,) = await clinic.rows(ConsentRow)
    withdraw = {"consent_id": f"con_{given.id}", "expected_version": given.version}
    await clinic.do(clinic.kari, consent.WITHDRAW, **withdraw)
    assert await _told(ward, clinic) == []
