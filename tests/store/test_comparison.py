from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from domain.cooperation.worklist import WorklistFilter
from domain.outdated.comparison import Comparison
from domain.outdated.fingerprint import Fingerprint
from domain.outdated.reason import Noticed, OutdatedKind
from domain.source.section import SectionName
from store.comparison import FEED, ComparisonStore
from store.feed import FeedStore
from store.session import Sessions
from store.tables import PatientRow
from store.unit import UnitStore
from store.worklist import WorklistStore
from tests.store import rows
from tests.store.rows import NOW, add

MEDICINES, STAYS = SectionName.MEDICATIONS, SectionName.APPOINTMENTS
LONG_AGO = NOW - timedelta(days=99 * 365)
A_LINE = Fingerprint(line="a" * 64, says="b" * 64, is_current=True)
A_REASON = Noticed(kind=OutdatedKind.NEW_MEDICINE, noticed_at=NOW, mark="a" * 64)


@pytest.fixture
def comparisons(db: Sessions) -> ComparisonStore:
    return ComparisonStore(db)


@pytest.fixture
async def patient(db: Sessions) -> UUID:
    return await _patient(db)


async def _patient(db: Sessions, **changes: Any) -> UUID:
    key = uuid4()
    await add(db, rows.a_patient(key, **changes), rows.a_number(key, _number(key)))
    return key


def _number(key: UUID) -> str:
    return str(key.int)[:11]


async def _part(db: Sessions, key: UUID) -> str:
    plan = rows.a_plan(key)
    part = rows.a_part(plan)
    await add(db, plan, part, rows.a_version(part))
    return f"prt_{part.id}"


async def _due(db: Sessions, key: UUID, section: SectionName = MEDICINES) -> list[Comparison]:
    """Return what is due of one patient, among what other tests have left in this database."""
    due = await ComparisonStore(db).due(section, LONG_AGO, 999)
    return [each for each in due if each.patient_id == f"pat_{key}"]


async def _compared(db: Sessions, key: UUID, part_id: str, **changes: Any) -> Comparison:
    known: dict[str, Any] = {"section": MEDICINES, "since": NOW, "due_at": LONG_AGO}
    made = Comparison(patient_id=f"pat_{key}", part_id=part_id, **known | changes)
    async with UnitStore(db).begin(made.patient_id) as unit:
        await unit.compare(made)
        await unit.renew_worklist()
    return made


async def test_a_comparison_is_read_as_it_was_kept(
    db: Sessions, comparisons: ComparisonStore, patient: UUID
) -> None:
    part_id = await _part(db, patient)
    kept = await _compared(
        db,
        patient,
        part_id,
        attempts=2,
        told_at=NOW,
        baseline_at=NOW,
        compared_at=NOW,
        key_id="k1",
        blind_to=("NO_PRESCRIPTION_LOOKUP",),
        is_partial=True,
        fingerprints=(A_LINE,),
        accepted=("m1",),
        reasons=(A_REASON,),
    )
    async with UnitStore(db).begin(kept.patient_id) as unit:
        assert await unit.comparisons() == [kept]
    ((shown,), none) = await comparisons.by_parts(
        [(kept.patient_id, part_id), (kept.patient_id, f"prt_{uuid4()}")]
    )
    assert (shown.reasons, shown.fingerprints, none) == ((A_REASON,), (), [])


async def test_when_a_feed_was_heard_is_told_with_what_it_is_about(
    db: Sessions, comparisons: ComparisonStore, patient: UUID
) -> None:
    part_id = await _part(db, patient)
    kept = await _compared(db, patient, part_id, section=STAYS)
    await FeedStore(db).advance(f"{FEED}{STAYS.name}", 1, NOW)
    ((shown,),) = await comparisons.by_parts([(kept.patient_id, part_id)])
    assert shown.heard_at is not None
    assert shown.heard_at >= NOW


async def test_what_is_due_comes_by_section_the_longest_waiting_first(
    db: Sessions, comparisons: ComparisonStore, patient: UUID
) -> None:
    part_id = await _part(db, patient)
    other = await _patient(db)
    await _compared(db, patient, part_id)
    await _compared(db, other, await _part(db, other), due_at=LONG_AGO - timedelta(days=1))
    await _compared(db, patient, part_id, section=STAYS, due_at=NOW + timedelta(days=1))
    assert [each.part_id for each in await _due(db, patient)] == [part_id]
    (first,) = await comparisons.due(MEDICINES, LONG_AGO, 1)
    assert first.patient_id == f"pat_{other}"
    assert await _due(db, patient, STAYS) == []
    await _compared(db, patient, part_id, due_at=None)
    assert await _due(db, patient) == []


