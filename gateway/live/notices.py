"""Tells those who follow changes of new events: decided, logged and then sent, in order."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from domain.errors import CallerError
from domain.event import PlacedEvent
from domain.live.change import ChangeNotice, ResyncRequired
from gateway.answering import close
from gateway.errors import Fault, caller_entry, field_entries, log_fault
from gateway.execution import Executor, settle
from gateway.live.context import Contexts, Records
from gateway.live.cursors import Cursors, Place
from gateway.live.follower import Follower, Kind
from gateway.live.stream import Ending
from gateway.response import encode
from resolvers import live
from resolvers.context import Context


class Told(NamedTuple):
    """An event that one person is told of, and as what."""

    placed: PlacedEvent
    notice: ChangeNotice


class Notices:
    """Deliveries of notices. Whoever it is decided against, or can't be logged for, is ended."""

    def __init__(self, contexts: Contexts, executor: Executor, cursors: Cursors) -> None:
        self._contexts = contexts
        self._executor = executor
        self._cursors = cursors

    async def deliver(
        self, followers: Collection[Follower], events: Sequence[PlacedEvent]
    ) -> Records:
        """Tell followers of one topic what each may know of events that they were not told of.

        Each person is decided about once, on records read once, and all entries of the log of use
        wait for the same commit. Returns the records, by patient.
        """
        records = await self._contexts.records(_patients(followers, events))
        people = defaultdict(list)
        for follower in followers:
            people[follower.person, follower.caller.language].append(follower)
        made = await asyncio.gather(
            *(self._to_person(each, events, records) for each in people.values())
        )
        through = events[-1].position if events else 0
        sent: dict[object, bytes] = {}
        same: dict[ChangeNotice, ChangeNotice] = {}
        for each, found in zip(people.values(), made, strict=True):
            # What is equal becomes one, and is known by its identity from here on.
            told = [Told(placed, same.setdefault(notice, notice)) for placed, notice in found]
            for follower in each:
                self._tell(follower, told, sent)
                follower.position = max(follower.position, through)
        return records

    def resync(self, follower: Follower, required: ResyncRequired) -> None:
        """Tell a follower that what they have missed can't be told."""
        follower.sink.send(self._payload(follower, required), required.cursor)

    def cursor(self, follower: Follower, place: Place) -> str:
        """Return the cursor of a place in what a follower follows."""
        return self._cursors.seal(place, follower.topic)

    async def _to_person(
        self, followers: Sequence[Follower], events: Sequence[PlacedEvent], records: Records
    ) -> Sequence[Told]:
        """Return what one person is told, once it is logged; nothing where they are ended."""
        context = self._contexts.fresh(followers[0], records)
        event_id = followers[0].caller.event_id
        try:
            try:
                told = await _told(context, followers, events, records)
            finally:
                await settle(context, event_id)  # that somebody was refused is logged as well
        except CallerError as refused:
            _end(followers, Ending.ACCESS_ENDED, (caller_entry(refused),))
        except Exception as error:  # noqa: BLE001 # whatever it is, they go on from their cursors
            if not isinstance(error, Fault):
                log_fault(error, event_id)
            _end(followers, Ending.FAILED)
        else:
            return told
        finally:
            await close(context, event_id)
        return ()

    def _tell(self, follower: Follower, told: Sequence[Told], sent: dict[object, bytes]) -> None:
        try:
            self._send(follower, told, sent)
        except Exception as error:  # noqa: BLE001 # of one, which must not hold up the rest
            log_fault(error, follower.caller.event_id)
            follower.end(Ending.FAILED)

    def _send(self, follower: Follower, told: Sequence[Told], sent: dict[object, bytes]) -> None:
        """Send a follower what is new to them; the same bytes where others are sent the same."""
        for placed, notice in told:
            is_known = placed.position <= follower.position
            if follower.is_over or is_known or not follower.followed.is_of(notice.section):
                continue
            if follower.sink.is_full:
                follower.end(Ending.TOO_SLOW)
                return
            key = (id(notice), follower.followed.asked)
            cursor = self._cursor_of(follower.topic, placed, sent)
            if key not in sent:
                sent[key] = self._payload(follower, replace(notice, cursor=cursor))
            follower.sink.send(sent[key], cursor)
            follower.position = placed.position

    def _cursor_of(self, topic: str, placed: PlacedEvent, sent: dict[object, bytes]) -> str:
        """Return the cursor behind an event: one for all that are told of it at once."""
        if placed.position not in sent:
            place = Place(placed.position, self._contexts.now())
            sent[placed.position] = self._cursors.seal(place, topic).encode()
        return sent[placed.position].decode()

    def _payload(self, follower: Follower, notice: ChangeNotice | ResyncRequired) -> bytes:
        followed = follower.followed
        found = self._executor.complete(followed.operation, followed.variables, notice)
        content: dict[str, object] = {"data": found.data}
        if found.errors:
            content["errors"] = field_entries(found.errors, follower.caller.event_id)
        return encode(content)


async def _told(
    context: Context,
    followers: Sequence[Follower],
    events: Sequence[PlacedEvent],
    records: Records,
) -> list[Told]:
    first = followers[0]
    sections = frozenset().union(*(each.followed.sections for each in followers))
    since = min(each.position for each in followers)
    if first.followed.kind is Kind.ORGANISATION:
        live.organisation_of(context)
        tell = live.to_organisation
    else:
        await live.admit(context, first.topic)
        tell = live.to_follower
    new = (placed for placed in events if placed.position > since)
    told = []
    for placed in new:
        record = records[placed.event.patient_id]
        if record is not None and (found := await tell(context, record, placed.event, sections)):
            told.append(Told(placed, found))
    return told


def _patients(followers: Iterable[Follower], events: Iterable[PlacedEvent]) -> list[str]:
    """Return whose records are needed: those of the events, and whoever is followed alone."""
    alone = [each.topic for each in followers if each.followed.kind is not Kind.ORGANISATION]
    return [*alone, *(placed.event.patient_id for placed in events)]


def _end(
    followers: Iterable[Follower], ending: Ending, entries: tuple[dict[str, object], ...] = ()
) -> None:
    for follower in followers:
        follower.end(ending, entries)
