"""Valid plan contents, and revisions of them, for tests that should hold for any.

A valid content has unique line ids, one zone of a colour, links that point at its own lines, a
period and limits that end after they start, and no required text that is blank. Two revisions of
one content meet often: the pools are small.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from msgspec import structs

from domain.coding import Coding
from domain.content.action import Action, ActionCategory, ActionFor, ActionStatus
from domain.content.contact import ContactPoint
from domain.content.goal import Achievement, ExpressedBy, Goal, GoalStatus, Target
from domain.content.line import LINKS, LISTS
from domain.content.passage import Heading, Passage
from domain.content.plan_content import Interpreter, PlanContent, TemplateUse
from domain.content.problem import Problem, ProblemStatus
from domain.content.self_care import (
    MedicineInstruction,
    Monitoring,
    ReadingHours,
    Receiver,
    SelfCare,
    Weekday,
)
from domain.content.zone import Threshold, ThresholdBasis, Zone, ZoneLevel
from domain.source.origin import Origin
from domain.source.section import SourceName

often = settings(deadline=None, max_examples=25)
"""How often a property is tried in every run; the machine's speed decides nothing."""

IDS = ("l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9", "l10", "l11", "l12")
NEW_IDS = ("n1", "n2", "n3", "n4", "n5", "n6")

texts = st.sampled_from(
    ["Gå til butikken", "Gå til butikken ", "Blåse PEF", "Hvile", "Ring oss", "Sov godt. " * 9]
)
maybe_texts = st.none() | texts
days = st.sampled_from([date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)])
numbers = st.sampled_from([6.0, 12.5, 24.0])
codings = st.builds(
    Coding,
    text=st.sampled_from(["Astma", "KOLS", "Kroppsvekt", "PEF", "Bisoprolol", "Furosemid"]),
    system=st.none() | st.just("http://snomed.info/sct"),
    code=st.none() | st.sampled_from(["195967001", "13645005"]),
)
origins = st.none() | st.builds(
    Origin,
    source=st.sampled_from(SourceName),
    source_id=st.just("x-1"),
    retrieved_at=st.just(datetime(2026, 6, 1, 8, 15, tzinfo=UTC)),
)
ids = st.just("")
links = st.lists(st.sampled_from(IDS + NEW_IDS), unique=True, max_size=4).map(tuple)

passages = st.builds(Passage, id=ids, heading=st.sampled_from(Heading), text=texts)
problems = st.builds(
    Problem,
    id=ids,
    concept=codings,
    status=st.sampled_from(ProblemStatus),
    onset=st.none() | days,
    note=maybe_texts,
    origin=origins,
)
goals = st.builds(
    Goal,
    id=ids,
    description=texts,
    expressed_by=st.sampled_from(ExpressedBy),
    status=st.sampled_from(GoalStatus),
    achievement=st.none() | st.sampled_from(Achievement),
    target=st.none()
    | st.builds(Target, measure=texts, value=texts, unit=maybe_texts, due=st.none() | days),
    priority=st.none() | st.integers(1, 3),
    problem_ids=links,
)
actions = st.builds(
    Action,
    id=ids,
    title=texts,
    category=st.sampled_from(ActionCategory),
    performed_by=st.sampled_from(ActionFor),
    status=st.sampled_from(ActionStatus),
    description=maybe_texts,
    timing=maybe_texts,
    due=st.none() | days,
    owner=maybe_texts,
    problem_ids=links,
    goal_ids=links,
)
ends = st.sampled_from([(None, 50.0), (0.0, 50.0), (50.0, 80.5), (80.5, None)])
bases = st.sampled_from([(ThresholdBasis.FIXED, None), (ThresholdBasis.PERCENT_OF_BASELINE, 400.0)])
thresholds = st.tuples(codings, ends, bases, st.none() | numbers, st.booleans()).map(
    lambda drawn: Threshold(
        observable=drawn[0],
        unit="L/min",
        low=drawn[1][0],
        high=drawn[1][1],
        basis=drawn[2][0],
        baseline=drawn[2][1],
        for_hours=drawn[3],
        is_example=drawn[4],
    )
)
zones = st.builds(
    Zone,
    level=st.just(ZoneLevel.GREEN),
    condition=texts,
    what_to_do=texts,
    warning_signs=st.lists(texts, max_size=3).map(tuple),
    thresholds=st.lists(thresholds, max_size=2).map(tuple),
    contact=maybe_texts,
    when_to_call=maybe_texts,
)
measurements = st.builds(
    Monitoring,
    id=ids,
    observable=codings,
    unit=st.sampled_from(["kg", "L/min"]),
    timing=maybe_texts,
    every_hours=st.none() | numbers,
    note=maybe_texts,
)
medicines = st.builds(
    MedicineInstruction,
    id=ids,
    medicine=codings,
    instruction=texts,
    dose=st.none() | st.sampled_from(["5 mg", "10 mg"]),
    origin=origins,
)
contact_points = st.builds(
    ContactPoint,
    id=ids,
    label=texts,
    phone=st.sampled_from(["113", "116117"]),
    hours=maybe_texts,
    zone=st.none() | st.sampled_from(ZoneLevel),
    origin=origins,
)
reading_hours = st.builds(
    ReadingHours,
    weekdays=st.lists(st.sampled_from(Weekday), unique=True, min_size=1).map(tuple),
    opens=st.just(time(8)),
    closes=st.sampled_from([time(15, 30), time(0)]),
)
receivers = st.none() | st.builds(
    Receiver,
    name=texts,
    organisation_number=st.just("974795515"),
    phone=maybe_texts,
    hours=st.lists(reading_hours, max_size=2).map(tuple),
    escalate_to=maybe_texts,
    escalate_phone=maybe_texts,
    escalate_after_minutes=st.sampled_from([30, 60]),
)
interpreters = st.none() | st.builds(
    Interpreter, language=st.sampled_from(["ar", "so"]), note=maybe_texts
)
templates = st.none() | st.builds(
    TemplateUse,
    template_id=st.sampled_from(["t1", "t2"]),
    template_version=st.integers(1, 2),
    confirmed_lines=st.lists(
        st.sampled_from([*IDS, *NEW_IDS, "GREEN", "RED"]), unique=True, max_size=4
    ).map(tuple),
)

