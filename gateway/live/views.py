"""Sends live views: the client's own selection, whole, each time something in it has changed."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from gateway.answering import Result
from gateway.demand import Demand
from gateway.documents import Operation
from gateway.execution import Executor
from gateway.live.context import Contexts, Records
from gateway.live.cursors import Cursors, Place
from gateway.live.follower import Follower
from gateway.live.looking import Look
from gateway.live.selected import Paths, paths_of, without
from gateway.response import encode

# What differs each time though nothing has changed.
_PASSING = frozenset({"cursor", "retrievedAt", "age"})
_steady = msgspec.json.Encoder(order="deterministic").encode


class Views:
    """Deliveries of live views. Whoever it is decided against, or can't be logged for, is ended."""

    def __init__(
        self, contexts: Contexts, executor: Executor, cursors: Cursors, demand: Demand
    ) -> None:
        self._contexts = contexts
        self._executor = executor
        self._cursors = cursors
        self._demand = demand
        self._passing: dict[int, tuple[Operation, Paths]] = {}

    async def deliver(self, followers: Collection[Follower], position: int) -> Records:
        """Send the view of one patient, as it is now, to those to whom it looks different.

        `position` is a place up to which everything is in it. What looks the same to many is made
        once. Those who are not sent it now, since they read too slowly or have asked for too much,
        keep their place, and are to be delivered to again. Returns the record, by patient.
        """
        records = await self._contexts.records([each.topic for each in followers])
        alike = defaultdict(list)
        for follower in followers:
            if not follower.sink.is_full:
                alike[follower.followed.asked].append(follower)
        await asyncio.gather(*(self._show(each, records, position) for each in alike.values()))
        return records

    async def _show(self, followers: Sequence[Follower], records: Records, position: int) -> None:
        """Show one view to all who ask for the same."""
        people = defaultdict(list)
        for follower in followers:
            people[follower.person].append(follower)
        looks = [Look(each, self._contexts, records) for each in people.values()]
        place = Place(position, self._contexts.now())
        cursor = self._cursors.seal(place, followers[0].topic)
        await asyncio.gather(*(each.admit(self._demand) for each in looks))
        await self._make([each for each in looks if not each.is_over], cursor)
        await asyncio.gather(*(each.settle() for each in looks))
        sent: dict[int, bytes] = {}
        for look in looks:
            if look.result is not None and not look.is_over:
                self._send(look.followers, look.result, cursor, position, sent)

    async def _make(self, looks: Sequence[Look], cursor: str) -> None:
        """Make the view once for all with the same access, unless it is of each person."""
        same: list[list[Look]] = []
        for look in looks:
            known = next((each for each in same if each[0].access == look.access), None)
            if known is None:
                same.append([look])
            else:
                known.append(look)
        await self._run([each[0] for each in same], cursor)
        for first, *others in same:
            if first.is_shareable:
                for each in others:
                    each.share(first)
            else:
                await self._run(others, cursor)

    async def _run(self, looks: Sequence[Look], cursor: str) -> None:
        await asyncio.gather(*(each.make(self._executor, self._demand, cursor) for each in looks))

    def _send(
        self,
        followers: Sequence[Follower],
        result: Result,
        cursor: str,
        position: int,
        sent: dict[int, bytes],
    ) -> None:
        """Send what was made to those to whom it looks different; encoded once."""
        digest = self._digest(followers[0].followed.operation, result)
        for each in followers:
            each.position = position
            if each.digest != digest and not each.is_over:
                if id(result) not in sent:
                    sent[id(result)] = encode(result.content)
                each.digest = digest
                each.sink.send(sent[id(result)], cursor)

    def _digest(self, operation: Operation, result: Result) -> bytes:
        """Return what tells whether anything is different, but for what passes by itself."""
        shown = without(result.data, self._passing_of(operation))
        told = [[each.get("path"), _code(each)] for each in result.errors]
        return hashlib.sha256(_steady([shown, told])).digest()

    def _passing_of(self, operation: Operation) -> Paths:
        """Return where the operation asks for what passes; worked out once for each."""
        known = self._passing.get(id(operation))
        if known is None:
            if len(self._passing) >= 1_000:
                self._passing.clear()
            known = self._passing[id(operation)] = operation, paths_of(operation, _PASSING)
        return known[1]


def _code(entry: Mapping[str, Any]) -> object:
    return entry["extensions"].get("code")
