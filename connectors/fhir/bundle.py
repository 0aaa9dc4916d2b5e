"""Bundles, read so that one wrong entry is told with its path and costs no other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, Literal, TypeVar

import msgspec

from connectors.fhir.times import decode_time
from connectors.fhir.wire import Wire
from connectors.http import SourceFailure
from domain.source.section import Reason, ReasonCode

R = TypeVar("R")
T = TypeVar("T")

MAX_REASONS = 20
"""Wrong items told one by one; the rest are told as a count."""

MAX_PATH = 200
"""Characters of a path; only nesting that no source of ours has makes longer ones."""

MAX_ITEMS = 500
"""Items in a section; a source that has more is cut, and the section says so."""

MAX_ENTRIES = 20_000
"""Entries of a bundle; an answer with more is no answer to any question of ours."""

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises on input; ValidationError is a DecodeError."""

_PATH = re.compile(r"(?:required field `(?P<field>\w+)`)?(?: - at `\$(?P<path>[\w.\[\]]*)`)?$")
_UNKNOWN_TYPE = ".resource.resourceType"


class WireSearch(Wire, frozen=True, gc=False):
    """Why an entry is in a search's answer: match, include or outcome."""

    mode: str | None = None


class WireEntry(Wire, Generic[R], frozen=True):
    """An entry whose resource is one of the types that the reader asked for."""

    resource: R
    full_url: str | None = None


class _Kind(Wire, frozen=True):
    resource_type: str


class _EntryKind(Wire, frozen=True):
    resource: _Kind
    search: WireSearch = WireSearch()


class _EntryAddress(Wire, frozen=True):
    full_url: str | None = None


class _Link(Wire, frozen=True):
    relation: str


_Entries = Annotated[tuple[msgspec.Raw, ...], msgspec.Meta(max_length=MAX_ENTRIES)]


class _Envelope(Wire, frozen=True):
    resource_type: Literal["Bundle"]
    type: str
    total: Annotated[int, msgspec.Meta(ge=0, le=2**31)] | None = None
    link: tuple[_Link, ...] = ()
    entry: _Entries | msgspec.UnsetType = msgspec.UNSET


_ENVELOPE = msgspec.json.Decoder(_Envelope)
_ENTRY_KIND = msgspec.json.Decoder(_EntryKind)
_ENTRY_ADDRESS = msgspec.json.Decoder(_EntryAddress)


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A resource, its full address in the bundle and its place (`entry[3].resource`)."""

    resource: R
    full_url: str | None
    path: str


@dataclass(frozen=True, slots=True)
class UnreadableEntry:
    """An entry with a wrong value: its place, and the bytes, in which a subject may be found."""

    path: str
    raw: msgspec.Raw


@dataclass(frozen=True, slots=True)
class Bundle(Generic[R]):
    """What a source sent, in its order.

    `total` and `has_next` are the source's own words on what it left out. `others` has the
    addresses of entries that are here but not in `entries`: unreadable ones and those of types
    that we don't read.
    """

    entries: list[Entry[R]]
    unreadable: list[UnreadableEntry]
    others: set[str]
    total: int | None
    has_next: bool

    def of(self, kind: type[T]) -> list[Entry[T]]:
        """Return the entries whose resource is of the kind, in the source's order."""
        return [e for e in self.entries if isinstance(e.resource, kind)]  # type: ignore[misc]  # narrowed by isinstance, which mypy does not carry into Entry


