"""What one turn tells a receiver about each patient: in order, decided anew, logged first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from msgspec.structs import replace
from sqlalchemy.exc import SQLAlchemyError

from domain.event import PlacedEvent
from domain.live import change, webhook
from domain.live.change import ChangedSection, ChangeNotice
from domain.live.webhook import SEVERAL, Failure, Lane
from gateway.errors import log_fault
from resolvers import live
from resolvers.context import Context
from store.log_writer import NotLogged

BUDGET_SECONDS = 20.0
PATIENTS_AT_ONCE = 4


class Changed(Exception):
    """The webhook is no longer as it was when the turn began; nothing more is sent to it."""


class Tell(Protocol):
    """Sends what is to be told."""

    async def __call__(self, notice: ChangeNotice, position: int) -> Failure | None:
        """Return why it did not arrive, None when it did. Raises Changed, having sent nothing."""


@dataclass
class Errand:
    """What is to be told about one patient, from where its lane stands; `is_all` of what waits."""

    lane: Lane
    events: Sequence[PlacedEvent]
    is_all: bool = True


@dataclass
class Errands:
    """The errands of one turn, some at once.

    After `SEVERAL` failed about different patients and none succeeded, it is the receiver that is
    down, and the rest is left. `left` becomes what waits from now on.
    """

    sections: Sequence[ChangedSection]
    context: Callable[[], Context]
    tell: Tell
    chance: Callable[[], float]
    oldest: int | None
    ends_at: float = field(default_factory=lambda: monotonic() + BUDGET_SECONDS)
    left: list[Lane] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    has_succeeded: bool = False
    has_changed: bool = False
    _places: dict[str, int] = field(default_factory=dict)
    _failed: dict[str, Lane] = field(default_factory=dict)

    async def run(self, errands: Sequence[Errand]) -> None:
        """Run all of them, as far as the receiver answers and there is time."""
        for errand in errands:
            if errand.events:
                self._places[errand.lane.patient_id] = errand.events[0].position - 1
        places = asyncio.Semaphore(PATIENTS_AT_ONCE)

        async def one(errand: Errand) -> None:
            async with places:
                left = await self._one(errand)
            if left is None:
                self.done.append(errand.lane.patient_id)
            else:
                self.left.append(left)

        async with asyncio.TaskGroup() as group:
            for errand in errands:
                group.create_task(one(errand))

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more is to be tried in this turn."""
        is_down = len(self.failures) >= SEVERAL and not self.has_succeeded
        has_gone = Failure.GONE in self.failures
        return is_down or has_gone or self.has_changed or monotonic() > self.ends_at

    async def _one(self, errand: Errand) -> Lane | None:
        """Tell all there is about a patient, and return what is left to wait, if anything is."""
        lane, reached = errand.lane, errand.lane.position
        for placed in errand.events:
            self._places[lane.patient_id] = placed.position - 1
            if self.is_over or not await self._passed(placed, lane, reached):
                return self._failed.pop(lane.patient_id, None) or _untried(lane, reached)
            reached = placed.position
        if errand.is_all:
            self._places.pop(lane.patient_id, None)
            return None
        self._places[lane.patient_id] = reached
        return _untried(lane, reached)

    async def _passed(self, placed: PlacedEvent, lane: Lane, reached: int) -> bool:
        """Tell whether an event is behind us: told, or not for them to know of."""
        context = self.context()
        try:
            notice = await self._notice(placed, context)
            if notice is None:
                return True
            failure = await self.tell(notice, placed.position)
        except Changed:
            self.has_changed = True
            return False
        except (SQLAlchemyError, NotLogged):
            raise
        except Exception as error:  # noqa: BLE001 # logged without its message; it stops no other
            log_fault(error, context.event_id)
            failure = Failure.OURS
        if failure is None:
            self.has_succeeded = True
            return True
        if failure is not Failure.OURS:
            self.failures.append(failure)
        now, chance = context.now, self.chance()
        self._failed[lane.patient_id] = webhook.failed(lane, reached, failure, now, chance)
        return False

    async def _notice(self, placed: PlacedEvent, context: Context) -> ChangeNotice | None:
        """Return what they may know of an event now; the log of use has it when this returns."""
        event, how = placed.event, change.told(placed.event)
        if how is None or how.section not in self.sections:
            return None
        try:
            record = await context.loaders.record.load(event.patient_id)
            if record is None:
                return None
            notice = await live.to_organisation(context, record, event, self.sections)
            await context.settle()
        finally:
            await context.close()
        return notice

    def place(self, position: int) -> int:
        """Return a place that all before has been told, though others may wait about others."""
        own = position - 1  # no other's: places are each event's alone
        places = [position, *(each for each in self._places.values() if each != own)]
        return min(places if self.oldest is None else [*places, self.oldest])


def _untried(lane: Lane, reached: int) -> Lane:
    """Return a lane that goes on from where it has come, at the next turn."""
    if reached == lane.position:
        return lane
    return replace(lane, position=reached, attempts=0, failing_since=None, failure=None)
