from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from domain.access.matrix import KEEPABLE, SUITABLE
from domain.access.right import Right
from domain.access.rule import AccessRule, RuleKind
from domain.access.viewer import Viewer, ViewerRole
from domain.errors import NotFound, NotPermitted
from domain.given_word import SpokenWord, WordGiver
from domain.plan.sharing import ShareScope
from domain.refusal import Refusal
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import (
    InvalidInput,
    NoChange,
    NotAllowed,
    NothingFound,
    VersionConflict,
)
from resolvers import log, rule
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers.writing import child, standing
from store.session import Sessions
from store.tables import AccessRuleRow
from tests.builders import a_citizen, a_clinician
from tests.writing.clinic import INGRID, OMAR, STRANGER, Clinic
from tests.writing.telling import kinds_told

_HEARD = SpokenWord(by="Nora og Kari", giver=WordGiver.CHILD_AND_PARENTS, how="På poliklinikken")
_SERVICE = "999000177"
BARNEVERN = Viewer(
    subject="s-bv",
    role=ViewerRole.CASE_WORKER,
    expires_at=INGRID.expires_at,
    name="Bente Vik",
    organisation=_SERVICE,
    security_level=4,
)


async def _decide(clinic: Clinic, by: Viewer = INGRID, **fields: Any) -> Any:
    known: dict[str, Any] = {
        "patient_id": clinic.patient_id,
        "rights": (Right.SEE_PATIENT, Right.PLAN_STATUS, Right.READ_ZONES, Right.READ_PLAN),
        "reason": "Mamma og pappa hjelper deg med planen.",
    }
    return await clinic.ask(by, child.FOR_PARENTS, **known | fields)


async def _read(clinic: Clinic, viewer: Viewer) -> list[AccessRule]:
    ctx = clinic.context(viewer)
    return await rule.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))


async def _scopes(clinic: Clinic, viewer: Viewer, part_id: str) -> list[ShareScope]:
    ctx = clinic.context(viewer)
    return plans.scopes(ctx, await plans.part_by_id(ctx, part_id))


async def _refused(clinic: Clinic, viewer: Viewer) -> str | None:
    with pytest.raises(NotPermitted) as refused:
        await clinic.plan(viewer)
    return refused.value.reason


@pytest.fixture
async def twelve(db: Sessions) -> Clinic:
    return await Clinic.open(db, born_years=12)


async def test_a_clinician_decides_what_parents_keep(twelve: Clinic) -> None:
    part_id = await twelve.active()
    assert ShareScope.WHOLE_PART not in await _scopes(twelve, twelve.kari, part_id)
    await _decide(twelve)
    for parent in (twelve.kari, twelve.ola):
        assert ShareScope.WHOLE_PART in await _scopes(twelve, parent, part_id)
        (told,) = [r for r in await _read(twelve, parent) if r.kind is RuleKind.KEPT_BY_PARENTS]
        assert told.reason == "Mamma og pappa hjelper deg med planen."
        assert "ACCESS_SET" in await kinds_told(twelve, parent)


async def test_a_decision_about_one_parent_is_not_told_to_the_other(twelve: Clinic) -> None:
    await twelve.active()
    await _decide(twelve, rights=(), parent=twelve.ola.identity_number)
    assert await _refused(twelve, twelve.ola) == "PARENT_12_16"
    assert await twelve.plan(twelve.kari)
    assert "ACCESS_SET" not in await kinds_told(twelve, twelve.kari)
    told = [each.kind for each in await _read(twelve, twelve.kari)]
    assert RuleKind.KEPT_BY_PARENTS not in told


