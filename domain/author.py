"""Who wrote or decided."""

from __future__ import annotations

from domain.noun import Noun


class Author(Noun):
    """Who wrote or decided: a name with the role and organisation they had then.

    Health personnel have `hpr_number`; `organisation_number` is the unit they worked for then, to
    which responsibility belongs.
    """

    name: str
    role: str | None = None
    organisation: str | None = None
    hpr_number: str | None = None
    organisation_number: str | None = None
