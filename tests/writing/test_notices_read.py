"""Notices as each person reads them: hidden, marked, and of one patient."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from domain.writing.fault import FaultCode
from domain.writing.rejection import InvalidInput, NothingFound
from domain.written import NoticesRead
from resolvers import notice
from resolvers import patient as patients
from resolvers.writing import (
    approval,
    part,
    reservation,
    sharing,
)
from store.session import Sessions
from store.tables import NoticeReadRow, NoticeRow, PatientRow
from tests.builders import HOSPITAL, a_clinician
from tests.writing.clinic import INGRID, OMAR, STRANGER, Clinic
from tests.writing.shares import ASSISTANT, BERIT, DAY, SCHOOL, THERAPIST, shared
from tests.writing.telling import all_told, kinds_told, mark_read


async def test_reservation_hides_every_notice_and_undoing_it_shows_them_again(
    clinic: Clinic,
) -> None:
    await shared(clinic, await clinic.active(), **ASSISTANT)
    reserved = await clinic.do(clinic.kari, reservation.RESERVE, patient_id=clinic.patient_id)
    for viewer in (clinic.kari, clinic.nora, BERIT, OMAR):
        assert await all_told(clinic, viewer) == []
    undo = {"reservation_id": reserved.subject_id, "expected_version": 1}
    await clinic.do(clinic.kari, reservation.UNDO, **undo)
    assert await kinds_told(clinic, BERIT) == ["SHARED"]


async def test_death_stops_every_notice(clinic: Clinic) -> None:
    await shared(clinic, await clinic.active(), **ASSISTANT)
    async with clinic.db.begin() as session:
        dead = update(PatientRow).where(PatientRow.id == clinic.key)
        await session.execute(dead.values(died_on=clinic.now.date()))
    for viewer in (clinic.kari, clinic.ola, BERIT, INGRID):
        assert await all_told(clinic, viewer) == []


async def test_a_parent_is_told_nothing_more_once_the_child_is_twelve(clinic: Clinic) -> None:
    await clinic.active()
    assert await kinds_told(clinic, clinic.kari) == ["PART_ACTIVATED"]
    clinic.now += 400 * DAY
    assert await all_told(clinic, clinic.kari) == []
    assert await kinds_told(clinic, clinic.nora) == ["PART_ACTIVATED"]


async def test_each_person_reads_for_themselves_also_in_a_unit(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await clinic.do(INGRID, approval.REQUEST, document_id=part_id, expected_version=2)
    berit = a_clinician(subject="s-berit-aas", hpr_number="9222333", organisation=HOSPITAL)
    (told,) = await all_told(clinic, OMAR)
    assert not told.is_read
    for _ in range(2):
        assert isinstance(await mark_read(clinic, OMAR, told.id), NoticesRead)
    assert [each.is_read for each in await all_told(clinic, OMAR)] == [True]
    assert await all_told(clinic, OMAR, unread=True) == []
    assert [each.is_read for each in await all_told(clinic, berit, unread=True)] == [False]
    assert len(await clinic.rows(NoticeReadRow)) == 1


async def test_nobody_marks_what_they_were_not_told(clinic: Clinic) -> None:
    await clinic.active()
    (told,) = await all_told(clinic, clinic.kari)
    await mark_read(clinic, STRANGER, told.id)
    assert await clinic.rows(NoticeReadRow) == []
    assert await mark_read(clinic, clinic.kari, "ntc_x") == NothingFound()
    many = await mark_read(clinic, clinic.kari, *[told.id] * 101)
    assert isinstance(many, InvalidInput)
    assert [fault.code for fault in many.faults] == [FaultCode.TOO_MANY]


async def test_an_ended_share_can_be_read_and_marked_as_read(clinic: Clinic) -> None:
    share = await shared(clinic, await clinic.active(), **ASSISTANT)
    await clinic.do(clinic.kari, sharing.WITHDRAW, share_id=share.id, expected_version=1)
    (told,) = await all_told(clinic, BERIT)
    await mark_read(clinic, BERIT, told.id)
    assert [each.is_read for each in await all_told(clinic, BERIT)] == [True]


async def test_what_is_told_about_one_patient_is_shown_with_that_patient(
    clinic: Clinic, db: Sessions
) -> None:
    other = await Clinic.open(db, parent=clinic.kari.identity_number.value)  # type: ignore[union-attr]  # a citizen has one
    for each in (clinic, other):
        await each.active()
    ctx = clinic.context(clinic.kari)
    found = await notice.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    assert [each.patient_id for each in found.edges] == [clinic.patient_id]


async def test_a_write_that_is_undone_tells_nobody(clinic: Clinic) -> None:
    part_id = await clinic.active()
    before = len(await clinic.rows(NoticeRow))
    key = str(uuid4())
    given = {"part_id": part_id, **SCHOOL}
    await clinic.do(clinic.kari, sharing.SHARE, **given, idempotency_key=key)
    after = len(await clinic.rows(NoticeRow))
    again = await clinic.do(clinic.kari, sharing.SHARE, **given, idempotency_key=key)
    assert again.receipt.is_replay
    refused = await clinic.ask(clinic.kari, sharing.SHARE, **given)
    assert type(refused).__name__ == "AlreadyShared"
    assert after == len(await clinic.rows(NoticeRow)) == before + 1


async def test_a_notice_holds_nothing_of_what_happened(clinic: Clinic) -> None:
    await shared(clinic, await clinic.active(), **THERAPIST)
    for row in await clinic.rows(NoticeRow):
        assert {column.name for column in row.__table__.columns} == {
            "patient_id",
            "event_id",
            "to_kind",
            "to_key",
            "at",
            "is_urgent",
            "is_passed_on",
        }
        assert isinstance(row.event_id, UUID)


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_everything_that_is_told_has_words(clinic: Clinic, language: str) -> None:
    part_id = await clinic.active()
    await shared(clinic, part_id, **THERAPIST)
    for operation, version in ((part.HOLD, 2), (part.RESUME, 3), (part.COMPLETE, 4)):
        await clinic.do(
            INGRID, operation, part_id=part_id, expected_version=version, reason="Ferie"
        )
        ctx = clinic.context(clinic.kari)
        ctx.language = language
        for each in await all_told(clinic, clinic.kari):
            assert notice.sentence(ctx, each)
