"""Plans held against three running sources, as these change."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import update

from domain.cooperation.review import ReviewOutcome
from domain.outdated.comparison import ComparisonState
from domain.outdated.reason import OutdatedKind
from domain.plan.part import PlanKind
from domain.source.section import SectionName, SourceName
from resolvers.writing import consent, part
from store.listing import CONSENTS
from store.tables import ComparisonRow, FeedPositionRow
from tests.connectors.asking import NORA
from tests.worker.watch import Watch, everything_kept, held, on_frisium, revised
from tests.writing.clinic import INGRID

MEDICINES = SectionName.MEDICATIONS
CRITICAL = SectionName.CRITICAL_INFO
STAYS = SectionName.APPOINTMENTS
FLAGGED, CLEARED = "MAY_BE_OUTDATED", "NO_LONGER_OUTDATED"


async def test_a_new_part_is_compared_with_every_source_and_nothing_is_found(
    watch: Watch,
) -> None:
    part_id = await watch.clinic.active()
    assert {await watch.state(part_id, each) for each in (MEDICINES, CRITICAL, STAYS)} == {
        ComparisonState.WAITING
    }
    await watch.turn()
    assert await watch.state(part_id, MEDICINES) is ComparisonState.COMPARED
    assert await watch.state(part_id, CRITICAL) is ComparisonState.COMPARED
    assert await watch.state(part_id, STAYS) is ComparisonState.COMPARED
    assert await watch.reasons(part_id) == []
    assert await watch.events() == []


async def test_nothing_that_a_source_said_is_kept(watch: Watch, part_id: str) -> None:
    await watch.change(SourceName.MEDICATION, "startMedication")
    await watch.turn()
    kept = await everything_kept(watch)
    assert "NEW_MEDICINE" in kept
    for word in ("Frisium", "Apocillin", "N05BA09", "10 mg", "Peanøtt", NORA, "Fjell"):
        assert word.casefold() not in kept.casefold(), word


@pytest.mark.parametrize(
    ("source", "change", "kind"),
    [
        (SourceName.MEDICATION, "startMedication", OutdatedKind.NEW_MEDICINE),
        (SourceName.MEDICATION, "stopMedication", OutdatedKind.STOPPED_MEDICINE),
        (SourceName.MEDICATION, "changeDosage", OutdatedKind.CHANGED_MEDICINE),
        (SourceName.KJERNEJOURNAL, "addAllergy", OutdatedKind.NEW_CRITICAL_INFORMATION),
        (SourceName.KJERNEJOURNAL, "retractAllergy", OutdatedKind.ENDED_CRITICAL_INFORMATION),
        (SourceName.HOSPITAL, "admit", OutdatedKind.ADMISSION),
    ],
)
async def test_a_change_is_noticed_within_seconds_and_told_once(
    watch: Watch, part_id: str, source: SourceName, change: str, kind: OutdatedKind
) -> None:
    before = watch.clinic.now
    assert await watch.listed(may_be_outdated=True) == []
    await watch.change(source, change)
    await watch.turn()
    (reason,) = await watch.reasons(part_id)
    assert (reason.kind, reason.source, reason.noticed_at > before) == (kind, source, True)
    (entry,) = await watch.listed(may_be_outdated=True)
    assert (entry.outdated_parts, entry.changed_at) == (1, watch.clinic.now)
    assert await watch.listed(may_be_outdated=False) == []
    async with watch.clinic.db.begin() as session:
        await session.execute(update(FeedPositionRow).values(position=0))
    await watch.turn()
    assert await watch.reasons(part_id) == [reason]
    assert await watch.events() == [FLAGGED]


async def test_what_no_plan_rests_on_is_passed_over(watch: Watch, part_id: str) -> None:
    for change in ("addAppointment", "moveAppointment", "addDocument", "leaveCareTeam"):
        await watch.change(SourceName.HOSPITAL, change)
    await watch.turn()
    assert await watch.reasons(part_id) == []


async def test_a_stay_is_an_admission_until_it_is_a_discharge(watch: Watch, part_id: str) -> None:
    await watch.change(SourceName.HOSPITAL, "admit")
    await watch.turn()
    assert await watch.kinds(part_id) == [OutdatedKind.ADMISSION]
    await watch.change(SourceName.HOSPITAL, "discharge")
    await watch.turn()
    assert await watch.kinds(part_id) == [OutdatedKind.DISCHARGE]
    assert await watch.events() == [FLAGGED, FLAGGED]


async def test_what_is_undone_at_the_source_clears_itself(watch: Watch, part_id: str) -> None:
    await watch.change(SourceName.MEDICATION, "stopMedication")
    await watch.turn()
    assert await watch.kinds(part_id) == [OutdatedKind.STOPPED_MEDICINE]
    await watch.change(SourceName.MEDICATION, "resumeMedication")
    await watch.turn()
    assert await watch.reasons(part_id) == []
    assert await watch.events() == [FLAGGED, CLEARED]
    assert await watch.listed(may_be_outdated=True) == []


async def test_a_review_that_keeps_the_part_settles_it(watch: Watch, part_id: str) -> None:
    await watch.change(SourceName.MEDICATION, "startMedication")
    await watch.turn()
    await held(watch, part_id)
    assert await watch.reasons(part_id) == []
    assert await watch.listed(may_be_outdated=True) == []
    await watch.turn()
    assert await watch.reasons(part_id) == []
    await watch.change(SourceName.MEDICATION, "changeDosage")
    await watch.turn()
    assert await watch.kinds(part_id) == [OutdatedKind.CHANGED_MEDICINE]


@pytest.mark.parametrize("outcome", [ReviewOutcome.REVISE, ReviewOutcome.END])
async def test_what_is_to_be_revised_or_ended_is_still_outdated(
    watch: Watch, part_id: str, outcome: ReviewOutcome
) -> None:
    await watch.change(SourceName.MEDICATION, "startMedication")
    await watch.turn()
    await held(watch, part_id, outcome=outcome)
    await watch.turn()
    assert await watch.kinds(part_id) == [OutdatedKind.NEW_MEDICINE]


async def test_a_review_held_before_something_was_noticed_does_not_settle_it(
    watch: Watch, part_id: str
) -> None:
    before = watch.clinic.now
    await watch.change(SourceName.MEDICATION, "startMedication")
    await watch.turn(minutes=5)
    await held(watch, part_id, held_at=before)
    await watch.turn()
    assert await watch.kinds(part_id) == [OutdatedKind.NEW_MEDICINE]


async def test_the_plan_says_5_mg_and_the_list_says_10_mg_until_the_plan_is_revised(
    watch: Watch,
) -> None:
    part_id = await watch.clinic.active(content=on_frisium("5 mg"))
    await watch.turn()
    (reason,) = await watch.reasons(part_id)
    assert (reason.kind, reason.line_id) == (OutdatedKind.PLAN_AND_LIST_DISAGREE, "l9")
    await revised(watch, part_id, on_frisium("10 mg"))
    assert await watch.reasons(part_id) == []
    await watch.turn()
    assert await watch.reasons(part_id) == []


async def test_a_disagreement_that_a_review_let_stand_does_not_come_back(watch: Watch) -> None:
    part_id = await watch.clinic.active(content=on_frisium("5 mg"))
    await watch.turn()
    await held(watch, part_id)
    await watch.turn()
    assert await watch.reasons(part_id) == []
    await revised(watch, part_id, on_frisium("7 mg"))
    await watch.turn()
    assert await watch.kinds(part_id) == [OutdatedKind.PLAN_AND_LIST_DISAGREE]


async def test_a_part_that_has_ended_is_compared_no_more_and_its_fingerprints_are_gone(
    watch: Watch, part_id: str
) -> None:
    clinic = watch.clinic
    await watch.change(SourceName.MEDICATION, "startMedication")
    await watch.turn()
    await clinic.do(INGRID, part.COMPLETE, part_id=part_id, expected_version=2, reason="Nådd")
    assert await clinic.rows(ComparisonRow) == []
    assert await watch.reasons(part_id) == []
    assert await watch.listed(may_be_outdated=True) == []


async def test_with_the_consent_the_fingerprints_go(watch: Watch, part_id: str) -> None:
    clinic = watch.clinic
    (given,) = await clinic.store.listing.by_patients(CONSENTS, [clinic.patient_id])
    await clinic.do(
        clinic.kari,
        consent.WITHDRAW,
        consent_id=given[0].id,
        expected_version=given[0].version,
    )
    assert await clinic.rows(ComparisonRow) == []


async def test_a_part_on_hold_is_compared_too(watch: Watch, part_id: str) -> None:
    await watch.clinic.do(INGRID, part.HOLD, part_id=part_id, expected_version=2, reason="Innlagt")
    await watch.change(SourceName.MEDICATION, "startMedication")
    await watch.turn()
    assert await watch.kinds(part_id) == [OutdatedKind.NEW_MEDICINE]


async def test_somebody_without_a_plan_here_is_not_asked_about(watch: Watch) -> None:
    await watch.change(SourceName.MEDICATION, "startMedication")
    calls = watch.sources[SourceName.MEDICATION].calls
    calls.clear()
    await watch.turn()
    assert calls["POST /Patient/$getMedication"] == 0


async def test_each_of_the_parts_is_told_apart(watch: Watch, part_id: str) -> None:
    other = await watch.clinic.active(kind=PlanKind.BEHANDLINGSPLAN)
    await watch.turn()
    await watch.change(SourceName.MEDICATION, "startMedication")
    await watch.turn()
    await held(watch, part_id)
    assert await watch.reasons(part_id) == []
    assert await watch.kinds(other) == [OutdatedKind.NEW_MEDICINE]
    (entry,) = await watch.listed()
    assert entry.outdated_parts == 1
    assert UUID(other.removeprefix("prt_")) in {
        row.part_id for row in await watch.clinic.rows(ComparisonRow) if row.reason_count
    }
