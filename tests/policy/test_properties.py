"""What holds of the policy for any facts at all, whether or not anybody thought of the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import emergency
from domain.access.decision import Access, decide
from domain.access.permission import refusal
from domain.access.relation import Basis
from domain.access.right import Right
from domain.access.rule import RuleKind
from domain.access.standing import OWN, REPRESENTATIVES, Standing
from domain.access.viewer import AttestedRelation, Viewer
from domain.operation import Operation
from domain.source.section import SectionName
from tests.builders import NOW, a_clinician, a_number, a_relation, facts
from tests.policy import real
from tests.policy.case import Asker, Case, Note, Span, Tie
from tests.policy.operations import TARGETS
from tests.policy.people import ELSEWHERE, EVERYBODY, INGRID, KARI, NUMBER, OLA, PER, SHARE, WARD
from tests.policy.table import RIGHTS

_UNITS = st.sampled_from([None, WARD, ELSEWHERE])
_PEOPLE = st.sampled_from([None, KARI, OLA, NUMBER])
_HPR = st.sampled_from([None, INGRID, PER])
_SETS = st.frozensets(st.sampled_from(RIGHTS), max_size=4)
_TIMES = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds of zoned times


@st.composite
def _spans(draw: st.DrawFn) -> Span:
    return Span(draw(_TIMES), draw(st.none() | _TIMES), draw(st.none() | _TIMES))


_TIES = st.builds(
    Tie,
    st.sampled_from([each.name for each in Basis]),
    _spans(),
    of_person=_PEOPLE,
    of_unit=_UNITS,
    covers=_SETS,
    lives_with=st.booleans(),
    is_protected=st.booleans(),
    is_whole=st.booleans(),
    share=st.sampled_from([None, SHARE]),
)
_NOTES = st.builds(
    Note,
    st.sampled_from([each.name for each in RuleKind]),
    _spans(),
    about=_SETS,
    part=st.sampled_from([None, "prt_1"]),
    line=st.sampled_from([None, "lin_1"]),
    hpr=_HPR,
    person=_PEOPLE,
    unit=_UNITS,
)
_ASKERS = st.builds(
    Asker,
    st.sampled_from(list(real.ROLES)),
    level=st.integers(0, 4),
    person=_PEOPLE,
    hpr=_HPR,
    unit=_UNITS,
    profession=st.sampled_from([None, "SP", "LE"]),
    purpose=st.sampled_from([None, "TREAT", "ETREAT", "COC", "BTG", "HMARKT"]),
    attests=_PEOPLE,
    attested=st.none() | _spans(),
    share=st.sampled_from([None, SHARE]),
    is_student=st.booleans(),
    supervisor=_HPR,
)
CASES = st.builds(
    Case,
    asker=_ASKERS,
    now=_TIMES,
    born=st.dates(date(2005, 1, 1), date(2020, 1, 1)),
    numbers=st.just((NUMBER,)) | st.just(()),
    ties=st.lists(_TIES, max_size=4).map(tuple),
    notes=st.lists(_NOTES, max_size=5).map(tuple),
    is_reserved=st.booleans(),
    has_consent=st.sampled_from([None, True, False]),
    is_protected=st.booleans(),
    died=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
_STANDING_CASES = st.sampled_from(list(EVERYBODY.values())).flatmap(
    lambda person: CASES.map(
        lambda drawn: replace(drawn, asker=person.asker, ties=person.ties, numbers=(NUMBER,))
    )
)
ANY = CASES | _STANDING_CASES
LOCKS = ("RESTRICTION", "BLOCK", "HIDDEN_FROM_PARENTS", "OWN_ACCESS_REFUSED")


def _may(access: Access) -> set[Right]:
    return {right for right in Right if access.may(right)}


@given(ANY)
def test_any_facts_have_an_answer(case: Case) -> None:
    access, viewer = real.ask(case), real.viewer(case)
    assert (access.standing is None) is (access.ruling.refusal is not None)
    assert all(access.section(name) == access.on(_right_of(name)) for name in SectionName)
    for target in TARGETS[:4]:
        for operation in Operation:
            found = refusal(operation, viewer, access, target.plan, target.part)
            assert found is not None or access.standing is not None


@given(ANY)
def test_a_death_gives_nobody_more_but_next_of_kin(case: Case) -> None:
    dead = real.ask(case)
    alive = real.ask(replace(case, died=None))
    assert dead.standing is Standing.NEXT_OF_KIN or _may(dead) <= _may(alive)


def _right_of(name: SectionName) -> Right:
    suffix = {SectionName.MEDICATIONS: "MEDICINES"}.get(name, name.name)
    return Right[f"READ_{suffix}"]


@given(ANY)
def test_the_same_question_has_the_same_answer(case: Case) -> None:
    shuffled = replace(case, notes=case.notes[::-1])
    assert real.ask(case) == real.ask(case)
    assert _may(real.ask(shuffled)) == _may(real.ask(case)) or _is_tied(case)


def _is_tied(case: Case) -> bool:
    """Tell whether two decisions were made in the same moment, so that neither is newer."""
    moments = [(note.kind, note.span.since) for note in case.notes]
    return len(set(moments)) < len(moments)


@given(ANY, _NOTES, st.sampled_from(LOCKS))
def test_one_lock_more_opens_nothing(case: Case, note: Note, kind: str) -> None:
    locked = replace(case, notes=(*case.notes, replace(note, kind=kind)))
    before, after = real.ask(case), real.ask(locked)
    assert _may(after) <= _may(before) or _lets_adviser_in(before, after)
    hidden, more = before.hidden, after.hidden
    if before.standing is after.standing:
        assert hidden.rights <= more.rights
        assert hidden.parts <= more.parts
        assert hidden.lines <= more.lines


def _lets_adviser_in(before: Access, after: Access) -> bool:
    """A refusal is what lets a doctor or lawyer read for the patient (pbrl. § 5-1)."""
    return Standing.ADVISER in (before.standing, after.standing)


@given(ANY)
def test_a_reservation_or_a_withdrawn_consent_opens_nothing(case: Case) -> None:
    free = _may(real.ask(replace(case, is_reserved=False, has_consent=True)))
    assert _may(real.ask(replace(case, is_reserved=True))) <= free
    assert _may(real.ask(replace(case, is_reserved=False, has_consent=False))) <= free


@given(ANY, st.sampled_from(RIGHTS))
def test_one_right_more_closes_nothing(case: Case, right: str) -> None:
    ties = tuple(replace(tie, covers=tie.covers | {right}) for tie in case.ties)
    wider = (
        replace(note, about=note.about | {right}) if _gives(note) else note for note in case.notes
    )
    more = replace(case, ties=ties, notes=tuple(wider))
    assert _may(real.ask(case)) <= _may(real.ask(more))


def _gives(note: Note) -> bool:
    """Tell whether a rule gives what it is about; opened for nothing named is for everything."""
    if note.kind == "OPENED":
        return bool(note.about)
    return note.kind in ("KEPT_BY_PARENTS", "SUITABLE_FOR_YOUTH")


@given(ANY)
def test_what_is_over_or_not_begun_counts_for_nothing(case: Case) -> None:
    ties = tuple(tie for tie in case.ties if _counts(tie.span, case.now))
    notes = tuple(note for note in case.notes if _counts(note.span, case.now))
    without = replace(case, ties=ties, notes=notes)
    left, right = real.ask(case), real.ask(without)
    assert msgspec.structs.replace(left, shared=None) == msgspec.structs.replace(right, shared=None)
    # Whose telephone number a share leaves out is asked of former parents too.
    assert _scopes(left) == _scopes(right)


def _counts(span: Span, now: datetime) -> bool:
    ends = [end for end in (span.until, span.ended) if end is not None]
    return span.since <= now and all(now < end for end in ends)


def _scopes(access: Access) -> dict[str, set[Any]] | None:
    return None if access.shared is None else {k: set(v) for k, v in access.shared.items()}


@given(ANY)
def test_nobody_has_anything_by_another_organisation_s_ties(case: Case) -> None:
    unit = case.asker.unit
    own = (
        tie for tie in case.ties if tie.of_unit in (None, unit) or case.asker.kind != "personnel"
    )
    notes = (note for note in case.notes if note.unit in (None, unit) or _is_not_of_unit(note))
    kept = replace(case, ties=tuple(own), notes=tuple(notes))
    if case.asker.kind == "personnel":
        assert _may(real.ask(kept)) == _may(real.ask(case))
    nowhere = replace(case, asker=replace(case.asker, unit=None))
    if case.asker.kind in ("personnel", "machine", "case"):
        assert real.ask(nowhere).standing is None


def _is_not_of_unit(note: Note) -> bool:
    return note.kind not in ("OPENED", "EMERGENCY", "CARE_TAKEN_OVER")


@given(ANY)
def test_nothing_of_one_s_own_is_anybody_else_s(case: Case) -> None:
    access = real.ask(case)
    if access.standing in OWN:
        assert case.asker.person in case.numbers
    if access.standing in REPRESENTATIVES and case.asker.kind == "citizen":
        assert any(tie.of_person == case.asker.person for tie in case.ties)
    if case.asker.kind == "controller":
        assert access.standing is None


@given(ANY)
def test_an_emergency_goes_past_no_block_no_reservation_and_no_withdrawn_consent(
    case: Case,
) -> None:
    access = emergency.access(real.viewer(case), real.facts(case), case.now)
    if not access.ruling.is_allowed:
        return
    asker = case.asker
    assert (asker.kind, asker.is_student, asker.level) == ("personnel", False, 4)
    assert None not in (asker.hpr, asker.unit)
    assert not case.is_reserved
    assert case.has_consent is not False
    assert asker.hpr not in [note.hpr for note in case.counting if note.kind == "BLOCK"]


@given(ANY)
def test_whoever_sees_no_plan_sees_no_whole_part(case: Case) -> None:
    access = real.ask(case)
    for part in access.shared or {"prt_1": None}:
        whole = "WHOLE_PART" in {scope.name for scope in access.portion(part)}
        # Where all that it says is closed, only the part's head is left, and that is whole.
        is_closed = access.standing is not None and not access.content.is_allowed
        assert not whole or is_closed or access.may(Right.READ_PLAN)
    assert access.standing is not None or not access.sees_part("prt_1", is_draft=False)


@given(_SETS.filter(bool))
def test_a_restriction_of_the_plan_leaves_what_is_daily(others: frozenset[str]) -> None:
    about = (others - {"READ_ZONES"}) | {"READ_PLAN"}
    nurse = EVERYBODY["a nurse"]
    note = Note("RESTRICTION", Span(datetime(2020, 1, 1, tzinfo=UTC)), about=about)
    case = Case(nurse.asker, NOW, date(1961, 5, 5), (NUMBER,), nurse.ties, (note,))
    access = real.ask(case)
    assert access.content.is_allowed
    assert access.kept_to_zones is not None
    assert {scope.name for scope in access.portion("prt_1")} == {
        "ZONE_SHEET",
        "ROUTINES",
        "CONTACTS",
    }


@pytest.mark.parametrize(
    ("ahead", "is_open"),
    [
        (timedelta(seconds=59), True),
        (timedelta(seconds=61), False),
        (timedelta(days=1), False),
        (-timedelta(hours=1), True),
    ],
)
def test_an_attest_may_be_of_a_clock_a_little_ahead(ahead: timedelta, is_open: bool) -> None:
    attest = AttestedRelation(patient_number=a_number(), at=NOW + ahead)
    assert decide(a_clinician(attest=attest), facts(), NOW).ruling.is_allowed is is_open


@pytest.mark.parametrize("seconds", [0, 1])
def test_what_a_token_attests_ends_with_the_token(seconds: int) -> None:
    attest = AttestedRelation(patient_number=a_number(), at=NOW)
    viewer: Viewer = a_clinician(attest=attest, expires_at=NOW + timedelta(seconds=seconds))
    assert decide(viewer, facts(), NOW).ruling.is_allowed is bool(seconds)


def test_an_attest_is_of_the_unit_that_was_chosen_at_login() -> None:
    attest = AttestedRelation(patient_number=a_number(), at=NOW)
    assert not decide(a_clinician(attest=attest, organisation=None), facts(), NOW).ruling.is_allowed


def test_a_tie_to_no_organisation_is_nobody_s() -> None:
    nobody = a_clinician(organisation=None)
    for basis in Basis:
        assert not decide(
            nobody, facts(a_relation(basis, organisation=None)), NOW
        ).ruling.is_allowed
