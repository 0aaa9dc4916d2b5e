"""Whom the patient calls, and when."""

from __future__ import annotations

from domain.content.zone import ZoneLevel
from domain.noun import Noun
from domain.source.origin import Origin


class ContactPoint(Noun):
    """A number to call; `zone` is the colour it is for, None for any."""

    id: str
    label: str
    phone: str
    hours: str | None = None
    zone: ZoneLevel | None = None
    origin: Origin | None = None
