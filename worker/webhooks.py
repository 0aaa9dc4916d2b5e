"""Tells vendors' receivers of changes, from where each of them was told last."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import SystemRandom
from uuid import uuid4

from msgspec.structs import replace

from connectors.webhook import WebhookClient
from domain.access.viewer import Viewer
from domain.event import PlacedEvent
from domain.live.change import ChangeNotice
from domain.live.webhook import (
    HELD_FOR,
    SEVERAL,
    Failure,
    Lane,
    WebhookState,
    is_hopeless,
    viewer_of,
    wait_after,
)
from gateway.errors import log_fault
from gateway.health import NotReady
from gateway.live.cursors import Cursors, Place, topic_of
from gateway.webhook_secret import WebhookSecrets
from resolvers.context import Context
from store import Store
from store.webhook_round import Round, Rounds
from worker import webhook_message
from worker.webhook_errand import Changed, Errand, Errands, Tell

AT_ONCE = 4
PAUSE = timedelta(seconds=1)
_REST = timedelta(seconds=30)  # after a failure of our own
_MOST = 50  # turns one after the other
_FRESH, _LANES, _OF_PATIENT = 50, 20, 20

_CHANCE = SystemRandom().random

log = logging.getLogger("dbep.worker")
BuildContext = Callable[[Viewer, str], Context]
"""Makes the context that one event is decided and logged in."""


class Webhooks:
    """Webhooks that are due, some at once, each in one place at a time.

    A turn takes the next of the log, and what has waited in lanes; what fails waits in its
    patient's lane, and nobody else's.
    """

    def __init__(
        self,
        rounds: Rounds,
        store: Store,
        client: WebhookClient,
        build_context: BuildContext,
        *,
        secrets: WebhookSecrets,
        cursors: Cursors,
        days: float,
        clock: Callable[[], datetime],
        chance: Callable[[], float] = _CHANCE,
    ) -> None:
        self._rounds, self._store, self._client = rounds, store, client
        self._build_context = build_context
        self._secrets, self._cursors = secrets, cursors
        self._days, self._clock, self._chance = days, clock, chance

    async def turn(self) -> bool:
        """Tell what is due, as far as receivers answer."""
        await self._store.outbox.place()
        await self._rounds.forget_unseen(self._clock())
        went_on = await asyncio.gather(*(self._one_after_the_other() for _ in range(AT_ONCE)))
        return any(went_on)

    async def none_is_parked(self) -> None:
        """Raise NotReady when a vendor's receiver has failed for so long that it is left alone."""
        parked = await self._store.webhook.parked()
        if parked:
            raise NotReady(f"{parked} webhooks wait for their vendors to resume them.")

    async def _one_after_the_other(self) -> bool:
        """Attend to one webhook after the other; tell whether more may be due at once."""
        for _ in range(_MOST):
            of: Round | None = None
            try:
                async with self._rounds.next_due(self._clock()) as of:
                    if of is None:
                        return False
                    await self._attend(of)
            except Exception as error:  # logged without its message, and tried again
                if of is None:
                    raise
                log_fault(error, of.webhook.id)
                await self._rounds.postpone(of.webhook.id, self._clock() + _REST)
        return True

    async def _attend(self, of: Round) -> None:
        """Do for one webhook what is to be done now, and say when it is due again."""
        now, progress, webhook = self._clock(), of.progress, of.webhook
        if await of.take_up(now):
            progress.due_at = now
            return
        progress.due_at = now + PAUSE
        is_held = progress.next_try_at is not None and progress.next_try_at > now
        if is_held or webhook.has_lapsed(self._days, now):
            return
        if webhook.state is WebhookState.UNVERIFIED:
            await self._challenge(of, now)
        elif webhook.state is WebhookState.ACTIVE and await self._tell(of, now):
            progress.due_at = now

    async def _challenge(self, of: Round, now: datetime) -> None:
        """Ask the receiver to prove that it has the secret; told of anything it is only then."""
        challenge, message = webhook_message.a_challenge(now)
        keys = self._keys(of)
        headers = message.headers(now, keys)
        failure, said = await self._client.send(of.webhook.url, headers, message.body, reads=True)
        if failure is None and not webhook_message.is_answered(challenge, keys, said):
            failure = Failure.WRONG_RESPONSE
        if failure is not None:
            await self._failed(of, failure, now)
            return
        _has_answered(of)
        of.progress.due_at = now
        await of.set({"state": WebhookState.ACTIVE.name, "since": now, "verified_at": now})

    async def _tell(self, of: Round, now: datetime) -> bool:
        """Tell what is new and what has waited; tell whether there is more at once."""
        newest = await self._store.outbox.newest()
        lanes = await of.due_lanes(now, _LANES)
        fresh = await self._store.outbox.of_organisation(
            of.webhook.organisation, of.progress.position, newest, _FRESH
        )
        has_more = len(fresh) == _FRESH or len(lanes) == _LANES
        through = fresh[-1].position if len(fresh) == _FRESH else newest
        waiting = [await self._waiting(of, lane, through) for lane in lanes]
        errands = [*waiting, *await self._new(of, fresh, now)]
        run = Errands(
            of.webhook.sections,
            context=lambda: self._build_context(viewer_of(of.webhook, now), str(uuid4())),
            tell=self._telling(of, lambda position: run.place(position)),  # noqa: PLW0108 # not made yet
            chance=self._chance,
            oldest=await of.oldest([each.lane.patient_id for each in errands]),
        )
        await run.run(errands)
        await of.keep(run.left)
        await of.done(run.done)
        of.progress.position = max(through, of.progress.position)
        await self._judge(of, run, now)
        return has_more and not run.is_over

    async def _waiting(self, of: Round, lane: Lane, through: int) -> Errand:
        found = await self._store.outbox.of_patient(
            lane.patient_id, lane.position, max(through, of.progress.position), _OF_PATIENT
        )
        theirs = [each for each in found if of.webhook.organisation in each.organisations]
        return Errand(lane, theirs, is_all=len(found) < _OF_PATIENT)

    async def _new(self, of: Round, fresh: Sequence[PlacedEvent], now: datetime) -> list[Errand]:
        """Return what is new about those of whom nothing waits; the rest is in their lanes."""
        of_patients: dict[str, list[PlacedEvent]] = {}
        for placed in fresh:
            of_patients.setdefault(placed.event.patient_id, []).append(placed)
        in_lanes = await of.lanes(of_patients)
        position = of.progress.position
        return [
            Errand(_lane(patient_id, of, position, now), events)
            for patient_id, events in of_patients.items()
            if patient_id not in in_lanes
        ]

    def _telling(self, of: Round, place: Callable[[int], int]) -> Tell:
        keys = self._keys(of)

        async def tell(notice: ChangeNotice, position: int) -> Failure | None:
            now = self._clock()
            at = Place(position=place(position), at=now)
            cursor = self._cursors.seal(at, topic_of(of.webhook.organisation))
            message = webhook_message.of_change(replace(notice, cursor=cursor))
            if not await of.is_current():
                raise Changed
            headers = message.headers(now, keys)
            return (await self._client.send(of.webhook.url, headers, message.body)).failure

        return tell

    def _keys(self, of: Round) -> list[bytes]:
        return [self._secrets.open(each, of.webhook.id) for each in of.secrets.sealed]

    async def _judge(self, of: Round, run: Errands, now: datetime) -> None:
        """Hold a webhook back whose receiver is down, and park it when that lasts."""
        if Failure.GONE in run.failures:
            await self._park(of, Failure.GONE, now)
        elif run.has_succeeded:
            _has_answered(of)
        elif run.failures and await of.failing() >= SEVERAL:
            # It is the receiver, and not what it was sent.
            _note(of, run.failures[-1], now)
            of.progress.next_try_at = now + HELD_FOR
            await self._park_hopeless(of, run.failures[-1], now)

    async def _failed(self, of: Round, failure: Failure, now: datetime) -> None:
        """Note that a challenge was not answered; it is put again, later each time."""
        _note(of, failure, now)
        of.progress.next_try_at = now + wait_after(of.progress.attempts, self._chance())
        await self._park_hopeless(of, failure, now)

    async def _park_hopeless(self, of: Round, failure: Failure, now: datetime) -> None:
        since = of.progress.failing_since or now
        if is_hopeless(of.progress.attempts, now - since):
            await self._park(of, failure, now)

    async def _park(self, of: Round, failure: Failure, now: datetime) -> None:
        of.progress.failure = failure.name
        of.progress.failing_since = of.progress.failing_since or now
        await of.set({"state": WebhookState.PARKED.name, "since": now})
        log.warning("a webhook is parked: webhook=%s failure=%s", of.webhook.id, failure.name)


def _note(of: Round, failure: Failure, now: datetime) -> None:
    progress = of.progress
    progress.attempts += 1
    progress.failing_since = progress.failing_since or now
    progress.failure = failure.name


def _has_answered(of: Round) -> None:
    progress = of.progress
    progress.attempts, progress.failing_since, progress.failure = 0, None, None
    progress.next_try_at = None


def _lane(patient_id: str, of: Round, position: int, now: datetime) -> Lane:
    return Lane(patient_id=patient_id, webhook_id=of.webhook.id, position=position, next_try_at=now)
