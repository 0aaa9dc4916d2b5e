"""Tells people outside the app that there is something to read, once, as each has chosen."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from connectors import Connectors
from connectors.http import SourceFailure
from connectors.sender import Outcome, SenderConnector
from domain.access.audit import AuditEntry
from domain.access.facts import Choices
from domain.access.viewer import Viewer, ViewerRole
from domain.cooperation import message
from domain.cooperation.message import KEPT_FOR, Message, MessageState, Sorted
from domain.cooperation.notice import Notice
from domain.cooperation.notice_choice import NoticeChoice
from domain.identity_number import IdentityNumber, kind_of
from gateway.errors import log_fault
from gateway.health import NotReady
from resolvers import notice
from resolvers.context import Context
from store import Store
from store.message import DueMessage, MessageStore, Waiting
from worker.caller import ourselves

MOST = 50
_MOST_NOTICES = 500
_LOOKED_INTO_WITHIN = timedelta(days=1)
_HOUR = timedelta(hours=1)

log = logging.getLogger("dbep.worker")


class Unlogged:
    """No log of use: the person reads nothing, and what is sent says nothing of any patient.

    That a message was sent, to whom and for which events, stands with the message.
    """

    async def write(self, entries: Sequence[AuditEntry]) -> None:
        """Take entries that nothing is shown by."""


class Asking:
    """Asks the policy for a person who is not there, as their inbox would if they came now."""

    def __init__(self, store: Store, connectors: Connectors, choices: Choices) -> None:
        self._store, self._connectors, self._choices = store, connectors, choices

    async def still_told(
        self, choice: NoticeChoice, notice_ids: Sequence[str], now: datetime
    ) -> list[Notice]:
        """Return those of some notices that they would find unread in their inbox now."""
        if not notice_ids:
            return []
        async with self._context(choice, now) as ctx:
            found = await notice.still_told(ctx, notice_ids)
            await ctx.settle()
        return found

    @asynccontextmanager
    async def _context(self, choice: NoticeChoice, now: datetime) -> AsyncIterator[Context]:
        viewer = Viewer(
            subject=choice.subject,
            role=ViewerRole.CITIZEN,
            expires_at=now,
            security_level=choice.security_level,
            identity_number=IdentityNumber(value=choice.number, kind=kind_of(choice.number)),
        )
        ctx = Context(
            viewer=viewer,
            now=now,
            store=self._store,
            connectors=self._connectors,
            event_id=str(uuid4()),
            log=Unlogged(),
            choices=self._choices,
        )
        try:
            yield ctx
        finally:
            await ctx.close()


class Messaging:
    """From new notices to messages, in three steps; each leaves rows that the next goes on from.

    A message is kept before it is sent, and sent again under the same id until the sender has
    answered, so that a killed process or a lost answer sends nothing twice.
    """

    def __init__(
        self,
        store: MessageStore,
        asking: Asking,
        sender: SenderConnector,
        organisation_number: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._asking = asking
        self._sender = sender
        self._organisation_number = organisation_number
        self._clock = clock
        self._forgot_at: datetime | None = None

    async def turn(self) -> bool:
        """Do some of what is due; tell whether there may be more at once."""
        now = self._clock()
        await self._forget(now)
        has_more = await self._store.pass_on(now, _MOST_NOTICES) == _MOST_NOTICES
        has_more |= await self._sort_out()
        return await self._send() or has_more

    async def none_is_given_up(self) -> None:
        """Raise NotReady when somebody should look into what could not be sent."""
        failed = await self._store.failed(self._clock() - _LOOKED_INTO_WITHIN)
        if failed:
            raise NotReady(f"{failed} messages were given up in the last day.")

    async def _sort_out(self) -> bool:
        """Make messages for those for whom something waits; tell whether there may be more."""
        for _ in range(MOST):
            now = self._clock()
            async with self._store.next_person(now) as waiting:
                if waiting is None:
                    return False
                await waiting.keep(await self._sorted(waiting, now))
        return True

    async def _sorted(self, waiting: Waiting, now: datetime) -> Sorted:
        told = await self._told(waiting.choice, waiting.notice_ids, now)
        if told is None:
            return Sorted(kept=waiting.notice_ids, next_at=now + _HOUR)
        return message.sort_out(waiting.choice, told, waiting.urgent, now, waiting.open_until)

    async def _send(self) -> bool:
        """Send one after the other; tell whether there may be more that the sender would take."""
        for _ in range(MOST):
            async with self._store.next_due(self._clock()) as due:
                if due is None:
                    return False
                tried, has_answered = await self._try(due)
                await due.keep(tried)
            if tried.state is MessageState.FAILED:
                log.error(
                    "a message was given up: message=%s attempts=%s", tried.id, tried.attempts
                )
            if not has_answered:
                return False
        return True

    async def _try(self, due: DueMessage) -> tuple[Message, bool]:
        """Return what came of a message, and whether the sender can be asked for the next."""
        now, choice, of = self._clock(), due.choice, due.message
        told = await self._told(choice, due.notice_ids, now)
        if told is None:
            return message.unanswered(of, now), True
        if of.channel is not choice.channel or not any(map(choice.wants, told)):
            return message.settled(of, MessageState.NEEDLESS, now), True
        later = message.put_off(of, choice, now)
        if later is not None:
            return later, True
        try:
            sent = await self._sender.send(of, ourselves(self._organisation_number, now, of.id))
        except SourceFailure:  # the client has told the log
            return message.unanswered(of, now), False
        return message.settled(of, _STATE[sent.outcome], now, sent.receipt), True

    async def _told(
        self, choice: NoticeChoice, notice_ids: Sequence[str], now: datetime
    ) -> list[Notice] | None:
        """Return what a person may still be told; None when that fails: others must not wait."""
        try:
            return await self._asking.still_told(choice, notice_ids, now)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 # logged without its message, and tried again
            log_fault(error, "Messaging")
            return None

    async def _forget(self, now: datetime) -> None:
        if self._forgot_at is None or now - self._forgot_at >= _HOUR:
            self._forgot_at = now
            await self._store.forget(now - KEPT_FOR)


_STATE = {
    Outcome.ACCEPTED: MessageState.SENT,
    Outcome.UNREACHED: MessageState.UNREACHED,
    Outcome.REFUSED: MessageState.FAILED,
}
