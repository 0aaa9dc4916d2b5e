"""Every case that the policy is held to: who asks, on which day, under which locks and rules."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

from tests.policy.case import Case, Note, Span
from tests.policy.people import (
    AT_WORK,
    ELSEWHERE,
    EVERYBODY,
    FORMER,
    INGRID,
    KARI,
    LONG_AGO,
    NUMBER,
    OLA,
    ON_THE_PATIENT_S_SIDE,
    OPEN,
    OVER,
    PER,
    SERVICE,
    VEILEDER,
    WARD,
    Person,
)
from tests.policy.place import NORWAY
from tests.policy.table import RIGHTS

# A child of the leap day, one whose birthday is the night the clocks go back, and one in summer.
LEAP_DAY = date(2012, 2, 29)
BORN = (LEAP_DAY, date(2011, 10, 29), date(2014, 7, 1))
YEARS = (12, 13, 16, 18)


def _birthday(born: date, years: int) -> datetime:
    """Return the first moment of a birthday in Norway; of 29 February it may be 1 March."""
    day = date(born.year + years, born.month, 28) if born.day == 29 else born
    while (day.month, day.day) < (born.month, born.day):
        day += timedelta(days=1)
    return datetime(born.year + years, day.month, day.day, tzinfo=NORWAY).astimezone(UTC)


def _days(born: date) -> Iterator[tuple[date, datetime]]:
    for years in YEARS:
        turns = _birthday(born, years)
        yield born, turns - timedelta(seconds=1)
        yield born, turns
        if born is LEAP_DAY:  # told in Norway's time too: this is still yesterday in UTC
            yield born, (turns + timedelta(minutes=30)).astimezone(NORWAY)


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHILD, YOUTH = (date(2018, 5, 5), NOW), (date(2012, 5, 5), NOW)
SEVENTEEN, GROWN = (date(2009, 5, 5), NOW), (date(1961, 5, 5), NOW)
DAYS = (*(day for born in BORN for day in _days(born)), CHILD, YOUTH, SEVENTEEN, GROWN)
FEW_DAYS = (CHILD, GROWN)


def _note(kind: str, *about: str, span: Span = OPEN, **of: Any) -> Note:
    return Note(kind, span, about=frozenset(about), **of)


_SINCE_LATE = Span(datetime(2026, 11, 1, tzinfo=UTC))
_MINE: Mapping[str, Any] = {"hpr": INGRID, "unit": WARD}
_BLOCKS = (
    (),
    (_note("BLOCK", hpr=INGRID),),
    (_note("BLOCK", hpr=VEILEDER),),
    (_note("BLOCK", hpr=PER),),
    (_note("BLOCK"), _note("BLOCK", hpr=INGRID, span=OVER)),
)
_RESTRICTIONS = (
    (),
    (_note("RESTRICTION"),),
    (_note("RESTRICTION", "READ_PLAN", "READ_CRITICAL_INFO", "READ_DRAFTS", "READ_MEDICINES"),),
    (_note("RESTRICTION", span=OVER), _note("RESTRICTION", "READ_ZONES", span=_SINCE_LATE)),
)
_OPENED = (
    (),
    (_note("OPENED", **_MINE),),
    (_note("OPENED", "READ_PLAN", **_MINE),),
    (_note("OPENED", hpr=INGRID, unit=ELSEWHERE), _note("EMERGENCY", hpr=PER, unit=WARD)),
    (_note("OPENED", hpr=INGRID), _note("EMERGENCY", hpr=INGRID), _note("EMERGENCY", unit=WARD)),
    (_note("EMERGENCY", **_MINE),),
    (_note("EMERGENCY", span=OVER, **_MINE),),
)
# What is opened matters where something is restricted; an emergency, everywhere.
_ANYWHERE = (_OPENED[0], *_OPENED[4:6])
LOCKS: Sequence[Mapping[str, Any]] = [
    {"is_reserved": reserved, "has_consent": consent, "notes": block + restriction + opened}
    for (reserved, consent), block, restriction, opened in product(
        ((False, None), (True, True), (False, False)), _BLOCKS, _RESTRICTIONS, _OPENED
    )
    if restriction in _RESTRICTIONS[1:] or opened in _ANYWHERE
]
FEW_LOCKS: Sequence[Mapping[str, Any]] = (
    {},
    {"is_reserved": True, "has_consent": True},
    {"has_consent": False, "notes": (_note("RESTRICTION"), _note("BLOCK", hpr=INGRID))},
    {"is_protected": True},
    {"notes": (_note("EMERGENCY", **_MINE),)},
)

_KEPT = ("READ_ZONES", "READ_MEDICINES", "AGREE", "COMMENT")
_OWN = _note("OWN_ACCESS")
RULES: Sequence[tuple[Note, ...]] = (
    (),
    (_OWN,),
    (_note("OWN_ACCESS", span=OVER),),
    (_OWN, _note("SUITABLE_FOR_YOUTH", *RIGHTS)),
    (
        _OWN,
        _note("SUITABLE_FOR_YOUTH", "READ_PLAN", "READ_MEDICINES"),
        _note("SUITABLE_FOR_YOUTH", "READ_MEDICINES", span=_SINCE_LATE),
    ),
    (_note("WITHOUT_CAPACITY"), _OWN),
    (_note("WITHOUT_CAPACITY"), _note("OWN_ACCESS_REFUSED", "READ_DOCUMENTS")),
    (_note("OWN_ACCESS_REFUSED", "READ_DOCUMENTS", part="prt_1"), _OWN),
    (_note("OWN_ACCESS_REFUSED", "READ_DOCUMENTS", span=OVER),),
    (_note("HIDDEN_FROM_PARENTS", "READ_APPOINTMENTS", part="prt_2", line="lin_1"),),
    (_note("HIDDEN_FROM_PARENTS", part="prt_1", person=KARI), _note("KEPT_BY_PARENTS", *_KEPT)),
    (_note("HIDDEN_FROM_PARENTS", part="prt_1", person=OLA), _note("KEPT_BY_PARENTS")),
    (_note("KEPT_BY_PARENTS", *RIGHTS, person=KARI),),
    (_note("KEPT_BY_PARENTS", *_KEPT, person=OLA),),
    (_note("KEPT_BY_PARENTS", *_KEPT), _note("KEPT_BY_PARENTS", "REPORT", person=KARI)),
    (
        _note("KEPT_BY_PARENTS", "READ_ZONES", person=KARI),
        _note("KEPT_BY_PARENTS", *_KEPT, span=_SINCE_LATE),
    ),
    (_note("KEPT_BY_PARENTS", *_KEPT), _note("KEPT_BY_PARENTS", span=_SINCE_LATE)),
    (_note("KEPT_BY_PARENTS", *_KEPT, span=OVER),),
    (_note("CARE_TAKEN_OVER", unit=SERVICE), _note("KEPT_BY_PARENTS", *RIGHTS, span=_SINCE_LATE)),
    (
        _note("CARE_TAKEN_OVER", unit=SERVICE),
        _note("KEPT_BY_PARENTS", "READ_LOG", span=_SINCE_LATE),
    ),
    (_note("CARE_TAKEN_OVER", unit=SERVICE, span=_SINCE_LATE), _note("KEPT_BY_PARENTS", *_KEPT)),
    (_note("CARE_TAKEN_OVER"),),
    (_note("OWN_ACCESS_REFUSED", "READ_PLAN"), _note("KEPT_BY_PARENTS", *RIGHTS)),
    (
        _note("OWN_ACCESS_REFUSED", "READ_PLAN"),
        _note("CARE_TAKEN_OVER", unit=SERVICE),
        _note("KEPT_BY_PARENTS", *RIGHTS, span=_SINCE_LATE),
    ),
    (_note("CARE_TAKEN_OVER", unit=SERVICE, span=OVER), _OWN),
    (_note("HIDDEN_FROM_PARENTS", part="prt_1", line="lin_1"),),
)
# Of NOW: a few days ago; so long ago that personnel read for a day more, and to the day no more.
DIED = (date(2026, 11, 20), date(2025, 11, 23), date(2025, 11, 22), date(2025, 11, 1))
CHOICES: Sequence[Mapping[str, Any]] = (
    {},
    {
        "address_rule": "ONLY_THAT",
        "own_access_from": 15,
        "kept_by_default": frozenset(),
        "read_after_death": 30,
    },
)


def case(person: Person, day: tuple[date, datetime], **more: Any) -> Case:
    """Return a case; a decision at 16 is made on the day unless a rule says when."""
    born, now = day
    known = {"numbers": (NUMBER, FORMER), "ties": person.ties, "asker": person.asker}
    return Case(now=now, born=born, **known | more)


def _low(person: Person) -> Person:
    return replace(person, asker=replace(person.asker, level=3))


def locks_at_work() -> Iterator[Case]:
    """Yield whoever is at work, or has a share, under every set of locks."""
    by_share = ("a teacher", "a foster parent", "the patient", "a parent", "a proxy")
    people = [*AT_WORK.values(), *(EVERYBODY[name] for name in by_share)]
    for person, lock in product(people, LOCKS):
        yield case(person, GROWN, **lock)
    for person, lock, day in product(people, LOCKS[::7], FEW_DAYS):
        yield case(_low(person), day, **lock)


def rules_on_days() -> Iterator[Case]:
    """Yield the patient's side on every day that changes something, under every rule."""
    for person, day, rules in product(ON_THE_PATIENT_S_SIDE.values(), DAYS, RULES):
        yield case(person, day, notes=rules)
    for person, day, rules in product(ON_THE_PATIENT_S_SIDE.values(), DAYS[1::2], RULES[::2]):
        decided = [_decided_on(note, day) for note in rules]
        yield case(person, day, notes=tuple(decided), **CHOICES[1])


