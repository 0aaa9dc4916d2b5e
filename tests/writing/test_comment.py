from __future__ import annotations

from typing import Any

import pytest

from domain.access.viewer import Viewer
from domain.cooperation.comment import Comment, CommentStatus, Visibility
from domain.errors import NotPermitted
from domain.plan.part import Lifecycle
from domain.refusal import Refusal
from domain.writing.fault import Fault, FaultCode
from domain.writing.rejection import (
    InvalidInput,
    NotAllowed,
    NothingFound,
    VersionConflict,
    WrongCommentStatus,
    WrongState,
)
from domain.written import Written
from resolvers import comment as comments
from resolvers import plan as plans
from resolvers import worklist
from resolvers.writing import comment, part, sharing
from store.session import Sessions
from tests.writing.clinic import INGRID, OMAR, SIRI, STRANGER, Clinic
from tests.writing.shares import ASSISTANT, BERIT


async def _say(clinic: Clinic, who: Viewer, part_id: str, **fields: Any) -> str:
    known = {"part_id": part_id, "text": "Hva nå?", "visibility": Visibility.EVERYONE}
    return (await clinic.do(who, comment.COMMENT, **known | fields)).subject_id


async def _read(clinic: Clinic, who: Viewer, part_id: str) -> dict[str, Comment]:
    """Return what somebody reads of what is said about a part."""
    ctx = clinic.context(who)
    seen = await comments.for_part(ctx, await plans.part_by_id(ctx, part_id))
    return {each.id: each for each in seen}


async def _text(clinic: Clinic, who: Viewer, part_id: str, comment_id: str) -> str:
    ctx = clinic.context(who)
    return await comments.text(ctx, (await _read(clinic, who, part_id))[comment_id])


async def test_a_parent_s_comment_says_who_and_on_whose_behalf(clinic: Clinic) -> None:
    part_id = await clinic.active()
    said = await _say(clinic, clinic.kari, part_id, line_id="a1")
    read = (await _read(clinic, INGRID, part_id))[said]
    assert (read.author.name, read.author.role) == ("Kari Fjell", "Forelder")
    assert (read.on_behalf_of, read.line_id) == ("Nora Fjell", "a1")
    assert (read.status, read.visibility) == (CommentStatus.OPEN, Visibility.EVERYONE)


async def test_a_parent_who_says_nothing_of_it_is_not_read_by_the_other_home(
    clinic: Clinic,
) -> None:
    part_id = await clinic.active()
    said = await _say(clinic, clinic.kari, part_id, visibility=None)
    assert (await _read(clinic, INGRID, part_id))[said].visibility is Visibility.PERSONNEL_AND_ME
    assert said not in await _read(clinic, clinic.ola, part_id)


async def test_personnel_are_shown_with_role_and_organisation_as_of_then(clinic: Clinic) -> None:
    part_id = await clinic.active()
    said = await _say(clinic, INGRID, part_id)
    read = (await _read(clinic, clinic.kari, part_id))[said]
    assert (read.author.role, read.author.organisation) == ("Sykepleier", "Barneavdelingen")
    assert read.on_behalf_of is None


@pytest.mark.parametrize("line", ["g1", "RED", "k1", "l1", "m1", "t1", "whatMattersToMe"])
async def test_every_kind_of_line_can_be_spoken_of(clinic: Clinic, line: str) -> None:
    part_id = await clinic.active()
    said = await _say(clinic, clinic.nora, part_id, line_id=line)
    assert (await _read(clinic, INGRID, part_id))[said].line_id == line


@pytest.mark.parametrize("line", ["a99", "", "BLUE"])
async def test_a_line_that_is_not_there_is_a_fault(clinic: Clinic, line: str) -> None:
    answer = await clinic.ask(
        clinic.kari, comment.COMMENT, part_id=await clinic.active(), text="Hva?", line_id=line
    )
    fault = Fault(path="lineId", code=FaultCode.UNKNOWN_REFERENCE)
    assert answer == InvalidInput(faults=(fault,))


async def test_an_empty_comment_is_a_fault(clinic: Clinic) -> None:
    part_id = await clinic.active()
    answer = await clinic.ask(clinic.kari, comment.COMMENT, part_id=part_id, text=" ")
    assert answer == InvalidInput(faults=(Fault(path="text", code=FaultCode.REQUIRED),))


@pytest.mark.parametrize("lifecycle", [Lifecycle.COMPLETED, Lifecycle.REVOKED])
async def test_nothing_new_is_said_about_what_has_ended(
    clinic: Clinic, lifecycle: Lifecycle
) -> None:
    part_id = await clinic.active()
    ends = {Lifecycle.COMPLETED: part.COMPLETE, Lifecycle.REVOKED: part.REVOKE}
    await clinic.do(
        INGRID, ends[lifecycle], part_id=part_id, expected_version=2, reason="Slik ble det"
    )
    answer = await clinic.ask(clinic.kari, comment.COMMENT, part_id=part_id, text="Hva?")
    assert isinstance(answer, WrongState)


