from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from domain.access.viewer import Viewer
from domain.errors import NotPermitted
from domain.event import EventKind
from domain.plan.part import Lifecycle
from domain.plan.sharing import ShareScope
from domain.refusal import Refusal
from domain.writing.fault import FaultCode
from domain.writing.rejection import (
    AlreadyShared,
    InvalidInput,
    NoChange,
    NotAllowed,
    NothingFound,
    ShareClosed,
    VersionConflict,
    WrongState,
)
from domain.written import Written
from resolvers import worklist
from resolvers.writing import part, sharing
from store.session import Sessions
from store.tables import EventRow
from tests.builders import NOW, a_clinician, a_number
from tests.writing.clinic import INGRID, OMAR, SIRI, STRANGER, Clinic
from tests.writing.shares import ASSISTANT, DAY, SCHOOL, THERAPIST, share_of, shared


async def test_a_parent_shares_pieces_with_a_school_until_a_day(clinic: Clinic) -> None:
    share = await shared(clinic, await clinic.active())
    assert (share.recipient, share.shared_by) == ("Fjordvik skole", "Kari Fjell")
    assert share.scopes == (ShareScope.ZONE_SHEET, ShareScope.CONTACTS)
    assert share.until == NOW + 90 * DAY
    assert share.version == 1
    kinds = [event.kind for event in await clinic.rows(EventRow)]
    assert kinds[-1] == EventKind.SHARED.name


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"until": None}, "until", FaultCode.REQUIRED),
        ({"until": NOW}, "until", FaultCode.END_BEFORE_START),
        ({"until": NOW + 400 * DAY}, "until", FaultCode.OUT_OF_RANGE),
        ({"until": NOW.replace(tzinfo=None)}, "until", FaultCode.TIME_ZONE_REQUIRED),
        ({"scopes": ()}, "scopes", FaultCode.REQUIRED),
        ({"scopes": (ShareScope.WHOLE_PART,)}, "scopes", FaultCode.TOO_MUCH_SHARED),
        ({"scopes": (ShareScope.CONTACTS,) * 2}, "scopes[1]", FaultCode.DUPLICATE),
        ({"recipient": " "}, "recipient", FaultCode.REQUIRED),
        ({"recipient": "To\nlinjer"}, "recipient", FaultCode.LINE_BREAK),
        ({"organisation_number": "12"}, "organisationNumber", FaultCode.BAD_ORGANISATION_NUMBER),
        ({"recipient_number": a_number()}, "recipientNumber", FaultCode.NOT_USED_HERE),
        (ASSISTANT | {"organisation_number": "999000150"}, "organisationNumber", None),
        (THERAPIST | {"organisation_number": None}, "organisationNumber", FaultCode.REQUIRED),
        (THERAPIST | {"recipient_number": a_number()}, "recipientNumber", None),
        (THERAPIST | {"scopes": tuple(ShareScope)}, "scopes", FaultCode.NOT_TOGETHER),
    ],
)
async def test_what_can_t_be_shared_so_is_told(
    clinic: Clinic, changes: dict[str, Any], path: str, code: FaultCode | None
) -> None:
    part_id = await clinic.active()
    answer = await clinic.ask(clinic.kari, sharing.SHARE, part_id=part_id, **SCHOOL | changes)
    assert isinstance(answer, InvalidInput)
    assert (path, code or FaultCode.NOT_USED_HERE) in [(f.path, f.code) for f in answer.faults]


async def test_in_health_care_a_whole_part_may_be_shared_without_an_end(clinic: Clinic) -> None:
    share = await shared(clinic, await clinic.active(), until=None, **THERAPIST)
    assert (share.until, share.is_whole) == (None, True)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (INGRID, None),
        (OMAR, None),
        (SIRI, Refusal.NOT_RESPONSIBLE),
        (STRANGER, Refusal.NO_CARE_RELATION),
    ],
)
async def test_personnel_share_if_they_answer_for_the_part(
    clinic: Clinic, who: Viewer, refusal: Refusal | None
) -> None:
    part_id = await clinic.active()
    answer = await clinic.ask(who, sharing.SHARE, part_id=part_id, **SCHOOL)
    if refusal is None:
        assert isinstance(answer, Written)
    else:
        assert answer == NotAllowed(reason=refusal)


async def test_a_young_patient_does_not_share_alone(clinic: Clinic) -> None:
    part_id = await clinic.active()
    answer = await clinic.ask(clinic.nora, sharing.SHARE, part_id=part_id, **SCHOOL)
    assert answer == NotAllowed(reason=Refusal.UNDER_16)


