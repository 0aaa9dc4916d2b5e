"""Every way in which a write can be answered without being done."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain import entry, receiving
from domain import rejection as domain
from domain.approval import ApprovalState
from domain.draft import DraftState
from domain.entry import EntryStatus
from domain.mandatory import MissingCode
from domain.mandatory_wording import general_sentence
from domain.plan import Lifecycle
from domain.receiving import ReceivingState
from domain.refusal import Refusal
from domain.rejection import Fault as DomainFault
from domain.rejection import FaultCode
from domain.validation_wording import fault_sentence
from resolvers import rejection
from schema.field import enum, field, plain, twin

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
    faults: list[Fault] = plain("Everything that must be corrected.")


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
    allowed: list[Lifecycle] = plain("Where it would have to stand.")


@strawberry.type(description="Approval does not stand where it would have to.")
@twin(domain.WrongApproval)
class WrongApproval(Rejection):
    state: ApprovalState = plain("Where approval stands.")


@strawberry.type(description="The draft has been activated or discarded.")
@twin(domain.DraftClosed)
class DraftClosed(Rejection):
    state: DraftState = plain("How it ended.")


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
    missing: list[Missing] = plain("What law, guidance or our own rules ask for.")
    unread_lines: list[strawberry.ID] = plain(
        "Lines that are still a template's text: an id, a zone's level, or a field's name."
    )


@strawberry.type(description="The entry is no longer current.")
@twin(entry.AlreadyChanged)
class AlreadyChanged(Rejection):
    status: EntryStatus = plain("What became of it.")


@strawberry.type(
    description="Somebody else registered the entry. A device's is the patient's side's to change."
)
@twin(entry.NotYourEntry)
class NotYourEntry(Rejection):
    pass


@strawberry.type(description="Somebody was first to see the report or to act on it.")
@twin(receiving.AlreadyTaken)
class AlreadyTaken(Rejection):
    state: ReceivingState = plain("How far it had come.")
    by: str = plain("Who was first.")
    at: datetime = plain("When.")


@strawberry.type(description="The version that the writer saw is no longer the newest.")
@twin(domain.VersionConflict)
class VersionConflict(Rejection):
    current_version: int = plain("The newest version.")
