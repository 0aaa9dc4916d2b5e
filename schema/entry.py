"""What all that patients register has in common, as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.following.entry import EntrySource, EntryStatus
from domain.wording.entry import label
from schema.field import enum, plain

enum(
    EntrySource,
    "Who or what an entry comes from. What the patient's side registers never replaces clinical "
    "data.",
    **{source.name: f"{label(source, 'en')}." for source in EntrySource},
)
enum(
    EntryStatus,
    "What became of an entry. All but CURRENT are kept to be read, and count for nothing.",
    **{status.name: f"{label(status, 'en')}." for status in EntryStatus},
)


@strawberry.type(description="Why an entry is no longer current.")
class EntryChange:
    status: EntryStatus = plain("What was done.")
    by: str = plain("By whom.")
    at: datetime = plain("When.")
    reason: str | None = plain("Why, in their words; that of a decision is its reason.")
    replaced_by: strawberry.ID | None = plain(
        "The entry that counts instead, after a correction or a move. It opens only for those who "
        "may see its patient."
    )
    request_id: strawberry.ID | None = plain(
        "The request for deletion whose decision withdrew it; null when who made it changed it."
    )


@strawberry.type(description="The entry that this one stands for.")
class ReplacedEntry:
    id: strawberry.ID = plain("The entry.")
    status: EntryStatus = plain("CORRECTED or MOVED here.")
