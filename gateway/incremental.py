"""An answer in parts: what `@defer` and `@stream` leave out of the first follows when it is there.

Two formats are in use, and a client says in `Accept` which one it reads:

- `incrementalSpec=v0.2` (https://specs.apollo.dev/incremental/v0.2), graphql-core's own: what is
  left out is announced under an id, by which it comes and ends.
- `deferSpec=20220824`: each part comes with its path, and nothing else is said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import msgspec
from graphql import GraphQLError
from graphql.execution import (
    IncrementalResult,
    IncrementalStreamResult,
    InitialIncrementalExecutionResult,
    PendingResult,
    SubsequentIncrementalExecutionResult,
)

from gateway.errors import Entry, Fault, fault_entry, field_entries, log_fault
from gateway.multipart import Multipart
from gateway.request import ClientGone
from gateway.response import encode

LAST_WORD_SECONDS = 1
"""How long a client has to take in that its answer was broken off."""

Content: TypeAlias = dict[str, object]
Members: TypeAlias = Mapping[str, list[Content]]
Path: TypeAlias = list[str | int]
Found: TypeAlias = InitialIncrementalExecutionResult | SubsequentIncrementalExecutionResult
"""What graphql-core gives of an answer: its first part, or one of the later."""


class Sent:
    """What has been sent of one answer, put together as if it had come at once."""

    def __init__(self) -> None:
        # Any: JSON of any shape.
        self.data: dict[str, Any] = {}
        self.pending: dict[str, PendingResult] = {}

    def path(self, part: IncrementalResult) -> Path:
        """Return where a part belongs in the answer."""
        return [*self.pending[part.id].path, *(part.sub_path or ())]

    def at(self, path: Path) -> Any:
        """Return what has been sent there."""
        found: Any = self.data
        for key in path:
            found = found[key]
        return found

    def add(self, part: IncrementalResult) -> None:
        """Put a part in its place."""
        place = self.at(self.path(part))
        if isinstance(part, IncrementalStreamResult):
            place.extend(part.items)
        else:
            place.update(part.data)


class News(msgspec.Struct, frozen=True):
    """A part that has come, or null for what never will, with the place where it belongs."""

    pending: PendingResult
    payload: Content
    path: Path
    errors: Sequence[Entry]
    sub_path: Path | None = None


class Form(Protocol):
    """How parts are written, as members of a payload; `spec` is its name in media types."""

    spec: str

    def announced(self, pending: Sequence[PendingResult], /) -> Members:
        """Say what is to come."""

    def part(self, news: News, /) -> Members:
        """Say what has come."""

    def ended(self, news: News, /) -> Members:
        """Say that all of what was to come has, or with errors that it never will."""


class ById:
    """The format of `incrementalSpec=v0.2`."""

    spec = "incrementalSpec=v0.2"

    def announced(self, pending: Sequence[PendingResult]) -> Members:
        """Give each its id."""
        return {"pending": [dict(each.formatted) for each in pending]}

    def part(self, news: News) -> Members:
        """Name the id, and the way from there."""
        way: Content = {"subPath": news.sub_path} if news.sub_path else {}
        content = {"id": news.pending.id, **way, **news.payload, **_failing(news.errors)}
        return {"incremental": [content]}

    def ended(self, news: News) -> Members:
        """Name the id."""
        return {"completed": [{"id": news.pending.id, **_failing(news.errors)}]}


class ByPath:
    """The format of `deferSpec=20220824`."""

    spec = "deferSpec=20220824"

    def announced(self, _pending: Sequence[PendingResult]) -> Members:
        """Say nothing, as there is no way to say it."""
        return {}

    def part(self, news: News) -> Members:
        """Name the place; that of items is the place of the first of them."""
        label: Content = {"label": news.pending.label} if news.pending.label else {}
        content = {**news.payload, "path": news.path, **label, **_failing(news.errors)}
        return {"incremental": [content]}

    def ended(self, news: News) -> Members:
        """Send null where it has failed."""
        return self.part(news) if news.errors else {}


_BY_ID, _BY_PATH = ById(), ByPath()


def form_for(parameters: Mapping[str, str] | None) -> Form | None:
    """Return the format that a client reads, by its `multipart/mixed`; None where it reads neither.

    Whoever names none gets the older: urql 6 puts items that come by id in a wrong place, and does
    not see that something by id has failed.
    """
    if parameters is None:
        return None
    if parameters.get("incrementalspec") == "v0.2":
        return _BY_ID
    names_none = not any(name.endswith("spec") for name in parameters)
    return _BY_PATH if names_none or parameters.get("deferspec") == "20220824" else None


class Delivery:
    """Sends the parts of one answer."""

    def __init__(self, multipart: Multipart, form: Form, event_id: str) -> None:
        self._multipart = multipart
        self._form = form
        self._event_id = event_id
        self._sent = Sent()
        self._is_sending = False

    @property
    def has_begun(self) -> bool:
        """Whether something has been sent."""
        return self._multipart.has_begun

    @property
    def data(self) -> dict[str, Any]:
        """What has been taken to be sent, put together."""
        return self._sent.data

    def taken(self, found: Found) -> Content:
        """Return a part as it is to be sent, and count it to what has been."""
        pending = found.pending or ()
        self._sent.pending |= {each.id: each for each in pending}
        announced = self._form.announced(pending)
        if isinstance(found, InitialIncrementalExecutionResult):
            self._sent.data = found.data or {}
            first: Content = {
                "data": msgspec.Raw(encode(found.data)),
                **_failing(self._entries(found.errors)),
            }
            return {**first, **announced, "hasNext": True}
        return {**_together([announced, *self._news(found)]), "hasNext": found.has_next}

    async def send(self, content: Content) -> None:
        """Send a part that was taken."""
        self._is_sending = True
        await self._multipart.part(encode(content), is_last=not content["hasNext"])
        self._is_sending = False

    async def break_off(self, error: Exception) -> None:
        """Send a last part in which all that was to come fails; raise ClientGone if it can't be."""
        if not isinstance(error, Fault):
            log_fault(error, self._event_id)
        if self._is_sending:
            raise ClientGone  # it takes nothing in: what it has of the answer must not look whole
        errors = [fault_entry(error, self._event_id)]
        ended = [self._ended(each, errors) for each in self._sent.pending.values()]
        try:
            async with asyncio.timeout(LAST_WORD_SECONDS):
                await self.send({**_together(ended), "hasNext": False})
        except TimeoutError:
            raise ClientGone from None

    def _news(self, found: SubsequentIncrementalExecutionResult) -> Iterator[Members]:
        for part in found.incremental or ():
            yield self._form.part(self._part(part))
            self._sent.add(part)
        for each in found.completed or ():
            yield self._ended(self._sent.pending.pop(each.id), self._entries(each.errors))

    def _part(self, part: IncrementalResult) -> News:
        return News(
            pending=self._sent.pending[part.id],
            payload=_payload(part),
            path=self._place(self._sent.path(part)),
            errors=self._entries(part.errors),
            sub_path=part.sub_path,
        )

    def _ended(self, pending: PendingResult, errors: Sequence[Entry]) -> Members:
        name = "items" if isinstance(self._sent.at(pending.path), list) else "data"
        return self._form.ended(News(pending, {name: None}, self._place(pending.path), errors))

    def _place(self, path: Path) -> Path:
        place = self._sent.at(path)
        return [*path, len(place)] if isinstance(place, list) else path

    def _entries(self, errors: Sequence[GraphQLError] | None) -> list[Entry]:
        return field_entries(errors or (), self._event_id)


def _payload(part: IncrementalResult) -> Content:
    """Return what came, as the bytes that it is now: later parts are put into it."""
    if isinstance(part, IncrementalStreamResult):
        return {"items": msgspec.Raw(encode(part.items))}
    return {"data": msgspec.Raw(encode(part.data))}


def _failing(errors: Sequence[Entry]) -> Content:
    return {"errors": errors} if errors else {}


def _together(all_members: Iterable[Members]) -> Content:
    together: dict[str, list[Content]] = {}
    for members in all_members:
        for name, contents in members.items():
            if contents:
                together.setdefault(name, []).extend(contents)
    return {**together}
