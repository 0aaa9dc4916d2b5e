from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.outdated.comparison import (
    FIRST_WAIT,
    LONGEST_WAIT,
    SILENT_AFTER,
    Answered,
    Comparison,
    ComparisonState,
    answered,
    begun,
    begun_anew,
    closed,
    reviewed,
    shown,
    unanswered,
)
from domain.outdated.fingerprint import Fingerprint
from domain.outdated.reason import Noticed, OutdatedKind
from domain.source.section import SectionName, SourceName
from tests.builders import NOW
from tests.contents import a_content
from tests.domain.parts import a_part

HOUR = timedelta(hours=1)


def printed(line: str, says: str = "10 mg", *, is_hidden: bool = False) -> Fingerprint:
    return Fingerprint(line=line, says=says, is_current=True, is_hidden_from_guardians=is_hidden)


def saying(*lines: Fingerprint, **changes: Any) -> Answered:
    return Answered(key_id="k1", fingerprints=lines, **changes)


def at_odds(mark: str, at: datetime = NOW) -> Noticed:
    return Noticed(kind=OutdatedKind.PLAN_AND_LIST_DISAGREE, noticed_at=at, mark=mark, line_id="l1")


def found(known: Comparison) -> list[OutdatedKind]:
    return [reason.kind for reason in known.reasons]


A, B = printed("a"), printed("b", "20 mg")
NEW = begun(a_part(), NOW)[0]
BASE = answered(NEW, saying(A), NOW)


def test_a_part_is_compared_with_each_source_from_the_start_and_at_once() -> None:
    told = [(each.section, each.source, each.due_at) for each in begun(a_part(), NOW)]
    assert told == [
        (SectionName.MEDICATIONS, SourceName.MEDICATION, NOW),
        (SectionName.CRITICAL_INFO, SourceName.KJERNEJOURNAL, NOW),
        (SectionName.APPOINTMENTS, SourceName.HOSPITAL, NOW),
    ]


def test_the_first_answer_is_what_later_ones_are_held_against() -> None:
    assert (BASE.baseline_at, BASE.compared_at, BASE.due_at) == (NOW, NOW, None)
    later = answered(BASE, saying(A, B), NOW + HOUR)
    assert found(later) == [OutdatedKind.NEW_MEDICINE]
    assert (later.baseline_at, later.compared_at) == (NOW, NOW + HOUR)
    assert later.fingerprints == (A,)


def test_what_is_undone_at_the_source_goes_by_itself() -> None:
    later = answered(BASE, saying(A, B), NOW + HOUR)
    assert found(answered(later, saying(A), NOW + 2 * HOUR)) == []


def test_a_reason_keeps_the_time_it_was_first_noticed_and_stands_once() -> None:
    later = answered(BASE, saying(A, B), NOW + HOUR)
    again = answered(later, saying(A, B), NOW + 2 * HOUR)
    assert again.reasons == later.reasons


def test_a_review_begins_anew_from_what_the_source_says_then() -> None:
    later = answered(BASE, saying(A, B), NOW + HOUR)
    settled = reviewed(later, NOW + 2 * HOUR, NOW + 2 * HOUR)
    assert (found(settled), settled.due_at) == ([], NOW + 2 * HOUR)
    assert settled.state(NOW + 2 * HOUR) is ComparisonState.WAITING
    assert found(answered(settled, saying(A, B), NOW + 3 * HOUR)) == []


def test_a_review_says_nothing_of_what_was_noticed_after_it_was_held() -> None:
    later = answered(BASE, saying(A, B), NOW + 2 * HOUR)
    assert reviewed(later, NOW + HOUR, NOW + 3 * HOUR) == later


def test_a_disagreement_that_a_review_let_stand_comes_back_only_when_it_is_another() -> None:
    flagged = answered(BASE, saying(A, disagreements=(at_odds("m1"),)), NOW)
    assert found(flagged) == [OutdatedKind.PLAN_AND_LIST_DISAGREE]
    kept = reviewed(flagged, NOW + HOUR, NOW + HOUR)
    same = answered(kept, saying(A, disagreements=(at_odds("m1"),)), NOW + HOUR)
    assert found(same) == []
    other = answered(same, saying(A, disagreements=(at_odds("m2"),)), NOW + HOUR)
    assert found(other) == [OutdatedKind.PLAN_AND_LIST_DISAGREE]


