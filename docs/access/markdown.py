"""The little of Markdown that the page is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def bullets(items: Iterable[str]) -> str:
    """Return a list."""
    return "\n".join(f"- {item}" for item in items)


def page(*blocks: str) -> str:
    """Return blocks with an empty line between them."""
    return "\n\n".join(blocks) + "\n"


def listed(words: Sequence[str]) -> str:
    """Return words as they are said one after the other, in bokmål."""
    *before, last = words
    return f"{', '.join(before)} og {last}" if before else last


def enumerated(phrases: Sequence[str]) -> str:
    """Return phrases, which may have commas and «og» in them, so that they can be told apart."""
    return "; ".join(phrases)