async def test_a_new_decision_takes_the_place_of_the_one_that_was_seen(twelve: Clinic) -> None:
    await twelve.active()
    await _decide(twelve)
    assert await _decide(twelve, rights=()) == VersionConflict(current_version=1)
    assert await _decide(twelve, expected_version=1) == NoChange()
    await twelve.do(
        INGRID,
        child.FOR_PARENTS,
        patient_id=twelve.patient_id,
        rights=(),
        reason="Du bestemmer selv.",
        expected_version=1,
    )
    kept = [r for r in await twelve.rows(AccessRuleRow) if r.kind == "KEPT_BY_PARENTS"]
    assert sorted(each.ended_at is None for each in kept) == [False, True]
    assert await _refused(twelve, twelve.kari) == "PARENT_12_16"


async def test_a_decision_can_be_ended_and_then_the_default_keeps(twelve: Clinic) -> None:
    part_id = await twelve.active()
    written = await _decide(twelve)
    end = {"rule_id": written.subject_id, "expected_version": 1}
    await twelve.do(INGRID, child.END, **end)
    assert ShareScope.WHOLE_PART not in await _scopes(twelve, twelve.kari, part_id)
    again = await twelve.ask(INGRID, child.END, **end | {"expected_version": 2})
    assert again == NothingFound()


async def test_it_is_decided_by_who_answers_or_approves_and_at_the_right_age(
    db: Sessions, twelve: Clinic
) -> None:
    nurse = a_clinician(subject="s-9", hpr_number="9555555", organisation="999000134")
    assert await _decide(twelve, nurse) == NotAllowed(reason=Refusal.NOT_RESPONSIBLE)
    assert await _decide(twelve, STRANGER) == NotAllowed(reason=Refusal.NO_CARE_RELATION)
    assert await _decide(twelve, twelve.kari) == NotAllowed(reason=Refusal.ROLE)
    small = await Clinic.open(db, born_years=8)
    answer = await _decide(small, OMAR)
    assert [fault.code for fault in answer.faults] == [FaultCode.WRONG_AGE]
    grown = await Clinic.open(db, born_years=19)
    assert isinstance(await _decide(grown, OMAR), InvalidInput)


async def test_what_nobody_keeps_can_not_be_kept(twelve: Clinic) -> None:
    answer = await _decide(twelve, OMAR, rights=(Right.READ_ZONES, Right.READ_LOG))
    assert [fault.path for fault in answer.faults] == ["rights[1]"]
    assert Right.READ_LOG not in KEEPABLE
    stranger = await _decide(twelve, OMAR, parent=STRANGER_NUMBER)
    assert stranger == InvalidInput(faults=(Fault(path="parent", code=FaultCode.NOT_A_PARENT),))


STRANGER_NUMBER = a_citizen("03868130139").identity_number


async def test_of_a_youth_of_16_parents_keep_what_is_decided_then(db: Sessions) -> None:
    clinic = await Clinic.open(db, born_years=16)
    await clinic.active()
    assert await _refused(clinic, clinic.kari) == "OVER_16"
    await _decide(clinic)
    assert await clinic.plan(clinic.kari)


async def test_a_youth_sees_what_is_suitable(db: Sessions) -> None:
    clinic = await Clinic.open(db, born_years=14)
    part_id = await clinic.active()
    known = {"patient_id": clinic.patient_id, "reason": "Du kan lese om sykdommen din."}
    (stands,) = [r for r in await clinic.rows(AccessRuleRow) if r.kind == "SUITABLE_FOR_YOUTH"]
    await clinic.do(INGRID, child.FOR_YOUTH, rights=(), expected_version=stands.version, **known)
    assert ShareScope.WHOLE_PART not in await _scopes(clinic, clinic.nora, part_id)
    await clinic.do(INGRID, child.FOR_YOUTH, rights=SUITABLE, expected_version=1, **known)
    assert ShareScope.WHOLE_PART in await _scopes(clinic, clinic.nora, part_id)


async def _without_login(db: Sessions, born_years: int) -> Clinic:
    clinic = await Clinic.open(db, born_years)
    async with db.begin() as session:
        mine = delete(AccessRuleRow).where(AccessRuleRow.patient_id == clinic.key)
        await session.execute(mine)
    return clinic


