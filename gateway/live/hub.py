"""All subscriptions of a process: who follows what, and when each is told or shown anew."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

from domain.event import PlacedEvent
from domain.live.change import ResyncReason, ResyncRequired
from domain.live.until import next_change
from gateway.caller import Caller
from gateway.clock import Clock
from gateway.documents import Operation
from gateway.errors import log_fault
from gateway.live.admission import Admission
from gateway.live.context import Records
from gateway.live.cursors import Cursors, CursorUnknown, Place, organisation_of, topic_of
from gateway.live.deadlines import Deadlines
from gateway.live.follower import Follower, Kind
from gateway.live.notices import Notices
from gateway.live.reading import Reading
from gateway.live.stream import Ending, Sink
from gateway.live.topic import Topic
from gateway.live.views import Views
from gateway.request import GraphQLRequest
from store.outbox import Outbox

T = TypeVar("T")
_TURN_SECONDS = 1.0
_AT_ONCE = 200
_SIDE_BY_SIDE = 16
"""How many topics are delivered to at once: the store's connections are for everybody."""


class Hub:
    """Starts subscriptions, hands each event to those who follow it, and ends what is over.

    A subscription that only waits holds no task: what it is to be told, and when it ends by
    itself, is kept with its topic.
    """

    def __init__(
        self,
        *,
        outbox: Outbox,
        admission: Admission,
        notices: Notices,
        views: Views,
        cursors: Cursors,
        clock: Clock,
        resumable_for: timedelta,
    ) -> None:
        self._outbox = outbox
        self._admission = admission
        self._notices = notices
        self._views = views
        self._cursors = cursors
        self._clock = clock
        self._resumable_for = resumable_for
        self._topics: dict[str, Topic] = {}
        self._deadlines = Deadlines()
        self._tasks: set[asyncio.Task[None]] = set()
        self._lasting: list[asyncio.Task[None]] = []
        self._places = asyncio.Semaphore(_SIDE_BY_SIDE)
        self.reading = Reading(outbox, self._take, lambda: bool(self._topics))

    @property
    def is_busy(self) -> bool:
        """Whether something is being decided, told or shown just now."""
        return len(self._tasks) > len(self._lasting)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Hub]:
        """Read and deliver until the end of the block."""
        self._lasting = [self._run(self.reading.run()), self._run(self._go_round())]
        try:
            yield self
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def subscribe(
        self,
        operation: Operation,
        asked: GraphQLRequest,
        caller: Caller,
        sink: Sink,
        last_cursor: str | None = None,
    ) -> _Running:
        """Begin to send to a sink; `last_cursor` is what the transport resumes from.

        Raises NotExecuted or a CallerError when it may not be, or a Fault.
        """
        follower, records = await self._admission.admit(operation, asked, caller, sink)
        topic = self._topics.setdefault(follower.topic, Topic(follower.topic))
        topic.followers.add(follower)
        after = last_cursor or follower.followed.after
        self._run(self._begin(topic, follower, after))
        self._note_ends(topic.key, [follower], records)
        return _Running(follower, lambda: self._leave(follower))

    async def _begin(self, topic: Topic, follower: Follower, after: str | None) -> None:
        """Bring a new follower to where all others are."""
        if follower.followed.kind is Kind.VIEW:
            await self._surely(self.reading.start)
            if not follower.is_over:
                self._show(topic, [follower])
            return
        follower.position = await self._surely(lambda: self._place(follower, after))
        while not (follower.is_over or follower.is_live):
            await self._surely(lambda: self._catch_up(follower))

    async def _place(self, follower: Follower, after: str | None) -> int:
        """Return the place that a cursor leads to; say so where it leads nowhere any more."""
        newest = await self.reading.start()
        if after is None:
            return newest
        try:
            place = self._cursors.open(after, follower.topic)
        except CursorUnknown:
            reason = ResyncReason.UNKNOWN
        else:
            if place.position > newest:  # where the cursor is from, more has been read than here
                newest = max(newest, await self._outbox.newest())
            is_old = place.at <= self._clock() - self._resumable_for
            if place.position <= newest and not is_old:
                return place.position
            reason = ResyncReason.TOO_OLD if place.position <= newest else ResyncReason.UNKNOWN
        cursor = self._cursors.seal(Place(newest, self._clock()), follower.topic)
        self._notices.resync(follower, ResyncRequired(reason=reason, cursor=cursor))
        return newest

    async def _catch_up(self, follower: Follower) -> None:
        """Tell a follower what they have missed; they are live once that is nothing more."""
        if follower.is_over:
            return
        through = self.reading.position
        missed = await self._missed(follower, through)
        if missed:
            await self._notices.deliver([follower], missed)
        if len(missed) < _AT_ONCE:
            follower.position = max(follower.position, through)
            # Nobody else has run since: what is read from now on is told to this one too.
            follower.is_live = through == self.reading.position

    async def _missed(self, follower: Follower, through: int) -> list[PlacedEvent]:
        if follower.position >= through:
            return []
        if follower.followed.kind is Kind.ORGANISATION:
            number = organisation_of(follower.topic)
            return await self._outbox.of_organisation(number, follower.position, through, _AT_ONCE)
        return await self._outbox.of_patient(follower.topic, follower.position, through, _AT_ONCE)

    def _take(self, events: Sequence[PlacedEvent]) -> None:
        """Hand new events to those who follow whom they are about, or concern."""
        for placed in events:
            concerned = map(topic_of, placed.organisations)
            for key in (placed.event.patient_id, *concerned):
                topic = self._topics.get(key)
                if topic is None:
                    continue
                topic.waiting.append(placed)
                topic.telling = topic.telling or self._run(self._tell(topic))
                self._show(topic, topic.shown)

    async def _tell(self, topic: Topic) -> None:
        """Tell what waits, until nothing does."""
        try:
            while topic.waiting:
                await self._surely(lambda: self._tell_waiting(topic))
        finally:
            topic.telling = None
            self._drop(topic)

    async def _tell_waiting(self, topic: Topic) -> None:
        events, told = list(topic.waiting), topic.told
        records = await self._notices.deliver(told, events) if told else {}
        del topic.waiting[: len(events)]  # not before they are told: without the store they are not
        self._after(topic, told, records)

    def _show(self, topic: Topic, followers: Sequence[Follower]) -> None:
        """Let views be looked at anew."""
        topic.due.update(followers)
        if topic.due and topic.showing is None:
            topic.showing = self._run(self._show_due(topic))

    async def _show_due(self, topic: Topic) -> None:
        try:
            while topic.due:
                await self._surely(lambda: self._show_those(topic))
        finally:
            topic.showing = None
            self._drop(topic)

    async def _show_those(self, topic: Topic) -> None:
        due, position = [each for each in topic.due if not each.is_over], self.reading.position
        topic.due.clear()  # what happens from now on makes them due again
        try:
            records = await self._views.deliver(due, position)
        except Exception:
            topic.due.update(due)
            raise
        self._after(topic, due, records)
        # Who reads too slowly, or has asked for too much, has another look later.
        late = [each for each in due if each.position < position and not each.is_over]
        for each in late:
            self._deadlines.set(each, self._clock() + timedelta(seconds=_TURN_SECONDS))

    def _after(self, topic: Topic, followers: Sequence[Follower], records: Records) -> None:
        """Let go of those who were ended, and note when the others are to be decided about."""
        for follower in followers:
            if follower.is_over:
                self._forget(topic, follower)
        self._note_ends(topic.key, [each for each in followers if not each.is_over], records)

    def _note_ends(self, key: str, followers: Iterable[Follower], records: Records) -> None:
        record = records.get(key)
        changes = next_change(record.facts, self._clock()) if record else None
        for follower in followers:
            ends = follower.caller.viewer.expires_at
            self._deadlines.set(follower, min(ends, changes) if changes else ends)

    async def _go_round(self) -> None:
        while True:
            await asyncio.sleep(_TURN_SECONDS)
            now = self._clock()
            for follower in self._deadlines.due(now):
                self._look_at(follower, now)

    def _look_at(self, follower: Follower, now: datetime) -> None:
        """End what has expired; decide anew about the rest, whose time has come."""
        topic = self._topics.get(follower.topic)
        if follower.is_over or topic is None:
            return
        if follower.caller.viewer.expires_at <= now:
            follower.end(Ending.TOKEN_EXPIRED)
            self._forget(topic, follower)
        elif follower.followed.kind is Kind.VIEW:
            self._show(topic, [follower])
        else:
            self._run(self._decide_anew(topic, follower))

    async def _decide_anew(self, topic: Topic, follower: Follower) -> None:
        records = await self._surely(lambda: self._notices.deliver([follower], []))
        self._after(topic, [follower], records)

    def _leave(self, follower: Follower) -> None:
        follower.is_over = True
        topic = self._topics.get(follower.topic)
        if topic is not None:
            self._forget(topic, follower)

    def _forget(self, topic: Topic, follower: Follower) -> None:
        topic.followers.discard(follower)
        topic.due.discard(follower)
        self._deadlines.forget(follower)
        self._drop(topic)

    def _drop(self, topic: Topic) -> None:
        if topic.is_idle and self._topics.get(topic.key) is topic:
            del self._topics[topic.key]

    async def _surely(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do what needs the store, in its turn; while there is no store, again later."""
        while True:
            try:
                async with self._places:
                    return await work()
            except Exception as error:  # noqa: BLE001 # whatever it is, nothing may be left out
                log_fault(error, "-")
            await asyncio.sleep(_TURN_SECONDS)

    def _run(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log_fault(error, "-")


class _Running:
    """A subscription that runs, as its transport holds it."""

    __slots__ = ("_follower", "_leave")

    def __init__(self, follower: Follower, leave: Callable[[], None]) -> None:
        self._follower, self._leave = follower, leave

    def stop(self) -> None:
        """End it because the client no longer wants it; nothing more is sent."""
        self._leave()
