from __future__ import annotations

from datetime import timedelta

from domain.coding import Coding
from domain.source.document import Document, released
from domain.source.section import Section, SectionState, SourceName
from tests.builders import NOW

RESULT = Document(
    id="1", type=Coding(text="Prøvesvar"), title="Biopsi", held_until=NOW + timedelta(days=7)
)
LETTER = Document(id="2", type=Coding(text="Brev"))


def section(*documents: Document) -> Section[Document]:
    return Section.answered(SourceName.HOSPITAL, documents, NOW)


def test_what_the_hospital_holds_is_counted_and_not_shown() -> None:
    seen = released(section(RESULT, LETTER), NOW)
    assert (seen.items, seen.state, seen.withheld_count) == ((LETTER,), SectionState.WITHHELD, 1)


def test_nothing_but_what_is_held_is_not_nothing() -> None:
    assert released(section(RESULT), NOW).items is None


def test_it_is_shown_from_the_moment_that_the_hospital_has_set() -> None:
    whole = section(RESULT, LETTER)
    assert RESULT.held_until is not None
    assert released(whole, RESULT.held_until) == whole
    assert released(section(), NOW) == section()
