"""Keeps how people want to be told outside the app; each is one row, their own."""

from __future__ import annotations

import msgspec
from sqlalchemy import Text, case, cast, delete, select
from sqlalchemy.dialects.postgresql import insert

from domain.cooperation.notice_choice import NoticeChoice
from store.listing import noun_json
from store.saving import values_of
from store.session import Sessions
from store.tables import MessageRow, NoticeChoiceRow

CHOICE = noun_json(NoticeChoice, NoticeChoiceRow, "")
decode = msgspec.json.Decoder(NoticeChoice).decode

# What the worker keeps, and a new choice does not undo.
_KEPT = ("number", "last_sent_at")


class NoticeChoiceStore:
    """Choices by the identity number of whoever made them."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def of_person(self, number: str) -> NoticeChoice | None:
        """Return what a person has chosen, None when nothing is to be sent."""
        row = NoticeChoiceRow
        async with self._sessions() as session:
            found = await session.scalar(select(cast(CHOICE, Text)).where(row.number == number))
        return None if found is None else decode(found)

    async def choose(self, choice: NoticeChoice) -> None:
        """Keep a choice; what waits is looked at again by the new one."""
        row = NoticeChoiceRow
        values = values_of(row, choice)
        chosen = {name: value for name, value in values.items() if name not in _KEPT}
        chosen["next_at"] = case((row.next_at.is_not(None), choice.updated_at))
        kept = insert(row).values(values)
        async with self._sessions.begin() as session:
            await session.execute(
                kept.on_conflict_do_update(index_elements=[row.number], set_=chosen)
            )

    async def forget(self, number: str) -> None:
        """Forget a person's choice, and with it what waits for them and what was sent.

        A message that is just being sent is waited for: messages are locked before their choices.
        """
        of_person = select(MessageRow.id).where(MessageRow.number == number).with_for_update()
        async with self._sessions.begin() as session:
            await session.execute(of_person)
            row = NoticeChoiceRow
            await session.execute(delete(row).where(row.number == number))
