"""What readers do with what they are told."""

from __future__ import annotations

import strawberry

from resolvers.writing import notice
from schema.mutation_field import mutation
from schema.payload import NoticesReadPayload


@strawberry.type(description="What readers do with their notices.")
class NoticeMutations:
    mark_notices_read = mutation(
        notice.MARK_READ,
        "Mark notices as read. Each person does so for themselves, also what their unit is told.",
        NoticesReadPayload,
        notice_ids="The notices; others' are left as they are.",
    )
