"""The one way from a request's parameters to a document, whatever transport they came by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from domain.registered_operation import PREFIX, id_of
from gateway.documents import Document, Documents
from gateway.errors import DocumentRefused
from gateway.registered_operation import RegisteredOperations
from gateway.request import BadRequest, GraphQLRequest


class IdRequired(DocumentRefused):
    """A document that nobody has registered, where only registered ones are answered."""

    code = "PERSISTED_QUERY_ID_REQUIRED"
    sentence = "Only operations that are registered are answered here, by their id."
    remedy = "Send `documentId` instead of `query`; docs/operations.md says how to register."


class IdUnknown(DocumentRefused):
    """An id that names nothing for this client; another client's looks the same."""

    code = "PERSISTED_QUERY_NOT_FOUND"
    sentence = "PersistedQueryNotFound"  # the very words that urql looks for
    remedy = "Register the operation as this client; docs/operations.md says how."


class IdMismatch(DocumentRefused):
    """A document that comes under an id which is not its own."""

    code = "PERSISTED_QUERY_MISMATCH"
    sentence = "The id is not the document's."
    remedy = "Make it of the document's bytes in UTF-8: `sha256:` and 64 hexadecimal digits."


class Known(msgspec.Struct, frozen=True):
    """A registered document, with its text as it was registered."""

    text: str
    document: Document


class Persisted:
    """Gives the document that a request asks for, or refuses it.

    An id is looked up among our own apps' operations, which everybody may ask for, then among
    those of the client that asks. `query` alone is answered only where `answers_ad_hoc` says so;
    beside an id it must be the very document. Nothing is ever registered by being sent.
    """

    def __init__(
        self,
        documents: Documents,
        *,
        own: Mapping[str, Known],
        registered: RegisteredOperations | None,
        answers_ad_hoc: bool,
    ) -> None:
        self._documents = documents
        self._own = own
        self._registered = registered
        self._answers_ad_hoc = answers_ad_hoc

    async def document(self, asked: GraphQLRequest, client_id: str | None) -> Document:
        """Return what is known of the document, for somebody who asks through this client."""
        id = _id(asked)
        if id is None:
            return self._ad_hoc(asked.query)
        known = self._own.get(id) or await self._of_client(client_id, id)
        if known is None:
            return self._under_unknown(id, asked.query)
        if asked.query and asked.query != known.text:
            raise IdMismatch
        return known.document

    async def _of_client(self, client_id: str | None, id: str) -> Known | None:
        if client_id is None or self._registered is None:
            return None
        text = await self._registered.document(client_id, id)
        return None if text is None else Known(text, self._documents.get(text))

    def _ad_hoc(self, query: str | None) -> Document:
        if query is None:
            raise BadRequest("A string `query` or `documentId` is missing.")
        if not self._answers_ad_hoc:
            raise IdRequired
        return self._documents.get(query)

    def _under_unknown(self, id: str, query: str | None) -> Document:
        """Return an ad hoc document that brings its id, as it is sent after IdUnknown."""
        if not query or not self._answers_ad_hoc:
            raise IdUnknown
        if id_of(query.encode()) != id:
            raise IdMismatch
        return self._documents.get(query)


class _PersistedQuery(msgspec.Struct, rename="camel"):
    """The extension `persistedQuery` (Apollo Client, urql)."""

    sha256_hash: str
    version: Literal[1] = 1


def _id(asked: GraphQLRequest) -> str | None:
    extension = (asked.extensions or {}).get("persistedQuery")
    if extension is None:
        return asked.document_id
    try:
        id = PREFIX + msgspec.convert(extension, _PersistedQuery).sha256_hash
    except msgspec.ValidationError:
        raise BadRequest("The extension `persistedQuery` is not of version 1.") from None
    if asked.document_id not in (None, id):
        raise IdMismatch
    return id