async def test_a_grown_patient_does(db: Sessions) -> None:
    clinic = await Clinic.open(db, born_years=17)
    share = await shared(clinic, await clinic.active(), by=clinic.nora)
    assert share.shared_by == "Nora Fjell"


async def test_a_part_that_is_not_followed_is_not_shared(clinic: Clinic) -> None:
    part_id = await clinic.active()
    done = {"part_id": part_id, "expected_version": 2, "reason": "Nådd"}
    await clinic.do(INGRID, part.COMPLETE, **done)
    answer = await clinic.ask(clinic.kari, sharing.SHARE, part_id=part_id, **SCHOOL)
    assert isinstance(answer, WrongState)
    assert answer.lifecycle is Lifecycle.COMPLETED


async def test_a_recipient_who_has_it_is_not_given_it_twice_but_anew_after_it_ended(
    clinic: Clinic,
) -> None:
    part_id = await clinic.active()
    share = await shared(clinic, part_id)
    again = {"part_id": part_id, **SCHOOL}
    assert await clinic.ask(clinic.ola, sharing.SHARE, **again) == AlreadyShared(share_id=share.id)
    clinic.now = NOW + 90 * DAY
    again["until"] = NOW + 120 * DAY
    assert isinstance(await clinic.ask(clinic.ola, sharing.SHARE, **again), Written)


async def test_the_end_of_a_share_is_changed_by_who_has_seen_it(clinic: Clinic) -> None:
    part_id = await clinic.active()
    share = await shared(clinic, part_id)
    change = {"share_id": share.id, "until": NOW + DAY}
    stale = await clinic.ask(clinic.kari, sharing.CHANGE, expected_version=2, **change)
    assert stale == VersionConflict(current_version=1)
    done = await clinic.do(clinic.ola, sharing.CHANGE, expected_version=1, **change)
    assert done.receipt.version == 2
    assert (await share_of(clinic, part_id, share.id)).until == NOW + DAY
    same = await clinic.ask(clinic.kari, sharing.CHANGE, expected_version=2, **change)
    assert same == NoChange()
    change["until"] = None
    endless = await clinic.ask(clinic.kari, sharing.CHANGE, expected_version=2, **change)
    assert isinstance(endless, InvalidInput)


async def test_a_withdrawn_share_is_closed_for_good(clinic: Clinic) -> None:
    part_id = await clinic.active()
    share = await shared(clinic, part_id)
    act = {"share_id": share.id, "expected_version": 1}
    await clinic.do(clinic.ola, sharing.WITHDRAW, **act)
    assert (await share_of(clinic, part_id, share.id)).withdrawn_at == NOW
    act["expected_version"] = 2
    assert await clinic.ask(clinic.kari, sharing.WITHDRAW, **act) == ShareClosed()
    assert await clinic.ask(clinic.kari, sharing.CHANGE, until=NOW + DAY, **act) == ShareClosed()
    assert await clinic.ask(clinic.kari, sharing.MAKE_CODE, share_id=share.id) == ShareClosed()


async def test_revoking_a_part_withdraws_its_shares(clinic: Clinic) -> None:
    part_id = await clinic.active()
    share = await shared(clinic, part_id)
    gone = {"part_id": part_id, "expected_version": 2, "reason": "Samtykket er trukket"}
    await clinic.do(INGRID, part.REVOKE, **gone)
    ended = await share_of(clinic, part_id, share.id)
    assert (ended.withdrawn_at, ended.version) == (NOW, 2)


async def test_another_s_share_is_nothing(clinic: Clinic, db: Sessions) -> None:
    share = await shared(clinic, await clinic.active())
    other = await Clinic.open(db)
    answer = await other.ask(
        other.kari, sharing.WITHDRAW, share_id=share.id, expected_version=share.version
    )
    assert answer == NothingFound()
    nothing = await clinic.ask(
        clinic.kari, sharing.WITHDRAW, share_id=f"shr_{uuid4()}", expected_version=1
    )
    assert nothing == NothingFound()


async def test_a_share_in_health_care_is_on_the_unit_s_worklist_until_withdrawn(
    clinic: Clinic,
) -> None:
    therapist = a_clinician(subject="s-8", hpr_number="7654321", organisation="999000168")
    part_id = await clinic.active()
    share = await shared(
        clinic, part_id, **THERAPIST | {"organisation_number": "999000168", "until": None}
    )
    page = await worklist.page(clinic.context(therapist))
    assert [entry.patient_id for entry in page.edges] == [clinic.patient_id]
    await clinic.do(clinic.kari, sharing.WITHDRAW, share_id=share.id, expected_version=1)
    assert (await worklist.page(clinic.context(therapist))).edges == ()
    with pytest.raises(NotPermitted):
        await clinic.part(therapist, part_id)
