"""Plans, values, signs and choices for properties: of any shape, and as people make them."""

from __future__ import annotations

from datetime import UTC, timedelta

from hypothesis import strategies as st
from msgspec import structs

from domain.coding import Coding
from domain.content.observable import CATALOGUE, LOINC, Observable, coding
from domain.content.self_care import Monitoring, SelfCare
from domain.content.zone import Threshold, ThresholdBasis, Zone, ZoneLevel
from domain.following.assessment import Sign
from domain.following.limit import limits_of
from domain.following.measurement import Measurement
from tests.builders import NOW
from tests.domain.nora import a_plan, a_value, a_zone

TEXTS = ("Feber", "Blå lepper", "Sover godt")
FEW = (Observable.PEAK_FLOW, Observable.GLUCOSE, Observable.SYSTOLIC_PRESSURE)

Values = list[Measurement]
Well = tuple[SelfCare, Values]

levels = st.sampled_from(ZoneLevel)
any_float = st.floats() | st.sampled_from([0.0, 4.0, 10.0, 50.0, 80.0, 248.0, 310.0])
concepts = st.sampled_from(
    [
        *(coding(each, "nb") for each in FEW),
        Coding(text="Blodtrykk", system=LOINC, code="85354-9"),
        Coding(text="Ketoner i blod"),
    ]
)
units = st.sampled_from(["L/min", "mmol/L", "mg/dL", "mm[Hg]", "kPa", "", "?"])
thresholds = st.builds(
    Threshold,
    observable=concepts,
    unit=units,
    basis=st.sampled_from(ThresholdBasis),
    low=st.none() | any_float,
    high=st.none() | any_float,
    baseline=st.none() | any_float,
    for_hours=st.none() | any_float,
    is_example=st.booleans(),
)
zones = st.builds(
    Zone,
    level=levels,
    condition=st.just("x"),
    what_to_do=st.just("y"),
    warning_signs=st.lists(st.sampled_from(TEXTS), max_size=2).map(tuple),
    thresholds=st.lists(thresholds, max_size=3).map(tuple),
)
rhythms = st.builds(
    Monitoring, id=st.just("m"), observable=concepts, unit=units, every_hours=st.none() | any_float
)
any_plans = st.builds(
    SelfCare,
    zones=st.lists(zones, max_size=4).map(tuple),
    measurements=st.lists(rhythms, max_size=2).map(tuple),
)


def possible(observable: Observable) -> st.SearchStrategy[float]:
    known = CATALOGUE[observable]
    return st.floats(float(known.lowest), float(known.highest))


def unit_of(observable: Observable) -> str:
    return CATALOGUE[observable].unit


times = st.datetimes(timezones=st.just(UTC)) | st.integers(-60, 3000).map(
    lambda minutes: NOW - timedelta(minutes=minutes)
)


@st.composite
def sensible_plans(draw: st.DrawFn) -> SelfCare:
    """Draw zones as people write them: red, yellow and green, each from where the last one ends."""
    limits: dict[ZoneLevel, list[Threshold]] = {level: [] for level in ZoneLevel}
    for observable in draw(st.lists(st.sampled_from(FEW), min_size=1, unique=True)):
        low, high = sorted(draw(st.sets(possible(observable), min_size=2, max_size=2)))
        for level, ends in zip(ZoneLevel, [(high, None), (low, high), (None, low)], strict=True):
            known = Threshold(observable=coding(observable, "nb"), unit=unit_of(observable))
            limits[level].append(structs.replace(known, low=ends[0], high=ends[1]))
    return a_plan(*(a_zone(level, *own) for level, own in limits.items()))


@st.composite
def measurements(draw: st.DrawFn) -> list[Measurement]:
    """Draw values of any size, unit and time, and as many that are sound and fresh."""
    drawn = draw(st.lists(st.tuples(any_float, st.sampled_from(FEW), units, times), max_size=3))
    for observable in draw(st.lists(st.sampled_from(FEW), max_size=4)):
        at = NOW - timedelta(minutes=draw(st.integers(0, 1500)))
        drawn.append((draw(possible(observable)), observable, unit_of(observable), at))
    return [
        a_value(value, observable, unit, measured_at=at, id=f"msm-{number}")
        for number, (value, observable, unit, at) in enumerate(drawn)
    ]


plans = any_plans | sensible_plans()


@st.composite
def wells(draw: st.DrawFn) -> Well:
    """Draw a sensible plan, and a value in its green zone for each thing that it measures."""
    plan = draw(sensible_plans())
    green = [each for each in limits_of(plan.zones) if each.level is ZoneLevel.GREEN]
    values = []
    for limit in green:
        highest = float(CATALOGUE[limit.observable].highest)
        value = draw(st.floats(limit.threshold.low, highest))
        ago = timedelta(minutes=draw(st.integers(0, 24 * 60)))
        values.append(a_value(value, limit.observable, limit.threshold.unit, ago))
    return plan, values


signs = st.lists(
    st.builds(Sign, level=levels, text=st.sampled_from([*TEXTS, "Strøket"])), max_size=3
).map(tuple)
choices = st.none() | levels
nows = st.just(NOW) | st.datetimes(timezones=st.just(UTC))
