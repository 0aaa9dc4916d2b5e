"""From FHIR's concepts to the domain's codings; unknown codes stay as they came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from connectors.fhir.wire import WireCoding, WireConcept, WireExtension, WireReference
from domain.coding import Coding

_PREFIXES = ("sfm-", "no-basis-appointment-")


def coding_of(concept: WireConcept | None) -> Coding | None:
    """Return the first code with the source's words, or plain text; None if it says nothing."""
    if concept is None:
        return None
    first = next((c for c in concept.coding if c.code), None)
    text = words(concept)
    if text is None:
        return None
    if first is None:
        return Coding(text=text)
    return Coding(text=text, system=first.system, code=first.code)


def words(concept: WireConcept | None) -> str | None:
    """Return the words to show for a concept: its text, a code's display, or the code itself."""
    if concept is None:
        return None
    shown = (c.display or c.code for c in concept.coding)
    return concept.text or next((text for text in shown if text), None)


def first_words(concepts: Iterable[WireConcept]) -> str | None:
    """Return the first concept's words that there are."""
    return next((text for text in map(words, concepts) if text), None)


def coded_in(system: str, concepts: Iterable[WireConcept]) -> WireCoding | None:
    """Return the first coding of the system in any of the concepts."""
    codings = (coding for concept in concepts for coding in concept.coding)
    return next((coding for coding in codings if coding.system == system), None)


def code_of(concept: WireConcept | None) -> str | None:
    """Return the concept's first code."""
    if concept is None:
        return None
    return next((c.code for c in concept.coding if c.code), None)


def display_of(reference: WireReference | None) -> str | None:
    """Return the words that a reference shows."""
    return reference.display if reference else None


def by_name(extensions: Sequence[WireExtension]) -> dict[str, tuple[int, WireExtension]]:
    """Return the extensions with their indexes by name; prefixes and dashes don't count."""
    return {_name_of(extension.url): (i, extension) for i, extension in enumerate(extensions)}


@lru_cache(maxsize=256)
def _name_of(url: str) -> str:
    name = url.rsplit("/", 1)[-1]
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name.replace("-", "")
