"""Seals the log of use, empties lines whose time is over, and tells whether the seals hold.

A line that is committed waits in a table until it is sealed, so none is passed over, however late
its transaction ends; no reading waits for a seal, and no seal for a writer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Text,
    any_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    null,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ids
from domain.access.audit import AuditEntry
from domain.access.seal import Break, Mismatch, Seal, SealedLine, breaks, sealed
from store.listing import noun_json
from store.saving import values_of
from store.session import Sessions
from store.tables import AuditEntryRow, SealRow, UnsealedLineRow

MOST_LINES = 5_000
MOST_SEALS = 100
_LOCK = 5_408_731  # any number that nothing else locks
_decode = msgspec.json.Decoder(AuditEntry).decode


class Sealing:
    """Makes seals, one at a time among all workers."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def seal(self, now: datetime) -> Seal | None:
        """Seal what waits, at most MOST_LINES; None when nothing does, or another is at it."""
        async with self._sessions.begin() as session:
            if not await _is_free(session):
                return None
            places = sorted(await session.scalars(_TAKE))
            if not places:
                return None
            lines = await _lines(session, places)
            # A line that is gone before it is sealed is missed by whoever verifies.
            digests = [_digest(lines.get(place)) for place in places]
            return await _add(session, now, places, digests)

    async def behind_seconds(self) -> float:
        """Return how long the oldest line has waited for its seal; 0 when none waits."""
        waited = func.extract("epoch", func.clock_timestamp() - func.min(UnsealedLineRow.since))
        async with self._sessions() as session:
            return float(await session.scalar(select(waited)) or 0)

    async def empty(self, before: datetime, now: datetime) -> int:
        """Empty the lines that were sealed before a time, at most MOST_SEALS; return how many.

        A seal that says so is made in the same transaction.
        """
        async with self._sessions.begin() as session:
            if not await _is_free(session):
                return 0
            newest = await _newest(session)
            done = newest.emptied_through if newest else 0
            old = select(func.max(SealRow.number)).where(
                SealRow.at < before, SealRow.number > done, SealRow.number <= done + MOST_SEALS
            )
            through = await session.scalar(old)
            if through is None:
                return 0
            emptied = await session.execute(_EMPTY, {"after": done, "through": through})
            await _add(session, now, [], [], through)
            return int(emptied.rowcount)  # type: ignore[attr-defined]  # an UPDATE has one

    async def verify(
        self, head: tuple[int, bytes] | None = None
    ) -> tuple[Seal | None, list[Mismatch]]:
        """Return the newest seal, and every break there is, as one moment has it.

        `head` is a seal's number and digest that somebody has noted elsewhere: without one, a log
        that was cut off at the end looks whole.
        """
        async with self._sessions() as session:
            await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            newest = await _newest(session)
            emptied_through = newest.emptied_through if newest else 0
            found: list[Mismatch] = []
            before: Seal | None = None
            while seals := await _seals(session, before.number if before else 0):
                for some in _handfuls(seals):
                    lines = await _lines(session, [place for seal in some for place in seal.places])
                    for seal in some:
                        found += breaks(seal, before, lines, emptied_through)
                        found += _against_head(seal, head)
                        before = seal
            if head is not None and head[0] > (before.number if before else 0):
                found.append(Mismatch(kind=Break.HEAD_GONE, seal=head[0]))
            loose = await session.scalars(_IN_NO_SEAL)
            found += [Mismatch(kind=Break.NOT_SEALED, seal=0, place=place) for place in loose]
            return newest, found


def _handfuls(seals: Sequence[Seal]) -> Iterator[list[Seal]]:
    """Yield the seals in order, as many at a time as have so many lines as are read at once."""
    some: list[Seal] = []
    for seal in seals:
        if some and sum(len(each.places) for each in (*some, seal)) > MOST_LINES:
            yield some
            some = []
        some.append(seal)
    yield some


def _against_head(seal: Seal, head: tuple[int, bytes] | None) -> list[Mismatch]:
    if head is None or seal.number != head[0] or seal.digest == head[1]:
        return []
    return [Mismatch(kind=Break.HEAD_DIFFERS, seal=seal.number)]


async def _is_free(session: AsyncSession) -> bool:
    return bool(await session.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))))


async def _newest(session: AsyncSession) -> Seal | None:
    row = await session.scalar(select(SealRow).order_by(SealRow.number.desc()).limit(1))
    return None if row is None else _seal_of(row)


async def _seals(session: AsyncSession, after: int) -> list[Seal]:
    some = select(SealRow).where(SealRow.number > after).order_by(SealRow.number)
    return [_seal_of(row) for row in await session.scalars(some.limit(MOST_SEALS))]


def _seal_of(row: SealRow) -> Seal:
    return Seal(
        number=row.number,
        at=row.at,
        places=tuple(row.places),
        digests=tuple(row.digests),
        emptied_through=row.emptied_through,
        previous=row.previous,
        digest=row.digest,
    )


async def _add(
    session: AsyncSession,
    now: datetime,
    places: Sequence[int],
    digests: Sequence[bytes],
    emptied_through: int | None = None,
) -> Seal:
    before = await _newest(session)
    seal = Seal(
        number=before.number + 1 if before else 1,
        at=now,
        places=tuple(places),
        digests=tuple(digests),
        emptied_through=emptied_through or (before.emptied_through if before else 0),
    )
    made = sealed(seal, before)
    values = values_of(SealRow, made) | {"places": list(places), "digests": list(digests)}
    await session.execute(insert(SealRow).values(values))
    return made


async def _lines(session: AsyncSession, places: Iterable[int]) -> dict[int, SealedLine]:
    found = await session.execute(_LINES, {"places": list(places)})
    return {place: _line(place, secret, entry) for place, secret, entry in found}


def _line(place: int, secret: UUID | None, entry: str | None) -> SealedLine:
    return SealedLine(place=place, secret=secret, entry=None if entry is None else _decode(entry))


def _digest(line: SealedLine | None) -> bytes:
    return (line.digest if line else None) or b""


_WAITING = select(UnsealedLineRow.place).order_by(UnsealedLineRow.place).limit(MOST_LINES)
_TAKE = (
    delete(UnsealedLineRow)
    .where(UnsealedLineRow.place.in_(_WAITING.scalar_subquery()))
    .returning(UnsealedLineRow.place)
)
_SAID = cast(noun_json(AuditEntry, AuditEntryRow, ids.LOG_LINE), Text)
_LINES = select(
    AuditEntryRow.place,
    AuditEntryRow.secret,
    case((AuditEntryRow.secret.is_not(None), _SAID)),
).where(AuditEntryRow.place == any_(bindparam("places", type_=ARRAY(BigInteger))))

_SAYS = {column.name for column in AuditEntryRow.__table__.columns} - {
    *("patient_id", "id", "place", "at", "operation", "allowed")
}
_OLD = (
    select(func.unnest(SealRow.places))
    .where(SealRow.number > bindparam("after"), SealRow.number <= bindparam("through"))
    .scalar_subquery()
)
_EMPTY = (
    update(AuditEntryRow)
    .where(AuditEntryRow.place.in_(_OLD), AuditEntryRow.secret.is_not(None))
    .values({**dict.fromkeys(_SAYS, null()), "allowed": []})
)
_SEALED = union_all(
    select(func.unnest(SealRow.places).label("place")),
    select(UnsealedLineRow.place),
).subquery()
_IN_NO_SEAL = (
    select(AuditEntryRow.place)
    .where(~exists().where(_SEALED.c.place == AuditEntryRow.place))
    .order_by(AuditEntryRow.place)
)
