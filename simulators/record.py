"""The simulated record of the responsible organisations: takes documents, answers with receipts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from starlette.applications import Starlette

from simulators.identity import is_valid
from simulators.people import Person
from simulators.server import application
from simulators.source import Alteration, Settings, Source, bearer
from simulators.wire import Answer, Call, Handler, Refusal, json
from simulators.world import World


class _Number(msgspec.Struct):
    value: str


class _Document(msgspec.Struct, rename="camel"):
    """What a document must have to be kept; the rest is kept as it came."""

    id: str
    patient_number: _Number
    organisation_number: str
    text: str
    content: dict[str, Any]


class _Search(msgspec.Struct):
    fnr: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A document in the record."""

    receipt: str
    document_id: str
    patient: str
    organisation: str
    received_at: str
    body: bytes


_DOCUMENT = msgspec.json.Decoder(_Document)
_SEARCH = msgspec.json.Decoder(_Search)


class Record(Source):
    """Keeps each document once, by its sender's id; sent again, the answer is the same receipt."""

    name = "record"

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world, settings)
        self.kept: dict[str, Kept] = {}

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        return {
            ("POST", "/journal/documents"): self._receive,
            ("POST", "/journal/documents/_search"): self._search,
        }

    def alterations(self) -> Mapping[str, Alteration]:
        return {}

    def authenticate(self, call: Call) -> None:
        if bearer(call) != self.settings.record_token:
            raise Refusal(401, "Ugyldig eller manglende token", "unauthorized")

    def failure(self, refusal: Refusal, event_id: str) -> bytes:
        error = {"code": refusal.code, "message": refusal.reason, "eventId": event_id}
        return msgspec.json.encode({"error": error})

    def forget(self, person: Person) -> None:
        """Forget nothing: a record keeps what it has been given."""

    def _receive(self, call: Call) -> Answer:
        document = _decoded(call.body)
        known = self.kept.get(document.id)
        if known is not None:
            return json(_receipt(known))
        kept = Kept(
            receipt=f"J-{len(self.kept) + 1:06}",
            document_id=document.id,
            patient=document.patient_number.value,
            organisation=document.organisation_number,
            received_at=datetime.now(UTC).isoformat(timespec="seconds"),
            body=call.body,
        )
        self.kept[document.id] = kept
        return json(_receipt(kept), 201)

    def _search(self, call: Call) -> Answer:
        try:
            number = _SEARCH.decode(call.body).fnr
        except msgspec.DecodeError:
            raise Refusal(400, "Søket kan ikke leses", "invalid") from None
        mine = [kept for kept in self.kept.values() if kept.patient == number]
        return json({"documents": [_receipt(kept) for kept in mine]})


def create_app(world: World, settings: Settings | None = None) -> Starlette:
    """Return the simulated record."""
    return application(Record(world, settings or Settings()))


def _decoded(body: bytes) -> _Document:
    try:
        document = _DOCUMENT.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refusal(400, "Dokumentet kan ikke leses", "invalid") from None
    organisation = document.organisation_number
    if not (organisation.isascii() and organisation.isdigit() and len(organisation) == 9):
        raise Refusal(422, "Virksomheten er ukjent", "organisation-unknown")
    if not is_valid(document.patient_number.value):
        raise Refusal(422, "Pasienten er ukjent", "patient-unknown")
    return document


def _receipt(kept: Kept) -> dict[str, str]:
    return {
        "id": kept.receipt,
        "documentId": kept.document_id,
        "organisation": kept.organisation,
        "receivedAt": kept.received_at,
    }