def test_a_new_content_does_not_accept_what_the_old_one_disagreed_about() -> None:
    flagged = answered(BASE, saying(A, disagreements=(at_odds("m1"),)), NOW)
    anew = begun_anew(flagged, NOW + HOUR, NOW + HOUR)
    assert found(anew) == []
    still = answered(anew, saying(A, disagreements=(at_odds("m1"),)), NOW + HOUR)
    assert found(still) == [OutdatedKind.PLAN_AND_LIST_DISAGREE]


def test_a_change_before_anybody_could_see_what_was_there_is_told_of() -> None:
    told = replace(NEW, told_at=NOW + HOUR)
    late = answered(told, saying(A, B), NOW + 2 * HOUR)
    assert late.reasons == (Noticed(kind=OutdatedKind.CHANGE_NOT_SEEN, noticed_at=NOW + 2 * HOUR),)
    assert found(answered(late, saying(A, B), NOW + 3 * HOUR)) == [OutdatedKind.CHANGE_NOT_SEEN]
    assert found(reviewed(late, NOW + 3 * HOUR, NOW + 3 * HOUR)) == []


@pytest.mark.parametrize("earlier", [timedelta(0), HOUR])
def test_a_change_before_the_review_was_seen_by_it(earlier: timedelta) -> None:
    told = replace(NEW, told_at=NOW - earlier)
    assert found(answered(told, saying(A), NOW + HOUR)) == []
    assert begun_anew(told, NOW, NOW).told_at is None


def test_a_change_told_of_after_a_review_was_held_is_not_forgotten_by_it() -> None:
    told = replace(BASE, told_at=NOW + HOUR, due_at=NOW + HOUR)
    settled = reviewed(told, NOW, NOW + 2 * HOUR)
    late = answered(settled, saying(A), NOW + 2 * HOUR)
    assert found(late) == [OutdatedKind.CHANGE_NOT_SEEN]


def test_a_source_that_gave_no_answer_leaves_what_is_known_and_is_asked_later_each_time() -> None:
    flagged = answered(BASE, saying(A, B), NOW)
    once = unanswered(flagged, NOW)
    assert (once.reasons, once.due_at) == (flagged.reasons, NOW + FIRST_WAIT)
    assert unanswered(once, NOW).due_at == NOW + 2 * FIRST_WAIT
    assert unanswered(replace(once, attempts=999), NOW).due_at == NOW + LONGEST_WAIT
    assert answered(once, saying(A, B), NOW).attempts == 0


def test_a_reason_about_a_line_that_is_not_shown_now_stands() -> None:
    flagged = answered(BASE, saying(A, B), NOW)
    held_back = answered(flagged, saying(A, is_whole=False), NOW + HOUR)
    assert held_back.reasons == flagged.reasons
    assert found(answered(flagged, saying(A), NOW + HOUR)) == []


def test_what_a_source_closes_is_not_known_of_any_more() -> None:
    flagged = answered(BASE, saying(A, B, disagreements=(at_odds("m1"),)), NOW)
    shut = closed(flagged, NOW + HOUR)
    assert (shut.reasons, shut.fingerprints, shut.compared_at) == ((), (), None)
    assert (shut.state(NOW), shut.due_at) == (ComparisonState.CLOSED, NOW + HOUR)
    assert shut.state(NOW + 2 * HOUR) is ComparisonState.CLOSED
    assert replace(shut, told_at=NOW).state(NOW) is ComparisonState.WAITING
    assert closed(flagged, None).due_at is None
    assert found(answered(shut, saying(A, B), NOW)) == []


def test_with_another_key_nothing_can_be_held_against_the_old_fingerprints() -> None:
    flagged = answered(BASE, saying(A, B), NOW)
    rekeyed = Answered(key_id="k2", fingerprints=(printed("x"), printed("y")))
    after = answered(flagged, rekeyed, NOW + HOUR)
    assert (after.reasons, after.baseline_at) == (flagged.reasons, NOW + HOUR)
    assert found(answered(BASE, rekeyed, NOW + HOUR)) == []


