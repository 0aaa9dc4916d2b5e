"""What must hold of zone evaluation whatever the plan, the values and the signs are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from domain.content.observable import CATALOGUE, Observable, coding
from domain.content.self_care import SelfCare
from domain.content.zone import Threshold, ZoneLevel
from domain.following.assessment import Assessment, Doubt, Sign
from domain.following.entry import Change, EntryStatus
from domain.following.limit import limits_of
from domain.following.measurement import Measurement
from domain.following.zone_evaluation import FRESH_FOR, evaluate
from domain.wording.zone import zone_sentences
from tests.builders import NOW
from tests.domain.drawn import (
    FEW,
    TEXTS,
    Values,
    Well,
    choices,
    levels,
    measurements,
    nows,
    plans,
    signs,
    wells,
)
from tests.domain.nora import RED, YELLOW, a_plan, a_value, a_zone

Spoil = Callable[[Measurement], Measurement | None]
_WORSE_LAST = (ZoneLevel.GREEN, None, YELLOW, RED)


def withdrawn(value: Measurement) -> Measurement:
    change = Change(status=EntryStatus.WITHDRAWN, by="Kari", by_id="s-kari", at=NOW)
    return structs.replace(value, change=change)


SPOILED: dict[str, Spoil] = {
    "missing": lambda _: None,
    "old": lambda v: structs.replace(v, measured_at=NOW - FRESH_FOR - timedelta(seconds=1)),
    "future": lambda v: structs.replace(v, measured_at=NOW + timedelta(hours=1)),
    "too high": lambda v: structs.replace(v, value=1e6),
    "below nought": lambda v: structs.replace(v, value=-v.value - 1),
    "no number": lambda v: structs.replace(v, value=float("nan")),
    "endless": lambda v: structs.replace(v, value=float("inf")),
    "no unit": lambda v: structs.replace(v, unit=""),
    "unknown unit": lambda v: structs.replace(v, unit="stone"),
    "withdrawn": withdrawn,
}


def gravity(found: Assessment) -> int:
    return _WORSE_LAST.index(found.level)


@given(plans, measurements(), signs, choices, nows, st.timedeltas())
def test_it_always_answers_with_a_level_or_a_doubt_and_in_words(
    plan: SelfCare,
    values: Values,
    ticked: tuple[Sign, ...],
    chosen: ZoneLevel | None,
    now: datetime,
    fresh_for: timedelta,
) -> None:
    found = evaluate(plan, values, signs=ticked, chosen=chosen, now=now, fresh_for=fresh_for)
    assert (found.level is None) is not (found.doubt is None)
    for language in ("nb", "en"):
        assert all(zone_sentences(found.level, found, language))


@given(wells(), st.data(), st.none() | st.just(ZoneLevel.GREEN))
def test_sound_fresh_green_values_of_everything_are_green(
    well: Well, data: st.DataObject, chosen: ZoneLevel | None
) -> None:
    plan, values = well
    shuffled = data.draw(st.permutations(values))
    assert evaluate(plan, shuffled, chosen=chosen, now=NOW).level is ZoneLevel.GREEN


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED)
@settings(max_examples=30)
@given(wells(), st.data(), st.none() | st.just(ZoneLevel.GREEN), measurements())
def test_one_value_that_is_spoiled_is_never_green(
    spoiled: Spoil, well: Well, data: st.DataObject, chosen: ZoneLevel | None, more: Values
) -> None:
    plan, values = well
    victim = data.draw(st.sampled_from(values))
    others = [v for v in (*values, *more) if v.observable is not victim.observable]
    left = [each for each in [spoiled(victim)] if each is not None]
    assert evaluate(plan, [*others, *left], chosen=chosen, now=NOW).level is not ZoneLevel.GREEN


@given(plans, measurements(), signs, choices, st.sampled_from(FEW))
def test_without_a_value_for_something_the_zones_measure_it_is_never_green(
    plan: SelfCare,
    values: Values,
    ticked: tuple[Sign, ...],
    chosen: ZoneLevel | None,
    lost: Observable,
) -> None:
    left = [each for each in values if each.observable is not lost]
    found = evaluate(plan, left, signs=ticked, chosen=chosen, now=NOW)
    if any(each.observable is lost for each in limits_of(plan.zones)):
        assert found.level is not ZoneLevel.GREEN
        assert Doubt.MISSING in {each.doubt for each in found.findings}


@given(plans, measurements(), signs, choices, st.floats(1e6) | st.floats(max_value=-1))
def test_an_impossible_newest_value_is_never_green_and_hides_nothing_bad(
    plan: SelfCare,
    values: Values,
    ticked: tuple[Sign, ...],
    chosen: ZoneLevel | None,
    odd: float,
) -> None:
    known = [each for each in values if each.measured_at < NOW]
    before = evaluate(plan, known, signs=ticked, chosen=chosen, now=NOW)
    for observable in {each.observable for each in limits_of(plan.zones)}:
        bad = a_value(odd, observable, CATALOGUE[observable].unit, measured_at=NOW, id="odd")
        after = evaluate(plan, [*known, bad], signs=ticked, chosen=chosen, now=NOW)
        assert after.level is not ZoneLevel.GREEN
        assert gravity(after) >= gravity(before)


@given(plans, measurements(), signs, choices, levels, st.sampled_from([*TEXTS, "Strøket"]))
def test_one_more_sign_never_makes_it_better(
    plan: SelfCare,
    values: Values,
    ticked: tuple[Sign, ...],
    chosen: ZoneLevel | None,
    level: ZoneLevel,
    text: str,
) -> None:
    before = evaluate(plan, values, signs=ticked, chosen=chosen, now=NOW)
    more = (*ticked, Sign(level=level, text=text))
    after = evaluate(plan, values, signs=more, chosen=chosen, now=NOW)
    assert gravity(after) >= gravity(before) or before.doubt is Doubt.NOTHING_TO_GO_ON
    assert after.level is not ZoneLevel.GREEN or before.level is ZoneLevel.GREEN


@given(plans, measurements(), signs, levels, levels)
def test_a_worse_choice_never_gives_a_better_zone(
    plan: SelfCare,
    values: Values,
    ticked: tuple[Sign, ...],
    one: ZoneLevel,
    other: ZoneLevel,
) -> None:
    better, worse = sorted((one, other), key=_WORSE_LAST.index)
    low = evaluate(plan, values, signs=ticked, chosen=better, now=NOW)
    high = evaluate(plan, values, signs=ticked, chosen=worse, now=NOW)
    assert gravity(high) >= gravity(low)
    assert gravity(high) >= _WORSE_LAST.index(worse)


@given(plans, measurements(), signs, choices)
def test_a_choice_of_green_never_makes_it_better_than_no_choice(
    plan: SelfCare, values: Values, ticked: tuple[Sign, ...], chosen: ZoneLevel | None
) -> None:
    without = evaluate(plan, values, signs=ticked, now=NOW)
    with_green = evaluate(plan, values, signs=ticked, chosen=ZoneLevel.GREEN, now=NOW)
    assert with_green.level is without.level or without.doubt is Doubt.NOTHING_TO_GO_ON


@given(plans, measurements(), signs, choices, st.randoms(use_true_random=False))
def test_the_order_things_are_told_in_does_not_matter(
    plan: SelfCare,
    values: Values,
    ticked: tuple[Sign, ...],
    chosen: ZoneLevel | None,
    random: Random,
) -> None:
    shuffled, zones_shuffled = list(values), list(plan.zones)
    random.shuffle(shuffled)
    random.shuffle(zones_shuffled)
    other = structs.replace(plan, zones=tuple(zones_shuffled))
    one = evaluate(plan, values, signs=ticked, chosen=chosen, now=NOW)
    two = evaluate(other, shuffled, signs=ticked[::-1], chosen=chosen, now=NOW)
    assert one.level is two.level


@given(st.floats(0.4, 59), st.floats(0.4, 59), st.floats(0.4, 59))
def test_the_zone_is_the_same_in_either_unit(value: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    glucose = coding(Observable.GLUCOSE, "nb")
    limits = [(ZoneLevel.RED, None, low), (YELLOW, low, high), (ZoneLevel.GREEN, high, None)]
    molar = a_plan(
        *(
            a_zone(z, Threshold(observable=glucose, unit="mmol/L", low=a, high=b))
            for z, a, b in limits
        )
    )
    grams = value * 18.0156
    if min(abs(value - low), abs(value - high)) < 1e-6:
        return  # rounding may put it on the other side
    one_unit = evaluate(molar, [a_value(value, Observable.GLUCOSE, "mmol/L")], now=NOW)
    the_other = evaluate(molar, [a_value(grams, Observable.GLUCOSE, "mg/dL")], now=NOW)
    assert one_unit.level is the_other.level
