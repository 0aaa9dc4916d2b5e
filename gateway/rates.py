"""How much each client may ask for in a minute, by cost, over all processes of an installation.

So that not every request has to ask Redis, a process takes a small store of cost out of a client's
bucket at once, and hands it out by itself: all processes together never hand out more than the
bucket had. What a request did not use goes back into the store, from a full store to the bucket.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from domain.access.viewer import Viewer, ViewerRole
from gateway.buckets import PERIOD, Buckets, Empty, LocalBuckets, Payer, Taken, Unreachable
from gateway.errors import Refused
from gateway.health import PATIENCE_SECONDS, NotReady
from gateway.limits import Limits

log = logging.getLogger("dbep.gateway")

SHARE = 20
"""A process's store holds one part in so many of a bucket, and twice that at most."""
ALONE_SECONDS = 5
"""How long a process limits by itself before it tries again to reach the others' buckets."""
_LOOK_SECONDS = PATIENCE_SECONDS / 2
_MOST_STORES = 10_000
_PERSONS = frozenset({ViewerRole.CITIZEN, ViewerRole.RECIPIENT})


class RateLimited(Refused):
    """The client has asked for as much as it may in a minute; `seconds` later there is enough."""

    code = "RATE_LIMITED"
    sentence = "Too much has been asked for in a short time."
    remedy = "Wait for as many seconds as `Retry-After` says; see docs/limits.md."
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.headers = (("retry-after", str(seconds)),)
        self.told = {"retryAfter": seconds}


def payer_of(viewer: Viewer, limits: Limits) -> Payer:
    """Return who pays for what a viewer asks: the system that asks, or a citizen in person."""
    if viewer.role in _PERSONS:
        return Payer(f"person:{viewer.subject}", limits.person_cost)
    return Payer(f"client:{viewer.client_id or viewer.subject}", limits.client_cost)


class _Store:
    """What this process has taken out of one bucket and not yet handed out; below 0 it owes.

    `asking` is how many requests are taking more out of the bucket just now.
    """

    def __init__(self, until: float) -> None:
        self.cost = 0
        self.asking = 0
        self.until = until


class Rates:
    """Hands out cost. Without `shared`, or while it can't be reached, this process limits alone."""

    def __init__(
        self, shared: Buckets | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._shared = shared
        self._local = LocalBuckets(clock=clock)
        self._clock = clock
        self._alone_until = 0.0
        self._stores: OrderedDict[str, _Store] = OrderedDict()
        self._going_back: set[asyncio.Task[Taken]] = set()

    async def take(self, payer: Payer, cost: int) -> None:
        """Hand out the cost, or raise RateLimited."""
        store = self._store(payer)
        if store.cost < cost:
            await self._fill(payer, store, cost)
        store.cost -= cost

    def give_back(self, payer: Payer, cost: int) -> None:
        """Take back what was handed out and not used; a negative cost was used besides."""
        store = self._store(payer)
        store.cost += cost
        share = _share(payer)
        if store.cost > 2 * share:
            surplus, store.cost = store.cost - share, share
            task = asyncio.create_task(self._ask(payer, -surplus, -surplus))
            self._going_back.add(task)
            task.add_done_callback(self._going_back.discard)

    async def left(self, payer: Payer) -> int:
        """Return how much may be asked for now, as far as this process knows."""
        await asyncio.gather(*self._going_back, return_exceptions=True)
        found = await self._ask(payer, 0, 0)
        return max(0, found.left + self._store(payer).cost)

    async def shared(self) -> None:
        """Raise NotReady unless all processes limit together."""
        if self._shared is not None:
            try:
                async with asyncio.timeout(_LOOK_SECONDS):
                    await self._shared.take(Payer("readiness", 1), 0, 0)
            except (Unreachable, TimeoutError):
                raise NotReady("Redis does not answer: each process limits by itself.") from None

    async def close(self) -> None:
        """Stop what is on its way back to a bucket."""
        for task in self._going_back:
            task.cancel()
        await asyncio.gather(*self._going_back, return_exceptions=True)

    async def _fill(self, payer: Payer, store: _Store, cost: int) -> None:
        """Fill a store so that it has at least the cost, or raise RateLimited."""
        mine, store.cost = store.cost, 0  # whoever asks meanwhile must not count on it as well
        need = cost - mine
        # Of many requests at once, the first fetches a share and each other what it needs.
        want = need if store.asking else max(need, _share(payer) - mine)
        store.asking += 1
        try:
            taken = await self._ask(payer, need, want)
            mine += taken.cost
            store.until = self._clock() + PERIOD
        except Empty as empty:
            if store.cost + mine < cost:  # nor has anything come back meanwhile
                raise RateLimited(math.ceil(empty.seconds)) from None
        finally:
            store.asking -= 1
            store.cost += mine

    async def _ask(self, payer: Payer, need: int, want: int) -> Taken:
        if self._shared is not None and self._clock() >= self._alone_until:
            try:
                return await self._shared.take(payer, need, want)
            except Unreachable:
                self._limit_alone()
        return await self._local.take(payer, need, want)

    def _limit_alone(self) -> None:
        now = self._clock()
        if now >= self._alone_until:  # of many that were waiting, one is enough in the log
            log.warning("Redis can't be reached: this process limits by itself.")
        self._alone_until = now + ALONE_SECONDS

    def _store(self, payer: Payer) -> _Store:
        """Return a payer's store; an old one is forgotten, its bucket is full again by then."""
        now = self._clock()
        store = self._stores.get(payer.name)
        if store is None or store.until < now:
            store = self._stores[payer.name] = _Store(now + PERIOD)
            if len(self._stores) > _MOST_STORES:
                self._stores.popitem(last=False)
        return store


def _share(payer: Payer) -> int:
    return max(1, payer.holds // SHARE)
