"""Emergency access by whose officer reviews it, and how often patients were looked for in one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Text, cast, delete, func, literal, select, tuple_, update

from domain import ids
from domain.access.emergency import Search
from domain.access.log_report import LONGEST
from domain.access.rule import AccessRule, RuleKind, RulePosition
from store import saving
from store.listing import noun_json
from store.session import Sessions
from store.tables import AccessRuleRow, SearchRow

_decode = msgspec.json.Decoder(AccessRule).decode


class EmergencyStore:
    """What a privacy officer reviews, and the searches that come before emergency access."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def page(
        self, legal_entity: str, is_reviewed: bool, after: RulePosition | None, size: int
    ) -> list[AccessRule]:
        """Return at most `size` emergency accesses of an organisation's staff, newest first."""
        row = AccessRuleRow
        statement = (
            select(cast(noun_json(AccessRule, row, ids.ACCESS_RULE), Text))
            .where(row.kind == RuleKind.EMERGENCY.name, row.legal_entity == legal_entity)
            .where(row.reviewed_at.is_not(None).is_(is_reviewed))
            .order_by(row.since.desc(), row.id.desc())
            .limit(size)
        )
        if after is not None:
            place = (literal(after.at), literal(ids.uuid_of(after.id, ids.ACCESS_RULE)))
            statement = statement.where(tuple_(row.since, row.id) < tuple_(*place))
        async with self._sessions() as session:
            return [_decode(found) for found in await session.scalars(statement)]

    async def begin_search(self, search: Search, since: datetime) -> int:
        """Keep a search; return how often its person has found nobody since a time, with this one.

        One person's searches are counted one after the other, so that many at once are many. Those
        that are older than any report are forgotten.
        """
        row = SearchRow
        missed = select(func.count()).where(
            row.hpr_number == search.hpr_number, row.at > since, row.is_found.is_(False)
        )
        old = delete(row).where(row.at < search.at - LONGEST)
        alone = select(func.pg_advisory_xact_lock(func.hashtextextended(search.hpr_number, 0)))
        async with self._sessions.begin() as session:
            await session.execute(alone)
            await session.execute(old.where(row.hpr_number == search.hpr_number))
            await saving.add(session, search)
            return int(await session.scalar(missed) or 0)

    async def found(self, search: Search) -> None:
        """Note that a search has led to a patient."""
        row = SearchRow
        key = UUID(search.id.removeprefix(ids.SEARCH))
        async with self._sessions.begin() as session:
            await session.execute(update(row).where(row.id == key).values(is_found=True))