def test_what_a_register_holds_that_was_not_looked_in_before_is_not_new() -> None:
    blind = answered(NEW, saying(A, blind_to=("NO_PRESCRIPTION_LOOKUP",), is_whole=False), NOW)
    seen = answered(blind, saying(A, B), NOW + HOUR)
    assert (found(seen), seen.baseline_at, seen.blind_to) == ([], NOW + HOUR, ())
    told = answered(replace(blind, told_at=NOW + HOUR), saying(A, B), NOW + HOUR)
    assert found(told) == [OutdatedKind.CHANGE_NOT_SEEN]


def test_what_is_not_looked_in_any_more_does_not_end_anything() -> None:
    seen = answered(NEW, saying(A, B), NOW)
    blind = answered(seen, saying(A, blind_to=("NO_PRESCRIPTION_LOOKUP",), is_whole=False), NOW)
    assert (found(blind), blind.blind_to) == ([], ())


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"compared_at": None}, ComparisonState.WAITING),
        ({"due_at": NOW}, ComparisonState.WAITING),
        ({"is_partial": True}, ComparisonState.PARTLY_COMPARED),
        ({"is_closed": True}, ComparisonState.CLOSED),
        ({"is_closed": True, "due_at": NOW}, ComparisonState.CLOSED),
        ({"is_closed": True, "due_at": NOW, "told_at": NOW}, ComparisonState.WAITING),
        ({"compared_at": NOW - 2 * SILENT_AFTER}, ComparisonState.NOT_FOLLOWED),
        (
            {"compared_at": NOW - 2 * SILENT_AFTER, "heard_at": NOW - 2 * SILENT_AFTER},
            ComparisonState.NOT_FOLLOWED,
        ),
        ({"compared_at": NOW - 99 * HOUR, "heard_at": NOW}, ComparisonState.COMPARED),
        ({}, ComparisonState.COMPARED),
    ],
)
def test_only_a_source_that_is_heard_and_has_answered_in_full_is_compared(
    changes: dict[str, Any], state: ComparisonState
) -> None:
    assert replace(BASE, **changes).state(NOW) is state


def test_what_is_known_holds_while_the_feed_is_read_and_tells_nothing() -> None:
    assert replace(BASE, heard_at=NOW + HOUR).as_of == NOW + HOUR
    assert replace(BASE, heard_at=NOW + HOUR, due_at=NOW).as_of == NOW
    assert NEW.as_of is None


@given(st.lists(st.sampled_from(["A", "AB", "", "down", "gap", "review"]), max_size=12))
def test_reasons_are_always_those_of_what_differs_since_the_last_look(words: list[str]) -> None:
    lines = {"A": (A,), "AB": (A, B), "": ()}
    known, base, now = NEW, None, NOW
    for word in words:
        now += HOUR
        if word == "down":
            known = unanswered(known, now)
        elif word == "gap":
            known = replace(known, due_at=now)
        elif word == "review":
            known, base = reviewed(known, now, now), None
        else:
            known = answered(known, saying(*lines[word]), now)
            base = word if base is None else base
            assert bool(known.reasons) is (base != word)
            assert known.state(now) is ComparisonState.COMPARED
    if words and words[-1] in ("down", "gap", "review"):
        assert known.state(now) is ComparisonState.WAITING


def test_a_guardian_is_not_told_of_what_is_hidden_from_them() -> None:
    hidden = printed("h", is_hidden=True)
    known = answered(BASE, saying(A, B, hidden), NOW)
    assert len(shown(known, None, to_guardian=False)) == 2
    assert len(shown(known, None, to_guardian=True)) == 1


def test_a_reason_about_a_line_of_the_plan_comes_with_it() -> None:
    content = a_content()
    line = content.self_care.medicines[0] if content.self_care else None
    assert line is not None
    of_line = replace(at_odds("m1"), line_id=line.id)
    (reason,) = shown(replace(BASE, reasons=(of_line,)), content, to_guardian=False)
    assert (reason.line_id, reason.source) == (line.id, SourceName.MEDICATION)
    (gone,) = shown(replace(BASE, reasons=(of_line,)), None, to_guardian=False)
    assert gone.line_id is None
