from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from domain.errors import NotPermitted
from domain.plan.care_team import CareTeamFunction, TeamMember
from domain.plan.part import PlanKind
from domain.refusal import Refusal
from domain.writing.rejection import (
    FunctionTaken,
    InvalidInput,
    LastResponsible,
    MembershipEnded,
    NoChange,
    NotAllowed,
    NothingFound,
    StillAnswers,
    VersionConflict,
)
from domain.written import Written
from resolvers import written
from resolvers.writing import care_team, handover
from store.tables import EventRow, WorklistEntryRow
from tests.builders import HOSPITAL, a_clinician
from tests.writing.clinic import INGRID, OMAR, SIRI, STRANGER, Clinic

SCHOOL_NURSE = a_clinician(
    subject="s-10", name="Vilde Moe", hpr_number="9333444", organisation="999000169"
)
VILDE = {
    "name": "Vilde Moe",
    "hpr_number": "9333444",
    "role_code": "SP",
    "organisation_name": "Skolehelsetjenesten",
    "organisation_number": "999000169",
}


async def _add(clinic: Clinic, by: Any = INGRID, **fields: Any) -> TeamMember:
    known = {"patient_id": clinic.patient_id, **VILDE}
    done = await clinic.do(by, care_team.ADD, **known | fields)
    return await _read(clinic, done.subject_id)


async def _read(clinic: Clinic, id: str) -> TeamMember:
    team = (await clinic.plan(INGRID)).care_team
    return next(member for member in team if member.id == id)


async def _change(clinic: Clinic, member: TeamMember, **fields: Any) -> Any:
    known = {"member_id": member.id, "expected_version": member.version}
    return await clinic.ask(INGRID, care_team.CHANGE, **known | fields)


async def _end(clinic: Clinic, member: TeamMember, by: Any = INGRID) -> Any:
    return await clinic.ask(by, care_team.END, member_id=member.id, expected_version=member.version)


async def _of(clinic: Clinic, organisation: str) -> TeamMember:
    team = (await clinic.plan(INGRID)).care_team
    return next(member for member in team if member.organisation_number == organisation)


async def test_a_new_member_s_organisation_sees_the_patient(clinic: Clinic) -> None:
    part_id = await clinic.active()
    with pytest.raises(NotPermitted):
        await clinic.part(SCHOOL_NURSE, part_id)
    added = await _add(clinic, functions=(CareTeamFunction.PRIMARY_CONTACT,))
    assert await clinic.part(SCHOOL_NURSE, part_id)
    assert (added.version, added.functions) == (1, (CareTeamFunction.PRIMARY_CONTACT,))
    assert added.role is not None
    assert (added.role.text, added.role.code) == ("Sykepleier", "SP")
    lists = {row.organisation for row in await clinic.rows(WorklistEntryRow)}
    assert "999000169" in lists


async def test_when_a_membership_ends_so_does_the_care_relation_at_once(clinic: Clinic) -> None:
    part_id = await clinic.active()
    added = await _add(clinic)
    assert isinstance(await _end(clinic, added), Written)
    with pytest.raises(NotPermitted):
        await clinic.part(SCHOOL_NURSE, part_id)
    left = await _read(clinic, added.id)
    assert (left.until, left.version) == (clinic.now, 2)
    lists = {row.organisation: row.until for row in await clinic.rows(WorklistEntryRow)}
    assert lists["999000169"] == clinic.now


async def test_whoever_leaves_by_their_own_hand_is_answered_without_the_patient(
    clinic: Clinic,
) -> None:
    await clinic.active()
    added = await _add(clinic, functions=(CareTeamFunction.COORDINATOR,))
    done = await _end(clinic, added, SCHOOL_NURSE)
    assert await written.member(clinic.context(SCHOOL_NURSE), done) is None
    assert await written.member(clinic.context(INGRID), done) == await _read(clinic, added.id)


