"""Where a line of a plan was taken over from, when a source proposed it."""

from __future__ import annotations

from datetime import datetime

from domain.noun import Noun
from domain.source.section import SourceName


class Origin(Noun):
    """The source that a line was taken over from, its id there, and when the source said so.

    It is the author's word: an EHR may have asked the source itself, so what we have proposed is
    not all that can be taken over.
    """

    source: SourceName
    source_id: str
    retrieved_at: datetime
