"""Subscriptions over the small graph: each tick has a number, and nothing else is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain.errors import CallerError
from gateway.answering import as_result
from gateway.compose import Caller
from gateway.demand import Demand
from gateway.documents import Operation
from gateway.errors import Entry
from gateway.execution import Executor
from gateway.live.stream import Ending, Sink
from gateway.request import GraphQLRequest
from gateway.response import encode

if TYPE_CHECKING:
    from tests.gateway.graph import Recorder


class Ticking:
    """Sends every tick to whoever subscribes; a cursor is a tick's number."""

    def __init__(self, executor: Executor, demand: Demand, recorder: Recorder) -> None:
        self.following: dict[int, Following] = {}
        self.told: list[int] = []
        self.full = 0
        self.refusal: CallerError | Exception | None = None
        self._executor = executor
        self._demand = demand
        self._recorder = recorder
        self._begun = 0

    def reset(self) -> None:
        """Forget what earlier tests did."""
        self.following.clear()
        self.told.clear()
        self.full, self.refusal = 0, None

    async def subscribe(
        self,
        operation: Operation,
        asked: GraphQLRequest,
        caller: Caller,
        sink: Sink,
        last_cursor: str | None = None,
    ) -> Following:
        if self.refusal is not None:
            raise self.refusal
        charge = await self._demand.charge(caller.viewer, operation.cost, asked.variables)
        self._demand.settle(charge, {})
        self._begun += 1
        following = Following(self, self._begun, operation, asked, caller, sink)
        after = (asked.variables or {}).get("after", last_cursor)
        if after is not None:
            for number in self.told:
                if number > int(after):
                    await self._deliver(following, number)
        self.following[following.number] = following
        return following

    async def tick(self, number: int) -> None:
        self.told.append(number)
        for following in list(self.following.values()):
            if following.sink.is_full:
                self.full += 1
                following.end(Ending.TOO_SLOW)
            else:
                await self._deliver(following, number)

    async def _deliver(self, following: Following, number: int) -> None:
        context = self._recorder.context(following.caller)
        found = await self._executor.run(
            following.operation, following.asked.variables, context, root=number
        )
        result = as_result(found, following.operation, following.caller.event_id)
        following.sink.send(encode(result.content), str(number))


class Following:
    """One that follows the ticks."""

    def __init__(
        self,
        ticking: Ticking,
        number: int,
        operation: Operation,
        asked: GraphQLRequest,
        caller: Caller,
        sink: Sink,
    ) -> None:
        self.ticking = ticking
        self.number = number
        self.operation = operation
        self.asked = asked
        self.caller = caller
        self.sink = sink

    def stop(self) -> None:
        self.ticking.following.pop(self.number, None)

    def end(self, ending: Ending | None) -> None:
        self.stop()
        self.sink.end([] if ending is None else entries(ending), ending)


def entries(ending: Ending) -> Sequence[Entry]:
    return [{"message": ending.value, "extensions": {"code": ending.name}}]
