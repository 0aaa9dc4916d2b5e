"""Each chooses for themselves what is sent outside the app, and nobody for another."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from domain.access.viewer import Viewer
from domain.cooperation.notice_choice import Channel, NoticeChoice, NoticeGroup
from domain.refusal import Refusal
from domain.writing.fault import FaultCode
from domain.writing.rejection import InvalidInput, NotAllowed
from domain.written import NoticesChosen
from resolvers import notice, notice_choice
from resolvers.writing.notice_choice import CHOOSE
from tests.builders import a_vendor
from tests.writing.clinic import INGRID, Clinic
from tests.writing.shares import BERIT
from tests.writing.telling import all_told

OFFICER = replace(INGRID, role=INGRID.role.PRIVACY_OFFICER)


async def choose(clinic: Clinic, viewer: Viewer, language: str = "nb", **fields: Any) -> Any:
    ctx = clinic.context(viewer)
    ctx.language = language
    return await CHOOSE(ctx, CHOOSE.command(**{"idempotency_key": str(uuid4())} | fields))


async def chosen(clinic: Clinic, viewer: Viewer) -> NoticeChoice | None:
    return await notice_choice.of_viewer(clinic.context(viewer), viewer)


async def test_unless_told_otherwise_all_groups_are_on_nights_are_quiet_and_messages_few(
    clinic: Clinic,
) -> None:
    assert await chosen(clinic, clinic.kari) is None
    done = await choose(clinic, clinic.kari, channel=Channel.SMS)
    assert isinstance(done, NoticesChosen)
    kept = await chosen(clinic, clinic.kari)
    assert kept == done.choice
    assert kept is not None
    assert kept.groups == tuple(NoticeGroup)
    assert (kept.quiet_from, kept.quiet_until, kept.gather_hours) == (21, 8, 4)
    assert (kept.language, kept.is_reachable, kept.updated_at) == ("nb", True, clinic.now)


async def test_a_new_choice_takes_the_place_of_the_one_before(clinic: Clinic) -> None:
    await choose(clinic, clinic.kari, channel=Channel.SMS)
    changed = {"channel": Channel.EMAIL, "switched_off": (NoticeGroup.ACCESS,), "quiet_from": 22}
    await choose(clinic, clinic.kari, "en", **changed)
    kept = await chosen(clinic, clinic.kari)
    assert kept is not None
    assert (kept.channel, kept.quiet_from, kept.language) == (Channel.EMAIL, 22, "en")
    assert kept.groups == (NoticeGroup.PLAN, NoticeGroup.ANSWERS)


async def test_it_is_one_s_own(clinic: Clinic) -> None:
    await choose(clinic, clinic.kari, channel=Channel.SMS)
    assert await chosen(clinic, clinic.ola) is None
    await choose(clinic, clinic.ola, channel=None)
    assert await chosen(clinic, clinic.kari) is not None


@pytest.mark.parametrize("viewer", [INGRID, OFFICER, a_vendor()])
async def test_whoever_is_at_work_is_told_at_work(clinic: Clinic, viewer: Viewer) -> None:
    answer = await choose(clinic, viewer, channel=Channel.SMS)
    assert answer == NotAllowed(reason=Refusal.PATIENT_ONLY)
    assert await chosen(clinic, viewer) is None


async def test_hours_that_are_none_are_told_one_by_one(clinic: Clinic) -> None:
    wrong = {"quiet_from": 24, "quiet_until": -1, "gather_hours": 169}
    answer = await choose(clinic, BERIT, channel=Channel.SMS, **wrong)
    assert isinstance(answer, InvalidInput)
    assert [(fault.path, fault.code) for fault in answer.faults] == [
        ("quietFrom", FaultCode.OUT_OF_RANGE),
        ("quietUntil", FaultCode.OUT_OF_RANGE),
        ("gatherHours", FaultCode.OUT_OF_RANGE),
    ]


async def test_each_notice_says_why_one_gets_it_and_what_it_is_switched_off_by(
    clinic: Clinic,
) -> None:
    await clinic.active()
    for viewer, why in (
        (clinic.nora, "Du får dette fordi planen er din."),
        (clinic.kari, "Du får dette fordi du følger opp en annens plan."),
    ):
        ctx = clinic.context(viewer)
        (told,) = (await notice.page(ctx)).edges
        assert notice.reason(ctx, told) == why
        assert notice.group(ctx, told) is NoticeGroup.PLAN
    (told,) = await all_told(clinic, clinic.kari)
    assert notice.group(clinic.context(INGRID), told) is None
