"""What accepted writes are answered with."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain import written as domain
from resolvers import (
    comment,
    consent,
    correction,
    lock,
    log_question,
    reservation,
    rule,
    sharing,
    suggestion,
    written,
)
from resolvers import review as reviews
from schema.access_rule import AccessRule, Representation
from schema.answer import Answer
from schema.care_team import TeamMember
from schema.comment import Comment
from schema.consent import Consent
from schema.correction import CorrectionRequest
from schema.draft import Draft
from schema.field import field, plain, twin
from schema.handover import Handover
from schema.lock import Block, Emergency, OpenedAccess, Restriction
from schema.log import LogQuestion
from schema.notice import NoticeChoice
from schema.patient import Patient
from schema.plan import PlanPart
from schema.report import Report
from schema.reservation import Reservation
from schema.review import Remaining, Review
from schema.sharing import Share
from schema.suggestion import Suggestion
from schema.task import ShiftTask


@strawberry.type(description="That a write was done.")
class Receipt:
    at: datetime = plain("When it was done.")
    version: int | None = plain("The version that what was written got by it.")
    is_replay: bool = plain(
        "Whether it had been done before, by the same input and idempotency key, and was not done "
        "again. The rest of the payload is as of now."
    )


@strawberry.interface(description="What an accepted write is answered with.")
class Payload:
    receipt: Receipt = plain("That it was done, and when.")


@strawberry.type(description="A plan part was changed.")
@twin(domain.PartWritten)
class PartPayload(Payload):
    part: PlanPart | None = field(written.part, "The part as it is now.")


@strawberry.type(description="A draft was changed.")
@twin(domain.DraftWritten)
class DraftPayload(Payload):
    draft: Draft | None = field(written.only_draft, "The draft as it is now.")


@strawberry.type(description="A report was sent, or something of it changed.")
@twin(domain.ReportWritten)
class ReportPayload(Payload):
    report: Report | None = field(written.sent_report, "The report as it is now.")
    answer: Answer | None = field(written.answer, "What the reporter is told now.")


@strawberry.type(description="A report was moved to another patient.")
@twin(domain.ReportMoved)
class ReportMovedPayload(Payload):
    report: Report | None = field(written.sent_report, "The report that is kept where it was.")
    moved_to: Report | None = field(
        written.moved_report, "The report as it stands with the patient that it was meant for."
    )
    answer: Answer | None = field(
        written.answer_to_moved, "What the reporter is told of it, by that patient's plan."
    )


@strawberry.type(description="Approval of a part's or draft's content was changed.")
@twin(domain.ApprovalWritten)
class ApprovalPayload(Payload):
    part: PlanPart | None = field(written.part, "The part as it is now.")
    draft: Draft | None = field(
        written.any_draft, "The draft as it is now; null when it was about the part itself."
    )


@strawberry.type(description="A share was made, changed or withdrawn.")
@twin(domain.ShareWritten)
class SharePayload(Payload):
    part: PlanPart | None = field(sharing.written_part, "The part as it is now.")
    share: Share | None = field(sharing.written_share, "The share as it is now.")


@strawberry.type(description="A code was made that opens a share once.")
@twin(domain.ShareCodeWritten)
class ShareCodePayload(Payload):
    share: Share | None = field(sharing.written_share, "The share that it opens.")
    share_code: str | None = plain(
        "The code, for the person who gets it and nobody else. It is kept nowhere, and null when "
        "the same input is sent again."
    )
    expires_at: datetime = field(sharing.code_until, "When it can no longer be used.")


@strawberry.type(description="Something was said, or done with what was said.")
@twin(domain.CommentWritten)
class CommentPayload(Payload):
    part: PlanPart | None = field(comment.written_part, "The part as it is now.")
    comment: Comment | None = field(comment.written_comment, "The comment as it is now.")


@strawberry.type(description="Something was suggested, or done with a suggestion.")
@twin(domain.SuggestionWritten)
class SuggestionPayload(Payload):
    part: PlanPart | None = field(suggestion.written_part, "The part as it is now.")
    suggestion: Suggestion | None = field(
        suggestion.written_suggestion, "The suggestion as it is now."
    )


@strawberry.type(description="A handover was opened or answered.")
@twin(domain.HandoverWritten)
class HandoverPayload(Payload):
    handover: Handover | None = field(
        written.offered,
        "The handover as it is now; null when the viewer's access ended with it, or what the plan "
        "says is closed to them.",
    )


@strawberry.type(description="The care team was changed.")
@twin(domain.TeamWritten)
class TeamPayload(Payload):
    member: TeamMember | None = field(
        written.member, "The member as it is now; null when the viewer's access ended with it."
    )


@strawberry.type(description="A review was held.")
@twin(domain.ReviewWritten)
class ReviewPayload(Payload):
    part: PlanPart | None = field(reviews.part_of_written, "The part as it is now.")
    review: Review | None = field(reviews.of_written, "The review.")
    remaining: list[Remaining] | None = field(
        reviews.left_to_do,
        "What is left to do before the part has ended; empty unless the outcome is END.",
        size=20,
    )


@strawberry.type(description="A task was taken or let go.")
@twin(domain.TaskWritten)
class TaskPayload(Payload):
    task: ShiftTask | None = field(
        written.claimed, "The task as it is now; null once it no longer waits."
    )


@strawberry.type(description="A consent was given or withdrawn.")
@twin(domain.ConsentWritten)
class ConsentPayload(Payload):
    consent: Consent | None = field(consent.of_written, "The consent as it is now.")


@strawberry.type(description="A reservation was made or ended.")
@twin(domain.ReservationWritten)
class ReservationPayload(Payload):
    reservation: Reservation | None = field(reservation.of_written, "The reservation as it is now.")


@strawberry.type(description="A request for correction was made or decided.")
@twin(domain.CorrectionWritten)
class CorrectionPayload(Payload):
    request: CorrectionRequest | None = field(correction.of_written, "The request as it is now.")


@strawberry.type(description="Notices are marked as read.")
@twin(domain.NoticesRead)
class NoticesReadPayload(Payload):
    pass


@strawberry.type(description="How the writer is told outside the app was chosen.")
@twin(domain.NoticesChosen)
class NoticesChosenPayload(Payload):
    choice: NoticeChoice | None = plain("The choice as it is now; null when nothing is sent.")


@strawberry.type(description="A question about the log of use was asked or answered.")
@twin(domain.LogQuestionWritten)
class LogQuestionPayload(Payload):
    question: LogQuestion | None = field(log_question.of_written, "The question as it is now.")


@strawberry.type(description="Something was set, or ended, about access.")
@twin(domain.RuleWritten)
class RulePayload(Payload):
    rule: AccessRule | None = field(
        rule.of_written, "The rule as it is now; null when the writer's own access ended with it."
    )


@strawberry.type(description="A representation was registered or ended.")
@twin(domain.RepresentationWritten)
class RepresentationPayload(Payload):
    representation: Representation | None = field(
        rule.representation_written,
        "The representation as it is now; null when the writer's own access ended with it.",
    )


@strawberry.type(description="A restriction was set or lifted.")
@twin(domain.RestrictionWritten)
class RestrictionPayload(Payload):
    restriction: Restriction | None = field(lock.of_written, "The restriction as it is now.")


@strawberry.type(description="A person was blocked, or a block lifted.")
@twin(domain.BlockWritten)
class BlockPayload(Payload):
    block: Block | None = field(lock.of_written, "The block as it is now.")


@strawberry.type(description="Access was opened on a consent, or opened access was ended.")
@twin(domain.AccessOpened)
class OpenedAccessPayload(Payload):
    access: OpenedAccess | None = field(lock.of_written, "The opened access as it is now.")


@strawberry.type(description="Emergency access was opened: first what helps at once.")
@twin(domain.EmergencyOpened)
class EmergencyPayload(Payload):
    zone_sheet: PlanPart | None = field(
        lock.zone_sheet, "The self-care plan in use, with the zone sheet; null without one."
    )
    patient: Patient | None = field(lock.patient_of, "The patient.")
    access: OpenedAccess | None = field(lock.of_written, "The access, with its end.")


@strawberry.type(description="An emergency access was reviewed.")
@twin(domain.EmergencyReviewed)
class EmergencyReviewPayload(Payload):
    emergency: Emergency | None = field(lock.of_written, "The emergency access as it is now.")
