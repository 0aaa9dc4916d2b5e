from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.content.plan_content import PlanContent
from domain.writing.fault import FaultCode
from domain.writing.validation import faults_of
from tests.contents import a_content, text_paths, with_texts

WHOLE = a_content()
PATHS = text_paths(WHOLE)
WORDS = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=200)
LIMIT = st.floats(-1_000_000, 1_000_000, width=32)
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
NUMBER = "20811590267"  # synthetic series, right check digits
ICPC_2 = "urn:oid:2.16.578.1.12.4.1.1.7170"


def is_link(path: str) -> bool:
    return "Ids[" in path or "confirmedLines[" in path


def with_text(path: str, changed: str) -> PlanContent:
    content: PlanContent = with_texts(WHOLE, lambda at, text: changed if at == path else text)
    return content


def a_valid_content(draw: Callable[[st.SearchStrategy[Any]], Any]) -> PlanContent:
    """Return a content that keeps the rules: lines, links among them, limits that meet."""
    problems = [f"p{order}" for order in range(draw(st.integers(1, 4)))]
    goals = [f"g{order}" for order in range(draw(st.integers(0, 4)))]
    lower, upper = sorted(draw(st.lists(LIMIT, min_size=2, max_size=2, unique=True)))
    measure = {"observable": {"text": draw(WORDS)}, "unit": "mmol/L"}
    ends = {
        "GREEN": {"high": lower},
        "YELLOW": {"low": lower, "high": upper},
        "RED": {"low": upper},
    }
    content = {
        "title": draw(WORDS),
        "problems": [{"id": id, "concept": {"text": draw(WORDS)}} for id in problems],
        "goals": [
            {
                "id": id,
                "description": draw(WORDS),
                "expressedBy": draw(st.sampled_from(["PATIENT", "CLINICIAN"])),
                "problemIds": draw(links_to(problems)),
            }
            for id in goals
        ],
        "actions": [
            {
                "id": f"a{order}",
                "title": draw(WORDS),
                "category": "OTHER",
                "performedBy": "SERVICE",
                "problemIds": draw(links_to(problems)),
                "goalIds": draw(links_to(goals)),
            }
            for order in range(draw(st.integers(0, 4)))
        ],
        "selfCare": {
            "zones": [
                {
                    "level": level,
                    "condition": draw(WORDS),
                    "whatToDo": draw(WORDS),
                    "thresholds": [measure | limits],
                }
                for level, limits in ends.items()
            ]
        },
    }
    return msgspec.convert(content, PlanContent)


def links_to(ids: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), unique=True) if ids else st.just([])


def found(**changes: Any) -> list[tuple[str, str]]:
    """Return code and path of the faults that a change makes."""
    return [(fault.code.name, fault.path) for fault in faults_of(a_content(**changes))]


def test_a_whole_content_has_no_faults() -> None:
    assert faults_of(WHOLE) == ()


def test_a_title_is_enough() -> None:
    assert faults_of(msgspec.convert({"title": "Plan"}, type(WHOLE))) == ()


def test_the_place_of_the_content_begins_every_path() -> None:
    (fault,) = faults_of(a_content(title=""), "input.content")
    assert fault.path == "input.content.title"


def test_every_fault_is_told_at_once() -> None:
    changes = {"title": "", "contacts__0__phone": "ring", "goals__0__priority": 0}
    assert found(**changes) == [
        ("REQUIRED", "content.title"),
        ("OUT_OF_RANGE", "content.goals[0].priority"),
        ("BAD_PHONE", "content.contacts[0].phone"),
    ]


@pytest.mark.parametrize(
    ("change", "value", "code", "path"),
    [
        ("title", " \u200b", "REQUIRED", "title"),
        ("title", "x" * 201, "TOO_LONG", "title"),
        ("title", "to\nlinjer", "LINE_BREAK", "title"),
        ("description", "", "BLANK", "description"),
        ("description", "x" * 4001, "TOO_LONG", "description"),
        ("whatMattersToMe", "a\x00b", "CONTROL_CHARACTER", "whatMattersToMe"),
        ("periodEnd", "2026-02-28", "END_BEFORE_START", "periodEnd"),
        ("periodStart", "0206-03-01", "OUT_OF_RANGE", "periodStart"),
        ("passages__0__text", "", "REQUIRED", "passages[0].text"),
        ("passages__0__id", "t 1", "BAD_ID", "passages[0].id"),
        ("problems__0__note", "\t", "BLANK", "problems[0].note"),
        ("problems__0__onset", "1019-01-01", "OUT_OF_RANGE", "problems[0].onset"),
        ("problems__0__concept__text", "", "REQUIRED", "problems[0].concept.text"),
        ("problems__0__concept__code", None, "INCOMPLETE_CODE", "problems[0].concept"),
        ("problems__0__origin__sourceId", "", "REQUIRED", "problems[0].origin.sourceId"),
        (
            "problems__0__origin__retrievedAt",
            "2026-11-20T10:00:00",
            "TIME_ZONE_REQUIRED",
            "problems[0].origin.retrievedAt",
        ),
        ("goals__0__description", "", "REQUIRED", "goals[0].description"),
        ("goals__0__problemIds__0", "g1", "UNKNOWN_REFERENCE", "goals[0].problemIds[0]"),
        ("goals__0__priority", 100, "OUT_OF_RANGE", "goals[0].priority"),
        ("goals__0__target__value", "", "REQUIRED", "goals[0].target.value"),
        ("goals__0__target__unit", "", "BLANK", "goals[0].target.unit"),
        ("goals__0__target__due", "2326-01-01", "OUT_OF_RANGE", "goals[0].target.due"),
        ("passages__0__id", "k1", "DUPLICATE_ID", "contacts[0].id"),
        ("actions__0__goalIds__-", "g1", "DUPLICATE", "actions[0].goalIds[1]"),
        ("actions__0__goalIds__-", "p1", "UNKNOWN_REFERENCE", "actions[0].goalIds[1]"),
        ("actions__0__problemIds__0", "a1", "UNKNOWN_REFERENCE", "actions[0].problemIds[0]"),
        ("actions__0__due", "2326-01-01", "OUT_OF_RANGE", "actions[0].due"),
        ("actions__1__owner", "", "BLANK", "actions[1].owner"),
        ("contacts__0__label", "", "REQUIRED", "contacts[0].label"),
        ("contacts__0__phone", "9901100", "BAD_PHONE", "contacts[0].phone"),
        ("interpreter__language", "Somali", "BAD_LANGUAGE", "interpreter.language"),
        ("template__templateId", "", "BAD_ID", "template.templateId"),
        ("template__templateVersion", 0, "OUT_OF_RANGE", "template.templateVersion"),
        ("template__confirmedLines__0", "x", "UNKNOWN_REFERENCE", "template.confirmedLines[0]"),
        ("template__confirmedLines__1", "a1", "DUPLICATE", "template.confirmedLines[1]"),
        ("selfCare__measurements__0__id", "k1", "DUPLICATE_ID", "selfCare.measurements[0].id"),
    ],
)
def test_one_change_makes_one_fault(change: str, value: object, code: str, path: str) -> None:
    assert found(**{change: value}) == [(code, f"content.{path}")]


