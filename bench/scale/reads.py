"""The reads that are compared, each through the store's own method, as the gateway makes it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import uuid4

import asyncpg

from bench.scale.one import IMPORTED_AT, NOW, REGION, SHAPES, One, Reserved
from domain import ids
from domain.access.log_line import LogReader
from domain.access.viewer import Viewer, ViewerRole
from domain.content.observable import Observable
from domain.cooperation.worklist import WorklistFilter, WorklistPosition
from domain.following.asking import ReportsAsked, ValuesAsked
from domain.identity_number import IdentityNumber, IdentityNumberKind
from domain.plan.approval import AgreementState
from domain.source.section import SectionName
from domain.written import Written
from resolvers.context import Context
from resolvers.writing import agreement
from store import Store

PAGE = 50
# Among a thousand, fifty look-ups lie on a few pages together; elsewhere each has all of its own.
_MANY = 4 * PAGE
# Each entry may be looked up in another page of the visibility map, and a large table has some.
_PAGED = 3 + PAGE
# A write makes a patient's four entries anew: they, and the dead ones, have pages of their own.
_RENEWED = 3 + 2 * 4
_EVERYTHING = WorklistFilter()
_ALL_LINES = LogReader(sees_citizens=True, sees_personnel=True)


@dataclass(frozen=True)
class Places:
    """Positions in the region's worklist, each with a whole page behind it."""

    middle: WorklistPosition
    tied: WorklistPosition
    last: WorklistPosition


@dataclass(frozen=True)
class Subject:
    """Whom a read is about: a patient, 49 others, and places in the worklist."""

    one: One
    others: tuple[One, ...]
    places: Places

    @property
    def patient(self) -> str:
        """The patient's public id."""
        return f"{ids.PATIENT}{self.one.key}"

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The patient's parts, as they are asked for."""
        return [(self.patient, f"{ids.PART}{key}") for _, key, _ in self.one.parts]

    @property
    def draft(self) -> str:
        """A draft of the patient's."""
        return f"{ids.DRAFT}{self.one.draft(0, 0)}"


class Read(NamedTuple):
    """A read, and by how many pages a node may grow that makes many look-ups of it at once."""

    make: Callable[[Store, Subject], Awaitable[Any]]
    may_grow: int = 0


def _page(store: Store, after: WorklistPosition | None) -> Awaitable[Any]:
    return store.worklist.page(REGION, _EVERYTHING, after, PAGE, NOW)


def _a_month(patient_id: str) -> ValuesAsked:
    return ValuesAsked(
        patient_id=patient_id,
        observable=Observable.PEAK_FLOW,
        since=NOW - timedelta(days=30),
        until=NOW,
        size=100,
    )


async def _agree(store: Store, subject: Subject) -> Written:
    """Make a whole write, with all that it looks up and renews; it can be made again and again."""
    number = IdentityNumber(value=subject.one.parent_number, kind=IdentityNumberKind.NATIONAL)
    parent = Viewer(
        subject=f"citizen-{number.value}",
        role=ViewerRole.CITIZEN,
        expires_at=NOW,
        identity_number=number,
    )
    nobody: Any = None  # writing asks no source
    ctx = Context(
        viewer=parent,
        now=NOW,
        store=store,
        connectors=nobody,
        event_id=str(uuid4()),
        log=nobody,  # the write leaves its own entry
    )
    word = agreement.GiveAgreement(
        idempotency_key=str(uuid4()),
        part_id=subject.parts[0][1],
        content_version=subject.one.shape.parts[0].versions,
        state=AgreementState.AGREES,
    )
    answer = await agreement.GIVE(ctx, word)
    if not isinstance(answer, Written):
        raise TypeError(f"The write was answered with {answer.code}.")
    return answer


