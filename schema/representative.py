"""Who acts for a patient, as the graph shows it."""

from __future__ import annotations

import strawberry

from domain.access.relation import Basis
from schema.field import plain


@strawberry.type(
    description="Somebody who is registered to act for the patient, whether or not they see anything."
)
class Representative:
    id: strawberry.ID = plain("The representation's id, to preview what they see.")
    name: str = plain("Their name.")
    basis: Basis = plain("What they act on.")
