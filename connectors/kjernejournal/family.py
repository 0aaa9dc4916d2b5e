"""Reads the register's feed of families, which comes by way of kjernejournal as deaths do."""

from __future__ import annotations

import msgspec

from connectors.http import Answer, Endpoint, SourceClient, SourceFailure
from domain.access.family import Family, RegisteredParent
from domain.caller import Caller
from domain.noun import Noun
from domain.source.section import ReasonCode

FAMILIES = Endpoint("POST", "/v1/familie")

_HEADERS = {"Content-Type": "application/json"}


class Families(Noun):
    """The families that have changed after a place in the feed, in order, and where to go on."""

    families: tuple[Family, ...]
    position: int


class _Parent(msgspec.Struct, rename="camel"):
    fnr: str
    navn: str
    foreldreansvar: bool
    samme_adresse: bool
    adressesperre: bool = False


class _Service(msgspec.Struct, rename="camel"):
    organisasjonsnummer: str
    navn: str


class _Child(msgspec.Struct, rename="camel"):
    fnr: str
    foreldre: list[_Parent]
    adressesperre: bool = False
    omsorg_overtatt_av: _Service | None = None


class _Feed(msgspec.Struct):
    familier: list[_Child]
    siste: int


_decode = msgspec.json.Decoder(_Feed).decode


class FamilyFeed:
    """The register's word on who has a child's parental responsibility, and where they live."""

    def __init__(self, client: SourceClient) -> None:
        self._client = client

    async def after(self, position: int, caller: Caller) -> Families:
        """Return what has changed after a place; raises SourceFailure when it can't be read."""
        body = msgspec.json.encode({"etter": position})
        return await self._client.call(FAMILIES, caller, _read, headers=_HEADERS, body=body)


def _read(answer: Answer) -> Families:
    try:
        feed = _decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER) from None
    return Families(families=tuple(map(_family, feed.familier)), position=feed.siste)


def _family(child: _Child) -> Family:
    service = child.omsorg_overtatt_av
    return Family(
        number=child.fnr,
        is_protected=child.adressesperre,
        parents=tuple(map(_parent, child.foreldre)),
        has_care=service.organisasjonsnummer if service else None,
        has_care_name=service.navn if service else None,
    )


def _parent(parent: _Parent) -> RegisteredParent:
    return RegisteredParent(
        number=parent.fnr,
        name=parent.navn,
        has_responsibility=parent.foreldreansvar,
        lives_with_child=parent.samme_adresse,
        is_protected=parent.adressesperre,
    )
