"""What accepted writes are answered with."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain import written as domain
from resolvers import consent, correction, reservation, written
from schema.consent import Consent
from schema.correction import CorrectionRequest
from schema.draft import Draft
from schema.field import field, plain, twin
from schema.plan import PlanPart
from schema.reservation import Reservation


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


@strawberry.type(description="Approval of a part's or draft's content was changed.")
@twin(domain.ApprovalWritten)
class ApprovalPayload(Payload):
    part: PlanPart | None = field(written.part, "The part as it is now.")
    draft: Draft | None = field(
        written.any_draft, "The draft as it is now; null when it was about the part itself."
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
