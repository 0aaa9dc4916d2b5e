"""What readers do with what they are told."""

from __future__ import annotations

import strawberry

from resolvers.writing import notice, notice_choice
from schema.mutation_field import mutation
from schema.payload import NoticesChosenPayload, NoticesReadPayload


@strawberry.type(description="What readers do with their notices.")
class NoticeMutations:
    mark_notices_read = mutation(
        notice.MARK_READ,
        "Mark notices as read. Each person does so for themselves, also what their unit is told.",
        NoticesReadPayload,
        notice_ids="The notices; others' are left as they are.",
    )
    choose_notices = mutation(
        notice_choice.CHOOSE,
        "Choose how one is told outside the app that there is something to read: a citizen, for "
        "themselves. What is left out gets its default, and the words are in the language of "
        "Accept-Language.",
        NoticesChosenPayload,
        channel="How; without it nothing is sent, and what was chosen is forgotten.",
        switched_off="The groups that nothing is sent of; with all of them, as without a channel.",
        quiet_from="The hour in Norway, 0 to 23, from which only what is urgent is sent.",
        quiet_until="The hour until which it is so; the same as `quietFrom` for none.",
        gather_hours="At least so many hours, at most 168, lie between two messages.",
    )
