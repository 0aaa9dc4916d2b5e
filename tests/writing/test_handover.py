from __future__ import annotations

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access.relation import Basis
from domain.content.action import ActionStatus
from domain.cooperation.handover import Handover, HandoverState, OpenAction
from domain.errors import NotFound, NotPermitted
from domain.plan.care_team import CareTeamFunction
from domain.plan.part import LIVING, Lifecycle, PlanKind
from domain.refusal import Refusal
from domain.writing.rejection import (
    AlreadyHandedOver,
    HandoverClosed,
    InvalidInput,
    KeyReused,
    NotAllowed,
    NothingFound,
    NothingToHandOver,
    VersionConflict,
    WrongState,
)
from domain.written import Written
from resolvers import handover as handovers
from resolvers import patient as patients
from resolvers import plan as plans
from resolvers import written
from resolvers.writing import handover, part
from store.tables import EventRow, WorklistEntryRow
from tests.builders import HOSPITAL, a_clinician, a_vendor
from tests.writing.clinic import INGRID, OMAR, SAID, SIRI, STRANGER, Clinic, an_action

HOME_CARE = "999000118"
GRETE = a_clinician(
    subject="s-8",
    name="Grete Lund",
    hpr_number="9888777",
    organisation=HOME_CARE,
)
TO_HOME_CARE = {
    "to_organisation": HOME_CARE,
    "to_organisation_name": "Hjemmetjenesten",
    "reason": "Utskrevet",
}


async def _open(clinic: Clinic, **fields: Any) -> Handover:
    known = {"patient_id": clinic.patient_id, **TO_HOME_CARE}
    done = await clinic.do(INGRID, handover.OPEN, **known | fields)
    return await _read(clinic, done.subject_id)


async def _read(clinic: Clinic, id: str, viewer: Any = INGRID) -> Handover:
    return await handovers.by_id(clinic.context(viewer), clinic.patient_id, id)


async def _accept(clinic: Clinic, offered: Handover, by: Any = GRETE) -> Written:
    return await clinic.do(by, handover.ACCEPT, handover_id=offered.id, expected_version=1)


async def _events(clinic: Clinic) -> list[str]:
    return [e.kind for e in sorted(await clinic.rows(EventRow), key=lambda e: e.number)]


async def test_the_receiver_sees_the_patient_and_the_sender_answers_until_they_accept(
    clinic: Clinic,
) -> None:
    part_id = await clinic.active()
    with pytest.raises(NotPermitted):
        await clinic.part(GRETE, part_id)
    offered = await _open(clinic, message="Ring meg")
    seen = await clinic.part(GRETE, part_id)
    assert (seen.responsible.name, seen.version) == ("Ingrid Haugen", 2)
    assert offered.state is HandoverState.OPEN
    assert offered.message == "Ring meg"
    assert offered.part_ids == (part_id,)
    assert (offered.from_organisation, offered.from_organisation_name) == (
        HOSPITAL,
        "Barneavdelingen",
    )


async def test_what_is_not_done_goes_with_it_as_it_stood(clinic: Clinic) -> None:
    actions = tuple(an_action(f"b{n}", status) for n, status in enumerate(ActionStatus))
    content = replace(SAID, actions=(*SAID.actions, *actions))
    part_id = await clinic.active(content=content)
    offered = await _open(clinic)
    open_ones = (*SAID.actions, *actions[:2])
    assert {action.status for action in actions[:2]} == {ActionStatus.ACTIVE, ActionStatus.ON_HOLD}
    assert offered.open_actions == tuple(
        OpenAction(part_id=part_id, line_id=each.id, title=each.title, due=each.due)
        for each in open_ones
    )


async def test_whoever_accepts_answers_for_the_parts_and_is_plan_responsible_in_the_team(
    clinic: Clinic,
) -> None:
    part_id = await clinic.active()
    offered = await _open(clinic)
    await _accept(clinic, offered)
    taken = await clinic.part(GRETE, part_id)
    assert (taken.responsible.name, taken.responsible.organisation_number) == (
        "Grete Lund",
        HOME_CARE,
    )
    assert taken.responsible.organisation == "Hjemmetjenesten"
    assert taken.version == 3
    team = {member.name: member for member in (await clinic.plan(GRETE)).care_team}
    assert team["Grete Lund"].functions == (CareTeamFunction.PLAN_RESPONSIBLE,)
    assert team["Grete Lund"].organisation_number == HOME_CARE
    assert "Ingrid Nes" in team
    decided = await _read(clinic, offered.id)
    assert (decided.state, decided.version) == (HandoverState.ACCEPTED, 2)
    assert decided.decided_by is not None
    assert decided.decided_by.name == "Grete Lund"
    assert (await _events(clinic))[-2:] == ["HANDOVER_OPENED", "HANDOVER_ACCEPTED"]


