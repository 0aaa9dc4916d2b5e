"""Handovers as the graph shows them."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from domain.cooperation.handover import HandoverState
from resolvers import handover
from schema.author import Author
from schema.field import enum, field, plain

enum(
    HandoverState,
    "Whether the other organisation has answered. Responsibility moves by ACCEPTED only.",
    OPEN="It is asked, and has access to the patient meanwhile.",
    ACCEPTED="It has taken over.",
    DECLINED="It said no; see the reason.",
    WITHDRAWN="The request was taken back.",
)


@strawberry.type(description="An action that was not done when its part was offered.")
class OpenAction:
    part_id: strawberry.ID = plain("The part.")
    line_id: strawberry.ID = plain("The action's line in it.")
    title: str = plain("The action in a few words, as it stood then.")
    due: date | None = plain("The day it was to be done by, as it stood then.")


@strawberry.type(description="The patient's move to another municipality.")
class Move:
    municipality_number: str = plain("The new municipality's number.")
    municipality_name: str = plain("The new municipality.")
    moved_on: date = plain("The day of the move.")


@strawberry.type(
    description="Parts of the plan that one organisation asks another to answer for. Until the other "
    "accepts, responsibility is where it was."
)
class Handover:
    id: strawberry.ID = plain("An opaque id.")
    version: int = plain("Whoever answers must have seen the newest.")
    state: HandoverState = plain("Whether the other organisation has answered.")
    sentence: str = field(
        handover.sentence, "Where it stands and what became of responsibility, in words."
    )
    part_ids: list[strawberry.ID] = plain("The parts that it is about.", size=10)
    left_out: list[strawberry.ID] = plain(
        "Of these, the parts that had ended when the rest was accepted: they did not move.", size=10
    )
    from_organisation: str = plain("The sender's organisation number.")
    from_organisation_name: str | None = plain("The sender.")
    to_organisation: str = plain("The receiver's organisation number.")
    to_organisation_name: str | None = plain("The receiver.")
    reason: str = plain("Why.")
    message: str | None = plain("What the sender wants the receiver to know.")
    move: Move | None = plain("The move to another municipality, where that is the reason.")
    open_actions: list[OpenAction] = plain("What was not done when it was opened.", size=50)
    opened_by: Author = plain("Who asked.")
    opened_at: datetime = plain("When.")
    decided_by: Author | None = plain("Who answered or took it back.")
    decided_at: datetime | None = plain("When; the receiver's access by the handover ended then.")
    decision_reason: str | None = plain("Why it was declined or taken back.")
