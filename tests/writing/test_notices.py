"""Whom a share and a plan are told to, and what of it they may read, on the real database."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from resolvers import notice
from resolvers.writing import (
    consent,
    part,
    sharing,
)
from store.tables import ConsentRow
from tests.builders import a_clinician
from tests.writing.clinic import INGRID, Clinic
from tests.writing.shares import ASSISTANT, BERIT, DAY, SCHOOL, THERAPIST, shared
from tests.writing.telling import all_told, kinds_told, revised, said_to

PHYSIO = a_clinician(subject="s-per", name="Per", hpr_number="7777777", organisation="999000150")
HOME_CARE = "999000118"
GRETE = a_clinician(subject="s-grete", hpr_number="9888777", organisation=HOME_CARE)


async def test_a_recipient_is_told_and_by_whom_in_the_transaction_that_shares(
    clinic: Clinic,
) -> None:
    share = await shared(clinic, await clinic.active(), **ASSISTANT)
    (told,) = await all_told(clinic, BERIT)
    assert (told.kind.name, told.subject_id, told.at) == ("SHARED", share.id, clinic.now)
    assert told.by is not None
    assert told.by.name == "Kari Fjell"
    assert (await notice.patient_of(clinic.context(BERIT), told)) is not None
    assert await said_to(clinic, BERIT) == ["Noe av en plan er delt med deg."]


async def test_a_unit_is_told_each_person_in_it(clinic: Clinic) -> None:
    await shared(clinic, await clinic.active(), **THERAPIST)
    assert await said_to(clinic, PHYSIO) == ["Noe av en plan er delt med dere."]
    assert await all_told(clinic, GRETE) == []


async def test_who_opens_a_share_by_code_is_told_of_that_share(clinic: Clinic) -> None:
    part_id = await clinic.active()
    share = await shared(clinic, part_id, **SCHOOL)
    teacher = replace(BERIT, role=BERIT.role.RECIPIENT, identity_number=None, share_id=share.id)
    assert await kinds_told(clinic, teacher) == ["SHARED"]
    await revised(clinic, part_id)
    changed, _ = await all_told(clinic, teacher)
    assert (changed.kind.name, changed.by) == ("PART_REVISED", None)
    assert await notice.change_comment(clinic.context(teacher), changed) is None


async def test_whose_share_is_withdrawn_is_told_that_it_has_ended_and_nothing_more(
    clinic: Clinic,
) -> None:
    part_id = await clinic.active()
    share = await shared(clinic, part_id, **ASSISTANT)
    await revised(clinic, part_id)
    clinic.now += timedelta(minutes=1)
    await clinic.do(clinic.kari, sharing.WITHDRAW, share_id=share.id, expected_version=1)
    (told,) = await all_told(clinic, BERIT)
    assert notice.sentence(clinic.context(BERIT), told) == "Delingen er avsluttet."
    assert (told.at, told.patient_id, told.subject_id, told.by) == (clinic.now, None, None, None)
    assert await notice.patient_of(clinic.context(BERIT), told) is None


async def test_a_share_that_ends_by_its_date_is_told_as_ended_then(clinic: Clinic) -> None:
    share = await shared(clinic, await clinic.active(), **ASSISTANT)
    assert share.until is not None
    clinic.now = share.until + DAY
    (told,) = await all_told(clinic, BERIT)
    assert (told.kind.name, told.at, told.patient_id) == ("SHARE_WITHDRAWN", share.until, None)


async def test_a_new_end_is_told_once_however_often_it_changes(clinic: Clinic) -> None:
    share = await shared(clinic, await clinic.active(), **ASSISTANT)
    for version, days in enumerate((40, 50), start=1):
        clinic.now += timedelta(minutes=1)
        until = clinic.now + days * DAY
        await clinic.do(
            clinic.kari,
            sharing.CHANGE,
            share_id=share.id,
            expected_version=version,
            until=until,
        )
    assert await kinds_told(clinic, BERIT) == ["SHARE_CHANGED", "SHARED"]


async def test_a_part_that_is_revoked_ends_its_shares_and_tells_them(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await shared(clinic, part_id, **ASSISTANT)
    await clinic.do(INGRID, part.REVOKE, part_id=part_id, expected_version=2, reason="Ny plan")
    assert await said_to(clinic, BERIT) == ["Delingen er avsluttet."]
    assert await said_to(clinic, clinic.kari) == ["Planen er trukket tilbake og skal ikke følges."]


async def test_withdrawn_consent_ends_the_shares_and_tells_them(clinic: Clinic) -> None:
    await shared(clinic, await clinic.active(), **ASSISTANT)
    (given,) = await clinic.rows(ConsentRow)
    withdraw = {"consent_id": f"con_{given.id}", "expected_version": given.version}
    await clinic.do(clinic.kari, consent.WITHDRAW, **withdraw)
    assert await said_to(clinic, BERIT) == ["Delingen er avsluttet."]
    assert "SHARED" not in await kinds_told(clinic, clinic.kari)


async def test_a_new_content_is_told_to_the_patients_side_with_what_is_new(clinic: Clinic) -> None:
    part_id = await clinic.active()
    (first,) = await all_told(clinic, clinic.kari)
    assert first.kind.name == "PART_ACTIVATED"
    await revised(clinic, part_id, "Doblet kveldsdose etter kontroll")
    for viewer in (clinic.nora, clinic.kari, clinic.ola):
        (told,) = await all_told(clinic, viewer)
        ctx = clinic.context(viewer)
        assert told.kind.name == "PART_REVISED"
        assert await notice.change_comment(ctx, told) == "Doblet kveldsdose etter kontroll"
        assert notice.sentence(ctx, told) == "Planen er endret. Les hva som er nytt."


async def test_one_home_is_not_told_what_the_other_does(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await shared(clinic, part_id, **ASSISTANT)
    assert "SHARED" not in await kinds_told(clinic, clinic.ola)
    await shared(clinic, part_id, by=INGRID, **THERAPIST)
    assert "SHARED" in await kinds_told(clinic, clinic.ola)
