from __future__ import annotations

from datetime import timedelta, timezone
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.access.audit import AuditEntry, Outcome
from domain.access.seal import Break, Seal, SealedLine, breaks, sealed
from domain.author import Author
from domain.operation import Operation
from tests.builders import NOW

ENTRY = AuditEntry(
    patient_id="pat_1",
    id="log_1",
    at=NOW,
    operation=Operation.READ,
    subject_id="pat_1",
    by=Author(name="Ingrid Haugen", hpr_number="9144897"),
    correlation_id="e-1",
)


def line(place: int) -> SealedLine:
    return SealedLine(place=place, entry=replace(ENTRY, id=f"log_{place}"), secret=UUID(int=place))


def digests(*lines: SealedLine) -> tuple[bytes, ...]:
    return tuple(each.digest or b"" for each in lines)


LINES = {place: line(place) for place in (1, 2, 3)}
FIRST = sealed(Seal(number=1, at=NOW, places=(1, 2), digests=digests(LINES[1], LINES[2])), None)
SECOND = sealed(Seal(number=2, at=NOW, places=(3,), digests=digests(LINES[3])), FIRST)


def kinds(
    seal: Seal, before: Seal | None, lines: dict[int, SealedLine], through: int = 0
) -> list[Break]:
    return [found.kind for found in breaks(seal, before, lines, through)]


def test_what_was_sealed_holds() -> None:
    assert kinds(FIRST, None, LINES) == []
    assert kinds(SECOND, FIRST, LINES) == []


@pytest.mark.parametrize(
    "changed",
    [
        replace(ENTRY, by=Author(name="Ola Nordmann", hpr_number="9144897")),
        replace(ENTRY, at=NOW + timedelta(microseconds=1)),
        replace(ENTRY, patient_id="pat_2"),
        replace(ENTRY, outcome=Outcome(shown=("plan",))),
    ],
)
def test_a_changed_line_is_found_whatever_was_changed(changed: AuditEntry) -> None:
    tampered = LINES | {1: replace(LINES[1], entry=replace(changed, id="log_1"))}
    assert kinds(FIRST, None, tampered) == [Break.LINE_CHANGED]


def test_a_line_that_is_gone_is_found() -> None:
    assert kinds(FIRST, None, {2: LINES[2]}) == [Break.LINE_GONE]


def test_lines_in_another_s_place_are_found() -> None:
    swapped = {1: replace(LINES[2], place=1), 2: replace(LINES[1], place=2), 3: LINES[3]}
    assert kinds(FIRST, None, swapped) == [Break.LINE_CHANGED] * 2
    turned = replace(FIRST, places=FIRST.places[::-1], digests=FIRST.digests[::-1])
    assert kinds(turned, None, LINES) == [Break.SEAL_CHANGED]


def test_a_changed_seal_is_found_and_one_made_anew_is_not_tied_to_by_the_next() -> None:
    later = replace(FIRST, at=NOW + timedelta(days=1))
    assert kinds(later, None, LINES) == [Break.SEAL_CHANGED]
    assert kinds(SECOND, sealed(later, None), LINES) == [Break.NOT_TIED]


def test_a_seal_that_is_gone_is_found() -> None:
    assert kinds(SECOND, None, LINES) == [Break.SEAL_GONE]


def test_an_emptied_line_holds_once_a_seal_says_that_retention_came_so_far() -> None:
    emptied = LINES | {1: SealedLine(place=1)}
    assert kinds(FIRST, None, emptied) == [Break.LINE_EMPTIED]
    assert kinds(FIRST, None, emptied, through=1) == []


def test_the_same_line_read_in_another_time_zone_has_the_same_digest() -> None:
    oslo = ENTRY.at.astimezone(timezone(timedelta(hours=1)))
    elsewhere = replace(LINES[1], entry=replace(LINES[1].entry or ENTRY, at=oslo))
    assert elsewhere.digest == LINES[1].digest


def test_a_digest_can_not_be_guessed_without_the_line_s_secret() -> None:
    assert replace(LINES[1], secret=UUID(int=99)).digest != LINES[1].digest


def test_a_break_is_told_in_words() -> None:
    (found,) = breaks(FIRST, None, {2: LINES[2]}, 0)
    assert str(found) == "Line 1 (of seal 1): the line is gone."
