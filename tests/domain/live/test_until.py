from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from domain.access.relation import Basis
from domain.access.rule import RuleKind
from domain.live.until import next_change
from tests.builders import NOW, a_relation, a_rule, facts

MIDNIGHT = datetime(2026, 11, 22, 23, tzinfo=UTC)


def test_without_anything_that_ends_it_is_the_next_midnight_in_norway() -> None:
    assert next_change(facts(), NOW) == MIDNIGHT
    assert next_change(facts(), MIDNIGHT) == MIDNIGHT + timedelta(days=1)


def test_a_midnight_in_summer_is_an_hour_earlier() -> None:
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    assert next_change(facts(), noon) == datetime(2026, 6, 1, 22, tzinfo=UTC)


def test_a_tie_that_begins_or_ends_before_that_is_sooner() -> None:
    soon, later = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    ends = a_relation(basis=Basis.SHARE, until=later)
    begins = a_relation(basis=Basis.SHARE, since=soon)
    assert next_change(facts(ends), NOW) == later
    assert next_change(facts(ends, begins), NOW) == soon
    assert next_change(facts(ends, begins), soon) == later


def test_a_rule_that_ends_before_that_is_sooner() -> None:
    soon = NOW + timedelta(minutes=5)
    ruled = replace(facts(), rules=(a_rule(RuleKind.EMERGENCY, until=soon),))
    assert next_change(ruled, NOW) == soon
    assert next_change(ruled, soon) == MIDNIGHT
