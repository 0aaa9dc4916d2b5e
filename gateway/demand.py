"""What an operation may cost, what it has cost, and who pays: asked before it runs, told after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from domain.access.viewer import Viewer
from gateway.buckets import Payer
from gateway.cost import OperationCost, Variables
from gateway.errors import DocumentRefused
from gateway.limits import Limits
from gateway.rates import Rates, payer_of

EXPORT = 10_000
"""What an export costs: everything of one patient, however much it is."""


class CostExceeded(DocumentRefused):
    """The operation may cost more than one operation may."""

    code = "COST_EXCEEDED"
    sentence = "The operation asks for too much at once."
    remedy = "Ask for fewer at a time (`first`), or for less of each; see docs/limits.md."

    def __init__(self, estimated: int, limit: int) -> None:
        super().__init__()
        self.told = {"estimated": estimated, "limit": limit}


class Charge(msgspec.Struct, frozen=True):
    """One operation that was paid for in advance."""

    payer: Payer
    cost: OperationCost
    estimated: int


class Demand:
    """Refuses operations that cost too much, by themselves or with what was asked before."""

    def __init__(self, rates: Rates, limits: Limits) -> None:
        self._rates = rates
        self._limits = limits

    async def charge(
        self, viewer: Viewer, cost: OperationCost, variables: Variables | None
    ) -> Charge:
        """Take what an operation may cost; raise CostExceeded or RateLimited."""
        estimated = cost.estimate(variables)
        if estimated > self._limits.operation_cost:
            raise CostExceeded(estimated, self._limits.operation_cost)
        payer = payer_of(viewer, self._limits)
        await self._rates.take(payer, estimated)
        return Charge(payer, cost, estimated)

    async def charge_export(self, viewer: Viewer) -> None:
        """Take what an export costs; raise RateLimited."""
        await self._rates.take(payer_of(viewer, self._limits), EXPORT)

    def settle(self, charge: Charge, data: Mapping[str, Any] | None) -> int:
        """Return what the answer has cost, and give back the rest."""
        actual = charge.cost.count(data)
        self._rates.give_back(charge.payer, charge.estimated - actual)
        return actual

    async def told(self, charge: Charge, actual: int) -> dict[str, int]:
        """Return what an answer's `extensions.cost` says."""
        return {
            "estimated": charge.estimated,
            "actual": actual,
            "limit": self._limits.operation_cost,
            "remaining": await self._rates.left(charge.payer),
        }