class BundleReader(Generic[R]):
    """Reads one kind of bundle (`searchset`, `document`) holding resources of a tagged union.

    Resources that a search merely includes, and those of the types in `beside`, are passed over;
    an entry of any other type is unreadable, for it may be one of ours with its type misspelt.
    """

    def __init__(
        self,
        kind: str,
        decoder: msgspec.json.Decoder[WireEntry[R]],
        beside: frozenset[str] = frozenset(),
    ) -> None:
        self._kind = kind
        self._decoder = decoder
        self._beside = beside

    def read(self, body: bytes | msgspec.Raw, at: str = "") -> Bundle[R]:
        """Return the bundle; `at` is its place in the whole answer, for paths.

        Raises SourceFailure (SOURCE_INVALID_ANSWER) if it is no bundle of this kind, or one that
        says neither what it holds nor how much: that is no word that there is nothing.
        """
        envelope = self._envelope(body)
        has_next = any(link.relation == "next" for link in envelope.link)
        bundle: Bundle[R] = Bundle([], [], set(), envelope.total, has_next)
        for index, raw in enumerate(envelope.entry or ()):
            self._read_entry(raw, f"{at}entry[{index}]", bundle)
        return bundle

    def _envelope(self, body: bytes | msgspec.Raw) -> _Envelope:
        envelope = read_whole(_ENVELOPE, body)
        silent = envelope.entry is msgspec.UNSET and envelope.total is None
        if envelope.type != self._kind or silent:
            raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER)
        return envelope

    def _read_entry(self, raw: msgspec.Raw, path: str, into: Bundle[R]) -> None:
        try:
            entry = self._decoder.decode(raw)
        except UNREADABLE as error:
            place = path_of(error)
            if not (place == _UNKNOWN_TYPE and self._is_beside(raw)):
                into.unreadable.append(UnreadableEntry(path + place, raw))
            into.others.update(_address(raw))
        else:
            into.entries.append(Entry(entry.resource, entry.full_url, path + ".resource"))

    def _is_beside(self, raw: msgspec.Raw) -> bool:
        try:
            kind = _ENTRY_KIND.decode(raw)
        except UNREADABLE:
            return False
        return kind.search.mode == "include" or kind.resource.resource_type in self._beside


def entry_decoder(kind: type[WireEntry[R]]) -> msgspec.json.Decoder[WireEntry[R]]:
    """Return a decoder of entries that also knows FHIR's times."""
    return msgspec.json.Decoder(kind, dec_hook=decode_time)


def read_whole(decoder: msgspec.json.Decoder[T], body: bytes | msgspec.Raw) -> T:
    """Decode a body that is all or nothing; raise SourceFailure (SOURCE_INVALID_ANSWER)."""
    try:
        return decoder.decode(body)
    except UNREADABLE:
        pass
    # Raised out here, so that msgspec's text, which may quote a value, is not its context.
    raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER)


def path_of(error: Exception) -> str:
    """Return where msgspec found the wrong value (`.resource.start`), without its words.

    Its words may quote the value; the path at their end has only our field names and indexes.
    """
    match = _PATH.search(str(error)) if isinstance(error, msgspec.ValidationError) else None
    if match is None:
        return ""
    return (match["path"] or "") + (f".{match['field']}" if match["field"] else "")


def unreadable_reasons(paths: Sequence[str]) -> list[Reason]:
    """Return one reason for each wrong place, and beyond the limit one with the number left."""
    code = ReasonCode.UNREADABLE_ITEM
    reasons = [Reason(code=code, count=1, path=path[:MAX_PATH]) for path in paths[:MAX_REASONS]]
    if len(paths) > MAX_REASONS:
        reasons.append(Reason(code=code, count=len(paths) - MAX_REASONS))
    return reasons


def bounded(items: Sequence[T]) -> tuple[Sequence[T], list[Reason]]:
    """Return at most MAX_ITEMS items, and TRUNCATED with the number cut if there were more."""
    if len(items) <= MAX_ITEMS:
        return items, []
    cut = len(items) - MAX_ITEMS
    return items[:MAX_ITEMS], [Reason(code=ReasonCode.TRUNCATED, count=cut)]


def left_out(bundle: Bundle[R], seen: int) -> list[Reason]:
    """Return TRUNCATED if the source says that it holds more matches than the `seen` ones."""
    more = (bundle.total or 0) - seen
    if more > 0:
        return [Reason(code=ReasonCode.TRUNCATED, count=more)]
    return [Reason(code=ReasonCode.TRUNCATED)] if bundle.has_next else []


def _address(raw: msgspec.Raw) -> set[str]:
    try:
        address = _ENTRY_ADDRESS.decode(raw).full_url
    except UNREADABLE:
        return set()
    return {address} if address else set()
