"""Journal documents that the hospital shares: what exists, not the text itself."""

from __future__ import annotations

from datetime import datetime

from domain.coding import Coding
from domain.noun import Noun


class Document(Noun):
    """One shared document's description."""

    id: str
    type: Coding
    title: str | None = None
    dated: datetime | None = None
    author: str | None = None
    custodian: str | None = None
    content_type: str | None = None
