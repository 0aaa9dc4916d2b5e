"""The root of all writing, put together of what can be done to each concept."""

from __future__ import annotations

import strawberry

from schema.collaboration import Collaboration
from schema.writing.access import AccessMutations
from schema.writing.choice import ChoiceMutations
from schema.writing.conversation import ConversationMutations
from schema.writing.draft import DraftMutations
from schema.writing.lock import LockMutations
from schema.writing.log import LogMutations
from schema.writing.notice import NoticeMutations
from schema.writing.part import PartMutations
from schema.writing.report import ReportMutations
from schema.writing.sharing import SharingMutations


@strawberry.type(
    description="Everything that can be written. Each write is done whole or not at all."
)
class Mutation(
    DraftMutations,
    PartMutations,
    SharingMutations,
    ConversationMutations,
    Collaboration,
    ReportMutations,
    ChoiceMutations,
    LockMutations,
    NoticeMutations,
    LogMutations,
    AccessMutations,
):
    """Nothing of its own."""