READS: dict[str, Read] = {
    "record by id": Read(lambda store, s: store.patient.by_ids([s.patient])),
    "50 records by id": Read(
        lambda store, s: store.patient.by_ids(
            [s.patient, *(f"{ids.PATIENT}{other.key}" for other in s.others)]
        ),
        may_grow=_MANY,
    ),
    "record by identity number": Read(
        lambda store, s: store.patient.by_identity_number(s.one.number)
    ),
    "records of a parent": Read(lambda store, s: store.patient.by_person(s.one.parent_number)),
    "record by plan": Read(
        lambda store, s: store.patient.by_plan_id(f"{ids.PLAN}{s.one.id('plan')}")
    ),
    "record by part": Read(lambda store, s: store.patient.by_part_id(s.parts[0][1])),
    "comments": Read(lambda store, s: store.comment.by_parts(s.parts)),
    "comparisons": Read(lambda store, s: store.comparison.by_parts(s.parts)),
    "what is due with a source": Read(
        lambda store, _: store.comparison.due(SectionName.MEDICATIONS, NOW, PAGE)
    ),
    "suggestions": Read(lambda store, s: store.suggestion.by_parts(s.parts)),
    "open drafts": Read(lambda store, s: store.draft.by_parts(s.parts)),
    "draft by id": Read(lambda store, s: store.draft.by_id(s.patient, s.draft)),
    "record by draft": Read(lambda store, s: store.patient.by_draft_id(s.draft)),
    "versions of a part": Read(lambda store, s: store.version.of_part(*s.parts[0])),
    "versions of a draft": Read(lambda store, s: store.version.of_draft(s.patient, s.draft)),
    "reports": Read(
        lambda store, s: store.report.pages([ReportsAsked(patient_id=s.patient, size=20)])
    ),
    "values of an observable": Read(
        lambda store, s: store.measurement.by_questions([_a_month(s.patient)])
    ),
    "worklist, first page": Read(lambda store, _: _page(store, None), _PAGED),
    "worklist, middle": Read(lambda store, s: _page(store, s.places.middle), _PAGED),
    "worklist, many of one time": Read(lambda store, s: _page(store, s.places.tied), _PAGED),
    "worklist, last page": Read(lambda store, s: _page(store, s.places.last), _PAGED),
    "lines of the log": Read(lambda store, s: store.log.page(s.patient, _ALL_LINES, None, PAGE)),
    "reports that are due": Read(lambda store, _: store.report.due(NOW + timedelta(days=1), 20)),
    "a write": Read(_agree, _RENEWED),
}


async def subjects(url: str, patients: int, count: int) -> list[Subject]:
    """Return whom to read about: children with a draft, the twins of the same ones in any store."""
    if patients < SHAPES or patients % SHAPES:
        raise ValueError("A store has thousands of patients.")
    with_all = [n for n in range(SHAPES) if _has_all(One(n))]
    places = await _places(url)
    found = []
    for ordinal in with_all[:count]:
        random = Random(ordinal)
        alike = random.sample([n for n in with_all if n != ordinal], PAGE - 1)
        others = tuple(_twin(other, patients, random) for other in alike)
        found.append(Subject(_twin(ordinal, patients, random), others, places))
    return found


def _has_all(one: One) -> bool:
    part, may_be_written = one.shape.parts[0], one.shape.reservation is not Reserved.STANDS
    is_followed = part.drafts > 0 and part.lifecycle == "ACTIVE"
    return one.shape.is_child and is_followed and may_be_written


def _twin(ordinal: int, patients: int, random: Random) -> One:
    return One(ordinal + SHAPES * int(random.random() * (patients // SHAPES)))


async def _places(url: str) -> Places:
    connection = await asyncpg.connect(re.sub(r"^postgresql\+asyncpg", "postgresql", url))
    try:
        count = await connection.fetchval(_COUNT, REGION)
        tied = await connection.fetchval(_COUNT_UNTIL, REGION, IMPORTED_AT)
        return Places(
            middle=await _place(connection, count // 2),
            tied=await _place(connection, tied - PAGE - 1),
            last=await _place(connection, count - PAGE - 1),
        )
    finally:
        await connection.close()


async def _place(connection: asyncpg.Connection, offset: int) -> WorklistPosition:
    row = await connection.fetchrow(_AT, REGION, offset)
    return WorklistPosition(changed_at=row[0], patient_id=f"{ids.PATIENT}{row[1]}")


_COUNT = "SELECT count(*) FROM worklist_entry WHERE organisation = $1"
_COUNT_UNTIL = f"{_COUNT} AND changed_at >= $2"
_AT = """
    SELECT changed_at, patient_id FROM worklist_entry WHERE organisation = $1
     ORDER BY changed_at DESC, patient_id OFFSET $2 LIMIT 1
"""
