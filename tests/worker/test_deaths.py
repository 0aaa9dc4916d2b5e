from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from domain.cooperation.worklist import WorklistFilter
from domain.errors import NotFound, NotPermitted
from domain.plan.part import Lifecycle
from domain.plan.sharing import SharingState
from domain.refusal import Refusal
from domain.writing.rejection import NotAllowed
from resolvers import patient as patients
from resolvers.writing import part, reservation
from store.feed import FeedStore
from store.tables import EventRow, FeedPositionRow, RepresentationRow
from tests.builders import HOSPITAL
from tests.connectors.asking import ARNE, NORA
from tests.worker.backroom import Backroom
from tests.writing.clinic import INGRID, SAID, Clinic
from tests.writing.in_use import SCHOOL, in_use, shared
from worker.deaths import FEED


async def _die(backroom: Backroom, number: str = ARNE) -> None:
    wish = {"patient": number, "change": "die"}
    async with backroom.http.post(f"{backroom.register_url}/_changes", json=wish) as answer:
        assert answer.status == 200


async def _died(backroom: Backroom) -> None:
    await _die(backroom)
    backroom.later(minutes=1)
    await backroom.deaths.turn()


async def test_the_plan_is_closed_to_all_writing_and_can_still_be_read(backroom: Backroom) -> None:
    clinic = backroom.clinic
    part_id = await in_use(clinic)
    await _died(backroom)
    shown = await clinic.part(INGRID, part_id)
    assert (shown.lifecycle, shown.content) == (Lifecycle.ACTIVE, SAID)
    answer = await clinic.ask(
        INGRID, part.COMPLETE, part_id=part_id, expected_version=2, reason="Død"
    )
    assert answer == NotAllowed(reason=Refusal.DECEASED)
    patient = await patients.by_id(clinic.context(INGRID), clinic.patient_id)
    assert patient.died_on == datetime.now(UTC).date()  # the register's day


async def test_proxies_and_shares_end(backroom: Backroom) -> None:
    clinic = backroom.clinic
    part_id = await in_use(clinic)
    await shared(clinic, part_id)
    await _died(backroom)
    with pytest.raises(NotFound):
        await patients.by_id(clinic.context(clinic.kari), clinic.patient_id)
    with pytest.raises(NotPermitted):
        await clinic.part(SCHOOL, part_id)
    shares = (await clinic.part(INGRID, part_id)).sharing
    assert shares.state(clinic.now) is SharingState.WITHDRAWN
    assert [row.until for row in await clinic.rows(RepresentationRow)] == [clinic.now] * 2


async def test_the_team_is_told_and_sees_it_first_on_the_worklist(backroom: Backroom) -> None:
    clinic = backroom.clinic
    await in_use(clinic)
    other = await Clinic.open(clinic.db)
    other.now = clinic.now
    await in_use(other)
    await _died(backroom)
    events = sorted(await clinic.rows(EventRow), key=lambda event: event.number)
    assert (events[-1].kind, events[-1].subject_id) == ("PATIENT_DIED", clinic.patient_id)
    page = await clinic.store.worklist.page(HOSPITAL, WorklistFilter(), None, 9, clinic.now)
    assert page[0].patient_id == clinic.patient_id
    assert page[0].changed_at > page[1].changed_at


async def test_a_death_told_twice_is_registered_once(backroom: Backroom) -> None:
    await _died(backroom)
    async with backroom.clinic.db.begin() as session:
        await session.execute(update(FeedPositionRow).values(position=0))
    await backroom.deaths.turn()
    assert [event.kind for event in await backroom.clinic.rows(EventRow)] == ["PATIENT_DIED"]


async def test_somebody_without_a_plan_here_is_passed_over(backroom: Backroom) -> None:
    await _die(backroom, NORA)
    await _died(backroom)
    assert [event.kind for event in await backroom.clinic.rows(EventRow)] == ["PATIENT_DIED"]


async def test_the_place_in_the_feed_is_kept_only_when_all_before_it_was_done(
    backroom: Backroom,
) -> None:
    await _die(backroom)
    await backroom.faults({"kind": "status", "status": 503}, url=backroom.register_url)
    await backroom.deaths.turn()
    places = FeedStore(backroom.clinic.db)
    assert await places.position(FEED) == 0
    await backroom.faults(url=backroom.register_url)
    await backroom.deaths.turn()
    assert await places.position(FEED) > 0
    assert len(await backroom.clinic.rows(EventRow)) == 1


async def test_a_reservation_made_in_life_still_leads_to_erasure(backroom: Backroom) -> None:
    clinic = backroom.clinic
    part_id = await in_use(clinic)
    await backroom.delivering.turn()
    reservation_id = await backroom.reserve()
    await _died(backroom)
    undone = await clinic.ask(
        INGRID, reservation.UNDO, reservation_id=reservation_id, expected_version=1
    )
    assert undone == NotAllowed(reason=Refusal.DECEASED)
    backroom.later(days=30)
    await backroom.erasing.turn()
    assert await backroom.holding(part_id.removeprefix("prt_")) <= {"audit_entry"}