@pytest.mark.parametrize(
    ("by", "visibility", "readers"),
    [
        ("kari", Visibility.EVERYONE, {"kari", "ola", "nora", "ingrid", "siri"}),
        ("ingrid", Visibility.EVERYONE, {"kari", "ola", "nora", "ingrid", "siri"}),
        ("ingrid", Visibility.PERSONNEL, {"ingrid", "siri"}),
        ("kari", Visibility.PERSONNEL_AND_ME, {"kari", "ingrid", "siri"}),
        ("nora", Visibility.PERSONNEL_AND_ME, {"nora", "ingrid", "siri"}),
    ],
)
async def test_a_comment_and_its_answer_are_read_by_those_they_are_for(
    clinic: Clinic, by: str, visibility: Visibility, readers: set[str]
) -> None:
    people = _people(clinic)
    part_id = await clinic.active()
    said = await _say(clinic, people[by], part_id, visibility=visibility)
    answered = await clinic.do(SIRI, comment.ANSWER, comment_id=said, text="Dette.")
    for name, person in people.items():
        read = await _read(clinic, person, part_id)
        assert (said in read) is (name in readers), name
        assert (answered.subject_id in read) is (name in readers), name


def _people(clinic: Clinic) -> dict[str, Viewer]:
    own = {"kari": clinic.kari, "ola": clinic.ola, "nora": clinic.nora}
    return own | {"ingrid": INGRID, "siri": SIRI}


@pytest.mark.parametrize(
    ("by", "visibility"),
    [("kari", Visibility.PERSONNEL), ("ingrid", Visibility.PERSONNEL_AND_ME)],
)
async def test_each_side_has_its_own_choice_of_who_reads(
    clinic: Clinic, by: str, visibility: Visibility
) -> None:
    answer = await clinic.ask(
        _people(clinic)[by],
        comment.COMMENT,
        part_id=await clinic.active(),
        text="Hva?",
        visibility=visibility,
    )
    assert isinstance(answer, InvalidInput)
    assert [(f.path, f.code) for f in answer.faults] == [("visibility", FaultCode.NOT_A_CHOICE)]


async def test_what_one_may_not_read_one_can_t_answer(clinic: Clinic) -> None:
    part_id = await clinic.active()
    private = await _say(clinic, clinic.nora, part_id, visibility=Visibility.PERSONNEL_AND_ME)
    for person in (clinic.kari, STRANGER):
        answer = await clinic.ask(person, comment.ANSWER, comment_id=private, text="Hva?")
        assert isinstance(answer, NothingFound | NotAllowed)
    assert list(await _read(clinic, INGRID, part_id)) == [private]


async def test_an_answer_stands_in_the_thread_and_the_comment_counts_as_answered(
    clinic: Clinic,
) -> None:
    part_id = await clinic.active()
    said = await _say(clinic, clinic.kari, part_id, line_id="a1")
    answered = await clinic.do(INGRID, comment.ANSWER, comment_id=said, text="Slik.")
    read = await _read(clinic, clinic.kari, part_id)
    assert (read[said].status, read[said].version) == (CommentStatus.ANSWERED, 2)
    answer = read[answered.subject_id]
    assert (answer.answer_to, answer.line_id) == (said, "a1")
    assert answer.status is CommentStatus.ANSWERED


async def test_a_citizen_s_answer_waits_for_personnel(clinic: Clinic) -> None:
    part_id = await clinic.active()
    said = await _say(clinic, INGRID, part_id)
    answered = await clinic.do(clinic.ola, comment.ANSWER, comment_id=said, text="Og så?")
    read = await _read(clinic, INGRID, part_id)
    assert read[said].status is CommentStatus.ANSWERED
    assert read[answered.subject_id].status is CommentStatus.OPEN


async def test_adding_to_one_s_own_comment_does_not_answer_it(clinic: Clinic) -> None:
    part_id = await clinic.active()
    said = await _say(clinic, clinic.kari, part_id)
    await clinic.do(clinic.kari, comment.ANSWER, comment_id=said, text="Jeg mener i helgen.")
    assert (await _read(clinic, INGRID, part_id))[said].status is CommentStatus.OPEN


async def test_open_comments_are_counted_on_the_worklist(clinic: Clinic) -> None:
    part_id = await clinic.active()
    said = await _say(clinic, clinic.kari, part_id)
    assert await _waiting(clinic) == 1
    await clinic.do(INGRID, comment.ANSWER, comment_id=said, text="Slik.")
    assert await _waiting(clinic) == 0


async def _waiting(clinic: Clinic) -> int:
    page = await worklist.page(clinic.context(OMAR), first=100)
    [entry] = [each for each in page.edges if each.patient_id == clinic.patient_id]
    return entry.open_comments


