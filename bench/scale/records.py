"""The rows of one patient, one small function a table.

Columns that are not named in `tables` keep their defaults.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from bench.scale.one import NOW, One, Reserved
from domain.outdated.source_line import SOURCE_OF

Record = tuple[Any, ...]
STORIES = Path(__file__).resolve().parents[2] / "local" / "stories"
AUTHOR = '{"name":"Ingrid Haugen","role":"Sykepleier","organisation":"Barneavdelingen"}'
_LONG_AGO = NOW - timedelta(days=900)
_GIVEN = '{"at":"2024-06-01T12:00:00Z","by":"Forelder Syntetisk","giver":"PARENT"}'
_REVIEW = date(2027, 3, 1)
_APPROVED = '{"state":"APPROVED","by":"Omar Rashid"}'
_REQUESTED = '{"state":"REQUESTED","by":"Ingrid Haugen"}'
_NOT_APPROVED = '{"state":"NONE"}'


@cache
def _contents() -> list[str]:
    """Return what plans say: the documents of the stories, as they are written there."""
    told = (msgspec.json.decode(path.read_bytes(), type=_Story) for path in _stories())
    return [msgspec.json.format(bytes(story.content), indent=-1).decode() for story in told]


def _stories() -> list[Path]:
    return sorted(STORIES.glob("*.json"))


class _Story(msgspec.Struct):
    content: msgspec.Raw


def patients(one: One) -> Iterator[Record]:
    """Make the patient, a child or not."""
    born = date(2016, 3, 1) if one.shape.is_child else date(1961, 3, 1)
    yield one.key, f"Navn{one.ordinal}", "Syntetisk", born, "FEMALE", one.shape.events


def identity_numbers(one: One) -> Iterator[Record]:
    """Make the number that stands, and for some a temporary one before it."""
    yield one.key, one.number, "NATIONAL", None
    if one.shape.had_number:
        yield one.key, f"7{one.ordinal:010}", "TEMPORARY", date(2020, 1, 1)


def representations(one: One) -> Iterator[Record]:
    """Make a child's two parents."""
    if one.shape.is_child:
        for order, number in enumerate((one.parent_number, f"6{one.ordinal:010}")):
            yield (
                one.key,
                one.id("parent", order),
                "PARENT",
                number,
                "Forelder Syntetisk",
                "Folkeregisteret: foreldreansvar",
                _LONG_AGO,
            )


def care_team_members(one: One) -> Iterator[Record]:
    """Make a member in each organisation that takes part."""
    for order, organisation in enumerate(one.organisations):
        name, place = "Ingrid Haugen", "Enhet for oppfølging"
        yield one.key, one.id("member", order), name, "SP", [], place, organisation, _LONG_AGO


def handovers(one: One) -> Iterator[Record]:
    """Make handovers that were accepted."""
    region, ward, _ = one.organisations
    for order in range(one.shape.handovers):
        yield (
            *(one.key, one.id("handover", order), 2, "ACCEPTED", [], ward, region, "Utskriving"),
            *("[]", AUTHOR, _LONG_AGO, _LONG_AGO + timedelta(days=2), []),
        )


def consents(one: One) -> Iterator[Record]:
    """Make the consent to have a plan."""
    yield one.key, one.id("consent"), "HAVE_PLAN", 1, _GIVEN


def reservations(one: One) -> Iterator[Record]:
    """Make a reservation that has ended, or stands."""
    if one.shape.reservation is Reserved.NEVER:
        return
    erase_after, ended_at = _LONG_AGO + timedelta(days=30), _LONG_AGO + timedelta(days=3)
    ended = (_GIVEN, ended_at) if one.shape.reservation is Reserved.ENDED else (None, None)
    yield one.key, one.id("reservation"), 2, _GIVEN, erase_after, *ended


def plans(one: One) -> Iterator[Record]:
    """Make the plan."""
    yield one.key, one.id("plan")


def plan_parts(one: One) -> Iterator[Record]:
    """Make the heads of its parts."""
    for _, key, part in one.parts:
        yield (
            *(one.key, key, one.id("plan"), part.kind, part.lifecycle, part.versions + 1),
            *(part.versions, AUTHOR, _REVIEW, one.changed_at, AUTHOR),
        )


def comparisons(one: One) -> Iterator[Record]:
    """Give three a part in use, none of them due, with as many lines as a list may have."""
    line = f'{{"line":"{"a" * 64}","says":"{"b" * 64}","isCurrent":true}}'
    lines = f"[{','.join([line] * 12)}]"
    for _, key, part in one.parts:
        for section in () if part.lifecycle == "COMPLETED" else SOURCE_OF:
            yield (
                *(one.key, key, section.name, _LONG_AGO, None, 0, [], False, False, lines),
                *([], "[]", 0, _LONG_AGO, _LONG_AGO, "key"),
            )


def plan_versions(one: One) -> Iterator[Record]:
    """Make what each version of a part says."""
    for order, key, part in one.parts:
        for number in range(1, part.versions + 1):
            is_newest = number == part.versions
            approval = _REQUESTED if is_newest and part.is_requested else _APPROVED
            yield (
                *(one.key, key, number, number + 1, _content(one, order, number)),
                *("Skrevet sammen med pasienten", AUTHOR, _LONG_AGO, approval),
            )