_ITEMS: dict[str, st.SearchStrategy[Any]] = {
    "passages": passages,
    "problems": problems,
    "goals": goals,
    "actions": actions,
    "zones": zones,
    "measurements": measurements,
    "medicines": medicines,
    "contacts": contact_points,
}
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": texts,
    "description": maybe_texts,
    "what_matters_to_me": maybe_texts,
    "period_start": st.none() | days,
    "period_end": st.none() | days,
    "interpreter": interpreters,
    "template": templates,
    "emergency_text": maybe_texts,
    "receiver": receivers,
}
assert _ITEMS.keys() == LISTS


class Three(NamedTuple):
    """A content, and what two sides made of it at the same time."""

    base: PlanContent
    ours: PlanContent
    theirs: PlanContent


@st.composite
def contents(draw: st.DrawFn) -> PlanContent:
    """Draw a content with a few lines in each list."""
    free = draw(st.permutations(IDS))
    fields: dict[str, Any] = {name: draw(values) for name, values in _VALUES.items()}
    for name in _ITEMS:
        fields[name] = _added(draw, name, (), free, draw(st.integers(0, 2)))
    return _content(fields, has_self_care=draw(st.booleans()))


@st.composite
def revisions(draw: st.DrawFn, of: PlanContent) -> PlanContent:
    """Draw what somebody could make of a content: a few lines, most are left alone."""
    free = draw(st.permutations(NEW_IDS))
    fields = _fields(of)
    for name in draw(st.sets(st.sampled_from(sorted(_VALUES)), max_size=2)):
        fields[name] = draw(_VALUES[name])
    for name in draw(st.sets(st.sampled_from(sorted(_ITEMS)), max_size=3)):
        fields[name] = _revised(draw, name, fields[name], free)
    return _content(fields, has_self_care=of.self_care is not None)


@st.composite
def triples(draw: st.DrawFn) -> Three:
    """Draw a content and two revisions of it."""
    base = draw(contents())
    return Three(base, draw(revisions(base)), draw(revisions(base)))


def _revised(draw: st.DrawFn, name: str, items: Sequence[Any], free: list[str]) -> tuple[Any, ...]:
    acts = st.sampled_from(["leave", "edit", "edit", "remove"])
    made = []
    for item in items:
        act = draw(acts)
        if act != "remove":
            made.append(_edited(draw, name, item) if act == "edit" else item)
    made = draw(st.permutations(made)) if draw(st.booleans()) else made
    return _added(draw, name, made, free, draw(st.integers(0, 1)))


def _edited(draw: st.DrawFn, name: str, item: Any) -> Any:
    other = draw(_ITEMS[name])
    fields = [field for field in item.__struct_fields__ if field not in ("id", "level")]
    chosen = draw(st.sets(st.sampled_from(fields), min_size=1, max_size=2))
    return structs.replace(item, **{field: getattr(other, field) for field in chosen})


def _added(
    draw: st.DrawFn, name: str, items: Sequence[Any], free: list[str], count: int
) -> tuple[Any, ...]:
    names: list[Any] = free
    if name == "zones":
        names = [level for level in ZoneLevel if level not in {zone.level for zone in items}]
    key = "level" if name == "zones" else "id"
    made = [structs.replace(draw(_ITEMS[name]), **{key: names.pop()}) for _ in names[:count]]
    return (*items, *made)


def _fields(content: PlanContent) -> dict[str, Any]:
    held = structs.asdict(content)
    return held | structs.asdict(held.pop("self_care") or SelfCare())


def _content(fields: dict[str, Any], has_self_care: bool) -> PlanContent:
    start, end = fields["period_start"], fields["period_end"]
    if start and end and start > end:
        fields |= {"period_start": end, "period_end": start}
    care = {name: fields.pop(name) for name in SelfCare.__struct_fields__}
    self_care = SelfCare(**care) if has_self_care or any(care.values()) else None
    return _without_dangling(PlanContent(**fields, self_care=self_care))


def _without_dangling(content: PlanContent) -> PlanContent:
    known = {"problem_ids": content.problems, "goal_ids": content.goals}
    ids = {field: {line.id for line in known[field]} for field in LINKS}
    goals = tuple(_linked(goal, ids) for goal in content.goals)
    actions = tuple(_linked(action, ids) for action in content.actions)
    return structs.replace(content, goals=goals, actions=actions)


def _linked(line: Any, ids: dict[str, set[str]]) -> Any:
    kept = {
        field: tuple(id for id in getattr(line, field) if id in ids[field])
        for field in LINKS
        if hasattr(line, field)
    }
    return structs.replace(line, **kept)
