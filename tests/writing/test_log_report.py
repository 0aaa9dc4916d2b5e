from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.access.audit import AuditEntry
from domain.access.log_report import AccessRemark, RemarkKind
from domain.access.relation import Basis
from domain.author import Author
from domain.errors import BadInput, NotPermitted
from domain.refusal import Refusal
from resolvers import log_report
from resolvers.page import cursor_of
from store.saving import add as save
from tests.builders import NOW
from tests.store import rows
from tests.store.rows import add
from tests.store.test_log_writer import an_entry
from tests.writing.clinic import INGRID, Clinic
from tests.writing.test_log_question import MARIT, OTHER_OFFICER

WARD, CLINIC = "974795515", "999000150"
SINCE = NOW - timedelta(days=30)


def by(hpr: str, unit: str = WARD) -> dict[str, Any]:
    author = Author(name=f"Person {hpr}", hpr_number=hpr, organisation_number=unit)
    return {"by": author, "legal_entity": MARIT.legal_entity, "basis": Basis.CARE_TEAM}


async def _keep(clinic: Clinic, *entries: AuditEntry) -> None:
    async with clinic.db.begin() as session:
        for entry in entries:
            await save(session, entry)


async def _patients(clinic: Clinic, count: int) -> list[UUID]:
    keys = [uuid4() for _ in range(count)]
    await add(clinic.db, *(rows.a_patient(key) for key in keys))
    return keys


async def _report(clinic: Clinic, kind: RemarkKind, **asked: Any) -> list[AccessRemark]:
    page = await log_report.remarks(clinic.context(MARIT), since=SINCE, first=100, **asked)
    return [each for each in page.edges if each.kind is kind]


async def test_reading_on_an_attest_alone_is_found(clinic: Clinic) -> None:
    one, other = await _patients(clinic, 2)
    attested = by("1") | {"basis": Basis.ATTEST}
    await _keep(
        clinic,
        an_entry(one, **attested),
        an_entry(one, **attested),
        an_entry(other, **attested),
        an_entry(other, **by("2")),
    )
    (found,) = await _report(clinic, RemarkKind.READ_WITHOUT_RELATION)
    assert (found.by.hpr_number, found.patients, found.times) == ("1", 2, 3)
    said = log_report.sentence(clinic.context(MARIT), found)
    assert said.startswith("Person 1 leste om 2 pasient(er), 3 ganger")


async def test_one_refusal_is_a_mistake_and_three_are_found(clinic: Clinic) -> None:
    (key,) = await _patients(clinic, 1)
    refused: dict[str, Any] = {"refusal": Refusal.NO_CARE_RELATION, "basis": None}
    await _keep(
        clinic,
        an_entry(key, **by("3") | refused),
        *(an_entry(key, **by("4") | refused) for _ in range(3)),
    )
    (found,) = await _report(clinic, RemarkKind.REFUSED)
    assert (found.by.hpr_number, found.patients, found.times) == ("4", 1, 3)


async def test_many_patients_are_unusual_against_the_person_s_own_unit(clinic: Clinic) -> None:
    keys = await _patients(clinic, 40)
    busy = [by(str(person), CLINIC) for person in range(50, 53)]
    await _keep(
        clinic,
        *(an_entry(key, **by("40")) for key in keys),
        *(an_entry(keys[0], **by(str(person))) for person in range(41, 45)),
        *(an_entry(key, **each) for each in busy for key in keys),
    )
    (found,) = await _report(clinic, RemarkKind.UNUSUAL_VOLUME)
    assert (found.by.hpr_number, found.patients) == ("40", 40)
    assert found.usual is not None
    assert found.usual < 13


async def test_another_organisation_s_officer_sees_nothing_of_it(clinic: Clinic) -> None:
    (key,) = await _patients(clinic, 1)
    await _keep(clinic, an_entry(key, **by("5") | {"basis": Basis.ATTEST}))
    page = await log_report.remarks(clinic.context(OTHER_OFFICER), since=SINCE)
    assert page.edges == ()


async def test_every_finding_is_on_one_page(clinic: Clinic) -> None:
    (key,) = await _patients(clinic, 1)
    attested = [by(str(person)) | {"basis": Basis.ATTEST} for person in range(60, 65)]
    await _keep(clinic, *(an_entry(key, **each) for each in attested))
    ctx = clinic.context(MARIT)
    whole = (await log_report.remarks(ctx, since=SINCE, first=100)).edges
    paged: list[AccessRemark] = []
    after = None
    while page := (await log_report.remarks(ctx, since=SINCE, first=2, after=after)).edges:
        paged += page
        after = cursor_of(page[-1].position)
    assert tuple(paged) == whole
    assert len(whole) >= 5


async def test_it_is_for_the_officer_and_for_a_while_back(clinic: Clinic) -> None:
    with pytest.raises(NotPermitted):
        await log_report.remarks(clinic.context(INGRID), since=SINCE)
    for since in (NOW - timedelta(days=93), NOW + timedelta(days=1), NOW.replace(tzinfo=None)):
        with pytest.raises(BadInput):
            await log_report.remarks(clinic.context(MARIT), since=since)
