"""Who is told that a plan may be outdated, and about whom no source is asked."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from domain.access.viewer import Viewer
from domain.errors import NotPermitted
from domain.event import EventKind
from domain.outdated.comparison import ComparisonState
from domain.outdated.reason import OutdatedKind
from domain.source.section import SectionName, SourceName
from resolvers import shift
from resolvers.writing import reservation
from store.tables import PatientRow, PlanPartRow
from tests.builders import a_clinician, a_vendor
from tests.connectors.asking import NORA
from tests.store import rows
from tests.store.rows import add
from tests.worker.watch import Watch
from tests.writing.clinic import INGRID

CRITICAL = SectionName.CRITICAL_INFO
INDICATOR = "POST /v1/helseindikator"
FLAGGED, CLEARED = "MAY_BE_OUTDATED", "NO_LONGER_OUTDATED"


async def test_a_parent_is_not_told_of_a_medicine_that_is_hidden_from_them(
    watch: Watch, part_id: str
) -> None:
    clinic = watch.clinic
    await watch.change(SourceName.MEDICATION, "startMedication")
    person = watch.world.person(NORA)
    assert person is not None
    (flag,) = [
        piece
        for extension in watch.world.of(person, "MedicationStatement")[-1]["extension"]
        for piece in extension["extension"]
        if piece["url"] == "guardiantransparencyreservation"
    ]
    flag["valueBoolean"] = True
    watch.sources[SourceName.MEDICATION].forget(person)
    await watch.turn()
    assert await watch.kinds(part_id) == [OutdatedKind.NEW_MEDICINE]
    assert await watch.reasons(part_id, clinic.kari) == []
    await watch.change(SourceName.KJERNEJOURNAL, "addAllergy")
    await watch.turn()
    told = await watch.kinds(part_id, clinic.kari)
    assert told == [OutdatedKind.NEW_CRITICAL_INFORMATION]


async def test_whom_a_part_is_shared_with_learns_nothing_of_it(watch: Watch, part_id: str) -> None:
    vendor = a_vendor(organisation="999000193")
    await watch.clinic.shared(part_id, "999000193")
    with pytest.raises(NotPermitted):
        await watch.reasons(part_id, vendor)


async def test_what_the_patient_closes_at_the_source_is_not_known_of_any_more(
    watch: Watch, part_id: str
) -> None:
    await watch.change(SourceName.KJERNEJOURNAL, "addAllergy")
    await watch.turn()
    assert await watch.reasons(part_id) != []
    await watch.faults(SourceName.KJERNEJOURNAL, {"kind": "blocked"})
    await watch.change(SourceName.KJERNEJOURNAL, "addAllergy")
    await watch.turn()
    assert await watch.reasons(part_id) == []
    assert await watch.state(part_id, CRITICAL) is ComparisonState.CLOSED
    assert await watch.events() == [FLAGGED, CLEARED]


async def test_what_a_source_opens_again_without_a_word_is_found_within_a_day(
    watch: Watch, part_id: str
) -> None:
    await watch.faults(SourceName.KJERNEJOURNAL, {"kind": "blocked"})
    await watch.change(SourceName.KJERNEJOURNAL, "addAllergy")
    await watch.turn()
    calls = watch.sources[SourceName.KJERNEJOURNAL].calls
    calls.clear()
    await watch.turn(hours=23)
    assert calls[INDICATOR] == 0
    await watch.turn(hours=2)
    assert calls[INDICATOR] == 1
    assert await watch.state(part_id, CRITICAL) is ComparisonState.CLOSED
    await watch.faults(SourceName.KJERNEJOURNAL)
    await watch.turn(hours=1)
    assert calls[INDICATOR] == 1
    await watch.turn(days=1)
    assert calls[INDICATOR] == 2
    assert await watch.state(part_id, CRITICAL) is ComparisonState.COMPARED
    assert await watch.reasons(part_id) == []


async def test_nobody_asks_about_those_who_have_reserved_or_are_dead(
    watch: Watch, part_id: str
) -> None:
    clinic = watch.clinic
    await watch.change(SourceName.MEDICATION, "startMedication")
    made = await clinic.do(clinic.kari, reservation.RESERVE, patient_id=clinic.patient_id)
    calls = watch.sources[SourceName.MEDICATION].calls
    calls.clear()
    await watch.turn()
    assert calls["POST /Patient/$getMedication"] == 0
    await clinic.do(
        clinic.kari, reservation.UNDO, reservation_id=made.subject_id, expected_version=1
    )
    await watch.turn()
    assert await watch.kinds(part_id) == [OutdatedKind.NEW_MEDICINE]
    async with clinic.db.begin() as session:
        died = update(PatientRow).values(died_on=clinic.now.date())
        await session.execute(died.where(PatientRow.id == clinic.key))
    await watch.change(SourceName.MEDICATION, "stopMedication")
    calls.clear()
    await watch.turn()
    assert calls["POST /Patient/$getMedication"] == 0


async def test_whoever_has_pieces_of_a_part_is_not_told_that_a_source_changed(
    watch: Watch, part_id: str
) -> None:
    clinic, school_nurse = watch.clinic, a_clinician(organisation="999000193")
    of_part = PlanPartRow(patient_id=clinic.key, id=UUID(part_id.removeprefix("prt_")))
    share = rows.a_share(of_part, organisation_number="999000193", scopes=["ZONE_SHEET"])
    await add(clinic.db, share)
    await watch.change(SourceName.MEDICATION, "startMedication")
    await watch.turn()

    async def told(viewer: Viewer) -> set[EventKind]:
        ctx = clinic.context(viewer)
        report = await shift.report(ctx, clinic.now - timedelta(days=1))
        return {each.kind for each in (await shift.changes(ctx, report, first=100)).edges}

    assert EventKind.MAY_BE_OUTDATED in await told(INGRID)
    seen = await told(school_nurse)
    assert EventKind.PART_ACTIVATED in seen
    assert EventKind.MAY_BE_OUTDATED not in seen
