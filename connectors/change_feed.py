"""Reads a source's change feed: whose data has changed, without the data."""

from __future__ import annotations

from datetime import datetime

import msgspec

from connectors.http import Answer, Endpoint, SourceClient, SourceFailure
from domain.caller import Caller
from domain.noun import Noun
from domain.source.section import ReasonCode

CHANGES = Endpoint("GET", "/changes")


class Change(Noun):
    """That something of a kind has changed; `number` is any identity number of the patient's."""

    number: str
    kind: str
    at: datetime

    def __repr__(self) -> str:
        return f"Change({self.kind})"


class Changes(Noun):
    """The changes after a place in the feed, in order, and the place to go on from.

    The feed is whole after `whole_after`: earlier changes may be forgotten.
    """

    changes: tuple[Change, ...]
    position: int
    whole_after: int

    def goes_on_from(self, position: int) -> bool:
        """Tell whether nothing is missing since a place; not so when the feed has begun anew."""
        return self.whole_after <= position <= self.position


class _Change(msgspec.Struct):
    sequence: int
    patient: str
    kind: str
    at: datetime


class _Feed(msgspec.Struct, rename="camel"):
    changes: list[_Change]
    last: int
    complete_after: int


_decode = msgspec.json.Decoder(_Feed).decode


class ChangeFeed:
    """One source's word on whose data has changed, read from where one was."""

    def __init__(self, client: SourceClient) -> None:
        self._client = client

    async def after(self, position: int, caller: Caller) -> Changes:
        """Return the changes after a place; raises SourceFailure when the feed can't be read."""
        query = {"after": str(position)}
        return await self._client.call(CHANGES, caller, _read, query=query)


def _read(answer: Answer) -> Changes:
    try:
        feed = _decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER) from None
    if any(each.at.tzinfo is None for each in feed.changes):
        raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER)
    changes = tuple(Change(number=c.patient, kind=c.kind, at=c.at) for c in feed.changes)
    return Changes(changes=changes, position=feed.last, whole_after=feed.complete_after)
