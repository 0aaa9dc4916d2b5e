from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access import lock
from domain.access.decision import decide
from domain.access.explanation import keys_of_source
from domain.access.facts import AccessFacts
from domain.access.lock import Key, restricting
from domain.access.relation import Basis
from domain.access.right import OF_OTHER_SOURCES, Right
from domain.access.rule import AccessRule, RuleKind
from domain.access.viewer import Viewer
from domain.refusal import Refusal
from tests.builders import (
    HOSPITAL,
    NOW,
    OTHER_HOSPITAL,
    a_citizen,
    a_clinician,
    a_relation,
    a_vendor,
    facts,
)
from tests.domain.rules import a_rule

INGRID = a_clinician()
MINE = {"hpr_number": INGRID.hpr_number, "organisation": HOSPITAL}


def _facts(*rules: AccessRule) -> AccessFacts:
    return replace(facts(a_relation()), rules=rules)


def _reads_plan(viewer: Viewer, *rules: AccessRule) -> bool:
    return decide(viewer, _facts(*rules), NOW).may(Right.READ_PLAN)


def test_what_is_chosen_takes_along_what_tells_the_same() -> None:
    zones = {Right.READ_ZONES, Right.READ_PLAN, Right.READ_DRAFTS}
    assert restricting([Right.READ_ZONES]) == zones
    assert restricting([Right.READ_PLAN]) == zones - {Right.READ_ZONES}
    assert restricting([Right.READ_REPORTS]) == {Right.READ_REPORTS}
    assert restricting([]) == frozenset()


def test_what_other_sources_keep_is_not_ours_to_restrict() -> None:
    assert not lock.RESTRICTABLE & OF_OTHER_SOURCES
    assert Right.PLAN_STATUS not in lock.RESTRICTABLE


@pytest.mark.parametrize(
    ("opened", "reads"),
    [
        (a_rule(RuleKind.OPENED, **MINE), True),
        (a_rule(RuleKind.EMERGENCY, **MINE), True),
        (a_rule(RuleKind.OPENED, **MINE | {"organisation": OTHER_HOSPITAL}), False),
        (a_rule(RuleKind.OPENED, **MINE | {"hpr_number": "7412582"}), False),
        (a_rule(RuleKind.OPENED, **MINE, until=NOW), False),
        (a_rule(RuleKind.OPENED, **MINE, ended_at=NOW), False),
        (a_rule(RuleKind.OPENED, **MINE, until=NOW + timedelta(minutes=1)), True),
    ],
)
def test_a_restriction_opens_to_one_person_in_one_place_for_a_time(
    opened: AccessRule, reads: bool
) -> None:
    assert _reads_plan(INGRID, a_rule(RuleKind.RESTRICTION), opened) is reads


@pytest.mark.parametrize(("kind", "reads"), [(RuleKind.OPENED, False), (RuleKind.EMERGENCY, True)])
def test_a_later_restriction_is_not_opened_by_an_earlier_consent(
    kind: RuleKind, reads: bool
) -> None:
    later = a_rule(RuleKind.RESTRICTION, since=NOW - timedelta(hours=1))
    assert _reads_plan(INGRID, later, a_rule(kind, **MINE)) is reads


def test_neither_consent_nor_emergency_opens_a_block() -> None:
    block = a_rule(RuleKind.BLOCK, hpr_number=INGRID.hpr_number)
    for kind in (RuleKind.OPENED, RuleKind.EMERGENCY):
        assert not _reads_plan(INGRID, block, a_rule(kind, **MINE))


def test_with_the_zone_sheet_open_the_rest_is_kept_to_it() -> None:
    rule = a_rule(RuleKind.RESTRICTION, rights=restricting([Right.READ_PLAN]))
    seen = decide(INGRID, _facts(rule), NOW)
    assert seen.kept_to_zones is Refusal.RESTRICTED
    assert seen.content.is_allowed
    everything = decide(INGRID, _facts(a_rule(RuleKind.RESTRICTION)), NOW)
    assert everything.kept_to_zones is None
    assert not everything.content.is_allowed


@pytest.mark.parametrize(
    ("rules", "opening", "basis"),
    [
        ((), None, Basis.CARE_TEAM),
        ((a_rule(RuleKind.OPENED, **MINE),), RuleKind.OPENED, Basis.CARE_TEAM),
        ((a_rule(RuleKind.EMERGENCY, **MINE),), RuleKind.EMERGENCY, Basis.CARE_TEAM),
        (
            (a_rule(RuleKind.EMERGENCY, **MINE), a_rule(RuleKind.RESTRICTION)),
            RuleKind.EMERGENCY,
            Basis.EMERGENCY,
        ),
    ],
)
def test_what_has_opened_it_is_told_and_what_is_seen_by_it_rests_on_it(
    rules: tuple[AccessRule, ...], opening: RuleKind | None, basis: Basis
) -> None:
    found = decide(INGRID, _facts(*rules), NOW)
    assert found.relation is not None
    assert (found.opening, found.relation.basis) == (opening, basis)


@pytest.mark.parametrize(
    ("refusal", "viewer", "expected"),
    [
        (Refusal.RESTRICTED, a_clinician(), (Key.CONSENT, Key.EMERGENCY)),
        (Refusal.RESTRICTED, a_clinician(is_student=True), ()),
        (Refusal.RESTRICTED, a_vendor(), ()),
        (Refusal.RESTRICTED, a_citizen(), ()),
        (Refusal.BLOCKED, a_clinician(), ()),
    ],
)
def test_what_a_source_has_restricted_is_opened_by_personnel(
    refusal: Refusal, viewer: Any, expected: tuple[Key, ...]
) -> None:
    assert keys_of_source(refusal, viewer) == expected
