from __future__ import annotations

from typing import Any

import pytest

from domain.access.relation import Basis
from domain.access.right import Right
from domain.errors import NotPermitted
from domain.event import EventKind
from domain.given_word import SpokenWord, WordGiver
from domain.plan.sharing import ShareScope
from domain.refusal import Refusal
from domain.source.section import SectionState
from domain.writing.fault import FaultCode
from domain.writing.rejection import (
    InvalidInput,
    NoChange,
    NotAllowed,
    NothingFound,
    VersionConflict,
)
from resolvers import access, comment, draft, log, report
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers.writing import restriction
from store.session import Sessions
from store.tables import EventRow, NoticeRow, RepresentationRow
from tests.store.rows import add
from tests.writing.clinic import INGRID, OMAR, STRANGER, Clinic
from tests.writing.in_use import drafted, in_use
from tests.writing.locks import KARI_SAYS, content, listed, restricted


async def _set(clinic: Clinic, viewer: Any, **fields: Any) -> Any:
    return await clinic.ask(viewer, restriction.SET, patient_id=clinic.patient_id, **fields)


async def _lift(clinic: Clinic, viewer: Any, restriction_id: str, **fields: Any) -> Any:
    known = {"restriction_id": restriction_id, "expected_version": 1}
    return await clinic.ask(viewer, restriction.LIFT, **known | fields)