def drafts(one: One) -> Iterator[Record]:
    """Make the open drafts of each part."""
    for order, key, part in one.parts:
        for nth in range(part.drafts):
            draft = one.draft(order, nth)
            yield (
                *(one.key, draft, key, "OPEN", 1, 1, part.versions, AUTHOR, _REVIEW),
                *(one.changed_at, one.changed_at, AUTHOR),
            )


def draft_versions(one: One) -> Iterator[Record]:
    """Make what each draft says."""
    for order, _, part in one.parts:
        for nth in range(part.drafts):
            yield (
                *(one.key, one.draft(order, nth), 1, 1, _content(one, order, 0), "Utkast"),
                *(AUTHOR, one.changed_at, _NOT_APPROVED),
            )


def agreements(one: One) -> Iterator[Record]:
    """Make the agreements to each part."""
    for order, key, part in one.parts:
        for nth in range(part.agreements):
            agreement = one.id("agreement", order, nth)
            yield one.key, agreement, key, "Kari", "Forelder", "AGREES", part.versions, _LONG_AGO


def comments(one: One) -> Iterator[Record]:
    """Make the comments on each part; the first one is answered."""
    for order, key, part in one.parts:
        for nth in range(part.comments):
            yield (
                *(one.key, one.id("comment", order, nth), key, "Skal vi ta dette på neste møte?"),
                *(AUTHOR, "EVERYONE", "OPEN" if nth else "ANSWERED", 1),
                NOW - timedelta(days=nth + 1),
            )


def suggestions(one: One) -> Iterator[Record]:
    """Make the open suggestions to each part."""
    for order, key, part in one.parts:
        for nth in range(part.suggestions):
            yield (
                *(one.key, one.id("suggestion", order, nth), key, "ADD", "GOALS", "Sove godt"),
                *("Det er viktig for meg", part.versions, AUTHOR, _LONG_AGO, "OPEN", 1),
            )


def shares(one: One) -> Iterator[Record]:
    """Make the shares of whole parts."""
    for order, key, part in one.parts:
        for nth in range(part.shares):
            yield (
                *(one.key, one.id("share", order, nth), key, "Nordlys Hjemmemåling AS"),
                *("ORGANISATION", "HEALTH", ["WHOLE_PART"], "999000900", "Pasienten", _LONG_AGO, 1),
            )


def reports(one: One) -> Iterator[Record]:
    """Make a report a day; of some nobody has seen the newest."""
    for nth in range(one.measurements):
        at = NOW - timedelta(days=nth)
        waits = one.has_unseen_report and nth == 0
        yield (
            *(one.key, one.id("report", nth), "SELF", "Pasienten", "test", at, at, at, "[]"),
            *(("YELLOW", "YELLOW", at + timedelta(hours=2)) if waits else (None, None, None)),
        )


def measurements(one: One) -> Iterator[Record]:
    """Make the value of each report."""
    for nth in range(one.measurements):
        at, value = NOW - timedelta(days=nth), 200.0 + nth % 150
        yield (
            *(one.key, "PEAK_FLOW", at, one.id("measurement", nth), one.id("report", nth)),
            *(value, "L/min", True, "SELF"),
        )


def events(one: One) -> Iterator[Record]:
    """Make what happened, numbered."""
    subject = f"prt_{one.part(0)}"
    for number in range(1, one.shape.events + 1):
        yield one.key, number, one.id("event", number), "PART_REVISED", subject, number, _LONG_AGO


def audit_entries(one: One) -> Iterator[Record]:
    """Make a line of the log for each event."""
    subject = f"prt_{one.part(0)}"
    for number in range(1, one.shape.events + 1):
        yield (
            *(one.key, one.id("event", number), _LONG_AGO, "ACTIVATE", subject, AUTHOR),
            *("CLINICIAN", "CARE_TEAM", f"{one.ordinal}-{number}"),
        )


def receipts(one: One) -> Iterator[Record]:
    """Make the receipt of the write behind each event."""
    subject = f"prt_{one.part(0)}"
    for number in range(1, one.shape.events + 1):
        yield (
            *(f"clinician-{one.ordinal % 500}", str(one.id("key", number)), one.key),
            *("ACTIVATE", one.id("input", number).bytes * 2, subject, number, _LONG_AGO),
        )


def worklist_entries(one: One) -> Iterator[Record]:
    """Make the lines on the worklists of all who take part, as a renewal would."""
    used = [part for part in one.shape.parts if part.lifecycle != "COMPLETED"]
    kinds = sorted(part.kind for part in used)
    is_requested = any(part.is_requested for part in used)
    waiting = sum(max(part.comments - 1, 0) for part in one.shape.parts)
    suggested = sum(part.suggestions for part in one.shape.parts)
    is_listed = one.shape.reservation is not Reserved.STANDS
    for organisation in one.organisations if is_listed else ():
        yield (
            *(organisation, one.key, one.changed_at, kinds, is_requested, waiting, suggested),
            *(_REVIEW if used else None, 0, int(one.has_unseen_report), 0),
        )


def _content(one: One, part: int, version: int) -> str:
    told = _contents()
    return told[(one.ordinal % 1000 + part * 7 + version) % len(told)]
