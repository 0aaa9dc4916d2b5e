"""Authors as the graph shows them."""

from __future__ import annotations

import strawberry

from schema.field import plain


@strawberry.type(description="Who wrote or decided, with the role and organisation they had then.")
class Author:
    name: str = plain("The name.")
    role: str | None = plain("The role.")
    organisation: str | None = plain("The organisation.")
    organisation_number: str | None = plain("The unit's organisation number.")
