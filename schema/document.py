"""Journal documents as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from resolvers import section
from schema.coding import Coding
from schema.field import field, plain
from schema.section import Section


@strawberry.type(
    description="A journal document that the hospital shares: what it is, not its text."
)
class Document:
    id: strawberry.ID = plain("The document's id at the hospital.")
    type: Coding = plain("The kind of document.")
    title: str | None = plain("Its title.")
    dated: datetime | None = plain("When it was made.")
    author: str | None = plain("Who wrote it.")
    custodian: str | None = plain("The organisation that keeps it.")
    content_type: str | None = plain("Its media type.")
    held_until: datetime | None = plain(
        "Until when the hospital does not let the patient's side see it; they never get one that is "
        "held."
    )


@strawberry.type(description="The patient's documents, from the hospital, newest first.")
class DocumentSection(Section):
    items: list[Document] | None = field(
        section.items,
        "The documents; null, never empty, when we can't say what there is.",
        first="At most so many items.",
    )
