"""`python -m store migrate`: bring the database of DBEP_DATABASE_URL to the newest schema."""

from __future__ import annotations

import os
import sys

from store.migrate import migrate


def main() -> None:
    """Run the one verb there is."""
    url = os.environ.get("DBEP_DATABASE_URL")
    if sys.argv[1:] != ["migrate"] or not url:
        sys.exit("Usage: DBEP_DATABASE_URL=postgresql+asyncpg://… python -m store migrate")
    migrate(url)


main()
