from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.cooperation.comment import Visibility
from domain.errors import NotFound, NotPermitted
from domain.event import EventKind
from domain.plan.part import PlanKind
from gateway.live.cursors import Place
from gateway.live.stream import Ending
from resolvers.writing import block, comment, sharing
from tests.builders import a_citizen
from tests.gateway.live.following import CHANGED, CONCERNED, CURSORS, Following, until
from tests.writing.clinic import INGRID, OMAR, SIRI, STRANGER, Clinic
from tests.writing.shares import SCHOOL

VIEW = """
subscription ($patient: ID!) {
  patientView(patientId: $patient) {
    cursor
    patient { name plan { parts { id lifecycle version comments { text } } } }
  }
}
"""


async def said(clinic: Clinic, part: str, text: str = "Hvordan går det?") -> None:
    await clinic.do(INGRID, comment.COMMENT, part_id=part, text=text)


async def test_a_follower_is_told_of_each_change_in_order_without_content(live: Following) -> None:
    clinic = live.clinic
    seen, _ = await live.follow(OMAR)
    await live.settled()
    part = await clinic.active()
    await said(clinic, part)
    await live.settled()
    assert seen.kinds == ["DRAFT_STARTED", "PART_ACTIVATED", "COMMENTED"]
    told = seen.payloads[1]["data"]["patientChanged"]
    assert (told["section"], told["patientId"], told["subjectId"], told["version"]) == (
        *("PLAN", clinic.patient_id, part),
        2,
    )
    assert seen.cursors == [each["data"]["patientChanged"]["cursor"] for each in seen.payloads]


async def test_only_the_sections_that_are_asked_for_are_told(live: Following) -> None:
    seen, _ = await live.follow(OMAR, sections=["COMMENTS"])
    await live.settled()
    await said(live.clinic, await live.clinic.active())
    await live.settled()
    assert seen.kinds == ["COMMENTED"]


async def test_whoever_resumes_is_told_exactly_what_was_missed(live: Following) -> None:
    clinic = live.clinic
    seen, first = await live.follow(OMAR)
    await live.settled()
    part = await clinic.active()
    await live.settled()
    first.stop()
    for number in range(3):
        await said(clinic, part, f"Nummer {number}")
    await live.told()
    again, _ = await live.follow(OMAR, after=seen.cursors[0])
    await said(clinic, part, "Etterpå")
    await live.settled()
    assert seen.kinds == ["DRAFT_STARTED", "PART_ACTIVATED"]
    assert again.kinds == ["PART_ACTIVATED", *["COMMENTED"] * 4]
    ids = [each["data"]["patientChanged"]["id"] for each in again.payloads]
    assert len(set(ids)) == 5


async def test_more_than_is_read_at_once_is_told_to_whoever_resumes(live: Following) -> None:
    clinic = live.clinic
    part = await clinic.active()
    await live.told()
    newest = await clinic.store.outbox.newest()
    cursor = CURSORS.seal(Place(newest, clinic.now), clinic.patient_id)
    async with clinic.store.unit.begin(clinic.patient_id) as unit:
        for _ in range(450):
            await unit.happened(EventKind.PART_HELD, part, clinic.now, 3)
    await live.told()
    seen, _ = await live.follow(OMAR, after=cursor)
    await live.settled()
    assert len(seen.payloads) == 450


async def test_a_cursor_that_is_too_old_or_unknown_asks_for_all_anew_and_goes_on(
    live: Following,
) -> None:
    clinic = live.clinic
    old = CURSORS.seal(Place(1, clinic.now - timedelta(days=8)), clinic.patient_id)
    of_another = CURSORS.seal(Place(1, clinic.now), "pat_1")
    tried = [(old, "TOO_OLD"), (of_another, "UNKNOWN"), ("æøå", "UNKNOWN")]
    for (cursor, reason), kind in zip(tried, PlanKind, strict=False):
        seen, _ = await live.follow(OMAR, after=cursor)
        await live.settled()
        assert seen.payloads[0]["data"]["patientChanged"]["reason"] == reason
        again, _ = await live.follow(OMAR, after=seen.cursors[0])
        await clinic.active(kind)
        await live.settled()
        assert seen.kinds == ["ResyncRequired", "DRAFT_STARTED", "PART_ACTIVATED"]
        assert again.kinds == ["DRAFT_STARTED", "PART_ACTIVATED"]


