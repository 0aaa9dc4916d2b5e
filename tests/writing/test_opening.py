from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.access.decision import Basis
from domain.access.opening import CODE_LIFETIME, MOST_TRIES, TOKEN_LIFETIME, TRIES_WINDOW
from domain.access.viewer import Viewer, ViewerRole
from domain.errors import CodeRefused, TooManyTries
from domain.operation import Operation
from domain.plan.sharing import Share
from domain.refusal import Refusal
from domain.writing.rejection import NoCode, NotAllowed
from resolvers import patient as patients
from resolvers.opening import Openings
from resolvers.writing import reservation, sharing
from store.tables import AuditEntryRow, EventRow, OpeningRow, ReceiptRow
from tests.builders import NOW
from tests.resolvers.memory import MemoryLog
from tests.writing.clinic import Clinic
from tests.writing.shares import DAY, THERAPIST, part_of_recipient, shared


class School:
    """Somebody at a school with a code, on some network."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.place = uuid4().hex
        self.openings = Openings(clinic.store, lambda: clinic.now)

    async def opens(self, code: str) -> str:
        return (await self.openings.exchange(code, self.place, "e-open")).access_token

    async def viewer(self, token: str) -> Viewer | None:
        return await self.openings.viewer(token)


@pytest.fixture
def school(clinic: Clinic) -> School:
    return School(clinic)


async def _code(clinic: Clinic, share: Share) -> str:
    done = await clinic.do(clinic.kari, sharing.MAKE_CODE, share_id=share.id)
    assert done.shown_once is not None
    return done.shown_once


async def test_a_code_opens_the_pieces_and_nothing_else(clinic: Clinic, school: School) -> None:
    part_id = await clinic.active()
    share = await shared(clinic, part_id)
    viewer = await school.viewer(await school.opens(await _code(clinic, share)))
    assert viewer is not None
    assert (viewer.role, viewer.name) == (ViewerRole.RECIPIENT, "Fjordvik skole")
    shown = await part_of_recipient(clinic, viewer)
    assert shown is not None
    assert shown.id == part_id
    assert shown.content is not None
    assert shown.content.passages == ()
    assert [line.id for line in shown.content.contacts] == ["k1"]


async def test_a_code_is_kept_as_a_digest_and_shown_once(clinic: Clinic) -> None:
    share = await shared(clinic, await clinic.active())
    key = str(uuid4())
    act: dict[str, Any] = {"share_id": share.id, "idempotency_key": key}
    first = await clinic.do(clinic.kari, sharing.MAKE_CODE, **act)
    again = await clinic.do(clinic.kari, sharing.MAKE_CODE, **act)
    assert first.shown_once is not None
    assert (again.shown_once, again.receipt.is_replay) == (None, True)
    kept = [*await clinic.rows(OpeningRow), *await clinic.rows(ReceiptRow)]
    kept += [*await clinic.rows(EventRow), *await clinic.rows(AuditEntryRow)]
    assert first.shown_once not in "".join(str(vars(row)) for row in kept)


async def test_a_code_is_used_once(clinic: Clinic, school: School) -> None:
    code = await _code(clinic, await shared(clinic, await clinic.active()))
    await school.opens(code)
    with pytest.raises(CodeRefused):
        await school.opens(code)


async def test_of_many_who_use_a_code_at_once_one_gets_in(clinic: Clinic) -> None:
    code = await _code(clinic, await shared(clinic, await clinic.active()))
    answers = await asyncio.gather(
        *(School(clinic).opens(code) for _ in range(8)), return_exceptions=True
    )
    assert [type(each).__name__ for each in answers].count("str") == 1
    assert [type(each) for each in answers].count(CodeRefused) == 7


@pytest.mark.parametrize("later", [CODE_LIFETIME, 90 * DAY])
async def test_a_code_is_good_for_a_quarter_of_an_hour(
    clinic: Clinic, school: School, later: timedelta
) -> None:
    code = await _code(clinic, await shared(clinic, await clinic.active()))
    clinic.now = NOW + later
    with pytest.raises(CodeRefused):
        await school.opens(code)


async def test_a_code_of_a_withdrawn_share_opens_nothing(clinic: Clinic, school: School) -> None:
    share = await shared(clinic, await clinic.active())
    code = await _code(clinic, share)
    await clinic.do(clinic.kari, sharing.WITHDRAW, share_id=share.id, expected_version=1)
    with pytest.raises(CodeRefused):
        await school.opens(code)


async def test_a_code_is_read_as_people_write_it(clinic: Clinic, school: School) -> None:
    code = await _code(clinic, await shared(clinic, await clinic.active()))
    assert await school.opens(f" {code[:5].lower()}-{code[5:].lower()} ")


async def test_five_wrong_codes_from_one_place_are_enough_for_a_while(
    clinic: Clinic, school: School
) -> None:
    share = await shared(clinic, await clinic.active())
    for _ in range(MOST_TRIES):
        with pytest.raises(CodeRefused):
            await school.opens("AAAAABBBBB")
    with pytest.raises(TooManyTries):
        await school.opens(await _code(clinic, share))
    assert await School(clinic).opens(await _code(clinic, share))
    clinic.now = NOW + TRIES_WINDOW
    assert await school.opens(await _code(clinic, share))


async def test_a_right_code_is_no_wrong_try(clinic: Clinic, school: School) -> None:
    share = await shared(clinic, await clinic.active())
    for _ in range(MOST_TRIES + 2):
        assert await school.opens(await _code(clinic, share))


async def test_a_token_lasts_a_working_day_and_no_longer_than_the_share(
    clinic: Clinic, school: School
) -> None:
    part_id = await clinic.active()
    long = await school.opens(await _code(clinic, await shared(clinic, part_id)))
    ends = {"recipient": "SFO", "until": NOW + timedelta(hours=2)}
    short = await school.opens(await _code(clinic, await shared(clinic, part_id, **ends)))
    clinic.now = NOW + timedelta(hours=2)
    assert await school.viewer(short) is None
    assert await school.viewer(long) is not None
    clinic.now = NOW + TOKEN_LIFETIME
    assert await school.viewer(long) is None


async def test_withdrawing_the_share_ends_what_was_opened_at_once(
    clinic: Clinic, school: School
) -> None:
    share = await shared(clinic, await clinic.active())
    token = await school.opens(await _code(clinic, share))
    viewer = await school.viewer(token)
    assert viewer is not None
    await clinic.do(clinic.ola, sharing.WITHDRAW, share_id=share.id, expected_version=1)
    assert await school.viewer(token) is None
    # Not even for a request that came in a moment before.
    assert await patients.of_viewer(clinic.context(viewer), viewer) == []


async def test_shortening_the_share_shortens_what_was_opened(
    clinic: Clinic, school: School
) -> None:
    share = await shared(clinic, await clinic.active())
    token = await school.opens(await _code(clinic, share))
    soon = {"share_id": share.id, "expected_version": 1, "until": NOW + timedelta(minutes=5)}
    await clinic.do(clinic.kari, sharing.CHANGE, **soon)
    clinic.now = NOW + timedelta(minutes=5)
    assert await school.viewer(token) is None


async def test_an_unknown_token_is_nobody_s(school: School) -> None:
    assert await school.viewer("dbep-opening.x") is None


async def test_the_log_has_one_opening_and_one_line_for_each_reading(
    clinic: Clinic, school: School
) -> None:
    share = await shared(clinic, await clinic.active())
    token = await school.opens(await _code(clinic, share))
    kept = MemoryLog()
    clinic.log = kept
    for _ in range(2):
        viewer = await school.viewer(token)
        assert viewer is not None
        ctx = clinic.context(viewer)
        await patients.of_viewer(ctx, viewer)
        await ctx.settle()
    assert [(e.operation, e.by.name, e.basis) for e in kept.entries if e.adds_to is None] == [
        (Operation.READ, "Fjordvik skole", Basis.SHARE)
    ] * 2
    (logged,) = [e for e in await clinic.rows(AuditEntryRow) if e.operation == "OPEN_SHARE"]
    assert logged.correlation_id == "e-open"
    assert (logged.role, logged.basis, logged.subject_id) == ("RECIPIENT", "SHARE", share.id)
    assert logged.by == {
        "name": "Fjordvik skole",
        "role": "Skole",
        "organisation": None,
        "hprNumber": None,
        "organisationNumber": None,
    }
    events = [event.kind for event in await clinic.rows(EventRow)]
    assert events.count("SHARE_OPENED") == 1


async def test_a_refused_code_leaves_nothing_in_the_log(clinic: Clinic, school: School) -> None:
    await clinic.active()
    with pytest.raises(CodeRefused):
        await school.opens("AAAAABBBBB")
    assert not [e for e in await clinic.rows(AuditEntryRow) if e.operation == "OPEN_SHARE"]


async def test_a_whole_part_is_not_opened_by_a_code(clinic: Clinic) -> None:
    share = await shared(clinic, await clinic.active(), **THERAPIST | {"until": None})
    assert await clinic.ask(clinic.kari, sharing.MAKE_CODE, share_id=share.id) == NoCode()


async def test_a_recipient_makes_no_code_for_others(clinic: Clinic, school: School) -> None:
    share = await shared(clinic, await clinic.active())
    viewer = await school.viewer(await school.opens(await _code(clinic, share)))
    assert viewer is not None
    answer = await clinic.ask(viewer, sharing.MAKE_CODE, share_id=share.id)
    assert answer == NotAllowed(reason=Refusal.NOT_SHARED)


async def test_a_reservation_suspends_what_a_code_opens_and_uses_no_code_up(
    clinic: Clinic, school: School
) -> None:
    share = await shared(clinic, await clinic.active())
    opened = await school.opens(await _code(clinic, share))
    code = await _code(clinic, share)
    made = await clinic.do(clinic.kari, reservation.RESERVE, patient_id=clinic.patient_id)
    assert await school.viewer(opened) is None
    with pytest.raises(CodeRefused):
        await school.opens(code)
    undo = {"reservation_id": made.subject_id, "expected_version": 1}
    await clinic.do(clinic.kari, reservation.UNDO, **undo)
    assert await school.viewer(opened) is not None
    assert await school.opens(code)
