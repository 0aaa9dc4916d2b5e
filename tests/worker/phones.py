"""What people choose to be sent, and what their phones and inboxes have got."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from domain.access.viewer import Viewer
from domain.cooperation.notice_choice import Channel
from domain.written import NoticesChosen
from resolvers.writing.notice_choice import CHOOSE
from simulators.sender import Message
from store.tables import MessageRow, NoticeChoiceRow
from tests.worker.backroom import Backroom
from tests.writing.clinic import Clinic

USUAL = (
    "Du har noe nytt å lese. Logg inn på Helsenorge for å lese det. "
    "Der kan du også skru av slike meldinger."
)


async def choose(clinic: Clinic, viewer: Viewer, **fields: Any) -> NoticesChosen:
    """Choose as somebody: an SMS, at any hour and without waiting, unless told otherwise."""
    known: dict[str, Any] = {"channel": Channel.SMS, "quiet_from": 0, "quiet_until": 0}
    command = CHOOSE.command(idempotency_key=str(uuid4()), **{"gather_hours": 0, **known, **fields})
    chosen = await CHOOSE(clinic.context(viewer), command)
    assert isinstance(chosen, NoticesChosen), chosen
    return chosen


def number_of(viewer: Viewer) -> str:
    assert viewer.identity_number is not None
    return viewer.identity_number.value


def got(backroom: Backroom, viewer: Viewer) -> list[Message]:
    """Return what somebody has got, in its order."""
    return [each for each in backroom.sender.sent if each.number == number_of(viewer)]


async def messages(backroom: Backroom) -> list[MessageRow]:
    """Return all messages, the first made first."""
    return await _rows(backroom, MessageRow)


async def choices(backroom: Backroom) -> list[NoticeChoiceRow]:
    """Return everybody's choice."""
    return await _rows(backroom, NoticeChoiceRow)


async def _rows(backroom: Backroom, row: Any) -> list[Any]:
    async with backroom.clinic.db() as session:
        return list(await session.scalars(select(row)))
