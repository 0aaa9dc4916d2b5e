"""Who is told of what has happened: the recipient of an event, and the notice that one reads.

A notice holds nothing but whom it is for: what happened stands in the event, and whether the reader
may know of it is asked when it is read. Few things are told, to those who can do something with it,
and what is dealt with is taken away: an inbox of all that happens is read by nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from domain.author import Author
from domain.event import EventKind
from domain.noun import Noun
from domain.plan.sharing import Share


class NoticeTo(Enum):
    """What a recipient is known by.

    PATIENT_SIDE is the patient and those with parental responsibility, whoever they are when it is
    read. CITIZEN is one person by identity number, PERSONNEL one by HPR number, SENDER whoever sent
    a report, ORGANISATION a unit by its number, and SHARE whoever opens a share by its code.
    """

    PATIENT_SIDE = "PATIENT_SIDE"
    CITIZEN = "CITIZEN"
    PERSONNEL = "PERSONNEL"
    SENDER = "SENDER"
    ORGANISATION = "ORGANISATION"
    SHARE = "SHARE"


class Recipient(Noun):
    """Somebody who is told; the key may be an identity number, and is never shown."""

    kind: NoticeTo
    key: str

    def __repr__(self) -> str:
        return f"Recipient({self.kind.name})"


class NoticeSent(Noun):
    """That a recipient is told of an event, in the transaction that made it.

    `is_urgent` is what the plan marks so: a red report, and what becomes of it.
    """

    patient_id: str
    event_id: str
    to_kind: NoticeTo
    to_key: str
    at: datetime
    is_urgent: bool = False

    def __repr__(self) -> str:
        return f"NoticeSent({self.event_id}, {self.to_kind.name})"


class NoticePosition(Noun, array_like=True):
    """A place in a list of notices, newest first; what a cursor holds."""

    at: datetime
    id: str


class Notice(Noun):
    """What somebody is told: what happened, when and by whom, and whether they have read it.

    `told_as` is what they are told as. Of something that they may know no more of, all but the kind
    and the time is None. `listed_at` is the time it is listed by.
    """

    id: str
    kind: EventKind
    at: datetime
    listed_at: datetime
    told_as: tuple[NoticeTo, ...]
    is_read: bool = False
    patient_id: str | None = None
    subject_id: str | None = None
    by: Author | None = None
    by_number: str | None = None

    @property
    def is_to_patient_side(self) -> bool:
        """Tell whether it is told to the patient, or to somebody for the patient."""
        return NoticeTo.PATIENT_SIDE in self.told_as

    @property
    def position(self) -> NoticePosition:
        """The notice's place in the list."""
        return NoticePosition(at=self.listed_at, id=self.id)

    def __repr__(self) -> str:
        return f"Notice({self.id})"


_SHARE = frozenset({EventKind.SHARED, EventKind.SHARE_CHANGED})
_OFFER = frozenset({EventKind.HANDOVER_OPENED, EventKind.MOVE_REGISTERED})
STANDING = frozenset(
    {
        EventKind.PART_ACTIVATED,
        EventKind.PART_REVISED,
        EventKind.PART_HELD,
        EventKind.PART_RESUMED,
    }
)
"""That a part says something else, or is paused or not."""

_ASKED = frozenset({EventKind.APPROVAL_REQUESTED})

DEALS_WITH: Mapping[EventKind, frozenset[EventKind]] = {
    EventKind.SHARE_CHANGED: frozenset({EventKind.SHARE_CHANGED}),
    EventKind.SHARE_WITHDRAWN: _SHARE,
    EventKind.HANDOVER_ACCEPTED: _OFFER,
    EventKind.HANDOVER_DECLINED: _OFFER,
    EventKind.HANDOVER_WITHDRAWN: _OFFER,
    EventKind.APPROVAL_REQUESTED: frozenset({EventKind.APPROVAL_DECIDED}),
    EventKind.APPROVAL_DECIDED: _ASKED,
    EventKind.DRAFT_SAVED: _ASKED | {EventKind.APPROVAL_DECIDED},
    EventKind.DRAFT_DISCARDED: _ASKED | {EventKind.APPROVAL_DECIDED},
    EventKind.COMMENT_WITHDRAWN: frozenset({EventKind.COMMENT_ANSWERED}),
    EventKind.CORRECTION_DECIDED: frozenset({EventKind.CORRECTION_ASKED}),
    EventKind.REPORT_SEEN: frozenset({EventKind.REPORT_ESCALATED}),
    EventKind.REPORT_ACTED_ON: frozenset({EventKind.REPORT_SEEN, EventKind.REPORT_ESCALATED}),
    EventKind.REPORT_WITHDRAWN: frozenset({EventKind.REPORT_SEEN, EventKind.REPORT_ESCALATED}),
    EventKind.PART_ACTIVATED: STANDING | _ASKED | {EventKind.APPROVAL_DECIDED},
    EventKind.PART_REVISED: STANDING | _ASKED | {EventKind.APPROVAL_DECIDED},
    EventKind.BIRTHDAY_NEAR: frozenset({EventKind.BIRTHDAY_NEAR}),
    EventKind.PART_HELD: frozenset({EventKind.PART_RESUMED}),
    EventKind.PART_RESUMED: frozenset({EventKind.PART_HELD}),
    EventKind.PART_COMPLETED: STANDING | _ASKED,
    EventKind.PART_REVOKED: STANDING | _ASKED | {EventKind.PART_COMPLETED},
    EventKind.PART_ENTERED_IN_ERROR: STANDING | _ASKED | {EventKind.PART_COMPLETED},
}
"""The earlier notices of the same subject that an event leaves nothing to do about."""

ENDINGS = frozenset(
    {
        EventKind.SHARE_WITHDRAWN,
        EventKind.HANDOVER_WITHDRAWN,
        EventKind.REPRESENTATION_ENDED,
    }
)
"""What a recipient is told of though they may no longer know of anything else."""

OF_SHARE = _SHARE | {EventKind.SHARE_WITHDRAWN}


def of_share(share: Share) -> tuple[Recipient, ...]:
    """Return whom a share is with, by every way that they can come to it."""
    found = []
    if share.organisation_number is not None:
        found.append(Recipient(kind=NoticeTo.ORGANISATION, key=share.organisation_number))
    if share.recipient_number is not None:
        found.append(Recipient(kind=NoticeTo.CITIZEN, key=share.recipient_number))
    if not share.is_whole:
        found.append(Recipient(kind=NoticeTo.SHARE, key=share.id))
    return tuple(found)


def of_organisation(number: str | None) -> tuple[Recipient, ...]:
    """Return a unit as a recipient; nobody without a number."""
    return () if number is None else (Recipient(kind=NoticeTo.ORGANISATION, key=number),)


def of_writer(author: Author, number: str | None = None) -> tuple[Recipient, ...]:
    """Return who wrote something: personnel by their HPR number, a citizen by their own."""
    if author.hpr_number is not None:
        return (Recipient(kind=NoticeTo.PERSONNEL, key=author.hpr_number),)
    return () if number is None else (Recipient(kind=NoticeTo.CITIZEN, key=number),)


def of_patient_side(patient_id: str) -> tuple[Recipient, ...]:
    """Return the patient and those with parental responsibility as one recipient."""
    return (Recipient(kind=NoticeTo.PATIENT_SIDE, key=patient_id),)


def of_sender(author_id: str) -> tuple[Recipient, ...]:
    """Return who sent a report."""
    return (Recipient(kind=NoticeTo.SENDER, key=author_id),)
