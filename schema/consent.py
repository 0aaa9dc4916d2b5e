"""Consent as the graph shows it."""

from __future__ import annotations

import strawberry

from domain.keeping.consent import ConsentKind
from schema.field import enum, plain
from schema.given_word import GivenWord

enum(ConsentKind, "What is consented to.", HAVE_PLAN="To have a plan here.")


@strawberry.type(
    description="The patient's choice to have a plan. Withdrawn, it ends use and sharing at once."
)
class Consent:
    id: strawberry.ID = plain("The consent's id.")
    kind: ConsentKind = plain("What is consented to.")
    version: int = plain("Counts every change; a writer must have seen the newest.")
    given: GivenWord = plain("By whom and when it was given.")
    withdrawn: GivenWord | None = plain("By whom and when it was withdrawn; null while open.")
    reason: str | None = plain("Why it was withdrawn, if that was said.")


@strawberry.type(description="What will happen when a consent is withdrawn.")
class ConsentWithdrawalPreview:
    consent: Consent = plain("The consent that would be withdrawn.")
    sentences: list[str] = plain("What will happen, in words, one thing each.", size=10)
