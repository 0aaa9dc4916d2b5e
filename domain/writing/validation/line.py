"""Lists and the lines in them: how many, whose id is whose, and what points where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from domain.content.plan_content import PlanContent
from domain.writing.fault import Fault, FaultCode
from domain.writing.validation.text import Faults

T = TypeVar("T")

# More of one kind than anybody can keep in view; a plan that long is not followed.
MOST_LINES = 100


def few(items: Sequence[object], at: str, most: int = MOST_LINES) -> Faults:
    """Check the length of a list."""
    if len(items) > most:
        yield Fault(path=at, code=FaultCode.TOO_MANY, allowed=str(most))


def placed(items: Sequence[T], at: str, most: int = MOST_LINES) -> Iterator[tuple[T, str]]:
    """Give each item with its place; those too many are not looked into."""
    for order, item in enumerate(items[:most]):
        yield item, f"{at}[{order}]"


def no_duplicates(items: Sequence[object], at: str, most: int = MOST_LINES) -> Faults:
    """Check that nothing stands twice in a list."""
    first: dict[object, str] = {}
    for item, place in placed(items, at, most):
        if item in first:
            yield Fault(path=place, code=FaultCode.DUPLICATE, other=first[item])
        first.setdefault(item, place)


def references(
    links: Sequence[str], at: str, known: Collection[str], most: int = MOST_LINES
) -> Faults:
    """Check that links point at known lines, each once."""
    yield from few(links, at, most)
    yield from no_duplicates(links, at, most)
    for link, place in placed(links, at, most):
        if link not in known:
            yield Fault(path=place, code=FaultCode.UNKNOWN_REFERENCE)


def unique_ids(content: PlanContent, at: str) -> Faults:
    """Check that no two lines of a content have the same id."""
    first: dict[str, str] = {}
    for value, place in ids_of(content, at):
        if value in first:
            yield Fault(path=place, code=FaultCode.DUPLICATE_ID, other=first[value])
        first.setdefault(value, place)


def ids_of(content: PlanContent, at: str) -> Iterator[tuple[str, str]]:
    """Give every line's id with its place."""
    yield from _ids((each.id for each in content.passages), f"{at}.passages")
    yield from _ids((each.id for each in content.problems), f"{at}.problems")
    yield from _ids((each.id for each in content.goals), f"{at}.goals")
    yield from _ids((each.id for each in content.actions), f"{at}.actions")
    yield from _ids((each.id for each in content.contacts), f"{at}.contacts")
    if content.self_care:
        care, place = content.self_care, f"{at}.selfCare"
        yield from _ids((each.id for each in care.measurements), f"{place}.measurements")
        yield from _ids((each.id for each in care.medicines), f"{place}.medicines")


def _ids(ids: Iterable[str], at: str) -> Iterator[tuple[str, str]]:
    for order, value in enumerate(ids):
        yield value, f"{at}[{order}].id"
