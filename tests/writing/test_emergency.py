from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from domain.access.emergency import MOST_MISSES
from domain.access.log_report import RemarkKind
from domain.access.relation import Basis
from domain.access.rule import EmergencyFinding
from domain.access.viewer import Viewer
from domain.errors import NotPermitted
from domain.event import EventKind
from domain.given_word import SpokenWord, WordGiver
from domain.identity_number import IdentityNumber
from domain.operation import Operation
from domain.refusal import Refusal
from domain.source.section import SectionName
from domain.writing.fault import FaultCode
from domain.writing.rejection import (
    InvalidInput,
    NoChange,
    NotAllowed,
    NothingFound,
    TooManySearches,
    VersionConflict,
)
from domain.written import Written
from resolvers import access, lock, log, log_report, notice
from resolvers import consent as consents
from resolvers import patient as patients
from resolvers.writing import consent, emergency, reservation
from store.tables import AuditEntryRow, PatientRow, SearchRow
from tests.builders import NOW, a_number, a_vendor
from tests.writing.clinic import INGRID, OMAR, STRANGER, Clinic
from tests.writing.in_use import in_use
from tests.writing.locks import WHY, blocked, content, emergency_by, listed, opened, restricted
from tests.writing.test_log_question import MARIT, OTHER_OFFICER

TUVA = replace(STRANGER, name="Tuva Lien", profession="LE", purpose_of_use="ETREAT")


def _new(hpr_number: str, **changes: Any) -> Viewer:
    """Return somebody whom no other test has counted searches of."""
    return replace(TUVA, hpr_number=hpr_number, subject=f"s-{hpr_number}", **changes)


def _number(clinic: Clinic) -> IdentityNumber:
    number = clinic.nora.identity_number
    assert number is not None
    return number


async def _by_number(clinic: Clinic, viewer: Viewer, number: IdentityNumber) -> Any:
    return await emergency_by(clinic, viewer, patient_id=None, identity_number=number)


def _nobody() -> IdentityNumber:
    return a_number(str(uuid4().int)[:11])


async def _review(clinic: Clinic, viewer: Viewer, access_id: str, **fields: Any) -> Any:
    known = {
        "access_id": access_id,
        "expected_version": 1,
        "finding": EmergencyFinding.JUSTIFIED,
        "review": "Legen måtte vite hva som virker.",
    }
    return await clinic.ask(viewer, emergency.REVIEW, **known | fields)