def _decided_on(note: Note, day: tuple[date, datetime]) -> Note:
    """Return a decision made on the very birthday, for it then to count."""
    if note.kind != "KEPT_BY_PARENTS" or note.span is not OPEN:
        return note
    since = max(LONG_AGO, _birthday(day[0], 16)) if day[1] >= _birthday(day[0], 16) else LONG_AGO
    return replace(note, span=Span(since))


def rules_and_locks() -> Iterator[Case]:
    """Yield everybody under each rule and each of a few locks, also below level 4."""
    of_ages = product(ON_THE_PATIENT_S_SIDE.values(), (CHILD, YOUTH, SEVENTEEN, GROWN))
    of_any_age = product(AT_WORK.values(), (GROWN,))
    heard = product([EVERYBODY[name] for name in ("a nurse", "a student")], DAYS)
    everybody = (*of_ages, *of_any_age, *heard)
    for (person, day), rules, lock in product(everybody, RULES, FEW_LOCKS):
        decided = [_decided_on(note, day) for note in rules]
        more = {**lock, "notes": (*lock.get("notes", ()), *decided)}
        yield case(person, day, **more)
        if not rules:
            yield case(_low(person), day, **more)


def after_death() -> Iterator[Case]:
    """Yield everybody before one who has died, under some rules and each of a few locks."""
    days = (CHILD, YOUTH, GROWN)
    for person, day, died, lock in product(EVERYBODY.values(), days, DIED, FEW_LOCKS):
        yield case(person, day, died=died, **lock)
    rules = product(ON_THE_PATIENT_S_SIDE.values(), days, RULES)
    for (person, day, known), choice in product(rules, CHOICES):
        yield case(person, day, died=DIED[0], notes=known, **choice)


def drawn(number: int, seed: int = 20261122) -> Iterator[Case]:
    """Yield cases of everything at once, drawn from a seed."""
    draw = random.Random(seed)  # a repeatable sample, no secret
    people = list(EVERYBODY.values())
    for _ in range(number):
        person, day = draw.choice(people), draw.choice(DAYS)
        lock, choice = draw.choice(LOCKS), draw.choice(CHOICES)
        rules = (*draw.choice(RULES), *draw.choice(RULES))
        notes = tuple(_decided_on(note, day) for note in (*lock["notes"], *rules))
        person = _low(person) if draw.random() < 0.3 else person
        died = draw.choice(DIED) if draw.random() < 0.2 else None
        yield case(person, day, **{**lock, **choice, "notes": notes, "died": died})