async def test_someone_in_the_team_already_gets_the_task_and_no_second_place(
    clinic: Clinic,
) -> None:
    await clinic.active()
    to = {"to_organisation": SIRI.organisation, "to_organisation_name": "Koordinerende enhet"}
    first = await _open(clinic, **to)
    await _accept(clinic, first, SIRI)
    await clinic.active(PlanKind.KRISEPLAN)
    second = await _open(clinic, **to)
    await _accept(clinic, second, SIRI)
    names = [member.name for member in (await clinic.plan(SIRI)).care_team]
    assert names.count("Siri Nordvik") == 1


async def test_after_a_no_the_sender_answers_as_before_and_the_receiver_sees_nothing(
    clinic: Clinic,
) -> None:
    part_id = await clinic.active()
    offered = await _open(clinic)
    await clinic.do(
        GRETE, handover.DECLINE, handover_id=offered.id, expected_version=1, reason="Fullt"
    )
    decided = await _read(clinic, offered.id)
    assert (decided.state, decided.decision_reason) == (HandoverState.DECLINED, "Fullt")
    assert (await clinic.part(INGRID, part_id)).responsible.name == "Ingrid Haugen"
    with pytest.raises(NotPermitted):
        await clinic.part(GRETE, part_id)
    lists = {row.organisation: row.until for row in await clinic.rows(WorklistEntryRow)}
    assert lists[HOME_CARE] == clinic.now


async def test_whoever_says_no_is_answered_without_what_they_no_longer_see(clinic: Clinic) -> None:
    await clinic.active()
    offered = await _open(clinic)
    done = await clinic.do(
        GRETE, handover.DECLINE, handover_id=offered.id, expected_version=1, reason="Fullt"
    )
    assert await written.offered(clinic.context(GRETE), done) is None
    assert await written.offered(clinic.context(INGRID), done) is not None


async def test_a_no_needs_a_reason(clinic: Clinic) -> None:
    answer = await clinic.ask(
        GRETE, handover.DECLINE, handover_id="hnd_1", expected_version=1, reason=" "
    )
    assert isinstance(answer, InvalidInput)
    assert [(f.path, f.code.name) for f in answer.faults] == [("reason", "REQUIRED")]


@pytest.mark.parametrize("sender", [INGRID, OMAR])
async def test_the_sender_s_colleagues_can_take_it_back(clinic: Clinic, sender: Any) -> None:
    await clinic.active()
    offered = await _open(clinic)
    await clinic.do(sender, handover.WITHDRAW, handover_id=offered.id, expected_version=1)
    assert (await _read(clinic, offered.id)).state is HandoverState.WITHDRAWN


async def test_the_receiver_may_see_it_from_then_until_it_is_taken_back_and_is_told_why(
    clinic: Clinic,
) -> None:
    part_id = await clinic.active()
    offered = await _open(clinic)
    ctx = clinic.context(GRETE)
    patient = await patients.by_id(ctx, clinic.patient_id)
    basis = patients.access_basis(ctx, patient)
    assert basis is not None
    assert (basis.basis, basis.origin, basis.since, basis.until) == (
        Basis.HANDOVER,
        "Overføring: Utskrevet",
        clinic.now,
        None,
    )
    assert (await handovers.by_id(ctx, clinic.patient_id, offered.id)) == offered
    await clinic.do(INGRID, handover.WITHDRAW, handover_id=offered.id, expected_version=1)
    with pytest.raises(NotPermitted):
        await clinic.part(GRETE, part_id)
    with pytest.raises(NotPermitted):
        await handovers.by_id(clinic.context(GRETE), clinic.patient_id, offered.id)


async def test_only_the_receiver_answers_and_only_the_sender_takes_back(clinic: Clinic) -> None:
    await clinic.active()
    offered = await _open(clinic)
    asked = {"handover_id": offered.id, "expected_version": 1}
    for by in (INGRID, SIRI):
        for mutation, more in ((handover.ACCEPT, {}), (handover.DECLINE, {"reason": "Nei"})):
            answer = await clinic.ask(by, mutation, **asked, **more)
            assert answer == NotAllowed(reason=Refusal.NOT_RECEIVER)
    for by in (GRETE, SIRI):
        answer = await clinic.ask(by, handover.WITHDRAW, **asked)
        assert answer == NotAllowed(reason=Refusal.NOT_SENDER)
    answer = await clinic.ask(clinic.kari, handover.ACCEPT, **asked)
    assert answer == NotAllowed(reason=Refusal.ROLE)
    answer = await clinic.ask(STRANGER, handover.ACCEPT, **asked)
    assert answer == NotAllowed(reason=Refusal.NO_CARE_RELATION)


