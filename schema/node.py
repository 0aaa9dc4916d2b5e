"""Everything that can be found again by its id."""

from __future__ import annotations

import strawberry

from schema.field import plain


@strawberry.interface(description="Anything that can be found again by its id.")
class Node:
    id: strawberry.ID = plain("An opaque id that stays the same; use it as it is.")
