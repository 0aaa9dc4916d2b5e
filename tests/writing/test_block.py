from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.access.viewer import Viewer
from domain.errors import NotPermitted
from domain.refusal import Refusal
from domain.writing.fault import FaultCode
from domain.writing.rejection import (
    InvalidInput,
    NoChange,
    NotAllowed,
    NothingFound,
    VersionConflict,
)
from resolvers import notice, shift
from resolvers.writing import block
from tests.builders import NOW
from tests.writing.clinic import INGRID, OMAR, SIRI, STRANGER, Clinic
from tests.writing.in_use import in_use
from tests.writing.locks import KARI_SAYS, blocked, content, emergency_by, listed

SOMEBODY = {"hpr_number": "7209932", "name": "Doktor Vik"}


async def _block(clinic: Clinic, viewer: Viewer, **fields: Any) -> Any:
    known: dict[str, Any] = {"patient_id": clinic.patient_id} | SOMEBODY
    return await clinic.ask(viewer, block.BLOCK, **known | fields)


async def _lift(clinic: Clinic, viewer: Viewer, block_id: str, **fields: Any) -> Any:
    known = {"block_id": block_id, "expected_version": 1}
    return await clinic.ask(viewer, block.LIFT, **known | fields)


async def test_a_blocked_person_reads_nothing_from_the_next_reading_on(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    assert await content(clinic, OMAR, part_id) == "READ"
    await blocked(clinic, OMAR)
    assert await content(clinic, OMAR, part_id) == "WITHHELD"
    assert await content(clinic, INGRID, part_id) == "READ"


async def test_it_holds_wherever_the_person_works(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await blocked(clinic, OMAR)
    elsewhere = replace(OMAR, organisation=SIRI.organisation)
    assert await content(clinic, elsewhere, part_id) == "WITHHELD"


async def test_not_even_an_emergency_opens_it_and_the_person_is_told_why(clinic: Clinic) -> None:
    await blocked(clinic, STRANGER)
    assert await emergency_by(clinic, STRANGER) == NotAllowed(reason=Refusal.BLOCKED)


async def test_a_block_set_during_an_emergency_ends_it(clinic: Clinic) -> None:
    part_id = await in_use(clinic)
    await emergency_by(clinic, STRANGER)
    assert await content(clinic, STRANGER, part_id) == "READ"
    await blocked(clinic, STRANGER)
    assert await content(clinic, STRANGER, part_id) == "WITHHELD"


async def test_nobody_lifts_or_sees_a_block_of_themselves(clinic: Clinic) -> None:
    written = await _block(clinic, OMAR, hpr_number=OMAR.hpr_number, spoken=KARI_SAYS)
    answer = await _lift(clinic, OMAR, written.subject_id, spoken=KARI_SAYS)
    assert answer == NotAllowed(reason=Refusal.BLOCKED)
    assert await listed(clinic, OMAR, "blocks") == []
    assert len(await listed(clinic, INGRID, "blocks")) == 1


async def test_a_blocked_person_does_not_learn_of_others_who_are(clinic: Clinic) -> None:
    other = await _block(clinic, INGRID, spoken=KARI_SAYS)
    assert len(await listed(clinic, OMAR, "blocks")) == 1
    await blocked(clinic, OMAR)
    assert await listed(clinic, OMAR, "blocks") == []
    answer = await _lift(clinic, OMAR, other.subject_id, spoken=KARI_SAYS)
    assert answer == NotAllowed(reason=Refusal.BLOCKED)


async def test_personnel_see_and_lift_what_their_own_unit_wrote_down(clinic: Clinic) -> None:
    own = await _block(clinic, INGRID, spoken=KARI_SAYS)
    kari_s = await blocked(clinic, STRANGER)
    assert [rule.id for rule in await listed(clinic, INGRID, "blocks")] == [own.subject_id]
    assert await listed(clinic, SIRI, "blocks") == []
    for viewer, block_id in ((SIRI, own.subject_id), (INGRID, kari_s.subject_id)):
        assert await _lift(clinic, viewer, block_id, spoken=KARI_SAYS) == NothingFound()
    lifted = await _lift(clinic, INGRID, own.subject_id, spoken=KARI_SAYS)
    assert lifted.receipt.version == 2


async def test_both_parents_see_it_and_either_lifts_it(clinic: Clinic) -> None:
    written = await blocked(clinic, OMAR)
    (rule,) = await listed(clinic, clinic.ola, "blocks")
    assert (rule.hpr_number, rule.person_name) == (OMAR.hpr_number, "Omar Rashid")
    await _lift(clinic, clinic.ola, written.subject_id)
    assert await listed(clinic, clinic.kari, "blocks") == []


async def test_the_same_person_is_blocked_once(clinic: Clinic) -> None:
    written = await _block(clinic, clinic.kari)
    assert await _block(clinic, clinic.kari) == NoChange()
    await _lift(clinic, clinic.kari, written.subject_id)
    again = await _lift(clinic, clinic.kari, written.subject_id, expected_version=2)
    assert again == NoChange()
    assert not isinstance(await _block(clinic, clinic.kari), NoChange)


@pytest.mark.parametrize(
    ("fields", "path", "code"),
    [
        ({"hpr_number": "12"}, "hprNumber", FaultCode.BAD_HPR_NUMBER),
        ({"hpr_number": "Doktor Vik"}, "hprNumber", FaultCode.BAD_HPR_NUMBER),
        ({"name": ""}, "name", FaultCode.REQUIRED),
        ({"name": "A\nB"}, "name", FaultCode.LINE_BREAK),
    ],
)
async def test_who_it_is_must_be_said_well(
    clinic: Clinic, fields: dict[str, Any], path: str, code: FaultCode
) -> None:
    answer = await _block(clinic, clinic.kari, **fields)
    assert isinstance(answer, InvalidInput)
    assert [(fault.path, fault.code) for fault in answer.faults] == [(path, code)]


async def test_personnel_need_the_word_and_a_stranger_writes_nothing_down(clinic: Clinic) -> None:
    alone = await _block(clinic, INGRID)
    assert isinstance(alone, InvalidInput)
    stranger = await _block(clinic, STRANGER, spoken=KARI_SAYS)
    assert stranger == NotAllowed(reason=Refusal.NO_CARE_RELATION)
    assert await _lift(clinic, clinic.kari, "rul_x") == NothingFound()


async def test_the_newest_must_have_been_seen(clinic: Clinic) -> None:
    written = await _block(clinic, clinic.kari)
    stale = await _lift(clinic, clinic.kari, written.subject_id, expected_version=4)
    assert stale == VersionConflict(current_version=1)


async def test_the_ward_is_told_of_no_block_and_the_blocked_of_nothing(clinic: Clinic) -> None:
    await in_use(clinic)
    await blocked(clinic, OMAR)
    ctx = clinic.context(INGRID)
    told = await shift.changes(ctx, await shift.report(ctx, NOW.replace(hour=0)), first=100)
    ours = [change.kind.name for change in told.edges if change.patient_id == clinic.patient_id]
    assert "PERSON_BLOCKED" not in ours
    assert ours
    page = await notice.page(clinic.context(OMAR))
    assert [each for each in page.edges if each.patient_id == clinic.patient_id] == []


async def test_the_same_command_sent_twice_is_one_block(clinic: Clinic) -> None:
    sent: dict[str, Any] = {"idempotency_key": "block-once", "patient_id": clinic.patient_id}
    first = await clinic.do(clinic.kari, block.BLOCK, **sent | SOMEBODY)
    second = await clinic.do(clinic.kari, block.BLOCK, **sent | SOMEBODY)
    assert (first.subject_id, second.receipt.is_replay) == (second.subject_id, True)


async def test_others_than_personnel_and_those_who_choose_see_no_blocks(clinic: Clinic) -> None:
    await emergency_by(clinic, STRANGER)
    with pytest.raises(NotPermitted) as refused:
        await listed(clinic, STRANGER, "blocks")
    assert refused.value.reason == "ROLE"
