"""Sends live views: the client's own selection, whole, each time something in it has changed."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from domain.errors import CallerError
from gateway.answering import Result, as_result, close
from gateway.demand import Demand
from gateway.documents import Operation
from gateway.errors import Fault, caller_entry, log_fault
from gateway.execution import Executor, settle
from gateway.live.context import Contexts, Records
from gateway.live.cursors import Cursors, Place
from gateway.live.follower import Follower
from gateway.live.selected import Paths, paths_of, without
from gateway.live.stream import Ending
from gateway.rates import RateLimited
from gateway.response import encode
from resolvers import live
from resolvers.live import PatientView

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

        `position` is a place up to which everything is in it. The same person's same view is made
        once. Those who are not sent it now, since they read too slowly or have asked for too much,
        keep their place, and are to be delivered to again. Returns the record, by patient.
        """
        records = await self._contexts.records([each.topic for each in followers])
        same = defaultdict(list)
        for follower in followers:
            if not follower.sink.is_full:
                same[follower.person, follower.followed.asked].append(follower)
        await asyncio.gather(*(self._to_same(each, records, position) for each in same.values()))
        return records

    async def _to_same(
        self, followers: Sequence[Follower], records: Records, position: int
    ) -> None:
        first = followers[0]
        try:
            place = Place(position, self._contexts.now())
            cursor = self._cursors.seal(place, first.topic)
            result = await self._made(first, records, cursor)
        except RateLimited:
            return
        except CallerError as refused:
            for each in followers:
                each.end(Ending.ACCESS_ENDED, (caller_entry(refused),))
        except Exception as error:  # noqa: BLE001 # whatever it is, they begin anew
            if not isinstance(error, Fault):
                log_fault(error, first.caller.event_id)
            for each in followers:
                each.end(Ending.FAILED)
        else:
            digest, payload = self._digest(first.followed.operation, result), None
            for each in followers:
                each.position = position
                if each.digest != digest and not each.is_over:
                    payload = payload or encode(result.content)
                    each.digest = digest
                    each.sink.send(payload, cursor)

    async def _made(self, follower: Follower, records: Records, cursor: str) -> Result:
        """Return the view as it is now, once it is logged; raise CallerError if it is refused."""
        followed, caller = follower.followed, follower.caller
        operation = followed.operation
        charge = await self._demand.charge(caller.viewer, operation.cost, followed.variables)
        context = self._contexts.fresh(follower, records)
        try:
            try:
                await live.admit(context, follower.topic)
                root = PatientView(patient_id=follower.topic, cursor=cursor)
                found = await self._executor.run(operation, followed.variables, context, root=root)
            finally:
                await settle(context, caller.event_id)
        finally:
            await close(context, caller.event_id)
        self._demand.settle(charge, found.data)
        return as_result(found, operation, caller.event_id)

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
