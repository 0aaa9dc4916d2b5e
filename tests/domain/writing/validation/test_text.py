from __future__ import annotations

from collections.abc import Iterable

import pytest

from domain.writing.fault import Fault
from domain.writing.validation import text

NUMBER = "20811590267"  # synthetic series, right check digits


def codes(faults: Iterable[Fault]) -> list[str]:
    return [fault.code.name for fault in faults]


@pytest.mark.parametrize(
    ("phone", "is_one"),
    [
        ("113", True),
        ("116117", True),
        ("116 123", True),
        ("02800", True),
        ("99011002", True),
        ("99 01 10 02", True),
        ("+47 99 01 10 02", True),
        ("004799011002", True),
        ("+46 8 123 456 78", True),
        ("112", True),
        ("", False),
        ("114", False),
        ("1234", False),
        ("9901100", False),
        ("990110023", False),
        ("19011002", False),
        ("+479901100", False),
        ("99011002 (dagtid)", False),
        ("tlf 99011002", False),
        ("９９０１１００２", False),
        ("99\n011002", False),
        ("113" + " " * 40, False),
    ],
)
def test_a_telephone_number_can_be_called_from_norway(phone: str, is_one: bool) -> None:
    assert codes(text.phone(phone, "x")) == ([] if is_one else ["BAD_PHONE"])


@pytest.mark.parametrize("value", ["a1", "k_113", "6f1c-2", "x" * 64, "G"])
def test_an_id_is_short_and_plain(value: str) -> None:
    assert codes(text.identifier(value, "x")) == []


@pytest.mark.parametrize("value", ["", "-a", "å1", "a b", "a.b", "x" * 65, "a\n", "GREEN"])
def test_an_id_is_nothing_else_and_no_zone_s_name(value: str) -> None:
    assert codes(text.identifier(value, "x")) == ["BAD_ID"]


@pytest.mark.parametrize(
    "written",
    [
        NUMBER,
        f"fnr {NUMBER[:6]} {NUMBER[6:]}.",
        f"({NUMBER[:6]}-{NUMBER[6:]})",
        f"{NUMBER[:6]}\u00a0{NUMBER[6:]}",
        f"{NUMBER[:6]}\n{NUMBER[6:]}",
        f"1{NUMBER[1:]} og {NUMBER}",
        f"99011002 {NUMBER}",
    ],
)
def test_an_identity_number_is_found_wherever_it_stands(written: str) -> None:
    assert codes(text.required_text(written, "x")) == ["IDENTITY_NUMBER"]


@pytest.mark.parametrize(
    "written",
    [f"1{NUMBER[1:]}", f"{NUMBER}1", f"1{NUMBER}", NUMBER[:10], "2081 1590 267", "12345678901"],
)
def test_other_digits_are_no_identity_number(written: str) -> None:
    assert codes(text.required_text(written, "x")) == []


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u200b", "\u00a0\u00ad"])
def test_what_cannot_be_seen_is_blank(blank: str) -> None:
    assert text.is_blank(blank)
    assert codes(text.required_line(blank, "x")) == ["REQUIRED"]
    assert codes(text.optional_text(blank, "x")) == ["BLANK"]


def test_what_is_left_out_is_no_fault() -> None:
    assert codes(text.optional_line(None, "x")) == []
    assert codes(text.optional_text(None, "x")) == []
    assert codes(text.optional_phone(None, "x")) == []


@pytest.mark.parametrize("written", ["Å være «hjemme» – 90 %", "👩‍👧", "سلام", "е́", "a\u200db"])
def test_any_script_may_be_written(written: str) -> None:
    assert codes(text.required_line(written, "x")) == []


def test_lines_may_break_in_texts_but_not_in_titles() -> None:
    assert codes(text.required_text("to\r\nlinjer\tmed luft", "x")) == []
    for each in ("a\nb", "a\rb", "a\tb", "a\u2028b"):
        assert codes(text.required_line(each, "x")) == ["LINE_BREAK"]


@pytest.mark.parametrize(
    ("number", "is_one"),
    [("974795515", True), ("874795515", True), ("97479551", False), ("774795515", False)],
)
def test_an_organisation_number_has_nine_digits(number: str, is_one: bool) -> None:
    expected = [] if is_one else ["BAD_ORGANISATION_NUMBER"]
    assert codes(text.organisation_number(number, "x")) == expected


@pytest.mark.parametrize(("code", "is_one"), [("nb", True), ("sma", True), ("NB", False)])
def test_a_language_has_an_iso_code(code: str, is_one: bool) -> None:
    assert codes(text.language(code, "x")) == ([] if is_one else ["BAD_LANGUAGE"])