async def test_a_member_who_has_left_no_longer_coordinates(clinic: Clinic) -> None:
    await clinic.active()
    await _add(clinic)
    coordinator = await _add(clinic, functions=(CareTeamFunction.COORDINATOR,))
    assert isinstance(await _end(clinic, coordinator), Written)
    asked = {"patient_id": clinic.patient_id, "name": "En til"}
    answer = await clinic.ask(SCHOOL_NURSE, care_team.ADD, **asked)
    assert answer == NotAllowed(reason=Refusal.NOT_RESPONSIBLE)


@pytest.mark.parametrize(
    "function",
    [
        CareTeamFunction.PRIMARY_CONTACT,
        CareTeamFunction.COORDINATOR,
        CareTeamFunction.CHILD_COORDINATOR,
    ],
)
async def test_some_tasks_are_one_person_s_at_a_time(
    clinic: Clinic, function: CareTeamFunction
) -> None:
    await clinic.active()
    first = await _add(clinic, functions=(function,))
    second = await _add(clinic, name="Per", hpr_number=None)
    taken = FunctionTaken(function=function, holder=first)
    known = {"patient_id": clinic.patient_id, **VILDE, "functions": (function,)}
    assert await clinic.ask(INGRID, care_team.ADD, **known) == taken
    assert await _change(clinic, second, functions=(function,)) == taken
    assert isinstance(await _end(clinic, first), Written)
    assert isinstance(await _change(clinic, second, functions=(function,)), Written)


@pytest.mark.parametrize(
    "function", [CareTeamFunction.PLAN_RESPONSIBLE, CareTeamFunction.CONTACT_DOCTOR]
)
async def test_other_tasks_several_may_have(clinic: Clinic, function: CareTeamFunction) -> None:
    await clinic.active()
    for name in ("En", "To"):
        added = await _add(clinic, name=name, functions=(function,))
        assert added.functions == (function,)


async def test_of_two_who_take_a_task_at_once_one_gets_it(clinic: Clinic) -> None:
    await clinic.active()
    known = {
        "patient_id": clinic.patient_id,
        **VILDE,
        "functions": (CareTeamFunction.COORDINATOR,),
    }
    answers = await asyncio.gather(*(clinic.ask(INGRID, care_team.ADD, **known) for _ in range(5)))
    assert sum(isinstance(answer, Written) for answer in answers) == 1
    assert sum(isinstance(answer, FunctionTaken) for answer in answers) == 4


async def test_the_last_plan_responsible_leaves_when_another_is_there(clinic: Clinic) -> None:
    await clinic.active()
    last = await _add(clinic, functions=(CareTeamFunction.PLAN_RESPONSIBLE,))
    assert await _end(clinic, last) == LastResponsible()
    assert await _change(clinic, last, functions=()) == LastResponsible()
    await _add(clinic, name="Etterfølger", functions=(CareTeamFunction.PLAN_RESPONSIBLE,))
    assert isinstance(await _change(clinic, last, functions=()), Written)


async def test_a_unit_that_answers_for_a_part_stays_in_the_team(clinic: Clinic) -> None:
    part_id = await clinic.active()
    only = await _of(clinic, HOSPITAL)
    assert await _end(clinic, only) == StillAnswers(part_ids=(part_id,))
    await _add(clinic, name="Kollega", organisation_number=HOSPITAL)
    assert isinstance(await _end(clinic, only), Written)


async def test_once_the_part_is_another_s_the_unit_may_leave(clinic: Clinic) -> None:
    await clinic.active()
    done = await clinic.do(
        INGRID,
        handover.OPEN,
        patient_id=clinic.patient_id,
        to_organisation="999000134",
        to_organisation_name="Koordinerende enhet",
        reason="Utskrevet",
    )
    await clinic.do(SIRI, handover.ACCEPT, handover_id=done.subject_id, expected_version=1)
    only = await _of(clinic, HOSPITAL)
    assert isinstance(await _end(clinic, only, SIRI), Written)


