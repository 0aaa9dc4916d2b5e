"""The third axis: who has been given a plan part, besides those with a care relation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeAlias

from msgspec.structs import replace

from domain.given_word import GivenWord
from domain.noun import Noun


class SharingState(Enum):
    """SHARED while any share is open; WITHDRAWN when all have been taken back or have ended."""

    NOT_SHARED = "NOT_SHARED"
    SHARED = "SHARED"
    WITHDRAWN = "WITHDRAWN"


class RecipientKind(Enum):
    """Whether a share is with one named person, a team, or an organisation."""

    PERSON = "PERSON"
    TEAM = "TEAM"
    ORGANISATION = "ORGANISATION"


class RecipientSetting(Enum):
    """Where the recipient meets the patient; everything but HEALTH is outside health care."""

    HEALTH = "HEALTH"
    SCHOOL = "SCHOOL"
    RESPITE = "RESPITE"
    PERSONAL_ASSISTANT = "PERSONAL_ASSISTANT"
    FOSTER = "FOSTER"
    OTHER = "OTHER"


SETTING_NAMES = {
    RecipientSetting.HEALTH: "Helsetjeneste",
    RecipientSetting.SCHOOL: "Skole",
    RecipientSetting.RESPITE: "Avlastning",
    RecipientSetting.PERSONAL_ASSISTANT: "Personlig assistanse",
    RecipientSetting.FOSTER: "Fosterhjem",
    RecipientSetting.OTHER: "Annen mottaker",
}


class ShareScope(Enum):
    """How much of a part is shared: the whole of it, or some of what others need every day."""

    WHOLE_PART = "WHOLE_PART"
    ZONE_SHEET = "ZONE_SHEET"
    ROUTINES = "ROUTINES"
    CONTACTS = "CONTACTS"


Portion: TypeAlias = Mapping[ShareScope, frozenset[str]]
"""How much of a part somebody is shown: its scopes, each with the names of the people whose
telephone numbers are left out of it."""

WHOLE: Portion = {ShareScope.WHOLE_PART: frozenset()}

LONGEST_OUTSIDE_HEALTH = timedelta(days=366)
"""A school year and the summer: who still needs it then is given it again."""


class Share(Noun):
    """A part given to a named recipient, from when and until when; `until` None is open-ended.

    Organisations are known by `organisation_number`, a person outside health care who logs in by
    `recipient_number`, and somebody with neither opens it by a code. `shared_by_number` tells whose
    contact details go along; with `is_own_home_only`, no other parent is shown the share, for
    safety. `word` is the one that personnel have written down and shared on. Identity numbers are
    never shown.
    """

    id: str
    patient_id: str
    part_id: str
    recipient: str
    kind: RecipientKind
    setting: RecipientSetting
    scopes: tuple[ShareScope, ...]
    organisation_number: str | None
    shared_by: str
    since: datetime
    until: datetime | None = None
    withdrawn_at: datetime | None = None
    recipient_number: str | None = None
    shared_by_number: str | None = None
    is_own_home_only: bool = False
    word: GivenWord | None = None
    version: int = 1

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing of the part is left out."""
        return ShareScope.WHOLE_PART in self.scopes

    def is_open(self, now: datetime) -> bool:
        """Tell whether the recipient has it now."""
        ended = self.until is not None and self.until <= now
        return self.since <= now and not ended and self.withdrawn_at is None

    def is_for_parent(self, number: str | None) -> bool:
        """Tell whether a parent may know of it; it can be for the one who shared alone."""
        return not self.is_own_home_only or self.shared_by_number == number

    def is_with(self, other: Share) -> bool:
        """Tell whether another share is with the same recipient."""
        return _recipient(self) == _recipient(other)

    def __repr__(self) -> str:
        return f"Share({self.id})"


class Sharing(Noun):
    """Every share of a plan part, newest first."""

    shares: tuple[Share, ...] = ()

    def to_parent(self, number: str | None) -> Sharing:
        """Return the shares that a parent may know of."""
        return Sharing(shares=tuple(s for s in self.shares if s.is_for_parent(number)))

    def state(self, now: datetime) -> SharingState:
        """Return where sharing stands at a time."""
        if not self.shares:
            return SharingState.NOT_SHARED
        if any(share.is_open(now) for share in self.shares):
            return SharingState.SHARED
        return SharingState.WITHDRAWN


def withdrawn(share: Share, now: datetime) -> Share:
    """Return a share as it is once taken back."""
    return replace(share, withdrawn_at=now, version=share.version + 1)


def _recipient(share: Share) -> tuple[object, ...]:
    """Return what tells a recipient from another; a name only where no number does."""
    is_known = share.recipient_number is not None or (
        share.kind is RecipientKind.ORGANISATION and share.organisation_number is not None
    )
    name = "" if is_known else share.recipient.strip().casefold()
    return share.kind, share.recipient_number, share.organisation_number, name
