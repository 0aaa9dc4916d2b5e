"""`python -m bench.lawless`: the gateway that neither decides nor logs, here only to be measured.

What the policy and the log of use cost is the difference between this and `python -m gateway`. Each
person's access to a patient is decided once and kept, so that answers are the same.
"""

from __future__ import annotations

import sys
from datetime import datetime
from operator import attrgetter
from typing import Any

from domain.access import decision
from domain.access.decision import Access
from domain.access.facts import AccessFacts, Choices
from domain.access.viewer import Viewer
from gateway.app import create_app
from gateway.serving import serve
from resolvers import access, context
from resolvers.disclosure import Disclosures

_KEPT: dict[tuple[str, str], Access] = {}


class Nothing(Disclosures):
    """Takes note of nothing, and waits for nothing."""

    def decided(self, *_: Any) -> None:
        """Do nothing."""

    refused = covered = shown = part = section = decided  # type: ignore[assignment]  # the same

    async def settle(self) -> None:
        """Return at once."""


def kept(viewer: Viewer, facts: AccessFacts, now: datetime, choices: Choices) -> Access:
    """Return what was decided the first time, whatever has changed since."""
    key = viewer.subject, facts.identity_numbers[0].value
    if key not in _KEPT:
        _KEPT[key] = decision.decide(viewer, facts, now, choices)
    return _KEPT[key]


def unasked(*_: Any) -> None:
    """Let everybody read every field."""


if __name__ == "__main__":
    vars(context)["Disclosures"] = Nothing
    vars(access).update(decide=kept, field=unasked)
    sys.exit(serve("gateway without policy and log", create_app, attrgetter("port"), "DBEP_PORT"))
