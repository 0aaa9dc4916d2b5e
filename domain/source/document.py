"""Journal documents that the hospital shares: what exists, not the text itself."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from domain.coding import Coding
from domain.noun import Noun
from domain.source.section import Reason, ReasonCode, Section


class Document(Noun):
    """One shared document's description.

    Before `held_until` the hospital does not let the patient's side see it: somebody is to talk
    with them first.
    """

    id: str
    type: Coding
    title: str | None = None
    dated: datetime | None = None
    author: str | None = None
    custodian: str | None = None
    content_type: str | None = None
    held_until: datetime | None = None


def released(section: Section[Document], now: datetime) -> Section[Document]:
    """Return a section as the patient's side may see it: what the hospital holds is counted only.

    The hospital holds it back from them itself; this is for whoever sees what they would.
    """
    if not section.items:
        return section
    shown = tuple(each for each in section.items if (each.held_until or now) <= now)
    held = len(section.items) - len(shown)
    if not held:
        return section
    why = (*section.reasons, Reason(code=ReasonCode.WITHHELD_BY_SOURCE, count=held))
    return replace(section, items=shown or None, reasons=why)