async def test_a_comment_is_parked_and_reopened_by_personnel(clinic: Clinic) -> None:
    part_id = await clinic.active()
    said = await _say(clinic, clinic.kari, part_id)
    await clinic.do(INGRID, comment.PARK, comment_id=said, expected_version=1)
    assert (await _read(clinic, clinic.kari, part_id))[said].status is CommentStatus.PARKED
    await clinic.do(SIRI, comment.REOPEN, comment_id=said, expected_version=2)
    assert (await _read(clinic, clinic.kari, part_id))[said].status is CommentStatus.OPEN
    refused = await clinic.ask(clinic.kari, comment.PARK, comment_id=said, expected_version=3)
    assert refused == NotAllowed(reason=Refusal.ROLE)


async def test_a_comment_goes_no_way_that_it_can_t(clinic: Clinic) -> None:
    part_id = await clinic.active()
    said = await _say(clinic, clinic.kari, part_id)
    act = {"comment_id": said, "expected_version": 1}
    assert await clinic.ask(INGRID, comment.REOPEN, **act) == WrongCommentStatus(
        comment_status=CommentStatus.OPEN,
        allowed_statuses=(CommentStatus.ANSWERED, CommentStatus.PARKED),
    )
    await clinic.do(clinic.kari, comment.WITHDRAW, **act)
    late = await clinic.ask(INGRID, comment.ANSWER, comment_id=said, text="Slik.")
    assert isinstance(late, WrongCommentStatus)
    act["expected_version"] = 2
    for mutation in (comment.PARK, comment.REOPEN):
        assert isinstance(await clinic.ask(INGRID, mutation, **act), WrongCommentStatus)
    assert isinstance(await clinic.ask(clinic.kari, comment.WITHDRAW, **act), WrongCommentStatus)


async def test_whoever_has_not_seen_the_newest_is_told(clinic: Clinic) -> None:
    said = await _say(clinic, clinic.kari, await clinic.active())
    await clinic.do(INGRID, comment.ANSWER, comment_id=said, text="Slik.")
    answer = await clinic.ask(clinic.kari, comment.WITHDRAW, comment_id=said, expected_version=1)
    assert answer == VersionConflict(current_version=2)


async def test_a_withdrawn_comment_stays_and_only_its_author_still_reads_it(
    clinic: Clinic,
) -> None:
    part_id = await clinic.active()
    said = await _say(clinic, clinic.kari, part_id, text="Jeg tok feil")
    await clinic.do(clinic.kari, comment.WITHDRAW, comment_id=said, expected_version=1)
    assert await _text(clinic, clinic.kari, part_id, said) == "Jeg tok feil"
    for other in (clinic.ola, INGRID):
        read = (await _read(clinic, other, part_id))[said]
        assert read.status is CommentStatus.WITHDRAWN
        assert "trukket" in await _text(clinic, other, part_id, said)


@pytest.mark.parametrize("who", ["ola", "ingrid"])
async def test_nobody_withdraws_what_somebody_else_said(clinic: Clinic, who: str) -> None:
    said = await _say(clinic, clinic.kari, await clinic.active())
    answer = await clinic.ask(
        _people(clinic)[who], comment.WITHDRAW, comment_id=said, expected_version=1
    )
    assert answer == NotAllowed(reason=Refusal.NOT_AUTHOR)


async def test_personnel_withdraw_their_own(clinic: Clinic) -> None:
    said = await _say(clinic, INGRID, await clinic.active())
    act = {"comment_id": said, "expected_version": 1}
    assert await clinic.ask(OMAR, comment.WITHDRAW, **act) == NotAllowed(reason=Refusal.NOT_AUTHOR)
    assert isinstance(await clinic.ask(INGRID, comment.WITHDRAW, **act), Written)


async def test_recipients_neither_read_nor_write_comments(clinic: Clinic) -> None:
    part_id = await clinic.active()
    said = await _say(clinic, clinic.kari, part_id)
    await clinic.do(clinic.kari, sharing.SHARE, part_id=part_id, **ASSISTANT)
    with pytest.raises(NotPermitted):
        await _read(clinic, BERIT, part_id)
    for mutation, fields in (
        (comment.COMMENT, {"part_id": part_id}),
        (comment.ANSWER, {"comment_id": said}),
    ):
        answer = await clinic.ask(BERIT, mutation, text="Hei", **fields)
        assert answer == NotAllowed(reason=Refusal.NOT_SHARED)


async def test_another_patient_s_comment_is_nothing(clinic: Clinic, db: Sessions) -> None:
    said = await _say(clinic, clinic.kari, await clinic.active())
    other = await Clinic.open(db)
    answer = await other.ask(other.kari, comment.ANSWER, comment_id=said, text="Hei")
    assert answer == NothingFound()


async def test_what_was_written_is_looked_up_by_whoever_may_read_it(clinic: Clinic) -> None:
    written = await clinic.do(
        clinic.kari, comment.COMMENT, part_id=await clinic.active(), text="Hva?"
    )
    ctx = clinic.context(clinic.kari)
    assert (await comments.written_comment(ctx, written)).text == "Hva?"
    assert (await comments.written_part(ctx, written)).lifecycle is Lifecycle.ACTIVE
