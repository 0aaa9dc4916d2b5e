"""Reads the register's feed of deaths, which comes by way of kjernejournal."""

from __future__ import annotations

from datetime import date

import msgspec

from connectors.http import Answer, Endpoint, SourceClient, SourceFailure
from domain.caller import Caller
from domain.noun import Noun
from domain.source.section import ReasonCode

DEATHS = Endpoint("POST", "/v1/dodsfall")

_HEADERS = {"Content-Type": "application/json"}


class Death(Noun):
    """That somebody has died; `number` is any identity number they have or had."""

    number: str
    died_on: date

    def __repr__(self) -> str:
        return "Death()"


class Deaths(Noun):
    """The deaths after a place in the feed, in order, and the place to go on from."""

    deaths: tuple[Death, ...]
    position: int


class _Death(msgspec.Struct):
    fnr: str
    dodsdato: date


class _Feed(msgspec.Struct):
    dodsfall: list[_Death]
    siste: int


_decode = msgspec.json.Decoder(_Feed).decode


class DeathFeed:
    """The register's word on who has died, read from where one was."""

    def __init__(self, client: SourceClient) -> None:
        self._client = client

    async def after(self, position: int, caller: Caller) -> Deaths:
        """Return the deaths after a place; raises SourceFailure when the feed can't be read."""
        body = msgspec.json.encode({"etter": position})
        return await self._client.call(DEATHS, caller, _read, headers=_HEADERS, body=body)


def _read(answer: Answer) -> Deaths:
    try:
        feed = _decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER) from None
    deaths = tuple(Death(number=each.fnr, died_on=each.dodsdato) for each in feed.dodsfall)
    return Deaths(deaths=deaths, position=feed.siste)
