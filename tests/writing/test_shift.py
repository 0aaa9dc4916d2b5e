from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from domain.content.plan_content import PlanContent
from domain.cooperation.review import ReviewOutcome
from domain.cooperation.shift import ShiftChange
from domain.errors import BadInput, NotPermitted
from domain.event import EventKind
from domain.plan.approval import AgreementState
from domain.plan.part import PlanKind
from resolvers import page, shift
from resolvers.writing import agreement, approval, care_team, draft, handover, part, review, task
from store.session import Sessions
from tests.builders import NOW, a_vendor
from tests.resolvers.fakes import a_context
from tests.writing.clinic import INGRID, Clinic
from tests.writing.ward import Ward


@pytest.fixture
def ward(db: Sessions) -> Ward:
    return Ward(db)


async def _kinds(ward: Ward, clinic: Clinic) -> list[str]:
    return [change.kind.name for change in await ward.report(clinic, shift.changes, first=100)]


async def test_what_has_changed_is_told_newest_first_with_who_and_what(ward: Ward) -> None:
    clinic = await ward.patient()
    clinic.now += timedelta(minutes=1)
    part_id = await clinic.active(by=ward.ingrid)
    clinic.now += timedelta(minutes=1)
    await clinic.do(
        clinic.kari,
        agreement.GIVE,
        part_id=part_id,
        content_version=1,
        state=AgreementState.AGREES,
    )
    agreed, activated, started = await ward.report(clinic, shift.changes)
    assert (agreed.kind.name, agreed.by.name, agreed.by.role) == (
        "AGREEMENT_GIVEN",
        "Kari Fjell",
        "Forelder",
    )
    assert (activated.kind.name, activated.by.name) == ("PART_ACTIVATED", "Ingrid Haugen")
    assert {c.part_id for c in (agreed, activated, started)} == {part_id}
    assert {c.part_kind for c in (agreed, activated, started)} == {PlanKind.EGENBEHANDLINGSPLAN}
    ctx = clinic.context(ward.ingrid)
    assert shift.happened(ctx, activated) == "Egenbehandlingsplan: tatt i bruk"
    assert (await shift.patient_of(ctx, activated)).id == clinic.patient_id


async def test_each_of_two_acts_at_the_same_time_is_told_with_its_own_author(ward: Ward) -> None:
    clinic = await ward.patient()
    part_id = await clinic.active(by=ward.ingrid)
    held = {"part_id": part_id, "expected_version": 2, "reason": "Ferie"}
    await clinic.do(ward.berit, part.HOLD, **held)
    resumed = {"part_id": part_id, "expected_version": 3, "reason": "Ferdig"}
    await clinic.do(ward.ingrid, part.RESUME, **resumed)
    told = {c.kind.name: c.by.name for c in await ward.report(clinic, shift.changes)}
    assert (told["PART_HELD"], told["PART_RESUMED"]) == ("Berit Aas", "Ingrid Haugen")
    assert len(await ward.report(clinic, shift.changes)) == 4


async def test_only_what_came_since_is_told_and_the_time_itself_is_included(ward: Ward) -> None:
    clinic = await ward.patient()
    part_id = await clinic.active(by=ward.ingrid)
    clinic.now += timedelta(hours=9)
    held = {"part_id": part_id, "expected_version": 2, "reason": "Ferie"}
    await clinic.do(ward.ingrid, part.HOLD, **held)
    ctx = clinic.context(ward.ingrid)
    for since, kinds in (
        (clinic.now, ["PART_HELD"]),
        (clinic.now - timedelta(hours=1), ["PART_HELD"]),
        (clinic.opened, ["PART_HELD", "PART_ACTIVATED", "DRAFT_STARTED"]),
    ):
        told = await shift.changes(ctx, await shift.report(ctx, since))
        assert [change.kind.name for change in told.edges] == kinds


