"""A second statement of the access policy, by hand from the design notes and the issues.

It imports nothing from the policy. `statement.txt` is its table, `place.py` says who stands in
which column, `locks.py` what is closed, `told.py` why not; this puts them together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.policy.case import Case, Note, Tie
from tests.policy.locks import locked
from tests.policy.place import Place, hidden_from_sharer, notes, shared
from tests.policy.table import ASKS, BY_SHARE, OWN, PARENTS, TABLE
from tests.policy.told import why_not


def tabled(where: Place, right: str) -> str | None:
    """Say why the table gives somebody no right; what depends on a part is asked apart."""
    column = where.column or ""
    cell = TABLE[right][column]
    if cell in "skmh" and right not in where.given:
        return why_not(column, cell, right)
    if cell == "w" and right == "READ_PLAN" and where.is_in_pieces:
        return "NOT_SHARED"
    return why_not(column, cell, right) if cell == "." else None


def answer(case: Case, where: Place, right: str) -> str | None:
    """Say why somebody may not read or do something, None when they may (gates 6 to 11)."""
    if where.column is None:
        return where.told
    locks, table = locked(case, where.column, right), tabled(where, right)
    told = (table or locks) if where.column in BY_SHARE else (locks or table)
    if told is None and right == "READ_CRITICAL_INFO" and case.asker.level < 4:
        return "SECURITY_LEVEL"  # (b) kjernejournal accepts only 4; it opens nothing that is closed
    return told


@dataclass(frozen=True)
class Ask:
    """What somebody is to the part that they would do something to."""

    answers_for: bool = False
    coordinates: bool = False
    has_whole_share: bool = False


def asked(case: Case, where: Place, ask: Ask, operation: str) -> str | None:
    """Say why an operation may not be done."""
    right = ASKS.get(operation)
    if where.column is None or right is None:
        return where.told or "ROLE"  # what has no row is nobody's
    column = where.column
    if column == "BEH" and (ask.answers_for or ask.coordinates):
        column = "KO"
    told = answer(case, Place(column, where.given, where.is_in_pieces), right)
    return told or _of_part(case, column, right, ask)


def sees_others_reports(case: Case, where: Place) -> bool:
    """Tell whether the reports of others are shown too (`o` in the table: one's own only)."""
    if where.column is None or TABLE["READ_REPORTS"][where.column] == "o":
        return False
    return answer(case, where, "READ_REPORTS") is None


def _of_part(case: Case, column: str, right: str, ask: Ask) -> str | None:
    cell = TABLE[right][column]
    met = {
        "p": case.asker.profession in ("LE", "PS"),  # footnote ⁷, a setting in time
        "l": case.asker.profession == "LE",
        "u": ask.answers_for,
        "w": ask.has_whole_share,
    }.get(cell, True)
    return None if met else why_not(column, cell, right)


def left_out(case: Case, where: Place) -> tuple[set[str], set[str], set[tuple[str, str]]]:
    """Return the rights, parts and lines that somebody isn't to know of (gate 11, i4.4, i4.6)."""
    hiding = list(_hiding(case, where))
    rights = {right for note in hiding for right in note.about}
    parts = {note.part for note in hiding if note.part and not note.line}
    lines = {(note.part, note.line) for note in hiding if note.part and note.line}
    return rights, parts, lines | (_not_handed_over(case) if where.column in BY_SHARE else set())


def _not_handed_over(case: Case) -> set[tuple[str, str]]:
    """Return the lines that a parent could not give, and that no other share gives (i4.6)."""
    shares = shared(case)
    hidden = {tie: _lines(case, tie) for tie in shares}
    return {
        line
        for tie in shares
        for line in hidden[tie]
        if not any(
            line not in hidden[other] and other.part == tie.part and other.is_whole >= tie.is_whole
            for other in shares
        )
    }


def _lines(case: Case, tie: Tie) -> set[tuple[str, str]]:
    hidden = hidden_from_sharer(case, tie)
    return {(n.part, n.line) for n in hidden if n.part == tie.part and n.part and n.line}


def _is_parent(case: Case, tie: Tie) -> bool:
    return tie.kind == "PARENT" and tie.of_person == case.asker.person


def _hiding(case: Case, where: Place) -> Iterable[Note]:
    # A parent who is let in as next of kin learns no more than they could (hpl. § 24).
    has_been_parent = where.column == "NOK" and any(_is_parent(case, tie) for tie in case.ties)
    if where.column in PARENTS or has_been_parent:
        for note in notes(case, "HIDDEN_FROM_PARENTS"):
            if note.person in (None, case.asker.person):
                yield note
    # h5, footnote ³: never more than the giver sees; a doctor or lawyer may get it for them.
    if where.column in (*OWN, "FM", "V"):
        yield from notes(case, "OWN_ACCESS_REFUSED")