async def test_nobody_follows_a_patient_whom_they_may_not_see(live: Following) -> None:
    stranger = a_citizen("13815512345", subject="s-x")
    for viewer, error in ((STRANGER, NotPermitted), (stranger, NotFound)):
        for text in (CHANGED, VIEW):
            with pytest.raises(error):
                await live.follow(viewer, text)
    with pytest.raises(NotFound):
        await live.follow(stranger, patient="pat_00000000-0000-0000-0000-000000000001")
    with pytest.raises(NotPermitted):
        await live.follow(stranger, CONCERNED)


async def test_a_block_ends_what_is_followed_with_the_reason(live: Following) -> None:
    clinic = live.clinic
    seen, _ = await live.follow(OMAR)
    view, _ = await live.follow(OMAR, VIEW)
    other, _ = await live.follow(INGRID)
    await live.settled()
    await clinic.do(
        clinic.kari,
        block.BLOCK,
        patient_id=clinic.patient_id,
        hpr_number=OMAR.hpr_number,
        name="Omar Rashid",
    )
    await live.settled()
    for ended in (seen, view):
        assert ended.ending is Ending.ACCESS_ENDED
        assert ended.errors[0]["extensions"]["reason"] == "BLOCKED"  # type: ignore[index]
    assert seen.payloads == []
    assert other.ending is None


async def test_a_token_ends_what_is_followed(live: Following) -> None:
    clinic = live.clinic
    seen, _ = await live.follow(until(OMAR, clinic, 60))
    await live.settled()
    clinic.now += timedelta(seconds=61)
    await seen.until(lambda it: it.ending is not None)
    assert seen.ending is Ending.TOKEN_EXPIRED
    assert seen.errors[0]["extensions"]["code"] == "TOKEN_EXPIRED"  # type: ignore[index]


async def test_a_birthday_ends_what_a_parent_follows(live: Following) -> None:
    clinic = live.clinic
    kari = until(clinic.kari, clinic, 10**9)
    seen, _ = await live.follow(kari)
    still, _ = await live.follow(until(INGRID, clinic, 10**9))
    await live.settled()
    clinic.now += timedelta(days=365 * 6)
    await seen.until(lambda it: it.ending is not None)
    assert seen.ending is Ending.ACCESS_ENDED
    assert still.ending is None


async def test_a_view_is_sent_whole_first_and_then_only_when_what_it_selects_has_changed(
    live: Following,
) -> None:
    clinic = live.clinic
    part = await clinic.active()
    seen, _ = await live.follow(OMAR, VIEW)
    await live.settled()
    assert len(seen.payloads) == 1
    await said(clinic, part, "Hei")
    await live.settled()
    parts = seen.payloads[-1]["data"]["patientView"]["patient"]["plan"]["parts"]
    assert [each["text"] for each in parts[0]["comments"]] == ["Hei"]
    assert len(seen.payloads) == 2
    # A share is nothing that this view has selected.
    await clinic.do(clinic.kari, sharing.SHARE, part_id=part, **SCHOOL)
    await live.settled()
    assert len(seen.payloads) == 2


PARTS = """
subscription ($patient: ID!) {
  patientView(patientId: $patient) { patient { plan { parts { id } } } }
}
"""


