"""What a resolver may use: one Context lives for one operation or one delivered event."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from connectors import Connectors
from domain.access.decision import Access
from domain.access.facts import DEFAULT, Choices
from domain.access.relation import Basis
from domain.access.rule import RuleKind
from domain.access.unseen import Unseen
from domain.access.viewer import Viewer
from domain.caller import Caller
from resolvers.caller import caller_of
from resolvers.disclosure import Disclosures, Log
from resolvers.loaders import Loaders
from store import Store

T = TypeVar("T")


@dataclass(eq=False)
class Context:
    """The viewer, the time, the store, the sources, and what was loaded and decided so far.

    Nothing that was fetched with it may leave before `settle` has returned.

    `now` is read once, so that one answer has one time. `evaluates_zones` is off unless the
    deployment switched it on (docs/zone-evaluation.md). `previewed` is whose view the viewer
    previews, where they do: then one patient is all that can be read. Make it inside the running
    loop, and close it.
    """

    viewer: Viewer
    now: datetime
    store: Store
    connectors: Connectors
    event_id: str
    log: Log
    language: str = "nb"
    evaluates_zones: bool = False
    choices: Choices = DEFAULT
    decisions: dict[str, Access] = field(default_factory=dict)
    unseen: dict[str, Unseen] = field(default_factory=dict)
    previewed: Viewer | None = None
    _tasks: set[asyncio.Future[Any]] = field(default_factory=set)

    @property
    def decider(self) -> Viewer:
        """The viewer as the policy and the log are told of them."""
        return self.viewer

    def caller(self, basis: Basis, opening: RuleKind | None = None) -> Caller:
        """Return the viewer as the sources are told of them, when access rests on a basis."""
        return caller_of(self.viewer, basis, self.event_id, self.now, opening)

    @cached_property
    def loaders(self) -> Loaders:
        """The operation's own loaders."""
        return Loaders(self.store, self.connectors, self.run)

    @cached_property
    def disclosures(self) -> Disclosures:
        """What this operation discloses, for the log of use."""
        return Disclosures(self.log, self.decider, self.event_id, self.now)

    async def settle(self) -> None:
        """Return once the log of use has all that was decided and shown; raise if it can't."""
        await self.disclosures.settle()

    def forget(self, patient_id: str) -> None:
        """Forget what was loaded and decided about a patient, since it has changed."""
        self.decisions.pop(patient_id, None)
        self.unseen.pop(patient_id, None)
        self.loaders.forget(patient_id)

    async def run(self, work: Awaitable[T]) -> T:
        """Run work that many wait for, in a task that ends with this context."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await task

    async def close(self) -> None:
        """Cancel whatever still runs; nobody is left to read it."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Shareable(Context):
    """A context that knows whether anything was made of who asks, besides the decision.

    What was not may be shown to others about whom the very same was decided.
    """

    is_personal = False

    @property
    def viewer(self) -> Viewer:
        """Who asks; that it was asked is noted."""
        self.is_personal = True
        return self._who

    @viewer.setter
    def viewer(self, given: Viewer) -> None:
        self._who = given

    @property
    def decider(self) -> Viewer:
        """The viewer as the policy and the log are told of them."""
        return self._who