async def test_everything_that_is_about_one_part_says_which(ward: Ward) -> None:
    clinic = await ward.patient()
    part_id = await clinic.active(by=ward.ingrid)
    await clinic.do(
        ward.ingrid,
        review.HOLD,
        part_id=part_id,
        expected_version=2,
        outcome=ReviewOutcome.KEEP,
        note="Fint",
        participants=(),
        next_due=clinic.now.date() + timedelta(days=9),
    )
    await clinic.do(
        ward.ingrid, care_team.ADD, patient_id=clinic.patient_id, name="Per", functions=()
    )
    parts = {c.kind.name: c.part_id for c in await ward.report(clinic, shift.changes)}
    assert parts == {
        "DRAFT_STARTED": part_id,
        "PART_ACTIVATED": part_id,
        "REVIEW_HELD": part_id,
        "TEAM_MEMBER_ADDED": None,
    }


async def test_who_takes_what_is_no_change_of_the_plan(ward: Ward) -> None:
    clinic = await ward.patient()
    await clinic.active(by=ward.ingrid, review_due=clinic.now.date())
    (waiting,) = await ward.report(clinic, shift.reviews)
    await clinic.do(ward.ingrid, task.TAKE, task_id=waiting.id)
    assert "TASK_TAKEN" not in await _kinds(ward, clinic)


