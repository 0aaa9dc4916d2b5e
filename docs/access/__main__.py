"""`python -m docs.access`: write docs/tilgang.md; with `--check`, only tell whether it is true."""

from __future__ import annotations

import sys

from docs.access.page import FILE, is_stale, text


def main() -> None:
    """Write the page, or compare it with what would be written."""
    if "--check" not in sys.argv:
        FILE.write_text(text(), encoding="utf-8")
    if is_stale():
        sys.exit(f"Not what the policy says: {FILE.name}. Run `make docs` and read it.")


main()