async def test_tasks_and_how_to_be_reached_are_said_anew(clinic: Clinic) -> None:
    await clinic.active()
    added = await _add(clinic, phone="99011002", functions=(CareTeamFunction.CONTACT_DOCTOR,))
    done = await _change(clinic, added, reachable="Hverdager 08–15")
    changed = await _read(clinic, done.subject_id)
    assert (changed.functions, changed.phone, changed.reachable) == ((), None, "Hverdager 08–15")
    assert (changed.name, changed.version) == ("Vilde Moe", 2)
    assert await _change(clinic, changed, reachable="Hverdager 08–15") == NoChange()


async def test_a_writer_has_seen_the_newest_version(clinic: Clinic) -> None:
    await clinic.active()
    added = await _add(clinic)
    await _change(clinic, added, phone="99011002")
    assert await _change(clinic, added, phone="99011003") == VersionConflict(current_version=2)
    assert await _end(clinic, added) == VersionConflict(current_version=2)


async def test_whoever_has_left_stays_left(clinic: Clinic) -> None:
    await clinic.active()
    added = await _add(clinic)
    await _end(clinic, added)
    ended, left = clinic.now, await _read(clinic, added.id)
    clinic.now += timedelta(hours=1)
    assert await _end(clinic, left) == MembershipEnded(until=ended)
    assert await _change(clinic, left, phone="99011002") == MembershipEnded(until=ended)


async def test_the_team_is_edited_by_those_who_answer_coordinate_or_approve(
    clinic: Clinic,
) -> None:
    await clinic.active()
    await _add(clinic)
    known = {"patient_id": clinic.patient_id, **VILDE}
    for by, reason in (
        (SIRI, Refusal.NOT_RESPONSIBLE),
        (SCHOOL_NURSE, Refusal.NOT_RESPONSIBLE),
        (clinic.kari, Refusal.ROLE),
        (STRANGER, Refusal.NO_CARE_RELATION),
    ):
        assert await clinic.ask(by, care_team.ADD, **known) == NotAllowed(reason=reason)
    assert await _add(clinic, by=OMAR)
    await clinic.active(PlanKind.INDIVIDUELL_PLAN, SIRI)
    assert await _add(clinic, by=SIRI)


async def test_without_a_plan_there_is_no_team(clinic: Clinic) -> None:
    answer = await clinic.ask(OMAR, care_team.ADD, patient_id=clinic.patient_id, **VILDE)
    assert answer == NothingFound()


async def test_a_member_is_found_in_its_own_team_only(clinic: Clinic) -> None:
    other = await Clinic.open(clinic.db)
    await other.active()
    added = await _add(other)
    unknown = {"member_id": f"mbr_{clinic.key}", "expected_version": 1}
    assert await clinic.ask(INGRID, care_team.END, **unknown) == NothingFound()
    assert (await _read(other, added.id)).until is None


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"name": " "}, "name", "REQUIRED"),
        ({"organisation_number": "1"}, "organisationNumber", "BAD_ORGANISATION_NUMBER"),
        ({"reachable": "x" * 201}, "reachable", "TOO_LONG"),
        ({"phone": "9" * 201}, "phone", "BAD_PHONE"),
    ],
)
async def test_what_is_wrong_with_the_input_is_said(
    clinic: Clinic, wrong: dict[str, Any], path: str, code: str
) -> None:
    known = {"patient_id": clinic.patient_id, **VILDE}
    answer = await clinic.ask(INGRID, care_team.ADD, **known | wrong)
    assert isinstance(answer, InvalidInput)
    assert [(fault.path, fault.code.name) for fault in answer.faults] == [(path, code)]


async def test_each_change_of_the_team_is_an_event(clinic: Clinic) -> None:
    await clinic.active()
    added = await _add(clinic)
    await _change(clinic, added, phone="99011002")
    await _end(clinic, await _read(clinic, added.id))
    events = sorted(await clinic.rows(EventRow), key=lambda event: event.number)
    assert [(e.kind, e.subject_id, e.version) for e in events[-3:]] == [
        ("TEAM_MEMBER_ADDED", added.id, 1),
        ("TEAM_MEMBER_CHANGED", added.id, 2),
        ("TEAM_MEMBERSHIP_ENDED", added.id, 3),
    ]