@pytest.mark.parametrize("number", [NUMBER, f"{NUMBER[:6]} {NUMBER[6:]}"])
def test_no_text_may_hold_an_identity_number(number: str) -> None:
    def is_refused(path: str) -> bool:
        is_id = path.lower().endswith(".id") or path.endswith("templateId")
        faults = faults_of(with_text(path, number if is_id else f"a {number}."))
        # What points at a line must be one's id, which can't be such a number.
        code = FaultCode.UNKNOWN_REFERENCE if is_link(path) else FaultCode.IDENTITY_NUMBER
        return code in {fault.code for fault in faults if fault.path == path}

    assert [path for path in PATHS if not is_refused(path)] == []


def test_a_uuid_may_be_a_line_s_id_whatever_digits_it_has() -> None:
    assert found(contacts__0__id=f"0a-{NUMBER}-b") == []


@pytest.mark.parametrize("character", ["\x00", "\ud800", "\u202e", "\x1b"])
def test_no_text_may_hold_what_cannot_be_stored_or_seen(character: str) -> None:
    def is_refused(path: str) -> bool:
        return path in {each.path for each in faults_of(with_text(path, f"a{character}"))}

    assert [path for path in PATHS if not is_refused(path)] == []


def test_no_fault_shows_a_value() -> None:
    for path in PATHS:
        shown = msgspec.json.encode(faults_of(with_text(path, f"hemmelig\x00 {NUMBER}"))).decode()
        assert shown != "[]"
        assert "hemmelig" not in shown
        assert NUMBER not in shown


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_it_never_raises_whatever_the_texts_hold(data: st.DataObject) -> None:
    drawn = data.draw(st.dictionaries(st.sampled_from(PATHS), ANY_TEXT))
    faults_of(with_texts(WHOLE, drawn.get))


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_content_that_keeps_the_rules_has_no_faults(data: st.DataObject) -> None:
    assert faults_of(a_valid_content(data.draw)) == ()


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_link_to_a_line_that_is_taken_out_is_the_only_fault(data: st.DataObject) -> None:
    content = a_valid_content(data.draw)
    gone = content.problems[0].id
    links = [
        f"content.{name}[{order}].problemIds[{place}]"
        for name in ("goals", "actions")
        for order, line in enumerate(getattr(content, name))
        for place, link in enumerate(line.problem_ids)
        if link == gone
    ]
    faults = faults_of(replace(content, problems=content.problems[1:]))
    assert [fault.path for fault in faults] == links
    assert {fault.code for fault in faults} <= {FaultCode.UNKNOWN_REFERENCE}


def test_lists_are_bounded_and_no_more_than_that_is_looked_into() -> None:
    wrong = [{"id": "not an id", "heading": "OTHER", "text": ""}] * 150
    faults = faults_of(a_content(passages=wrong))
    assert faults[0].path == "content.passages"
    assert (faults[0].code, faults[0].allowed) == (FaultCode.TOO_MANY, "100")
    assert len([each for each in faults if each.code is FaultCode.BAD_ID]) == 100


def test_a_second_line_with_an_id_is_told_where_the_first_is() -> None:
    (fault,) = faults_of(a_content(contacts__0__id="p1"))
    assert (fault.code, fault.path) == (FaultCode.DUPLICATE_ID, "content.contacts[0].id")
    assert fault.other == "content.problems[0].id"


def test_a_taken_over_line_keeps_its_source_s_code_system() -> None:
    concept = {"text": "Astma", "system": "http://example.org/local", "code": "7"}
    assert faults_of(a_content(problems__0__concept=concept)) == ()
    changes = {"problems__0__concept": concept, "problems__0__origin": None}
    assert found(**changes) == [("UNKNOWN_CODE_SYSTEM", "content.problems[0].concept.system")]


def test_unknown_codes_of_known_systems_are_kept() -> None:
    concept = {"text": "Noe", "system": ICPC_2, "code": "Z99"}
    assert found(problems__0__concept=concept, problems__0__origin=None) == []
