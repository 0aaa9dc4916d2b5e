"""Delivers documents to the record of the responsible organisation."""

from __future__ import annotations

from enum import Enum

import msgspec

from connectors.http import Answer, Endpoint, SourceClient, SourceFailure
from domain.caller import Caller
from domain.keeping.record_document import RecordDocument
from domain.source.section import ReasonCode

DELIVER = Endpoint("POST", "/journal/documents", frozenset({200, 201, 400, 409, 413, 422}))

_HEADERS = {"Content-Type": "application/json"}


class ReceiverName(Enum):
    """The systems that are given something, as the log names them."""

    RECORD = "RECORD"


class _Receipt(msgspec.Struct, rename="camel"):
    id: str
    document_id: str


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Receipt).decode


class RecordConnector:
    """The record keeps a document once by its id, so that delivering it again is safe."""

    def __init__(self, client: SourceClient) -> None:
        self._client = client

    async def deliver(self, document: RecordDocument, caller: Caller) -> str | None:
        """Return the receipt of a document; None when the record won't have it as it is.

        Raises SourceFailure when there was no answer that can be used: then nobody knows whether
        the document is there, and it is to be delivered again.
        """

        def read(answer: Answer) -> str | None:
            return _receipt(answer, document.id) if answer.status < 400 else None

        body = _encode(document)
        return await self._client.call(DELIVER, caller, read, headers=_HEADERS, body=body)


def _receipt(answer: Answer, document_id: str) -> str:
    try:
        receipt = _decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER) from None
    if receipt.document_id != document_id or not receipt.id:
        raise SourceFailure(ReasonCode.SOURCE_INVALID_ANSWER)
    return receipt.id