async def test_a_coordinator_does_not_give_away_what_another_answers_for(clinic: Clinic) -> None:
    part_id = await clinic.active()
    asked = {"patient_id": clinic.patient_id, **TO_HOME_CARE}
    for named in ((), (part_id,)):
        answer = await clinic.ask(SIRI, handover.OPEN, part_ids=named, **asked)
        assert answer == NotAllowed(reason=Refusal.NOT_ANSWERING)


async def test_without_named_parts_it_is_all_that_the_sender_answers_for(clinic: Clinic) -> None:
    one, two = await clinic.active(), await clinic.active(PlanKind.KRISEPLAN)
    await clinic.active(PlanKind.INDIVIDUELL_PLAN, SIRI)
    ended = await clinic.active(PlanKind.PALLIATIV_PLAN)
    await clinic.do(INGRID, part.COMPLETE, part_id=ended, expected_version=2, reason="Ferdig")
    assert set((await _open(clinic)).part_ids) == {one, two}


async def test_a_part_waits_for_one_organisation_at_a_time(clinic: Clinic) -> None:
    one, two = await clinic.active(), await clinic.active(PlanKind.KRISEPLAN)
    offered = await _open(clinic, part_ids=(one,))
    asked = {"patient_id": clinic.patient_id, **TO_HOME_CARE}
    answer = await clinic.ask(OMAR, handover.OPEN, part_ids=(two, one), **asked)
    assert answer == AlreadyHandedOver(open_handover=offered)
    assert set((await _open(clinic, part_ids=(two, two))).part_ids) == {two}


async def test_of_many_who_ask_at_once_one_is_heard(clinic: Clinic) -> None:
    await clinic.active()
    asked = {"patient_id": clinic.patient_id, **TO_HOME_CARE}
    answers = await asyncio.gather(*(clinic.ask(INGRID, handover.OPEN, **asked) for _ in range(9)))
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyHandedOver"] * 8 + [
        "HandoverWritten"
    ]


async def test_once_answered_it_stays_answered(clinic: Clinic) -> None:
    await clinic.active()
    offered = await _open(clinic)
    await _accept(clinic, offered)
    for by, mutation, more in (
        (GRETE, handover.ACCEPT, {}),
        (GRETE, handover.DECLINE, {"reason": "Nei"}),
        (INGRID, handover.WITHDRAW, {}),
    ):
        answer = await clinic.ask(by, mutation, handover_id=offered.id, expected_version=2, **more)
        assert answer == HandoverClosed(handover_state=HandoverState.ACCEPTED)


async def test_whoever_answers_has_seen_the_newest_version(clinic: Clinic) -> None:
    await clinic.active()
    offered = await _open(clinic)
    answer = await clinic.ask(GRETE, handover.ACCEPT, handover_id=offered.id, expected_version=7)
    assert answer == VersionConflict(current_version=1)


async def test_accept_and_withdraw_at_once_have_one_winner(clinic: Clinic) -> None:
    part_id = await clinic.active()
    offered = await _open(clinic)
    asked = {"handover_id": offered.id, "expected_version": 1}
    answers = await asyncio.gather(
        clinic.ask(GRETE, handover.ACCEPT, **asked), clinic.ask(INGRID, handover.WITHDRAW, **asked)
    )
    assert sum(isinstance(answer, Written) for answer in answers) == 1
    decided = await _read(clinic, offered.id)
    name = (await clinic.part(INGRID, part_id)).responsible.name
    winners = {HandoverState.ACCEPTED: "Grete Lund", HandoverState.WITHDRAWN: "Ingrid Haugen"}
    assert name == winners[decided.state]


async def test_a_part_that_has_ended_meanwhile_is_left_out_and_said(clinic: Clinic) -> None:
    one, two = await clinic.active(), await clinic.active(PlanKind.KRISEPLAN)
    offered = await _open(clinic)
    await clinic.do(INGRID, part.COMPLETE, part_id=one, expected_version=2, reason="Ferdig")
    await _accept(clinic, offered)
    decided = await _read(clinic, offered.id)
    assert decided.left_out == (one,)
    assert (await clinic.part(GRETE, one)).responsible.name == "Ingrid Haugen"
    assert (await clinic.part(GRETE, two)).responsible.name == "Grete Lund"
    assert "1" in handovers.sentence(clinic.context(GRETE), decided)


