from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from domain.coding import Coding
from domain.content.goal import Target
from domain.content.self_care import ReadingHours, Weekday
from domain.content.value_wording import in_words, listed
from domain.content.zone import Threshold
from tests.domain.lines import a_limit


@pytest.mark.parametrize(
    ("value", "nb", "en"),
    [
        (5, "5", "5"),
        (37.5, "37,5", "37.5"),
        (120.0, "120", "120"),
        (0.0, "0", "0"),
        (100000.25, "100000,25", "100000.25"),
        (1e-7, "0,0000001", "0.0000001"),
        (True, "ja", "yes"),
        (False, "nei", "no"),
        (date(2026, 6, 1), "1. juni 2026", "1 June 2026"),
        (date(2026, 12, 31), "31. desember 2026", "31 December 2026"),
        (time(8, 5), "08.05", "08:05"),
        (" Gå tur\r\n", "Gå tur", "Gå tur"),
        ("urn:oid:2.16.578.1.12.4.1.1.7110", "ICD-10", "ICD-10"),
        (Weekday.MONDAY, "mandag", "Monday"),
        (Coding(text="Astma", system="http://snomed.info/sct", code="1"), "Astma", "Astma"),
        (("a", "b", "c"), "a, b og c", "a, b and c"),
    ],
    ids=str,
)
def test_values_are_told_in_words(value: object, nb: str, en: str) -> None:
    assert (in_words(value).nb, in_words(value).en) == (nb, en)


def test_moments_are_told_in_norwegian_time() -> None:
    summer = in_words(datetime(2026, 6, 30, 22, 15, tzinfo=UTC))
    assert summer.nb == "1. juli 2026 kl. 00.15"
    assert summer.en == "1 July 2026 at 00:15"
    assert in_words(datetime(2026, 1, 1, 12, tzinfo=UTC)).nb == "1. januar 2026 kl. 13.00"


def test_a_noun_is_told_by_what_it_says() -> None:
    target = Target(measure="Turer i uken", value="3", unit=" ", due=date(2026, 9, 1))
    assert (
        in_words(target).nb == "hva som måles Turer i uken, verdi å nå 3, frist 1. september 2026"
    )


def test_a_limit_of_nought_is_told() -> None:
    limit: Threshold = a_limit(low=0, is_example=True)
    assert in_words(limit).nb == (
        "måling PEF, enhet L/min, grunnlag faste tall, nedre grense 0, eksempelverdi ja"
    )


def test_hours_are_told_with_their_days() -> None:
    hours = ReadingHours(
        weekdays=(Weekday.MONDAY, Weekday.FRIDAY), opens=time(8), closes=time(15, 30)
    )
    assert in_words(hours).nb == "dager mandag og fredag, åpner 08.00, stenger 15.30"
    assert in_words(hours).en == "days Monday and Friday, opens 08:00, closes 15:30"


def test_what_has_no_words_is_a_fault_of_the_program() -> None:
    with pytest.raises(TypeError, match="no words for object"):
        in_words(object())


@pytest.mark.parametrize(
    ("parts", "told"),
    [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")],
)
def test_a_list_reads_as_running_text(parts: list[str], told: str) -> None:
    assert listed(parts, "nb") == told