async def test_what_is_restricted_is_withheld_from_the_next_reading_on(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    assert await content(clinic, INGRID, part_id) == "READ"
    await restricted(clinic)
    assert await content(clinic, INGRID, part_id) == "WITHHELD"
    assert await content(clinic, clinic.kari, part_id) == "READ"


async def test_that_there_is_a_plan_is_not_hidden_and_why_is_told(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await restricted(clinic)
    ctx = clinic.context(INGRID)
    part = await plans.part_by_id(ctx, part_id)
    held_back = plans.withheld(ctx, part)
    assert held_back is not None
    assert (held_back.state, held_back.refusal) == (SectionState.WITHHELD, Refusal.RESTRICTED)
    assert [key.name for key in held_back.opened_by] == [
        "CONSENT",
        "EMERGENCY",
    ]
    assert plans.withheld_sentence(ctx, held_back).startswith("Pasienten har sperret dette.")
    assert (part.change_comment, part.responsible.name) == (None, "Ingrid Haugen")


async def test_what_is_written_about_it_is_restricted_with_it(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    draft_id = await drafted(clinic)
    await restricted(clinic)
    ctx = clinic.context(INGRID)
    part = await plans.part_by_id(ctx, part_id)
    for read in (plans.versions, comment.for_part, report.for_part):
        with pytest.raises(NotPermitted) as refused:
            await read(ctx, part)
        assert refused.value.reason == "RESTRICTED"
    with pytest.raises(Exception, match=r".*"):
        await draft.by_id(clinic.context(INGRID), draft_id)


async def test_the_zone_sheet_can_stay_open_while_the_rest_is_restricted(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await restricted(clinic, Right.READ_PLAN)
    ctx = clinic.context(INGRID)
    part = await plans.part_by_id(ctx, part_id)
    assert part.content is not None
    assert part.content.self_care is not None
    assert part.content.goals == ()
    assert plans.scopes(ctx, part) == [
        ShareScope.ZONE_SHEET,
        ShareScope.ROUTINES,
        ShareScope.CONTACTS,
    ]
    held_back = plans.withheld(ctx, part)
    assert held_back is not None
    assert held_back.state is SectionState.PARTIAL
    with pytest.raises(NotPermitted):
        access.field(ctx, part, "PlanPart.versions")
    patient = await patients.by_id(ctx, clinic.patient_id)
    assert patients.age(ctx, patient) == 11
    assert (await log.for_patient(ctx, patient)).edges


async def test_a_restriction_of_reports_leaves_the_plan_open(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await restricted(clinic, Right.READ_REPORTS)
    assert await content(clinic, INGRID, part_id) == "READ"
    ctx = clinic.context(INGRID)
    with pytest.raises(NotPermitted) as refused:
        await report.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))
    assert refused.value.reason == "RESTRICTED"


async def test_whoever_set_it_lifts_it_and_all_is_as_before(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    written = await restricted(clinic)
    lifted = await _lift(clinic, clinic.kari, written.subject_id)
    assert lifted.receipt.version == 2
    assert await content(clinic, INGRID, part_id) == "READ"
    assert await listed(clinic, clinic.kari, "restrictions") == []


async def test_personnel_write_it_down_on_the_patient_s_word_and_it_is_marked_so(
    clinic: Clinic,
) -> None:
    written = await _set(clinic, INGRID, spoken=KARI_SAYS)
    (rule,) = await listed(clinic, clinic.kari, "restrictions")
    assert rule.word is not None
    assert rule.word.registered_by is not None
    assert (rule.word.by, rule.word.registered_by.name) == ("Kari Fjell", "Ingrid Haugen")
    await _lift(clinic, OMAR, written.subject_id, spoken=KARI_SAYS)
    kinds = [EventKind[event.kind] for event in await clinic.rows(EventRow)]
    assert kinds == [EventKind.RESTRICTION_SET, EventKind.RESTRICTION_LIFTED]
    assert {row.to_kind for row in await clinic.rows(NoticeRow)} == {"PATIENT_SIDE"}


async def test_from_twelve_it_takes_child_and_parents_heard(db: Sessions) -> None:
    clinic = await Clinic.open(db, born_years=14)
    assert await _set(clinic, clinic.kari) == NotAllowed(reason=Refusal.PARENT_12_16)
    wrong = await _set(clinic, INGRID, spoken=KARI_SAYS)
    assert isinstance(wrong, InvalidInput)
    assert wrong.faults[0].code is FaultCode.WRONG_GIVER
    heard = SpokenWord(by="Nora og Kari", giver=WordGiver.CHILD_AND_PARENTS, how="Samtale")
    assert not isinstance(await _set(clinic, INGRID, spoken=heard), NotAllowed | InvalidInput)


async def test_a_proxy_changes_no_locks(db: Sessions) -> None:
    clinic = await Clinic.open(db, born_years=40)
    async with db.begin() as session:
        for row in await clinic.rows(RepresentationRow):
            await session.delete(row)
    number = clinic.kari.identity_number
    assert number is not None
    every = [right.name for right in Right]
    proxy = RepresentationRow(
        patient_id=clinic.key,
        id=clinic.key,
        kind=Basis.POWER_OF_ATTORNEY.name,
        representative_number=number.value,
        representative_name="Kari Fjell",
        origin="Fullmakt",
        since=clinic.now,
        rights=every,
    )
    await add(db, proxy)
    assert await _set(clinic, clinic.kari) == NotAllowed(reason=Refusal.PROXY_SCOPE)
    with pytest.raises(NotPermitted):
        await listed(clinic, clinic.kari, "blocks")


async def test_a_stranger_restricts_nothing(clinic: Clinic) -> None:
    answer = await _set(clinic, STRANGER, spoken=KARI_SAYS)
    assert answer == NotAllowed(reason=Refusal.NO_CARE_RELATION)


async def test_the_same_again_changes_nothing_and_what_tells_the_same_goes_along(
    clinic: Clinic,
) -> None:
    await restricted(clinic, Right.READ_ZONES)
    (rule,) = await listed(clinic, clinic.kari, "restrictions")
    assert rule.rights == {Right.READ_ZONES, Right.READ_PLAN, Right.READ_DRAFTS}
    assert await _set(clinic, clinic.kari, rights=(Right.READ_PLAN,)) == NoChange()
    await restricted(clinic)
    assert await _set(clinic, clinic.kari) == NoChange()
    assert await _set(clinic, clinic.kari, rights=(Right.READ_REPORTS,)) == NoChange()


async def test_what_can_t_be_restricted_is_told(clinic: Clinic) -> None:
    answer = await _set(clinic, clinic.kari, rights=(Right.READ_PLAN, Right.READ_MEDICINES))
    assert isinstance(answer, InvalidInput)
    assert [(f.path, f.code) for f in answer.faults] == [("rights[1]", FaultCode.NOT_A_CHOICE)]


async def test_the_newest_must_have_been_seen_and_nothing_is_lifted_twice(clinic: Clinic) -> None:
    written = await restricted(clinic)
    stale = await _lift(clinic, clinic.kari, written.subject_id, expected_version=3)
    assert stale == VersionConflict(current_version=1)
    await _lift(clinic, clinic.kari, written.subject_id)
    again = await _lift(clinic, clinic.kari, written.subject_id, expected_version=2)
    assert again == NoChange()
    other = await _lift(clinic, clinic.kari, "rul_x")
    assert other == NothingFound()
