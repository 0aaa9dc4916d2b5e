from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.access.patient import PatientRecord
from domain.access.relation import Basis
from domain.errors import NotFound
from domain.identity_number import IdentityNumberKind
from domain.plan.part import Plan
from domain.plan.sharing import ShareScope
from store.patient import PatientStore
from store.session import Sessions
from store.tables import RepresentationRow
from tests.store import rows
from tests.store.rows import NOW, add


@pytest.fixture
def patients(db: Sessions) -> PatientStore:
    return PatientStore(db)


def _number() -> str:
    return str(uuid4().int)[:11]


async def _read(patients: PatientStore, key: UUID) -> PatientRecord:
    (record,) = await patients.by_ids([f"pat_{key}"])
    assert record is not None
    return record


async def test_a_patient_without_a_plan_has_none(db: Sessions, patients: PatientStore) -> None:
    key = uuid4()
    await add(db, rows.a_patient(key))
    record = await _read(patients, key)
    assert bytes(record.plan) == b"null"
    assert (record.patient.id, record.relations) == (f"pat_{key}", ())


async def test_records_come_in_the_order_asked_with_gaps(
    db: Sessions, patients: PatientStore
) -> None:
    one, two = uuid4(), uuid4()
    await add(db, rows.a_patient(one, given_name="En"), rows.a_patient(two, given_name="To"))
    found = await patients.by_ids([f"pat_{two}", f"pat_{uuid4()}", f"pat_{one}"])
    assert [record and record.patient.given_name for record in found] == ["To", None, "En"]


async def test_current_numbers_come_first(db: Sessions, patients: PatientStore) -> None:
    key, old, new = uuid4(), _number(), _number()
    await add(
        db,
        rows.a_patient(key),
        rows.a_number(key, old, kind="TEMPORARY", valid_to=date(2026, 1, 1)),
        rows.a_number(key, new),
    )
    numbers = (await _read(patients, key)).patient.identity_numbers
    assert [(n.value, n.kind) for n in numbers] == [
        (new, IdentityNumberKind.NATIONAL),
        (old, IdentityNumberKind.TEMPORARY),
    ]


async def test_a_former_number_still_finds_the_patient(
    db: Sessions, patients: PatientStore
) -> None:
    key, old = uuid4(), _number()
    await add(db, rows.a_patient(key), rows.a_number(key, old, valid_to=date(2020, 1, 1)))
    record = await patients.by_identity_number(old)
    assert record is not None
    assert record.patient.id == f"pat_{key}"


async def test_a_merged_patient_s_id_leads_to_the_one_it_lives_on_in(
    db: Sessions, patients: PatientStore
) -> None:
    kept, gone = uuid4(), uuid4()
    await add(db, rows.a_patient(kept), rows.a_patient(gone, merged_into=kept))
    assert (await _read(patients, gone)).patient.id == f"pat_{kept}"


async def test_every_kind_of_tie_is_an_access_fact(db: Sessions, patients: PatientStore) -> None:
    key = uuid4()
    plan = rows.a_plan(key)
    part = rows.a_part(plan)
    share = rows.a_share(
        part,
        organisation_number="2",
        until=NOW + timedelta(days=9),
        withdrawn_at=NOW - timedelta(days=1),
    )
    handover = rows.a_handover(key, "3")
    parent = RepresentationRow(
        patient_id=key,
        id=uuid4(),
        kind="PARENT",
        representative_number="4",
        representative_name="Kari",
        origin="Folkeregisteret",
        since=NOW,
    )
    member = rows.a_member(key, "1", hpr_number="9144897")
    await add(db, rows.a_patient(key), member, plan, part, rows.a_version(part))
    await add(db, share, handover, parent)
    ties = {tie.basis: tie for tie in (await _read(patients, key)).relations}
    assert {basis: tie.organisation or tie.person_number for basis, tie in ties.items()} == {
        Basis.CARE_TEAM: "1",
        Basis.SHARE: "2",
        Basis.HANDOVER: "3",
        Basis.PARENT: "4",
    }
    assert ties[Basis.SHARE].until == NOW - timedelta(days=1)
    assert ties[Basis.SHARE].part_id == f"prt_{part.id}"
    assert ties[Basis.SHARE].scopes == (ShareScope.WHOLE_PART,)
    assert ties[Basis.PARENT].person_name == "Kari"
    assert {basis: tie.hpr_number for basis, tie in ties.items() if tie.hpr_number} == {
        Basis.CARE_TEAM: "9144897"
    }
    assert ties[Basis.PARENT].representation_id == f"rpn_{parent.id}"
    assert ties[Basis.SHARE].representation_id is None


