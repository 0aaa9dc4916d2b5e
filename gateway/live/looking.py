"""One person's look at a live view, which others may share who would see the very same."""

from __future__ import annotations

from collections.abc import Sequence

from domain.access.decision import Access
from domain.errors import CallerError
from gateway.answering import Result, as_result, close
from gateway.demand import Charge, Demand
from gateway.errors import Fault, caller_entry, log_fault
from gateway.execution import Executor, settle
from gateway.live.context import Contexts, Records
from gateway.live.follower import Follower
from gateway.live.stream import Ending
from gateway.rates import RateLimited
from resolvers import live
from resolvers.context import Shareable
from resolvers.live import PatientView


class Look:
    """What one person is to be shown now, in one or more of their subscriptions.

    Its steps are taken in order; after one that fails, `followers` are ended, or left for later,
    and the rest are nothing.
    """

    def __init__(self, followers: Sequence[Follower], contexts: Contexts, records: Records) -> None:
        self.followers = followers
        self.result: Result | None = None
        self.is_over = False
        self._first = followers[0]
        self._context: Shareable = contexts.fresh(self._first, records)
        self._charge: Charge | None = None

    @property
    def access(self) -> Access:
        """What the policy has decided for this person; `admit` comes first."""
        return self._context.decisions[self._first.topic]

    @property
    def is_shareable(self) -> bool:
        """Whether what was made depends on nothing of this person but their access."""
        return self.result is not None and not self._context.is_personal

    async def admit(self, demand: Demand) -> None:
        """Take what the view may cost, and ask the policy."""
        followed, viewer = self._first.followed, self._first.caller.viewer
        try:
            self._charge = await demand.charge(viewer, followed.operation.cost, followed.variables)
            await live.admit(self._context, self._first.topic)
        except RateLimited:
            self.is_over = True  # they are looked at again
        except CallerError as refused:
            self._end(Ending.ACCESS_ENDED, caller_entry(refused))

    async def make(self, executor: Executor, demand: Demand, cursor: str) -> None:
        """Run the client's operation on the patient's picture as it is now."""
        followed = self._first.followed
        root = PatientView(patient_id=self._first.topic, cursor=cursor)
        try:
            found = await executor.run(
                followed.operation, followed.variables, self._context, root=root
            )
            if self._charge is not None:
                demand.settle(self._charge, found.data)
            self.result = as_result(found, followed.operation, self._first.caller.event_id)
        except Exception as error:  # noqa: BLE001 # whatever it is, they begin anew
            self._fail(error)

    def share(self, other: Look) -> None:
        """Take what was made for somebody with the very same access; the log has it of both."""
        self.result = other.result
        self._context.disclosures.show_as(other._context.disclosures)  # our own kind

    async def settle(self) -> None:
        """Return once all of it is in the log of use; nothing is sent before."""
        event_id = self._first.caller.event_id
        try:
            await settle(self._context, event_id)
        except Fault as error:
            self._fail(error)
        finally:
            await close(self._context, event_id)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            log_fault(error, self._first.caller.event_id)
        self._end(Ending.FAILED)

    def _end(self, ending: Ending, *entries: dict[str, object]) -> None:
        self.is_over = True
        for each in self.followers:
            each.end(ending, entries)