@pytest.mark.parametrize(("text", "runs"), [(PARTS, 1), (VIEW, 2)])
async def test_what_depends_on_nobody_is_made_once_for_all_with_the_same_access(
    live: Following, text: str, runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic, made = live.clinic, []
    run = live.hub._views._executor.run

    async def counted(*given: Any, **more: Any) -> Any:
        made.append(given)
        return await run(*given, **more)

    part = await clinic.active()
    seen = [(await live.follow(viewer, text))[0] for viewer in (INGRID, OMAR)]
    await live.settled()
    assert [len(each.payloads) for each in seen] == [1, 1]
    clinic.log.entries.clear()  # type: ignore[attr-defined]
    monkeypatch.setattr(live.hub._views._executor, "run", counted)
    await said(clinic, part)
    await live.settled()
    assert len(made) == runs
    shown = [each for each in clinic.log.entries if each.outcome]  # type: ignore[attr-defined]
    assert {each.by.name for each in shown if "plan" in each.outcome.shown} == {
        "Ingrid Haugen",
        "Omar Rashid",
    }


async def test_the_log_has_each_delivery_before_it_leaves(live: Following) -> None:
    clinic = live.clinic
    seen, _ = await live.follow(OMAR)
    await live.settled()
    await clinic.active()
    await live.settled()
    entries = [each for each in clinic.log.entries if each.by.name == "Omar Rashid"]  # type: ignore[attr-defined]
    assert any(each.outcome and "changes" in each.outcome.shown for each in entries)
    assert seen.kinds


async def test_one_who_reads_too_slowly_is_ended_and_goes_on_from_the_cursor(
    live: Following,
) -> None:
    clinic = live.clinic
    seen, _ = await live.follow(OMAR)
    await live.settled()
    part = await clinic.active()
    await live.settled()
    seen.is_full = True
    await said(clinic, part)
    await live.settled()
    assert seen.ending is Ending.TOO_SLOW
    assert seen.errors[0]["extensions"]["code"] == "TOO_SLOW"  # type: ignore[index]
    again, _ = await live.follow(OMAR, after=seen.cursors[-1])
    await live.settled()
    assert again.kinds == ["COMMENTED"]


async def test_a_view_that_is_read_too_slowly_gets_the_last_state(live: Following) -> None:
    clinic = live.clinic
    part = await clinic.active()
    seen, _ = await live.follow(OMAR, VIEW)
    await live.settled()
    seen.is_full = True
    for text in ("En", "To"):
        await said(clinic, part, text)
        await live.settled()
    assert len(seen.payloads) == 1
    seen.is_full = False
    clinic.now += timedelta(seconds=5)
    await seen.until(lambda it: len(it.payloads) == 2)
    (found,) = seen.payloads[-1]["data"]["patientView"]["patient"]["plan"]["parts"]
    assert {each["text"] for each in found["comments"]} == {"En", "To"}


async def test_an_organisation_is_told_of_its_own_patients_only(live: Following) -> None:
    clinic = live.clinic
    other = await Clinic.open(clinic.db)
    ward, _ = await live.follow(INGRID, CONCERNED)
    municipality, _ = await live.follow(SIRI, CONCERNED, sections=["PLAN"])
    elsewhere, _ = await live.follow(STRANGER, CONCERNED)
    await live.settled()
    await clinic.active()
    await other.active()
    await live.settled()
    about = {each["data"]["organisationChanged"]["patientId"] for each in ward.payloads}
    assert about == {clinic.patient_id, other.patient_id}
    assert municipality.kinds == ["PART_ACTIVATED"] * 2
    assert elsewhere.payloads == []


async def test_those_who_may_not_know_are_sent_nothing_at_all(live: Following) -> None:
    clinic = live.clinic
    kari, _ = await live.follow(clinic.kari)
    await live.settled()
    part = await clinic.active()
    await clinic.do(
        INGRID, comment.COMMENT, part_id=part, text="Bare oss", visibility=Visibility.PERSONNEL
    )
    await live.settled()
    assert kari.kinds == ["PART_ACTIVATED"]
    assert kari.payloads[0]["data"]["patientChanged"]["version"] is None
