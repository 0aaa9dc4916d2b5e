"""Source-fed sections: asked for only where the policy allows, and what may be said about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from domain.access import explanation
from domain.access.decision import Access
from domain.access.home import without_places
from domain.access.lock import Key
from domain.access.patient import Patient
from domain.access.right import RIGHT_OF_SECTION
from domain.access.standing import HEALTH_PERSONNEL
from domain.refusal import Refusal
from domain.source.document import released
from domain.source.section import Reason, ReasonCode, Section, SectionName, emptied
from domain.wording.reason import sentence
from resolvers import access
from resolvers.context import Context
from resolvers.patient import subject_of
from resolvers.source import Fetch

T = TypeVar("T")

MOST_ITEMS = 500


async def for_patient(ctx: Context, patient: Patient, fetch: Fetch) -> Section[Any]:
    """Return one section of a patient; what may not be seen is not fetched."""
    section = await _as_allowed(ctx, patient, fetch)
    ctx.disclosures.section(patient.id, fetch.section, section)
    return section


async def _as_allowed(ctx: Context, patient: Patient, fetch: Fetch) -> Section[Any]:
    decided = access.of_patient(ctx, patient)
    refusal = decided.section(fetch.section).refusal
    if refusal is not None or decided.ground is None:
        opened_by = explanation.keys(decided, RIGHT_OF_SECTION[fetch.section], ctx.viewer)
        names = tuple(key.name for key in opened_by)
        denied = Reason(code=ReasonCode.ACCESS_DENIED, refusal=refusal, keys=names)
        return Section(source=fetch.source, items=None, reasons=(denied,))
    caller = ctx.caller(decided.ground.basis, decided.opening)
    section = await ctx.loaders.section(fetch, caller).load(subject_of(patient))
    if RIGHT_OF_SECTION[fetch.section] in decided.hidden.rights:
        section = emptied(section)
    if fetch.section is SectionName.APPOINTMENTS and _is_elsewhere(decided):
        section = without_places(section)
    if fetch.section is SectionName.DOCUMENTS and decided.standing not in HEALTH_PERSONNEL:
        section = released(section, ctx.now)
    if fetch.as_guardians_see is not None and decided.is_parent:
        return fetch.as_guardians_see(section)
    return section


def _is_elsewhere(decided: Access) -> bool:
    """Tell whether it is a parent with whom the child is not registered."""
    tie = decided.relation
    return decided.is_parent and tie is not None and not tie.lives_with_patient


def items(ctx: Context, section: Section[T], first: int = MOST_ITEMS) -> tuple[T, ...] | None:
    """Return at most the first so many items; None when we can't say what there is."""
    return section.items if section.items is None else section.items[: max(first, 0)]


def opened_by(ctx: Context, reason: Reason) -> Sequence[Key]:
    """Return what would open what is held back for this viewer; nothing where nothing does."""
    if reason.code is ReasonCode.RESTRICTED:
        return explanation.keys_of_source(Refusal.RESTRICTED, ctx.viewer)
    return [Key[name] for name in reason.keys]


def total(ctx: Context, section: Section[Any]) -> int | None:
    """Return how many items there are, None when we can't say."""
    return None if section.items is None else len(section.items)


def age(ctx: Context, section: Section[Any]) -> int | None:
    """Return how many seconds old the source's word is."""
    if section.retrieved_at is None:
        return None
    return max(0, int((ctx.now - section.retrieved_at).total_seconds()))


def reason_sentence(ctx: Context, reason: Reason) -> str:
    """Return the reason in words; a refusal says which rule stands against it."""
    words = sentence(reason.code, ctx.language)
    if reason.refusal is None:
        return words
    return f"{words} {sentence(reason.refusal, ctx.language)}"