async def test_parents_agree_to_an_own_login_and_take_it_back(db: Sessions) -> None:
    clinic = await _without_login(db, 11)
    given = await clinic.do(clinic.kari, child.GIVE_ACCESS, patient_id=clinic.patient_id)
    (kept,) = await clinic.rows(AccessRuleRow)
    assert kept.word is not None
    end = {"rule_id": given.subject_id, "expected_version": 1}
    await clinic.do(clinic.ola, child.WITHDRAW_ACCESS, **end)
    (kept,) = await clinic.rows(AccessRuleRow)
    assert kept.ended_at is not None


async def test_from_twelve_personnel_write_down_what_child_and_parents_say(db: Sessions) -> None:
    clinic = await _without_login(db, 13)
    await clinic.active()
    of = {"patient_id": clinic.patient_id}
    assert await _refused_login(clinic)
    answer = await clinic.ask(clinic.kari, child.GIVE_ACCESS, **of)
    assert answer == NotAllowed(reason=Refusal.PARENT_12_16)
    given = await clinic.do(INGRID, child.GIVE_ACCESS, spoken=_HEARD, **of)
    assert await clinic.plan(clinic.nora)
    end = {"rule_id": given.subject_id, "expected_version": 1, "spoken": _HEARD}
    await clinic.do(INGRID, child.WITHDRAW_ACCESS, **end)
    assert await _refused_login(clinic)


async def _refused_login(clinic: Clinic) -> bool:
    return await _refused(clinic, clinic.nora) == "NO_OWN_ACCESS"


async def test_child_welfare_stands_in_the_parents_place(clinic: Clinic) -> None:
    await clinic.active()
    known = {
        "patient_id": clinic.patient_id,
        "organisation_number": _SERVICE,
        "organisation_name": "Barneverntjenesten i Fjordvik",
        "reason": "Vedtak vist av Bente Vik",
    }
    taken = await clinic.do(INGRID, standing.REGISTER_CARE, **known)
    assert await _refused(clinic, clinic.kari) == "CARE_TAKEN_OVER"
    ctx = clinic.context(BARNEVERN)
    await patients.by_id(ctx, clinic.patient_id)
    tie = ctx.decisions[clinic.patient_id].relation
    assert tie is not None
    assert tie.organisation_name == "Barneverntjenesten i Fjordvik"
    lines = (await log.for_patient(ctx, await patients.by_id(ctx, clinic.patient_id))).edges
    assert {line.by.name for line in lines} == {"Ingrid Haugen"}  # and nothing of a parent's
    clinic.now += timedelta(minutes=1)
    await _decide(clinic)
    assert await clinic.plan(clinic.kari)
    end = {"rule_id": taken.subject_id, "expected_version": 1}
    await clinic.do(INGRID, standing.END_CARE, **end)
    with pytest.raises(NotFound):
        await clinic.plan(BARNEVERN)


async def test_a_doctor_registers_that_a_patient_can_not_consent(db: Sessions) -> None:
    clinic = await Clinic.open(db, born_years=40)
    await clinic.active()
    known = {"patient_id": clinic.patient_id, "reason": "Vurdert ved innleggelse"}
    refused = await clinic.ask(INGRID, standing.REGISTER_INCAPACITY, **known)
    assert refused == NotAllowed(reason=Refusal.NOT_RESPONSIBLE)
    past = {"until": clinic.now - timedelta(days=1)}
    assert isinstance(
        await clinic.ask(OMAR, standing.REGISTER_INCAPACITY, **known | past), InvalidInput
    )
    set_now = await clinic.do(OMAR, standing.REGISTER_INCAPACITY, **known)
    again = await clinic.ask(OMAR, standing.REGISTER_INCAPACITY, expected_version=1, **known)
    assert again == NoChange()
    end = {"rule_id": set_now.subject_id, "expected_version": 1}
    await clinic.do(OMAR, standing.END_INCAPACITY, **end)
