"""What a plan part says, as far as it is shared.

A share carries the telephone numbers of whoever shares, and never another parent's: parents may
live apart for a reason. A contact line is known to be a parent's by the name in its label; the line
is left out, and its number is covered wherever else it stands. Who writes a parent's number into a
text without a contact line of that name has to think of this themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from msgspec import structs

from domain.content.contact import ContactPoint
from domain.content.passage import Heading
from domain.content.plan_content import PlanContent
from domain.content.self_care import SelfCare
from domain.noun import Noun
from domain.plan.sharing import Portion, ShareScope

T = TypeVar("T")

TITLE = "Delt plan"
"""Stands for the part's own title, which may name a diagnosis."""

HIDDEN_NUMBER = "(nummeret vises ikke)"

_SHORTEST_COVERED = 5


def as_shared(content: PlanContent, portion: Portion) -> PlanContent:
    """Return what is shown of a content; whatever is not in the portion is not in the answer."""
    if ShareScope.WHOLE_PART in portion:
        return content
    shown = PlanContent(title=TITLE)
    if ShareScope.ZONE_SHEET in portion and content.self_care:
        sheet = _zone_sheet(content.self_care)
        covered = _covered(sheet, content.contacts, portion[ShareScope.ZONE_SHEET])
        shown = structs.replace(shown, self_care=covered)
    if ShareScope.ROUTINES in portion:
        routines = tuple(p for p in content.passages if p.heading is Heading.ROUTINES)
        covered_routines = _covered(routines, content.contacts, portion[ShareScope.ROUTINES])
        shown = structs.replace(shown, passages=covered_routines)
    if ShareScope.CONTACTS in portion:
        names = portion[ShareScope.CONTACTS]
        kept = tuple(line for line in content.contacts if not _is_of(line, names))
        shown = structs.replace(shown, contacts=_covered(kept, content.contacts, names))
    return shown


def without_numbers_of(content: PlanContent, names: Collection[str]) -> PlanContent:
    """Return a content without the contact lines of some people; elsewhere, numbers are covered."""
    kept = tuple(line for line in content.contacts if not _is_of(line, names))
    covered = _covered(content, content.contacts, names)
    return structs.replace(covered, contacts=_covered(kept, content.contacts, names))


def widest(portions: Iterable[Portion]) -> Portion:
    """Return what several shares of one part show together.

    A number is left out of a scope only if every share with that scope leaves it out.
    """
    found: dict[ShareScope, frozenset[str]] = {}
    for portion in portions:
        for scope, names in portion.items():
            found[scope] = found.get(scope, names) & names
    return found


def _zone_sheet(care: SelfCare) -> SelfCare:
    return SelfCare(zones=care.zones, emergency_text=care.emergency_text, receiver=care.receiver)


def _is_of(line: ContactPoint, names: Collection[str]) -> bool:
    label = line.label.casefold()
    return any(name.casefold() in label for name in names)


def _covered(value: T, contacts: Collection[ContactPoint], names: Collection[str]) -> T:
    """Return a value without the numbers of the contact lines that are of somebody."""
    left_out = {_digits(line.phone) for line in contacts if _is_of(line, names)}
    kept = {_digits(line.phone) for line in contacts if not _is_of(line, names)}
    patterns = [_pattern(n) for n in sorted(left_out - kept) if len(n) >= _SHORTEST_COVERED]
    if not patterns:
        return value
    covered: T = _replaced(value, re.compile("|".join(patterns)))
    return covered


def _digits(phone: str) -> str:
    """Return a number's digits, without Norway's own country code."""
    return "".join(filter(str.isdecimal, phone.removeprefix("+47").removeprefix("0047")))


def _pattern(digits: str) -> str:
    """Return the pattern of a number however it is spaced."""
    space = r"[ \u00a0.-]?"
    return rf"(?<![0-9])(?:(?:\+|00)47{space})?{space.join(digits)}(?![0-9])"


# Any: a noun's fields are of every kind.
def _replaced(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(HIDDEN_NUMBER, value)
    if isinstance(value, tuple):
        return tuple(_replaced(item, pattern) for item in value)
    if isinstance(value, Noun):
        names = value.__struct_fields__
        return structs.replace(value, **{n: _replaced(getattr(value, n), pattern) for n in names})
    return value
