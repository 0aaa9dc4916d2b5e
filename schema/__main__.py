"""`python -m schema`: write schema.graphql; with `--check`, only tell whether it is true."""

from __future__ import annotations

import sys
from pathlib import Path

from schema import schema

FILE = Path(__file__).parent.parent / "schema.graphql"


def main() -> None:
    """Write the SDL, or compare it with the file."""
    sdl = schema.as_str() + "\n"
    if "--check" not in sys.argv:
        FILE.write_text(sdl, encoding="utf-8")
    elif FILE.read_text(encoding="utf-8") != sdl:
        sys.exit(
            "schema.graphql is not what the code says: run `make schema` and look at the diff."
        )


main()
