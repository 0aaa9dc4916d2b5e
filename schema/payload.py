"""What accepted writes are answered with."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain import written as domain
from resolvers import written
from schema.answer import Answer
from schema.draft import Draft
from schema.field import field, plain, twin
from schema.plan import PlanPart
from schema.report import Report


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