async def test_a_stranger_reads_the_plan_for_an_hour_and_no_longer(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    assert await content(clinic, TUVA, part_id) == "NO_CARE_RELATION"
    assert isinstance(await emergency_by(clinic, TUVA), Written)
    assert await content(clinic, TUVA, part_id) == "READ"
    clinic.now += timedelta(minutes=59)
    assert await content(clinic, TUVA, part_id) == "READ"
    clinic.now += timedelta(minutes=1)
    assert await content(clinic, TUVA, part_id) == "NO_CARE_RELATION"


async def test_it_is_of_one_person_in_one_organisation(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await emergency_by(clinic, TUVA)
    for other in (replace(TUVA, organisation="999000207"), replace(TUVA, hpr_number="9506422")):
        assert await content(clinic, other, part_id) == "NO_CARE_RELATION"


async def test_the_zone_sheet_comes_first_and_then_the_patient(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    written = await emergency_by(clinic, TUVA)
    ctx = clinic.context(TUVA)
    sheet = await lock.zone_sheet(ctx, written)
    assert sheet is not None
    assert sheet.id == part_id
    assert sheet.content is not None
    assert sheet.content.self_care is not None
    assert (await lock.patient_of(ctx, written)).name == "Nora Fjell"
    rule = await lock.of_written(ctx, written)
    assert (rule.reason, rule.until) == (WHY, NOW + timedelta(minutes=60))


async def test_it_opens_what_the_table_has_for_emergencies_and_nothing_else(
    clinic: Clinic,
) -> None:
    await emergency_by(clinic, TUVA)
    ctx = clinic.context(TUVA)
    patient = await patients.by_id(ctx, clinic.patient_id)
    decided = access.of_patient(ctx, patient)
    assert all(decided.section(name).is_allowed for name in SectionName)
    assert not decided.sees_drafts
    assert decided.relation is not None
    assert decided.relation.basis is Basis.EMERGENCY


async def test_who_has_a_care_relation_opens_what_is_restricted_and_it_is_logged_as_that(
    clinic: Clinic,
) -> None:
    part_id = await in_use(clinic)
    await restricted(clinic)
    await emergency_by(clinic, OMAR)
    assert await content(clinic, OMAR, part_id) == "READ"
    ctx = clinic.context(OMAR)
    patient = await patients.by_id(ctx, clinic.patient_id)
    decided = access.of_patient(ctx, patient)
    assert decided.relation is not None
    assert (decided.relation.basis, decided.sees_drafts) == (Basis.EMERGENCY, False)


@pytest.mark.parametrize(
    ("viewer", "reason"),
    [
        (replace(TUVA, security_level=3), Refusal.SECURITY_LEVEL),
        (replace(TUVA, is_student=True, supervisor="7412582"), Refusal.STUDENT),
        (replace(TUVA, purpose_of_use="MARKETING"), Refusal.PURPOSE),
        (replace(TUVA, organisation=None), Refusal.ROLE),
        (a_vendor(organisation="999000150"), Refusal.ROLE),
        (MARIT, Refusal.ROLE),
    ],
)
async def test_it_takes_personnel_with_number_unit_and_level(
    clinic: Clinic, viewer: Viewer, reason: Refusal
) -> None:
    assert await emergency_by(clinic, viewer) == NotAllowed(reason=reason)


async def test_a_citizen_opens_none_not_even_to_oneself(clinic: Clinic) -> None:
    assert await emergency_by(clinic, clinic.kari) == NotAllowed(reason=Refusal.ROLE)


async def test_the_patient_s_side_is_told_at_once_in_plain_words(clinic: Clinic) -> None:
    await in_use(clinic)
    await emergency_by(clinic, TUVA)
    for parent in (clinic.kari, clinic.ola):
        ctx = clinic.context(parent)
        told = [
            each
            for each in (await notice.page(ctx)).edges
            if each.patient_id == clinic.patient_id and each.kind is EventKind.EMERGENCY_OPENED
        ]
        assert len(told) == 1
        assert notice.sentence(ctx, told[0]).startswith("Noen har åpnet planen i en nødsituasjon.")
        assert told[0].by is not None
        assert told[0].by.name == "Tuva Lien"
    ctx = clinic.context(clinic.kari)
    page = await log.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    (line,) = [each for each in page.edges if each.operation is Operation.OPEN_EMERGENCY]
    assert log.sentence(ctx, line) == (
        "Tuva Lien, lege ved virksomhet 999000150, åpnet nødtilgang. Grunnlag: nødtilgang. "
        "Formål: akutt helsehjelp."
    )
    (rule,) = await listed(clinic, clinic.kari, "opened")
    assert (rule.is_emergency, rule.reason) == (True, WHY)


@pytest.mark.parametrize("reason", ["", "   ", "Fnr 20811590267"])
async def test_a_reason_must_be_given_and_names_nobody(clinic: Clinic, reason: str) -> None:
    answer = await emergency_by(clinic, TUVA, reason=reason)
    assert isinstance(answer, InvalidInput)
    assert answer.faults[0].path == "reason"


async def test_the_patient_is_named_in_one_way(clinic: Clinic) -> None:
    number = _number(clinic)
    none = await emergency_by(clinic, TUVA, patient_id=None)
    both = await emergency_by(clinic, TUVA, identity_number=number)
    for answer, code in ((none, FaultCode.REQUIRED), (both, FaultCode.NOT_TOGETHER)):
        assert isinstance(answer, InvalidInput)
        assert [fault.code for fault in answer.faults] == [code]


async def test_the_patient_is_found_by_number(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    finder = _new("9000001")
    assert isinstance(await _by_number(clinic, finder, _number(clinic)), Written)
    assert await content(clinic, finder, part_id) == "READ"


async def _reserve(clinic: Clinic) -> None:
    await clinic.do(clinic.kari, reservation.RESERVE, patient_id=clinic.patient_id)


async def _withdraw(clinic: Clinic) -> None:
    ctx = clinic.context(clinic.kari)
    (given,) = await consents.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    await clinic.do(clinic.kari, consent.WITHDRAW, consent_id=given.id, expected_version=1)


async def _die(clinic: Clinic) -> None:
    async with clinic.db.begin() as session:
        row = await session.get(PatientRow, clinic.key)
        assert row is not None
        row.died_on = NOW.date()


@pytest.mark.parametrize("hide", [_reserve, _withdraw, _die])
async def test_who_is_hidden_is_answered_as_nobody_and_counted_as_nobody(
    clinic: Clinic, hide: Any
) -> None:
    await in_use(clinic)
    await hide(clinic)
    finder = _new(str(uuid4().int)[:7].replace("0", "1"))
    assert await _by_number(clinic, finder, _nobody()) == NothingFound()
    assert await _by_number(clinic, finder, _number(clinic)) == NothingFound()
    assert await emergency_by(clinic, finder) == NothingFound()
    async with clinic.db() as session:
        rows = list(
            await session.scalars(
                select(SearchRow).where(SearchRow.hpr_number == finder.hpr_number)
            )
        )
    assert [row.is_found for row in rows] == [False, False]


async def test_numbers_can_not_be_tried(clinic: Clinic) -> None:
    finder = _new("9000003")
    for _ in range(MOST_MISSES):
        assert await _by_number(clinic, finder, _nobody()) == NothingFound()
    for number in (_nobody(), _number(clinic)):
        answer = await _by_number(clinic, finder, number)
        assert answer == TooManySearches(until=NOW + timedelta(hours=1))
    clinic.now += timedelta(hours=1, minutes=1)
    assert isinstance(await _by_number(clinic, finder, _number(clinic)), Written)


async def test_finding_patients_uses_no_tries_up(clinic: Clinic) -> None:
    finder = _new("9000004")
    for _ in range(MOST_MISSES + 2):
        assert isinstance(await _by_number(clinic, finder, _number(clinic)), Written)


async def test_a_refused_attempt_stands_in_the_patient_s_log(clinic: Clinic) -> None:
    await blocked(clinic, TUVA)
    await emergency_by(clinic, TUVA)
    refused = clinic.log.entries[-1]  # type: ignore[attr-defined]  # the tests' own log
    assert (refused.operation, refused.refusal) == (Operation.OPEN_EMERGENCY, Refusal.BLOCKED)


async def test_no_lock_that_is_final_is_passed_by_an_emergency_that_runs(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await emergency_by(clinic, TUVA)
    await _withdraw(clinic)
    assert await content(clinic, TUVA, part_id) == "WITHHELD"
    await _reserve(clinic)
    assert await content(clinic, TUVA, part_id) == "RESERVED"


async def test_it_waits_with_the_privacy_officer_until_it_is_reviewed(clinic: Clinic) -> None:
    await in_use(clinic)
    written = await emergency_by(clinic, TUVA)
    part_id = (await clinic.plan(clinic.kari)).parts[0].id
    await content(clinic, TUVA, part_id)
    assert _ours(clinic, await lock.emergencies(clinic.context(OTHER_OFFICER), first=100)) == []
    ctx = clinic.context(MARIT)
    (waiting,) = _ours(clinic, await lock.emergencies(ctx, first=100))
    assert (waiting.reason, waiting.set_by.name) == (WHY, "Tuva Lien")
    assert Operation.OPEN_EMERGENCY in [each.operation for each in await lock.lines(ctx, waiting)]
    assert isinstance(await _review(clinic, MARIT, written.subject_id), Written)
    assert _ours(clinic, await lock.emergencies(clinic.context(MARIT), first=100)) == []
    reviewed = await lock.emergencies(clinic.context(MARIT), is_reviewed=True, first=100)
    (found,) = _ours(clinic, reviewed)
    assert found.finding is EmergencyFinding.JUSTIFIED


def _ours(clinic: Clinic, page: Any) -> list[Any]:
    return [each for each in page.edges if each.patient_id == clinic.patient_id]


async def test_unreviewed_emergencies_stand_in_the_officer_s_report(clinic: Clinic) -> None:
    doctor = _new("9000005")
    written = await emergency_by(clinic, doctor)
    assert [r.times for r in await _remarks(clinic, RemarkKind.UNREVIEWED_EMERGENCY, doctor)] == [1]
    await _review(clinic, MARIT, written.subject_id)
    assert await _remarks(clinic, RemarkKind.UNREVIEWED_EMERGENCY, doctor) == []


async def test_searches_that_lead_to_nobody_stand_there_too(clinic: Clinic) -> None:
    doctor = _new("9000006")
    for _ in range(3):
        await _by_number(clinic, doctor, _nobody())
    (remark,) = await _remarks(clinic, RemarkKind.SEARCHED_BY_NUMBER, doctor)
    assert (remark.patients, remark.times) == (0, 3)
    said = log_report.sentence(clinic.context(MARIT), remark)
    assert said.startswith("Tuva Lien lette 3 ganger etter en pasient")


async def _remarks(clinic: Clinic, kind: RemarkKind, by: Viewer) -> list[Any]:
    since = NOW - timedelta(days=1)
    page = await log_report.remarks(clinic.context(MARIT), since=since, first=100)
    return [
        each for each in page.edges if each.kind is kind and each.by.hpr_number == by.hpr_number
    ]


async def test_the_patient_s_side_is_told_what_the_review_found(clinic: Clinic) -> None:
    await in_use(clinic)
    written = await emergency_by(clinic, TUVA)
    words = "Dette var ikke nødvendig. Vi har tatt det opp med legevakten."
    await _review(
        clinic,
        MARIT,
        written.subject_id,
        finding=EmergencyFinding.NOT_JUSTIFIED,
        review=words,
    )
    (rule,) = await listed(clinic, clinic.kari, "opened")
    assert (rule.finding, rule.review) == (EmergencyFinding.NOT_JUSTIFIED, words)
    told = await notice.page(clinic.context(clinic.kari))
    kinds = [each.kind for each in told.edges if each.patient_id == clinic.patient_id]
    assert EventKind.EMERGENCY_REVIEWED in kinds


async def test_only_the_officer_of_whose_staff_it_was_reviews(clinic: Clinic) -> None:
    written = await emergency_by(clinic, TUVA)
    assert await _review(clinic, OTHER_OFFICER, written.subject_id) == NothingFound()
    for viewer in (INGRID, TUVA):
        answer = await _review(clinic, viewer, written.subject_id)
        assert answer == NotAllowed(reason=Refusal.ROLE)
    with pytest.raises(NotPermitted):
        await lock.emergencies(clinic.context(INGRID))


async def test_a_finding_is_corrected_by_another_on_its_newest_version(clinic: Clinic) -> None:
    written = await emergency_by(clinic, TUVA)
    await _review(clinic, MARIT, written.subject_id)
    stale = await _review(clinic, MARIT, written.subject_id)
    assert stale == VersionConflict(current_version=2)
    same = await _review(clinic, MARIT, written.subject_id, expected_version=2)
    assert same == NoChange()
    other = {"finding": EmergencyFinding.NOT_JUSTIFIED, "expected_version": 2}
    assert isinstance(await _review(clinic, MARIT, written.subject_id, **other), Written)


async def test_that_the_officer_has_seen_it_stands_in_the_patient_s_log(clinic: Clinic) -> None:
    await emergency_by(clinic, TUVA)
    ctx = clinic.context(MARIT)
    await lock.emergencies(ctx, first=100)
    await ctx.settle()
    shown = [
        entry.outcome.shown
        for entry in clinic.log.entries  # type: ignore[attr-defined]  # the tests' own log
        if entry.patient_id == clinic.patient_id and entry.outcome is not None
    ]
    assert ("emergencies",) in shown


async def test_sent_twice_it_is_opened_once(clinic: Clinic) -> None:
    first = await emergency_by(clinic, TUVA, idempotency_key="emergency-once")
    again = await emergency_by(clinic, TUVA, idempotency_key="emergency-once")
    assert (first.subject_id, again.receipt.is_replay) == (again.subject_id, True)
    rows = [r for r in await clinic.rows(AuditEntryRow) if r.operation == "OPEN_EMERGENCY"]
    assert len(rows) == 1


async def test_what_was_opened_by_consent_is_no_emergency_to_review(clinic: Clinic) -> None:
    spoken = SpokenWord(by="Kari Fjell", giver=WordGiver.PARENT, how="Her")
    written = await opened(clinic, OMAR, spoken=spoken)
    assert await _review(clinic, MARIT, written.subject_id) == NothingFound()