@pytest.mark.parametrize("number", ["now", "before", "of another, merged"])
async def test_a_change_is_found_by_any_number_the_patient_has_had(
    db: Sessions, comparisons: ComparisonStore, patient: UUID, number: str
) -> None:
    part_id = await _part(db, patient)
    await _compared(db, patient, part_id, due_at=None)
    told = {"now": _number(patient), "before": "x" + uuid4().hex[:10]}
    await add(db, rows.a_number(patient, told["before"], kind="TEMPORARY", valid_to=NOW.date()))
    merged = await _patient(db, merged_into=patient)
    at = NOW + timedelta(hours=1)
    changed = {told.get(number, _number(merged)): at, "00000000000": at}
    await comparisons.told(MEDICINES, changed, LONG_AGO)
    (due,) = await _due(db, patient)
    assert (due.told_at, due.due_at) == (at, LONG_AGO)
    await comparisons.told(MEDICINES, {_number(patient): NOW}, LONG_AGO)
    (again,) = await _due(db, patient)
    assert again.told_at == at
    await _compared(db, patient, part_id, due_at=None)


async def test_a_change_of_one_section_leaves_the_others_alone(
    db: Sessions, comparisons: ComparisonStore, patient: UUID
) -> None:
    part_id = await _part(db, patient)
    await _compared(db, patient, part_id, due_at=None)
    await comparisons.told(STAYS, {_number(patient): NOW}, LONG_AGO)
    assert await _due(db, patient) == []


async def test_when_nobody_can_tell_what_changed_everything_of_a_section_is_due(
    db: Sessions, comparisons: ComparisonStore, patient: UUID
) -> None:
    part_id = await _part(db, patient)
    await _compared(db, patient, part_id, section=STAYS, due_at=None)
    await _compared(db, patient, part_id, due_at=None)
    other = await _patient(db)
    await _compared(db, other, await _part(db, other), section=STAYS, due_at=None)
    await comparisons.all_due(STAYS, LONG_AGO, at_a_time=1)
    assert len(await _due(db, other, STAYS)) == 1
    assert len(await _due(db, patient, STAYS)) == 1
    assert await _due(db, patient) == []
    async with db.begin() as session:
        died = update(PatientRow).values(died_on=NOW.date())
        await session.execute(died.where(PatientRow.id == patient))
    assert await _due(db, patient, STAYS) == []


async def test_the_worklist_counts_the_parts_that_have_a_reason(
    db: Sessions, patient: UUID
) -> None:
    organisation = uuid4().hex
    plan = rows.a_plan(patient)
    parts = [rows.a_part(plan), rows.a_part(plan, kind="KRISEPLAN")]
    await add(db, rows.a_member(patient, organisation), plan, *parts)
    part_id, other_id = (f"prt_{part.id}" for part in parts)
    worklist = WorklistStore(db)

    async def listed(**keep: Any) -> list[int]:
        page = await worklist.page(organisation, WorklistFilter(**keep), None, 9, NOW)
        return [entry.outdated_parts for entry in page]

    await _compared(db, patient, part_id, due_at=None)
    assert await listed() == await listed(may_be_outdated=False) == [0]
    assert await listed(may_be_outdated=True) == []
    await _compared(db, patient, part_id, due_at=None, reasons=(A_REASON,))
    await _compared(db, patient, part_id, section=STAYS, due_at=None, reasons=(A_REASON,))
    assert await listed() == await listed(may_be_outdated=True) == [1]
    assert await listed(may_be_outdated=False) == []
    await _compared(db, patient, other_id, due_at=None, reasons=(A_REASON,))
    assert await listed() == [2]
    async with UnitStore(db).begin(f"pat_{patient}") as unit:
        await unit.stop_comparing(part_id)
        await unit.renew_worklist()
    assert await listed() == [1]


async def test_whoever_has_been_given_pieces_learns_of_no_reason(
    db: Sessions, patient: UUID
) -> None:
    organisation = uuid4().hex
    plan = rows.a_plan(patient)
    part = rows.a_part(plan)
    share = rows.a_share(part, organisation_number=organisation, scopes=["ZONE_SHEET"])
    await add(db, plan, part, rows.a_version(part), share)
    await _compared(db, patient, f"prt_{part.id}", due_at=None, reasons=(A_REASON,))
    (entry,) = await WorklistStore(db).page(organisation, WorklistFilter(), None, 9, NOW)
    assert entry.outdated_parts == 0
