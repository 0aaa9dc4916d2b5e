"""`python -m bench.unlogged`: the gateway without its log of use. It exists here only, to measure.

What the log costs is the difference between this and `python -m gateway`.
"""

from __future__ import annotations

import sys
from operator import attrgetter
from typing import Any

from gateway.app import create_app
from gateway.serving import serve
from resolvers import context
from resolvers.disclosure import Disclosures


class Nothing(Disclosures):
    """Takes note of nothing, and waits for nothing."""

    def decided(self, *_: Any) -> None:
        """Do nothing."""

    refused = covered = shown = part = section = decided  # type: ignore[assignment]  # the same

    async def settle(self) -> None:
        """Return at once."""


if __name__ == "__main__":
    vars(context)["Disclosures"] = Nothing  # the one thing that is taken away
    sys.exit(serve("gateway without log", create_app, attrgetter("port"), "DBEP_PORT"))
