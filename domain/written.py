"""What comes of an accepted write."""

from __future__ import annotations

from datetime import datetime

from domain.cooperation.notice_choice import NoticeChoice
from domain.noun import Noun


class Receipt(Noun):
    """When a write was done, and the version that its subject got by it.

    `is_replay` tells that the same write had been done before and was not done again.
    """

    at: datetime
    version: int | None = None
    is_replay: bool = False


class Written(Noun):
    """An accepted write: what it was about is looked up anew, under today's access.

    `shown_once` is a secret that the write made; nobody can look it up later, nor by a replay.
    """

    patient_id: str
    subject_id: str
    receipt: Receipt
    shown_once: str | None = None


class PartWritten(Written):
    """A plan part was changed."""


class DraftWritten(Written):
    """A draft was changed."""


class ReportWritten(Written):
    """A report was sent, or something of it changed; the subject is the report to read from now."""


class ReportMoved(Written):
    """A report was moved to another patient; the subject is the one that is kept where it was."""


class ApprovalWritten(Written):
    """Approval of what a part or draft says was changed; the subject is either."""


class ShareWritten(Written):
    """A share was made, changed or withdrawn."""


class ShareCodeWritten(Written):
    """A code was made for a share, which is the subject."""

    @property
    def share_code(self) -> str | None:
        """The code, the one time that it can be told."""
        return self.shown_once


class CommentWritten(Written):
    """Something was said, or done with what was said."""


class SuggestionWritten(Written):
    """Something was suggested, or done with a suggestion."""


class HandoverWritten(Written):
    """A handover was opened or answered."""


class TeamWritten(Written):
    """A member of the care team was added, changed or has left."""


class ReviewWritten(Written):
    """A review was held."""


class TaskWritten(Written):
    """A task was taken or let go."""


class ConsentWritten(Written):
    """A consent was given or withdrawn."""


class ReservationWritten(Written):
    """A reservation was made or ended."""


class CorrectionWritten(Written):
    """A request for correction was made or decided."""


class RestrictionWritten(Written):
    """A restriction was set or lifted."""


class BlockWritten(Written):
    """A person was blocked, or a block lifted."""


class AccessOpened(Written):
    """Access to what is restricted was opened on a consent, or opened access was ended."""


class EmergencyOpened(Written):
    """Emergency access was opened."""


class EmergencyReviewed(Written):
    """An emergency access was reviewed."""


class NoticesRead(Noun):
    """That a reader's notices are marked as read; it is about no single patient."""

    receipt: Receipt


class NoticesChosen(Noun):
    """How somebody is told outside the app from now on; without a choice, not at all."""

    receipt: Receipt
    choice: NoticeChoice | None


class RuleWritten(Written):
    """Something was set, or ended, about access."""


class RepresentationWritten(Written):
    """A representation was registered or ended."""


class LogQuestionWritten(Written):
    """A question about the log of use was asked or answered."""
