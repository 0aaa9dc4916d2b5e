"""The log of events as it is followed: each gets a place after its commit, and is read by it.

Identity columns are given before commit, so that who reads by them can pass over a late one for
good. Here one transaction at a time gives places to what it sees committed: a late writer's event
gets its place when it is there, and holds nobody else's back.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import TextClause, text

from domain import ids
from domain.event import PlacedEvent
from store.session import Sessions

_LOCK = 0x6462_6570_6F75_74  # nobody else's: "dbepout"
_AT_ONCE = 1_000

_decode = msgspec.json.Decoder(list[PlacedEvent]).decode


class Outbox:
    """Places events, and reads them by their places."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def place(self) -> int:
        """Give a place to every event that has none; return how many there were.

        Within a patient places follow the events' numbers.
        """
        total = 0
        while True:
            async with self._sessions.begin() as session:
                # A statement of its own: the next one sees all that was committed before the lock.
                await session.execute(_ALONE)
                placed = int(await session.scalar(_PLACE, {"most": _AT_ONCE}) or 0)
            total += placed
            if placed < _AT_ONCE:
                return total

    async def newest(self) -> int:
        """Return the place of the newest event that has one, 0 when there is none."""
        async with self._sessions() as session:
            return int(await session.scalar(_NEWEST) or 0)

    async def after(self, position: int, size: int) -> list[PlacedEvent]:
        """Return at most `size` events after a place, in order."""
        return await self._read(_AFTER, position=position, size=size)

    async def of_patient(
        self, patient_id: str, position: int, through: int, size: int
    ) -> list[PlacedEvent]:
        """Return the same of one patient, up to and with the place `through`."""
        key = ids.uuid_of(patient_id, ids.PATIENT)
        return await self._read(
            _OF_PATIENT, patient=key, position=position, through=through, size=size
        )

    async def of_organisation(
        self, number: str, position: int, through: int, size: int
    ) -> list[PlacedEvent]:
        """Return the same of what concerns one organisation."""
        return await self._read(
            _OF_ORGANISATION,
            organisations=[number],
            position=position,
            through=through,
            size=size,
        )

    async def _read(self, statement: TextClause, **asked: object) -> list[PlacedEvent]:
        async with self._sessions() as session:
            return _decode(await session.scalar(statement, asked) or "[]")


_ALONE = text(f"SELECT pg_advisory_xact_lock({_LOCK})")
_NEWEST = text("SELECT max(position) FROM event")
_PLACE = text("""
    WITH waiting AS (
        SELECT patient_id, number, nextval('event_position') AS position
          FROM (SELECT patient_id, number FROM event
                 WHERE position IS NULL
                 ORDER BY patient_id, number
                 LIMIT :most) AS ordered),
    placed AS (
        UPDATE event SET position = waiting.position
          FROM waiting
         WHERE (event.patient_id, event.number) = (waiting.patient_id, waiting.number)
     RETURNING 1)
    SELECT count(*) FROM placed
    """)


def _reading(condition: str) -> TextClause:
    return text(f"""
        SELECT CAST(json_agg(json_build_object(
                   'position', position, 'organisations', organisations,
                   'event', json_build_object(
                       'patientId', 'pat_' || patient_id, 'number', number, 'kind', kind,
                       'id', CAST(id AS text), 'subjectId', subject_id, 'at', at,
                       'version', version)) ORDER BY position) AS text)
          FROM (SELECT * FROM event
                 WHERE position > :position AND {condition}
                 ORDER BY position LIMIT :size) AS found
        """)  # noqa: S608  # all of it is our own


_AFTER = _reading("true")
_OF_PATIENT = _reading("position <= :through AND patient_id = :patient")
_OF_ORGANISATION = _reading(
    "position <= :through AND organisations @> CAST(:organisations AS text[])"
)
