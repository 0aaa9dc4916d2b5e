from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.author import Author
from domain.cooperation.notice import (
    DEALS_WITH,
    Notice,
    NoticePosition,
    NoticeSent,
    NoticeTo,
    Recipient,
    of_organisation,
    of_share,
    of_writer,
)
from domain.event import EventKind
from domain.plan.sharing import RecipientKind, RecipientSetting, Share, ShareScope
from domain.wording.notice import sentence
from tests.builders import NOW

NUMBER = "21878336590"
TO_PATIENT_SIDE = {
    EventKind.SHARED,
    EventKind.HANDOVER_ACCEPTED,
    EventKind.PART_ACTIVATED,
    EventKind.PART_REVISED,
    EventKind.PART_HELD,
    EventKind.PART_RESUMED,
    EventKind.PART_COMPLETED,
    EventKind.PART_REVOKED,
    EventKind.PART_ENTERED_IN_ERROR,
    EventKind.CORRECTION_DECIDED,
}


def a_share(**more: Any) -> Share:
    known: dict[str, Any] = {
        "id": "shr_1",
        "patient_id": "pat_1",
        "part_id": "prt_1",
        "recipient": "Skolen",
        "kind": RecipientKind.ORGANISATION,
        "setting": RecipientSetting.SCHOOL,
        "scopes": (ShareScope.ZONE_SHEET,),
        "organisation_number": None,
        "shared_by": "Kari",
        "since": NOW,
    }
    return Share(**known | more)


def a_notice(kind: EventKind, *told_as: NoticeTo, **more: Any) -> Notice:
    known: dict[str, Any] = {"id": "ntc_1", "at": NOW, "listed_at": NOW}
    return Notice(kind=kind, told_as=told_as, **known | more)


def _kinds(recipients: tuple[Recipient, ...]) -> list[NoticeTo]:
    return [each.kind for each in recipients]


def test_a_share_tells_its_recipient_in_every_way_they_can_come_to_it() -> None:
    whole = a_share(scopes=(ShareScope.WHOLE_PART,), organisation_number="999000150")
    assert _kinds(of_share(whole)) == [NoticeTo.ORGANISATION]
    assert _kinds(of_share(a_share())) == [NoticeTo.SHARE]
    assert _kinds(of_share(a_share(recipient_number=NUMBER))) == [NoticeTo.CITIZEN, NoticeTo.SHARE]


def test_a_writer_is_told_by_the_number_they_wrote_under() -> None:
    nurse = Author(name="Ingrid", hpr_number="9144897")
    assert _kinds(of_writer(nurse)) == [NoticeTo.PERSONNEL]
    assert _kinds(of_writer(Author(name="Kari"), NUMBER)) == [NoticeTo.CITIZEN]
    assert of_writer(Author(name="Per")) == ()


def test_nobody_is_told_where_no_unit_is_known() -> None:
    assert of_organisation(None) == ()
    assert _kinds(of_organisation("999000150")) == [NoticeTo.ORGANISATION]


def test_neither_a_recipient_nor_a_notice_prints_a_number() -> None:
    to = Recipient(kind=NoticeTo.CITIZEN, key=NUMBER)
    sent = NoticeSent(patient_id="pat_1", event_id="e", to_kind=to.kind, to_key=to.key, at=NOW)
    notice = a_notice(EventKind.SHARED, NoticeTo.CITIZEN, by_number=NUMBER)
    assert NUMBER not in f"{to!r} {sent!r} {notice!r}"


def test_a_notice_is_listed_by_when_it_was_told_whatever_it_tells_of() -> None:
    notice = a_notice(EventKind.SHARED, NoticeTo.CITIZEN, at=NOW - timedelta(days=1))
    assert notice.position == NoticePosition(at=NOW, id="ntc_1")


@pytest.mark.parametrize("kind", sorted(TO_PATIENT_SIDE, key=lambda kind: kind.name))
@pytest.mark.parametrize("language", ["nb", "en", "se"])
def test_the_patients_side_is_told_in_its_own_words(kind: EventKind, language: str) -> None:
    told = sentence(a_notice(kind, NoticeTo.PATIENT_SIDE), language)
    assert told.endswith(".")
    assert "dere" not in told


@pytest.mark.parametrize(
    ("kind", "to", "said"),
    [
        (EventKind.SHARED, NoticeTo.ORGANISATION, "Noe av en plan er delt med dere."),
        (EventKind.SHARED, NoticeTo.CITIZEN, "Noe av en plan er delt med deg."),
        (EventKind.SHARED, NoticeTo.PATIENT_SIDE, "Noe av planen er delt med noen."),
        (EventKind.SHARE_WITHDRAWN, NoticeTo.SHARE, "Delingen er avsluttet."),
        (EventKind.PART_REVISED, NoticeTo.PATIENT_SIDE, "Planen er endret. Les hva som er nytt."),
    ],
)
def test_what_is_said_depends_on_whom_it_is_said_to(
    kind: EventKind, to: NoticeTo, said: str
) -> None:
    assert sentence(a_notice(kind, to), "nb") == said


def test_what_is_asked_is_dealt_with_by_every_answer_to_it() -> None:
    answers = {
        EventKind.HANDOVER_OPENED: {
            EventKind.HANDOVER_ACCEPTED,
            EventKind.HANDOVER_DECLINED,
            EventKind.HANDOVER_WITHDRAWN,
        },
        EventKind.CORRECTION_ASKED: {EventKind.CORRECTION_DECIDED},
        EventKind.SHARED: {EventKind.SHARE_WITHDRAWN},
    }
    for asked, by in answers.items():
        assert {kind for kind, dealt_with in DEALS_WITH.items() if asked in dealt_with} == by


def test_no_event_takes_away_its_own_notice_but_for_a_newer_one_of_the_same() -> None:
    again = {kind for kind, dealt_with in DEALS_WITH.items() if kind in dealt_with}
    assert again == {
        EventKind.SHARE_CHANGED,
        EventKind.PART_ACTIVATED,
        EventKind.PART_REVISED,
        EventKind.BIRTHDAY_NEAR,
    }
