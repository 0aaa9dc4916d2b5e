"""Approval and agreement as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.approval import AgreementState, ApprovalState
from schema.field import enum, plain

enum(
    ApprovalState,
    "Approval of a content version by health personnel.",
    NONE="Nobody has asked for it.",
    REQUESTED="It is asked for.",
    APPROVED="It is given.",
    RETURNED="The version was sent back; see the reason.",
)
enum(
    AgreementState,
    "The word of a person entitled to give it; not the same as consent.",
    AGREES="Agrees.",
    DISAGREES="Disagrees.",
)


@strawberry.type(description="Where approval of the current content version stands.")
class Approval:
    state: ApprovalState = plain("Where it stands.")
    by: str | None = plain("Who decided.")
    at: datetime | None = plain("When.")
    reason: str | None = plain("Why it was returned.")


@strawberry.type(description="One person's word on one content version; two parents may differ.")
class Agreement:
    person: str = plain("Who.")
    relation: str = plain("Who they are to the patient.")
    state: AgreementState = plain("What they say.")
    content_version: int = plain("The content version they speak of.")
    at: datetime = plain("When.")
    comment: str | None = plain("Their own words.")
