"""Suggested edits as the graph shows them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain.content.line import ContentSection
from domain.cooperation.suggestion import SuggestionDecision, SuggestionKind, SuggestionState
from resolvers import correction
from schema.author import Author
from schema.correction import EntryDecision
from schema.field import enum, field, plain

enum(
    ContentSection,
    "Where in a plan a line stands, in the order that people read them.",
    ABOUT="Title, description, what matters, period and interpreter; a line is named as its field.",
    PASSAGES="Texts under headings.",
    PROBLEMS="Problems and diagnoses.",
    GOALS="Goals.",
    ACTIONS="Actions.",
    ZONES="Zones, each named by its level, and `emergencyText`.",
    MEASUREMENTS="What is measured at home.",
    MEDICINES="How medicines are used.",
    RECEIVER="Who reads reports; the line is `receiver`.",
    CONTACTS="Whom to call.",
)
enum(
    SuggestionKind,
    "What is suggested to be done with a line.",
    ADD="Write a new one.",
    CHANGE="Change it.",
    REMOVE="Take it away.",
)
enum(
    SuggestionState,
    "What became of a suggestion.",
    OPEN="Nobody has decided about it.",
    ACCEPTED="Health personnel take it in.",
    DECLINED="Health personnel do not; see the reason.",
    WITHDRAWN="Whoever made it has taken it back.",
)
enum(
    SuggestionDecision,
    "What health personnel decide about a suggestion.",
    ACCEPTED="It is taken in.",
    DECLINED="It is not; with the reason.",
)


@strawberry.type(
    description="An edit that the patient or a parent suggests. It changes nothing by itself."
)
class Suggestion:
    id: strawberry.ID = plain("The suggestion's id.")
    kind: SuggestionKind = plain("What is to be done.")
    section: ContentSection = plain("Where in the plan.")
    line_id: strawberry.ID | None = plain("The line to change or remove; null for a new one.")
    text: str | None = plain("What should stand there, in their own words.")
    why: str = plain("Why.")
    content_version: int = plain("The content version that they had read.")
    author: Author = plain("Who suggests it.")
    on_behalf_of: str | None = plain("The patient's name, when a parent suggests it.")
    created_at: datetime = plain("When.")
    state: SuggestionState = plain("What became of it.")
    version: int = plain("Counts every change; a writer must have seen the newest.")
    decided_by: Author | None = plain("Who decided.")
    decided_at: datetime | None = plain("When.")
    reason: str | None = plain("Why it was accepted or declined.")
    draft_id: strawberry.ID | None = plain("The draft that it was taken into.")
    decisions: list[EntryDecision] = field(
        correction.beside,
        "Requests to correct or delete it that were granted, in whole or in part, newest first.",
        size=2,
    )
