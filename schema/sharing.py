"""Sharing as the graph shows it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.plan.sharing import RecipientKind, RecipientSetting, ShareScope, SharingState
from resolvers import sharing
from schema.field import enum, field, plain
from schema.given_word import GivenWord

enum(
    SharingState,
    "Where sharing of a plan part stands.",
    NOT_SHARED="It has never been shared.",
    SHARED="Somebody has it now.",
    WITHDRAWN="Those who had it no longer do.",
)
enum(
    RecipientKind,
    "What a recipient is.",
    PERSON="One named person.",
    TEAM="A team.",
    ORGANISATION="An organisation.",
)
enum(
    RecipientSetting,
    "Where a recipient meets the patient. All but HEALTH are outside health care.",
    HEALTH="Health care.",
    SCHOOL="School or kindergarten.",
    RESPITE="Respite home or other respite.",
    PERSONAL_ASSISTANT="Personal assistance.",
    FOSTER="Foster home.",
    OTHER="Elsewhere outside health care.",
)
enum(
    ShareScope,
    "How much of a part is shared.",
    WHOLE_PART="All that it says. Never outside health care.",
    ZONE_SHEET="The zones, the emergency text and who reads reports.",
    ROUTINES="The texts under ROUTINES.",
    CONTACTS="Whom to call. Of the parents, only whoever shares.",
)


@strawberry.type(description="A plan part, or pieces of it, given to a named recipient.")
class Share:
    id: strawberry.ID = plain("The share's id.")
    recipient: str = plain("Who has it.")
    kind: RecipientKind = plain("What the recipient is.")
    setting: RecipientSetting = plain("Where the recipient meets the patient.")
    scopes: list[ShareScope] = plain("How much is shared.", size=5)
    organisation_number: str | None = plain("The recipient's organisation number.")
    shared_by: str = plain("Who shared it.")
    since: datetime = plain("From when.")
    until: datetime | None = plain("Until when, not included; null is open-ended.")
    withdrawn_at: datetime | None = plain("When it was taken back.")
    is_own_home_only: bool = plain(
        "Whether it is kept from the other parent, for safety; who reads this may know of it."
    )
    word: GivenWord | None = plain(
        "The word that personnel wrote down and shared on; null where whoever shared decided."
    )
    is_open: bool = field(sharing.is_open, "Whether the recipient has it now.")
    version: int = plain("Counts every change; a writer must have seen the newest.")


@strawberry.type(
    description="Who has been given a plan part. Health personnel with a care relation may read an "
    "active plan without it."
)
class Sharing:
    state: SharingState = field(sharing.state, "Where sharing stands now.")
    shares: list[Share] = plain("Every share, newest first.", size=20)