async def test_pages_hold_every_change_once_in_order(ward: Ward) -> None:
    clinics = [await ward.patient() for _ in range(3)]
    for clinic in clinics:
        for n in range(4):
            clinic.now += timedelta(minutes=n // 2)
            await clinic.do(
                ward.ingrid,
                draft.START,
                patient_id=clinic.patient_id,
                kind=PlanKind.KRISEPLAN,
                content=PlanContent(title=f"{n}"),
                change_comment="Nytt",
            )
    clinic = clinics[0]
    ctx = clinic.context(ward.ingrid)
    made, seen, after = await shift.report(ctx, clinic.opened), [], None
    while True:
        found = await shift.changes(ctx, made, first=5, after=after)
        seen += found.edges
        after = page.end_cursor(ctx, found)
        if not found.has_next_page:
            break
    assert len(seen) == 12
    assert len({(c.patient_id, c.number) for c in seen}) == 12
    assert [c.at for c in seen] == sorted((c.at for c in seen), reverse=True)


async def test_what_waits_comes_longest_waiting_first_and_page_by_page(ward: Ward) -> None:
    clinics = [await ward.patient() for _ in range(5)]
    for days, clinic in enumerate(clinics):
        await clinic.active(by=ward.ingrid, review_due=clinic.now.date() - timedelta(days=days % 3))
    ctx = clinics[0].context(ward.ingrid)
    made, seen, after = await shift.report(ctx, clinics[0].opened), [], None
    while True:
        found = await shift.reviews(ctx, made, first=2, after=after)
        seen += found.edges
        after = page.end_cursor(ctx, found)
        if not found.has_next_page:
            break
    assert {t.patient_id for t in seen} == {c.patient_id for c in clinics}
    assert len(seen) == 5
    assert [t.waiting_since for t in seen] == sorted(t.waiting_since for t in seen)


async def test_a_review_waits_from_its_day_in_norway(ward: Ward) -> None:
    clinic = await ward.patient()
    await clinic.active(by=ward.ingrid, review_due=clinic.now.date())
    (waiting,) = await ward.report(clinic, shift.reviews)
    assert waiting.waiting_since.isoformat() == "2026-11-21T23:00:00+00:00"
    tomorrow = await ward.patient()
    due = clinic.now.date() + timedelta(days=1)
    await tomorrow.active(by=ward.ingrid, review_due=due)
    assert len(await ward.report(clinic, shift.reviews)) == 1


async def test_a_handover_waits_with_the_receiver_until_it_is_answered(ward: Ward) -> None:
    clinic = await ward.patient()
    await clinic.active()
    done = await clinic.do(
        INGRID,
        handover.OPEN,
        patient_id=clinic.patient_id,
        to_organisation=ward.organisation,
        to_organisation_name="Posten",
        reason="Overflyttet",
    )
    (waiting,) = await ward.report(clinic, shift.handovers)
    assert waiting.subject_id == done.subject_id
    sender = clinic.context(INGRID)
    made = await shift.report(sender, clinic.opened)
    sent = await shift.handovers(sender, made, first=100)
    assert done.subject_id not in {each.subject_id for each in sent.edges}
    accept = {"handover_id": done.subject_id, "expected_version": 1}
    await clinic.do(ward.ingrid, handover.ACCEPT, **accept)
    assert await ward.report(clinic, shift.handovers) == []


async def test_a_draft_and_a_part_wait_for_approval(ward: Ward) -> None:
    clinic = await ward.patient()
    part_id = await clinic.active(by=ward.ingrid)
    await clinic.do(ward.ingrid, approval.REQUEST, document_id=part_id, expected_version=2)
    begun = await clinic.do(
        ward.ingrid,
        draft.START,
        patient_id=clinic.patient_id,
        kind=PlanKind.KRISEPLAN,
        change_comment="Nytt",
    )
    await clinic.do(ward.ingrid, approval.REQUEST, document_id=begun.subject_id, expected_version=1)
    waiting = await ward.report(clinic, shift.approvals)
    assert {each.subject_id for each in waiting} == {part_id, begun.subject_id}
    assert {each.part_kind for each in waiting} == {
        PlanKind.EGENBEHANDLINGSPLAN,
        PlanKind.KRISEPLAN,
    }
    await clinic.do(ward.ingrid, draft.DISCARD, draft_id=begun.subject_id, expected_version=2)
    (left,) = await ward.report(clinic, shift.approvals)
    assert left.subject_id == part_id


async def test_the_policy_is_asked_about_each_patient_whatever_the_list_says(
    ward: Ward,
) -> None:
    seen, hidden = await ward.patient(), await ward.patient()
    for clinic in (seen, hidden):
        await clinic.active(by=ward.ingrid, review_due=clinic.now.date())
    async with hidden.db.begin() as session:
        forget = "DELETE FROM care_team_member WHERE patient_id = :key"
        await session.execute(text(forget), {"key": hidden.key})
    for section in (shift.changes, shift.reviews):
        told = await ward.report(seen, section)
        assert {each.patient_id for each in told} == {seen.patient_id}


async def test_another_organisation_is_told_nothing(ward: Ward) -> None:
    clinic = await ward.patient()
    await clinic.active(by=ward.ingrid, review_due=clinic.now.date())
    other = Ward(clinic.db)
    for section in (shift.changes, shift.reviews, shift.approvals, shift.comments):
        assert await other.report(clinic, section) == []


@pytest.mark.parametrize(
    "since",
    [timedelta(seconds=1), timedelta(days=-31, seconds=-1), None],
    ids=["future", "long ago", "without zone"],
)
async def test_since_lies_in_the_last_month(ward: Ward, since: Any) -> None:
    clinic = await ward.patient()
    ctx = clinic.context(ward.ingrid)
    asked = ctx.now.replace(tzinfo=None) if since is None else ctx.now + since
    with pytest.raises(BadInput):
        await shift.report(ctx, asked)


async def test_the_report_is_for_health_personnel(ward: Ward) -> None:
    clinic = await ward.patient()
    for viewer in (clinic.kari, a_vendor()):
        ctx = clinic.context(viewer)
        with pytest.raises(NotPermitted):
            await shift.report(ctx, ctx.now)


def test_words_come_in_the_reader_s_language() -> None:
    change = ShiftChange(
        patient_id="pat_1",
        number=1,
        kind=EventKind.HANDOVER_DECLINED,
        subject_id="hnd_1",
        at=NOW,
    )
    said = shift.happened(a_context(language="en"), change)
    assert said.startswith("The other organisation")
