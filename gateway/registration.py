"""`/operations`: a client's machine registers, lists and retires the client's own operations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import msgspec
from starlette.datastructures import Headers
from starlette.types import Receive, Scope

from domain.errors import BadInput, NotFound, NotPermitted
from domain.refusal import Refusal
from domain.registered_operation import RegisteredOperation, id_of
from domain.writing.validation.text import identity_numbers
from gateway import credentials, request, response
from gateway.auth import Authenticator
from gateway.documents import Document, Documents
from gateway.endpoint import Endpoint
from gateway.errors import (
    Entry,
    LimitExceeded,
    MediaTypeRefused,
    MethodRefused,
    NoSuchRoute,
    caller_entry,
    log,
)
from gateway.limits import Limits
from gateway.persisted import IdMismatch
from gateway.registered_operation import RegisteredOperations
from gateway.request import BadRequest
from gateway.response import Answer
from store.registered_operation import NoRoom

GRAPHQL = "application/graphql"


class OperationMethodRefused(MethodRefused):
    """A method that an operation, or the list of them, does not know."""

    remedy = "GET the list at /operations; PUT or DELETE one operation at /operations/{id}."

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__()
        self.headers = (("allow", ", ".join(allowed)),)


class DocumentTypeRefused(MediaTypeRefused):
    """A body that is not said to be a document."""

    sentence = "The body must be a GraphQL document in UTF-8, not compressed."
    remedy = f"Send `Content-Type: {GRAPHQL}`."


class RegistrationEndpoint(Endpoint):
    """An ASGI application for `/operations` and `/operations/{id}`.

    What is registered belongs to the OAuth client: its machine's token registers it, and whoever
    has logged in through that client, or the machine itself, may ask for it.
    """

    def __init__(
        self,
        *,
        registered: RegisteredOperations | None,
        documents: Documents,
        authenticator: Authenticator,
        limits: Limits,
    ) -> None:
        self._registered = registered
        self._documents = documents
        self._authenticator = authenticator
        # A character has four bytes at most.
        self._limits = msgspec.structs.replace(limits, body_bytes=4 * limits.document_characters)

    async def _answer(
        self, scope: Scope, headers: Headers, receive: Receive, event_id: str
    ) -> Answer:
        if self._registered is None:
            raise NoSuchRoute
        method, id = scope["method"], scope["path_params"].get("id")
        allowed = ("GET",) if id is None else ("PUT", "DELETE")
        if method not in allowed:
            raise OperationMethodRefused(allowed)
        client_id = await self._client(scope, headers)
        if id is None:
            found = await self._registered.of_client(client_id)
            return Answer(body=response.encode({"operations": found}))
        if method == "DELETE":
            return await self._retire(self._registered, client_id, id, event_id)
        body = await request.body_of(headers, receive, self._limits, GRAPHQL, DocumentTypeRefused)
        return await self._register(self._registered, client_id, id, body, event_id)

    async def _client(self, scope: Scope, headers: Headers) -> str:
        """Return the client whose machine asks; a person can't decide for everybody's client."""
        shown = credentials.of_request(scope, headers)
        viewer = await self._authenticator.viewer(shown)
        if not viewer.is_machine or viewer.client_id is None:
            raise NotPermitted(
                "Only a client's own machine token can do this.", reason=Refusal.ROLE.name
            )
        return viewer.client_id

    async def _register(
        self, registered: RegisteredOperations, client_id: str, id: str, body: bytes, event_id: str
    ) -> Answer:
        text = _text(body)
        document = self._documents.get(text)
        faults = [*_faults(id, text), *(document.errors and self._documents.all_errors(text))]
        if faults:
            return _refused(faults)
        operation = _operation(id, document, len(body))
        try:
            since = await registered.register(client_id, operation, text)
        except NoRoom:
            return _refused([caller_entry(LimitExceeded(_NO_ROOM))])
        log.info("event=%s client=%s registered=%s", event_id, client_id, id)
        if since is None:
            return Answer(body=response.encode(operation), status=201)
        there = msgspec.structs.replace(operation, registered_at=since)
        return Answer(body=response.encode(there))

    async def _retire(
        self, registered: RegisteredOperations, client_id: str, id: str, event_id: str
    ) -> Answer:
        if not await registered.retire(client_id, id):
            raise NotFound
        log.info("event=%s client=%s retired=%s", event_id, client_id, id)
        return Answer(body=response.encode({"id": id}))


_NO_ROOM = "As much is registered as a client may have; retire what is no longer asked for."


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise BadRequest("The body is not UTF-8.") from None


def _faults(id: str, text: str) -> Iterator[Entry]:
    """Yield what is wrong with a registration beside what validation says of the document."""
    if id_of(text.encode()) != id:
        yield caller_entry(IdMismatch())
    if any(identity_numbers(text, "")):
        yield caller_entry(BadInput("The document has an identity number: make it a variable."))


def _operation(id: str, document: Document, size: int) -> RegisteredOperation:
    names = tuple(each.name for each in document.operations if each.name)
    return RegisteredOperation(id=id, names=names, size=size, registered_at=datetime.now(UTC))


def _refused(faults: list[Entry]) -> Answer:
    return Answer(body=response.encode({"errors": faults}), status=400)
