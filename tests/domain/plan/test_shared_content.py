from __future__ import annotations

from datetime import date, datetime, time
from enum import Enum
from itertools import count
from typing import Any, get_args, get_origin

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.content.contact import ContactPoint
from domain.content.passage import Heading, Passage
from domain.content.plan_content import PlanContent
from domain.content.self_care import Receiver, SelfCare
from domain.content.zone import Zone, ZoneLevel
from domain.noun import Noun
from domain.plan.shared_content import HIDDEN_NUMBER, TITLE, as_shared, widest
from domain.plan.sharing import WHOLE, Portion, ShareScope

NARROW = [scope for scope in ShareScope if scope is not ShareScope.WHOLE_PART]
NOBODY: frozenset[str] = frozenset()


class Writer:
    """Fills nouns with texts that each stand in one place only."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw, self._number = draw, count()

    def noun(self, of: type[Noun]) -> Any:
        return of(**{f.name: self._value(f.type) for f in msgspec.structs.fields(of)})

    def _value(self, hint: Any) -> Any:
        if type(None) in get_args(hint):
            inner = next(each for each in get_args(hint) if each is not type(None))
            return self._value(inner) if self._draw(st.booleans()) else None
        if get_origin(hint) is tuple:
            return tuple(
                self._value(get_args(hint)[0]) for _ in range(self._draw(st.integers(0, 2)))
            )
        if issubclass(hint, Noun):
            return self.noun(hint)
        if issubclass(hint, Enum):
            return self._draw(st.sampled_from(list(hint)))
        fixed = {bool: True, int: 7, float: 7.0, time: time(8), date: date(2026, 1, 1)}
        fixed |= {datetime: datetime(2026, 1, 1)}  # noqa: DTZ001  # only its place matters
        return fixed[hint] if hint in fixed else f"<{next(self._number)}>"


@st.composite
def contents(draw: st.DrawFn) -> PlanContent:
    found: PlanContent = Writer(draw).noun(PlanContent)
    return found


def texts(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, tuple):
        return set().union(*map(texts, value))
    if isinstance(value, Noun):
        return set().union(*(texts(getattr(value, name)) for name in value.__struct_fields__))
    return set()


def within(content: PlanContent, scope: ShareScope) -> set[str]:
    """Say in other words what a scope is."""
    care = content.self_care or SelfCare()
    return {
        ShareScope.WHOLE_PART: texts(content),
        ShareScope.ZONE_SHEET: texts((care.zones, care.emergency_text or (), care.receiver or ())),
        ShareScope.ROUTINES: texts(
            tuple(p for p in content.passages if p.heading is Heading.ROUTINES)
        ),
        ShareScope.CONTACTS: texts(content.contacts),
    }[scope]


@given(contents(), st.sets(st.sampled_from(NARROW)))
def test_of_any_content_the_scope_survives_and_nothing_else(
    content: PlanContent, scopes: set[ShareScope]
) -> None:
    shown = as_shared(content, dict.fromkeys(scopes, NOBODY))
    assert texts(shown) - {TITLE} == set().union(*(within(content, scope) for scope in scopes))


@given(contents())
def test_a_whole_part_is_shown_to_the_letter(content: PlanContent) -> None:
    assert as_shared(content, WHOLE) == content


@given(contents())
def test_without_a_scope_there_is_nothing_to_see(content: PlanContent) -> None:
    assert as_shared(content, {}) == PlanContent(title=TITLE)


KARI, OLA = "900 12 345", "+47 95 00 11 22"
SHARED = PlanContent(
    title="Egenbehandling ved epilepsi",
    what_matters_to_me="Å spille håndball",
    passages=(
        Passage(id="r1", heading=Heading.ROUTINES, text="Far hentes på 95001122 ved anfall."),
        Passage(id="f1", heading=Heading.FAMILY, text="Bor annenhver uke hos far."),
    ),
    contacts=(
        ContactPoint(id="k1", label="Kari Fjell (forelder)", phone=KARI),
        ContactPoint(id="k2", label="ola fjell (forelder)", phone=OLA),
        ContactPoint(id="k3", label="Barneavdelingen", phone="99011001"),
    ),
    self_care=SelfCare(
        zones=(
            Zone(
                level=ZoneLevel.RED,
                condition="Anfall over fem minutter",
                what_to_do="Ring 113, så 0047 950 01 122.",
                warning_signs=("Ring 90012345 ved tvil",),
                contact="Ola Fjell, +4795001122",
            ),
        ),
        receiver=Receiver(name="Barneavdelingen", organisation_number="974795515"),
    ),
)
BY_KARI: Portion = dict.fromkeys(NARROW, frozenset({"Ola Fjell"}))
BY_OLA: Portion = dict.fromkeys(NARROW, frozenset({"Kari Fjell"}))


def _digits(content: PlanContent) -> str:
    return "".join(filter(str.isdecimal, msgspec.json.encode(content).decode()))


def test_another_parent_s_number_goes_nowhere() -> None:
    shown = as_shared(SHARED, BY_KARI)
    assert [line.id for line in shown.contacts] == ["k1", "k3"]
    assert "95001122" not in _digits(shown)
    assert "90012345" in _digits(shown)
    assert shown.self_care is not None
    assert shown.self_care.zones[0].what_to_do == f"Ring 113, så {HIDDEN_NUMBER}."
    assert shown.passages[0].text == f"Far hentes på {HIDDEN_NUMBER} ved anfall."


def test_a_number_that_both_share_is_shown() -> None:
    contacts = (*SHARED.contacts[:1], ContactPoint(id="k2", label="Ola Fjell", phone=KARI))
    shown = as_shared(msgspec.structs.replace(SHARED, contacts=contacts), BY_KARI)
    assert [line.id for line in shown.contacts] == ["k1"]
    assert "90012345" in _digits(shown)


def test_what_each_parent_shares_of_their_own_is_shown_together() -> None:
    shown = as_shared(SHARED, widest([BY_KARI, BY_OLA]))
    assert [line.id for line in shown.contacts] == ["k1", "k2", "k3"]
    assert HIDDEN_NUMBER not in msgspec.json.encode(shown).decode()


def test_a_share_of_one_thing_opens_no_number_in_another() -> None:
    contacts_by_ola = {ShareScope.CONTACTS: frozenset({"Kari Fjell"})}
    zones_by_kari = {ShareScope.ZONE_SHEET: frozenset({"Ola Fjell"})}
    shown = as_shared(SHARED, widest([contacts_by_ola, zones_by_kari]))
    assert [line.id for line in shown.contacts] == ["k2", "k3"]
    assert shown.self_care is not None
    assert shown.self_care.zones[0].contact == f"Ola Fjell, {HIDDEN_NUMBER}"


@pytest.mark.parametrize("portions", [[WHOLE, BY_KARI], [BY_KARI, WHOLE]])
def test_a_whole_part_beside_pieces_of_it_is_whole(portions: list[Portion]) -> None:
    assert as_shared(SHARED, widest(portions)) == SHARED
