"""Approval and agreement as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.plan.approval import AgreementState, ApprovalState, Decision
from schema.field import enum, plain
from schema.given_word import GivenWord

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


enum(
    Decision,
    "What somebody who was asked for approval decides.",
    APPROVED="Health personnel stand behind it.",
    RETURNED="It is sent back, with the reason.",
)


@strawberry.type(description="Where approval of a content version stands.")
class Approval:
    state: ApprovalState = plain("Where it stands.")
    by: str | None = plain("Who asked or decided.")
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
    word: GivenWord | None = plain(
        "The word that health personnel heard and wrote down; null for the person's own act."
    )
