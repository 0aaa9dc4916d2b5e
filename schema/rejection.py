"""Every way in which a write can be answered without being done."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.cooperation.comment import CommentStatus
from domain.cooperation.handover import HandoverState
from domain.cooperation.suggestion import SuggestionState
from domain.following import entry, receiving
from domain.following.entry import EntryStatus
from domain.following.receiving import ReceivingState
from domain.keeping.correction import CorrectionState
from domain.plan.approval import ApprovalState
from domain.plan.care_team import CareTeamFunction
from domain.plan.draft import DraftState
from domain.plan.mandatory import MissingCode
from domain.plan.part import Lifecycle
from domain.refusal import Refusal
from domain.wording.mandatory import general_sentence
from domain.wording.validation import fault_sentence
from domain.writing import rejection as domain
from domain.writing.fault import Fault as DomainFault
from domain.writing.fault import FaultCode
from resolvers import rejection
from schema.author import Author
from schema.care_team import TeamMember
from schema.content import PlanContent
from schema.difference import Clash, Difference
from schema.field import enum, field, plain, twin
from schema.handover import Handover

enum(
    FaultCode,
    "What can be wrong with an input.",
    **{code.name: fault_sentence(DomainFault(path="", code=code), "en") for code in FaultCode},
)
enum(
    MissingCode,
    "What a part can still need before it is activated.",
    **{code.name: general_sentence(code, "en") for code in MissingCode},
)


@strawberry.interface(
    description="Why a write was not done. Nothing was changed, and nothing that was sent is kept."
)
class Rejection:
    code: str = plain("The stable code.")
    sentence: str = field(
        rejection.sentence, "The reason in words, in the language of Accept-Language."
    )


@strawberry.type(description="One thing wrong with an input.")
class Fault:
    path: str = plain("Where it is in the input, as in `content.goals[2].problemIds[0]`.")
    code: FaultCode = plain("The stable code; new ones may be added.")
    sentence: str = field(
        rejection.fault_sentence, "What is wrong and what to do; never the value itself."
    )
    other: str | None = plain("The other place, when two don't go together.")
    allowed: str | None = plain("What would do, where that can be said.")


@strawberry.type(description="The input can't be used.")
@twin(domain.InvalidInput)
class InvalidInput(Rejection):
    faults: list[Fault] = plain("Everything that must be corrected.", size=100)


@strawberry.type(description="The policy refuses the write.")
@twin(domain.NotAllowed)
class NotAllowed(Rejection):
    reason: Refusal = plain("The rule that stands against it.")


@strawberry.type(description="The id names nothing that the viewer can know of.")
@twin(domain.NothingFound)
class NothingFound(Rejection):
    pass


@strawberry.type(
    description="The idempotency key has been used with another input or for another mutation."
)
@twin(domain.KeyReused)
class KeyReused(Rejection):
    pass


@strawberry.type(description="What is asked for is what already is.")
@twin(domain.NoChange)
class NoChange(Rejection):
    pass


@strawberry.type(description="The part's point in the lifecycle does not allow it.")
@twin(domain.WrongState)
class WrongState(Rejection):
    lifecycle: Lifecycle = plain("Where the part stands.")
    allowed: list[Lifecycle] = plain("Where it would have to stand.", size=6)


@strawberry.type(description="Approval does not stand where it would have to.")
@twin(domain.WrongApproval)
class WrongApproval(Rejection):
    approval_state: ApprovalState = plain("Where approval stands.")


@strawberry.type(description="The draft has been activated or discarded.")
@twin(domain.DraftClosed)
class DraftClosed(Rejection):
    draft_state: DraftState = plain("How it ended.")


@strawberry.type(description="The law or guidance that a rule stands in.")
class RuleSource:
    name: str = plain("Its name in Norwegian.")
    section: str | None = plain("The section.")


@strawberry.type(description="One thing that a part of this kind still needs.")
class Missing:
    code: MissingCode = plain("The stable code; new ones may be added.")
    sentence: str = field(rejection.missing_sentence, "What is missing, in words.")
    source: RuleSource = plain("Where that is asked for.")
    line: strawberry.ID | None = plain("The line that lacks it, where it is a line's.")


@strawberry.type(
    description="The part can't be activated yet; everything that it still needs is told at once."
)
@twin(domain.ContentMissing)
class ContentMissing(Rejection):
    missing: list[Missing] = plain("What law, guidance or our own rules ask for.", size=50)
    unread_lines: list[strawberry.ID] = plain(
        "Lines that are still a template's text: an id, a zone's level, or a field's name.",
        size=100,
    )


@strawberry.type(description="There is no open consent to have a plan.")
@twin(domain.ConsentMissing)
class ConsentMissing(Rejection):
    pass


@strawberry.type(description="The time to undo a reservation is over.")
@twin(domain.TooLateToUndo)
class TooLateToUndo(Rejection):
    until: datetime = plain("When it ended.")


@strawberry.type(
    description="Too many numbers have led to nobody within the hour; this one was not looked up."
)
@twin(domain.TooManySearches)
class TooManySearches(Rejection):
    until: datetime = plain("When numbers are looked up again.")


@strawberry.type(description="The request has its decision.")
@twin(domain.AlreadyDecided)
class AlreadyDecided(Rejection):
    correction_state: CorrectionState = plain("How it was decided.")


@strawberry.type(description="The entry is no longer current.")
@twin(entry.AlreadyChanged)
class AlreadyChanged(Rejection):
    entry_status: EntryStatus = plain("What became of it.")


@strawberry.type(
    description="Somebody else registered the entry. A device's is the patient's side's to change."
)
@twin(entry.NotYourEntry)
class NotYourEntry(Rejection):
    pass


@strawberry.type(description="Somebody was first to see the report or to act on it.")
@twin(receiving.AlreadyTaken)
class AlreadyTaken(Rejection):
    receiving_state: ReceivingState = plain("How far it had come.")
    taken_by: str = plain("Who was first.")
    at: datetime = plain("When.")


@strawberry.type(description="The version that the writer saw is no longer the newest.")
@twin(domain.VersionConflict)
class VersionConflict(Rejection):
    current_version: int = plain("The newest version.")
    differences: list[Difference] = plain(
        "What others have changed since the version that the writer saw.", size=50
    )
    merged: PlanContent | None = plain(
        "A content that holds both sides' work, to be looked at and sent; null when nothing was "
        "sent that could be merged, or something clashes."
    )
    clashes: list[Clash] = plain("What somebody must settle; empty when nothing clashes.", size=50)


@strawberry.type(description="The part is shared with this recipient already.")
@twin(domain.AlreadyShared)
class AlreadyShared(Rejection):
    share_id: strawberry.ID = plain("The share that there is: change that one.")


@strawberry.type(description="The share has ended or was withdrawn.")
@twin(domain.ShareClosed)
class ShareClosed(Rejection):
    pass


@strawberry.type(description="A whole part is never opened by a code.")
@twin(domain.NoCode)
class NoCode(Rejection):
    pass


@strawberry.type(description="The comment does not stand so that this can be done.")
@twin(domain.WrongCommentStatus)
class WrongCommentStatus(Rejection):
    comment_status: CommentStatus = plain("How it stands.")
    allowed_statuses: list[CommentStatus] = plain("How it would have to stand.", size=5)


@strawberry.type(description="The suggestion has been decided about or taken back.")
@twin(domain.SuggestionClosed)
class SuggestionClosed(Rejection):
    suggestion_state: SuggestionState = plain("What became of it.")


@strawberry.type(description="A part waits for another organisation's answer already.")
@twin(domain.AlreadyHandedOver)
class AlreadyHandedOver(Rejection):
    open_handover: Handover | None = plain(
        "The one that is open; null to those to whom what the plan says is closed."
    )


@strawberry.type(description="The handover has been answered or taken back.")
@twin(domain.HandoverClosed)
class HandoverClosed(Rejection):
    handover_state: HandoverState = plain("How it ended.")


@strawberry.type(description="There is no living part that the handover could be about.")
@twin(domain.NothingToHandOver)
class NothingToHandOver(Rejection):
    pass


@strawberry.type(description="Somebody else has a function that only one can have at a time.")
@twin(domain.FunctionTaken)
class FunctionTaken(Rejection):
    function: CareTeamFunction = plain("The function.")
    holder: TeamMember = plain("Who has it.")


@strawberry.type(description="Nobody else in the team is responsible for the plan.")
@twin(domain.LastResponsible)
class LastResponsible(Rejection):
    pass


@strawberry.type(
    description="Without this member its organisation would answer for parts that it can't see."
)
@twin(domain.StillAnswers)
class StillAnswers(Rejection):
    part_ids: list[strawberry.ID] = plain("The parts.", size=10)


@strawberry.type(description="The member has left the team.")
@twin(domain.MembershipEnded)
class MembershipEnded(Rejection):
    until: datetime = plain("When.")


@strawberry.type(description="A colleague has taken the task.")
@twin(domain.TaskTaken)
class TaskTaken(Rejection):
    by: Author = plain("Who.")
    at: datetime = plain("When.")