async def test_a_named_recipient_finds_the_patient_and_so_does_a_share(
    db: Sessions, patients: PatientStore
) -> None:
    key, number = uuid4(), _number()
    plan = rows.a_plan(key)
    part = rows.a_part(plan)
    share = rows.a_share(part, recipient_number=number, scopes=["ZONE_SHEET", "CONTACTS"])
    await add(db, rows.a_patient(key), plan, part, share)
    [record] = await patients.by_person(number)
    assert record.patient.id == f"pat_{key}"
    assert await patients.by_share_id(f"shr_{share.id}") == record
    [tie] = record.relations
    assert (tie.person_number, tie.organisation) == (number, None)
    assert tie.scopes == (ShareScope.ZONE_SHEET, ShareScope.CONTACTS)


async def test_the_plan_comes_as_it_was_written(db: Sessions, patients: PatientStore) -> None:
    key = uuid4()
    plan = rows.a_plan(key)
    part = rows.a_part(plan, content_version=2)
    older = rows.a_version(part, 1, content={"title": "Gammel"})
    await add(db, rows.a_patient(key), plan, part, older, rows.a_version(part, 2))
    for record in (
        await _read(patients, key),
        await patients.by_plan_id(f"pln_{plan.id}"),
        await patients.by_part_id(f"prt_{part.id}"),
    ):
        assert record is not None
        shown = msgspec.json.decode(record.plan, type=Plan)
        assert shown.parts[0].content.what_matters_to_me == rows.CONTENT["whatMattersToMe"]
        assert shown.parts[0].id == f"prt_{part.id}"


async def test_no_patient_is_given_anything_of_another_s(
    db: Sessions, patients: PatientStore
) -> None:
    one, other = uuid4(), uuid4()
    for key, organisation in ((one, "1"), (other, "2")):
        plan = rows.a_plan(key)
        part = rows.a_part(plan)
        member = rows.a_member(key, organisation, name=f"Lege {organisation}")
        await add(db, rows.a_patient(key), rows.a_number(key, _number()), member)
        await add(db, plan, part, rows.a_version(part), rows.a_part(plan, lifecycle="REVOKED"))
    record = await _read(patients, one)
    shown = msgspec.json.decode(record.plan, type=Plan)
    assert len(record.patient.identity_numbers) == 1
    assert [tie.organisation for tie in record.relations] == ["1"]
    assert [member.name for member in shown.care_team] == ["Lege 1"]
    assert {part.patient_id for part in shown.parts} == {f"pat_{one}"}
    assert len(shown.parts) == 2


async def test_numbers_access_facts_and_plan_are_one_statement(
    db: Sessions, patients: PatientStore, database: AsyncEngine
) -> None:
    key = uuid4()
    await add(db, rows.a_patient(key), rows.a_plan(key))
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(database.sync_engine, "before_cursor_execute", note)
    await _read(patients, key)
    event.remove(database.sync_engine, "before_cursor_execute", note)
    assert len(statements) == 1


async def test_only_one_part_of_a_kind_is_living(db: Sessions) -> None:
    key = uuid4()
    plan = rows.a_plan(key)
    await add(
        db, rows.a_patient(key), plan, rows.a_part(plan), rows.a_part(plan, lifecycle="REVOKED")
    )
    with pytest.raises(IntegrityError):
        await add(db, rows.a_part(plan, lifecycle="DRAFT"))


async def test_an_id_that_is_none_is_not_found(patients: PatientStore) -> None:
    with pytest.raises(NotFound):
        await patients.by_ids(["pat_1; DROP TABLE patient"])


async def test_a_person_finds_themselves_and_their_children(
    db: Sessions, patients: PatientStore
) -> None:
    parent, child, number = uuid4(), uuid4(), _number()
    tie = RepresentationRow(
        patient_id=child,
        id=uuid4(),
        kind="PARENT",
        representative_number=number,
        representative_name="Kari",
        origin="Folkeregisteret",
        since=NOW,
    )
    await add(db, rows.a_patient(parent), rows.a_number(parent, number), rows.a_patient(child), tie)
    found = await patients.by_person(number)
    assert {record.patient.id for record in found} == {f"pat_{parent}", f"pat_{child}"}


async def test_a_driver_s_error_never_shows_what_was_asked_for(db: Sessions) -> None:
    key, number = uuid4(), _number()
    await add(db, rows.a_patient(key), rows.a_number(key, number))
    with pytest.raises(IntegrityError) as caught:
        await add(db, rows.a_number(key, number, kind="NONE"))
    assert "[parameters" not in str(caught.value)
