"""All the pictures, and where their files are."""

from __future__ import annotations

from pathlib import Path

from docs.drawing.agreement import agreement
from docs.drawing.approval import approval
from docs.drawing.boundaries import boundaries
from docs.drawing.comment import comment
from docs.drawing.draft import draft
from docs.drawing.handover import handover
from docs.drawing.lifecycle import lifecycle
from docs.drawing.process import process
from docs.drawing.sharing import sharing
from docs.drawing.structure import structure
from docs.drawing.versions import versions

FOLDER = Path(__file__).parent.parent / "behandlingsplan" / "bilder"
PICTURES = (
    agreement,
    approval,
    boundaries,
    comment,
    draft,
    handover,
    lifecycle,
    process,
    sharing,
    structure,
    versions,
)


def stale() -> list[str]:
    """Return the names of files that are not what would be drawn, or that nothing draws."""
    drawn = {f"{picture.name}.svg": picture.svg() for picture in (draw() for draw in PICTURES)}
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*")}
    return sorted(name for name in drawn | there if drawn.get(name) != there.get(name))
