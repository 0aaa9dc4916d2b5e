"""Pages of a list in some order, and the opaque cursors into it."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from domain.errors import BadInput
from domain.noun import Noun
from resolvers.context import Context


class Listed(Protocol):
    """An item of a list that is read page by page."""

    @property
    def position(self) -> Noun:
        """The item's place in the list."""


T = TypeVar("T", bound=Listed)
P = TypeVar("P", bound=Noun)

MOST_ITEMS = 100

_encode = msgspec.json.Encoder().encode


class Page(Noun, Generic[T]):
    """Some items in order, the places of the first and last, and whether more come after.

    The places are those of the list: an item that may not be shown is left out, and the page goes
    on after it.
    """

    edges: tuple[T, ...]
    has_next_page: bool
    has_previous_page: bool = False
    start: Noun | None = None
    end: Noun | None = None


def _always(_item: object) -> bool:
    return True


def page_of(found: Sequence[T], size: int, is_shown: Callable[[T], bool] = _always) -> Page[T]:
    """Return the page of what was found; one more than its size tells that there are more."""
    on_page = found[:size]
    return Page(
        edges=tuple(filter(is_shown, on_page)),
        has_next_page=len(found) > size,
        start=on_page[0].position if on_page else None,
        end=on_page[-1].position if on_page else None,
    )


async def only_seen(
    more: Callable[[Any], Awaitable[Sequence[T]]],
    after: Noun | None,
    size: int,
    is_seen: Callable[[T], bool],
) -> list[T]:
    """Return at most `size` items that may be seen, after a place, as if there were no others.

    `more` returns as many after a place, fewer only at the end. Any: each list has its own places.
    """
    found: list[T] = []
    while True:
        some = await more(after)
        found += filter(is_seen, some)
        if len(found) >= size or len(some) < size:
            return found[:size]
        after = some[-1].position


def cursor_of(position: Noun) -> str:
    """Return the cursor that continues after a place."""
    return base64.urlsafe_b64encode(_encode(position)).decode()


def position_of(cursor: str | None, kind: type[P]) -> P | None:
    """Return the place a cursor stands for; BadInput when it isn't one of such a list."""
    if cursor is None:
        return None
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor.encode()), type=kind)
    except (ValueError, msgspec.MsgspecError):
        raise BadInput("`after` is not a cursor from an earlier page.") from None


def start_cursor(ctx: Context, page: Page[T]) -> str | None:
    """Return the cursor of a page's first place, None on an empty page."""
    return cursor_of(page.start) if page.start else None


def end_cursor(ctx: Context, page: Page[T]) -> str | None:
    """Return the cursor of a page's last place, None on an empty page."""
    return cursor_of(page.end) if page.end else None


def info(ctx: Context, page: Page[T]) -> Page[T]:
    """Return the page itself, which knows where it stands."""
    return page


def bounded(first: int) -> int:
    """Return the size of a page; BadInput when it is none that may be asked for."""
    if not 1 <= first <= MOST_ITEMS:
        raise BadInput(f"`first` must be from 1 to {MOST_ITEMS}.")
    return first
