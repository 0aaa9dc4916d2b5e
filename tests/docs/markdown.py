"""Headings, tables and links of a Markdown file, as far as our documents use them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

Row = dict[str, str]


class Block(NamedTuple):
    """A block of code, with the line above it."""

    above: str
    language: str
    code: str


ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "behandlingsplan"

_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^(.*)\n```(\w+)\n((?s:.*?))^```$", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next one of any level."""
    found = re.search(rf"^#{{1,6}} {re.escape(heading)}$", text, re.MULTILINE)
    assert found, f"No heading “{heading}”."
    return _HEADING.split(text[found.end() :], maxsplit=1)[0]


def table(text: str) -> list[Row]:
    """Return the rows of the first table, each cell by the heading of its column."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert len(lines) > 1, "No table."
    columns = _cells(lines[0])
    return [dict(zip(columns, _cells(line), strict=True)) for line in lines[2:]]


def headings(text: str) -> list[str]:
    """Return all headings."""
    return _HEADING.findall(_FENCE.sub("", text))


def links(text: str) -> list[str]:
    """Return where the links and pictures lead."""
    return _LINK.findall(_FENCE.sub("", text))


def blocks(text: str) -> list[Block]:
    """Return the blocks of code, in order."""
    return [Block(*found) for found in _BLOCK.findall(text)]


def anchor(heading: str) -> str:
    """Return the fragment by which a heading is linked to."""
    words = re.sub(r"[^\w\s-]", "", heading.lower())
    return words.strip().replace(" ", "-")


def codes(cell: str) -> list[str]:
    """Return what is written as code in a cell."""
    return _CODE.findall(cell)


def words(cell: str) -> list[str]:
    """Return a cell's words, as separated by commas."""
    return [word.strip() for word in cell.split(",")]


def name(cell: str) -> str:
    """Return the name in bold that a meaning begins with."""
    found = re.match(r"\*\*(.+?)[.:]?\*\*", cell)
    assert found, f"No name in bold: {cell}"
    return found[1]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