async def test_when_all_has_ended_there_is_nothing_to_take_over(clinic: Clinic) -> None:
    part_id = await clinic.active()
    offered = await _open(clinic)
    await clinic.do(INGRID, part.REVOKE, part_id=part_id, expected_version=2, reason="Feil")
    answer = await clinic.ask(GRETE, handover.ACCEPT, handover_id=offered.id, expected_version=1)
    assert answer == NothingToHandOver()
    assert (await _read(clinic, offered.id)).is_open


async def test_what_has_ended_is_not_handed_over(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await clinic.do(INGRID, part.COMPLETE, part_id=part_id, expected_version=2, reason="Ferdig")
    answer = await clinic.ask(
        INGRID,
        handover.OPEN,
        patient_id=clinic.patient_id,
        part_ids=(part_id,),
        **TO_HOME_CARE,
    )
    assert answer == WrongState(lifecycle=Lifecycle.COMPLETED, allowed=LIVING)


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"to_organisation": "12"}, "toOrganisation", "BAD_ORGANISATION_NUMBER"),
        ({"to_organisation": HOSPITAL}, "toOrganisation", "SAME_ORGANISATION"),
        ({"to_organisation_name": ""}, "toOrganisationName", "REQUIRED"),
        ({"reason": "  "}, "reason", "REQUIRED"),
        ({"message": "x" * 4001}, "message", "TOO_LONG"),
        ({"part_ids": ("prt_1",) * 101}, "partIds", "TOO_MANY"),
    ],
)
async def test_what_is_wrong_with_the_input_is_said(
    clinic: Clinic, wrong: dict[str, Any], path: str, code: str
) -> None:
    await clinic.active()
    asked = {"patient_id": clinic.patient_id, **TO_HOME_CARE} | wrong
    answer = await clinic.ask(INGRID, handover.OPEN, **asked)
    assert isinstance(answer, InvalidInput)
    assert [(fault.path, fault.code.name) for fault in answer.faults] == [(path, code)]


async def test_a_handover_is_found_with_its_own_patient_only(clinic: Clinic) -> None:
    other = await Clinic.open(clinic.db)
    await other.active()
    offered = await _open(other)
    unknown = f"hnd_{clinic.key}"
    answer = await clinic.ask(INGRID, handover.WITHDRAW, handover_id=unknown, expected_version=1)
    assert answer == NothingFound()
    with pytest.raises(NotFound):
        await _read(clinic, offered.id)
    ctx = clinic.context(INGRID)
    assert await handovers.for_plan(ctx, await plans.by_id(ctx, await _plan_id(clinic))) == []


async def _plan_id(clinic: Clinic) -> str:
    await clinic.active()
    return (await clinic.plan(INGRID)).id


async def test_an_accept_sent_again_is_done_once(clinic: Clinic) -> None:
    part_id = await clinic.active()
    offered = await _open(clinic)
    asked = {"handover_id": offered.id, "expected_version": 1, "idempotency_key": "en-og-samme"}
    for is_replay in (False, True):
        done = await clinic.do(GRETE, handover.ACCEPT, **asked)
        assert done.receipt.is_replay is is_replay
    assert (await clinic.part(GRETE, part_id)).version == 3
    other = await clinic.ask(GRETE, handover.ACCEPT, **asked | {"expected_version": 2})
    assert other == KeyReused()


async def test_a_vendor_learns_nothing_of_handovers(clinic: Clinic) -> None:
    part_id = await clinic.active()
    await _open(clinic)
    vendor = a_vendor(organisation="999000900")
    await clinic.shared(part_id, "999000900")
    ctx = clinic.context(vendor)
    shared = await plans.by_id(ctx, (await clinic.plan(INGRID)).id)
    with pytest.raises(NotPermitted):
        await handovers.for_plan(ctx, shared)


async def test_the_family_sees_who_is_asked_and_who_answers_now(clinic: Clinic) -> None:
    await clinic.active()
    offered = await _open(clinic)
    seen = await _read(clinic, offered.id, clinic.kari)
    said = handovers.sentence(clinic.context(clinic.kari), seen)
    assert said.startswith("Barneavdelingen har bedt Hjemmetjenesten om å ta over.")
