"""Every error that leaves the gateway: the caller's with a code and a remedy, ours masked.

Two rules hold here. A value that the client sent never comes back in a message, and our own
errors are logged by type and place only: messages of drivers and libraries hold values.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, TypeAlias

from graphql import GraphQLError

from domain.errors import BadInput, CallerError, NotPermitted, Unauthenticated

Entry: TypeAlias = dict[str, object]
"""One entry of a GraphQL answer's `errors`."""

log = logging.getLogger("dbep.gateway")
_ROOT = Path(__file__).resolve().parent.parent


class Refused(CallerError):
    """A request that is refused before anything is executed; `told` goes into its `extensions`."""

    status: ClassVar[int] = 400
    headers: tuple[tuple[str, str], ...] = ()
    told: Mapping[str, object] = MappingProxyType({})


class TokenRefused(Refused):
    """A request that does not show who asks; `headers` say what would."""

    code = Unauthenticated.code
    status = 401

    def __init__(self, cause: Unauthenticated, headers: tuple[tuple[str, str], ...]) -> None:
        super().__init__(str(cause), reason=cause.reason)
        self.remedy = cause.remedy
        self.headers = headers


class DocumentRefused(Refused):
    """A well-formed request whose GraphQL can't be executed.

    The GraphQL over HTTP specification wants status 200 for these when `application/json` is asked.
    """

    def __init__(self, sentence: str | None = None, locations: Sequence[Entry] = ()) -> None:
        super().__init__(sentence)
        self.locations = list(locations)


class ParseFailed(DocumentRefused):
    """The document is not GraphQL."""

    code = "GRAPHQL_PARSE_FAILED"
    sentence = "The document is not valid GraphQL."
    remedy = "Correct the document at the given place."


class ValidationFailed(DocumentRefused):
    """The document is GraphQL, but not of this schema."""

    code = "GRAPHQL_VALIDATION_FAILED"
    sentence = "The document does not fit the schema."
    remedy = "Compare the document with schema.graphql."


class VariablesRefused(DocumentRefused):
    """A variable does not fit its type; the same mistake as a bad argument, and the same code."""

    code = BadInput.code
    sentence = "The variables do not fit the operation."
    remedy = BadInput.remedy


class LimitExceeded(DocumentRefused):
    """The request asks for more than one request may."""

    code = "LIMIT_EXCEEDED"
    sentence = "The request is too large."
    remedy = "Ask for less at a time; docs/errors.md lists the limits."


class OperationNotFound(DocumentRefused):
    """No operation, or not exactly one, bears the given name."""

    code = "OPERATION_NOT_FOUND"
    sentence = "The document has no operation of the given name."
    remedy = "Give `operationName` the name of one operation in the document."


class SubscriptionRefused(Refused):
    """A subscription sent as a plain request."""

    code = "SUBSCRIPTION_NOT_SUPPORTED"
    sentence = "A subscription can't be answered by one HTTP response."
    remedy = "Subscribe by WebSocket, by events or in parts; docs/live.md says how."


class CrossSiteRefused(Refused):
    """A request that another site's page made the browser send."""

    code = "CROSS_SITE"
    sentence = "A request from another site's page is refused."
    remedy = "Ask from our own pages, from one whose origin is allowed, or from a server."
    status = 403


class NoSuchRoute(Refused):
    """A path that names nothing."""

    code = "NO_SUCH_ROUTE"
    sentence = "There is nothing at this address."
    remedy = "GraphQL is at /graphql; a code is opened at /opening."
    status = 404


class MethodRefused(Refused):
    """A method other than those the address knows."""

    code = "METHOD_NOT_ALLOWED"
    sentence = "This address does not know the method."
    remedy = "Use POST, or GET for a query."
    status = 405
    headers = (("allow", "GET, POST"),)


class PostRequired(Refused):
    """A GET that changes something, or whose URL would carry an identity number."""

    code = "POST_REQUIRED"
    sentence = "This operation is accepted by POST only."
    remedy = "Send the operation in the body of a POST."
    status = 405
    headers = (("allow", "POST"),)


class NotAcceptable(Refused):
    """None of the accepted media types is ours."""

    code = "NOT_ACCEPTABLE"
    sentence = "None of the accepted media types can be given."
    remedy = "Accept application/graphql-response+json, application/json or text/event-stream."
    status = 406


class BodyTooSlow(Refused):
    """The body did not arrive in time."""

    code = "REQUEST_TIMEOUT"
    sentence = "The body did not arrive in time."
    remedy = "Send the request again."
    status = 408


class BodyTooLarge(Refused):
    """The body is over the limit."""

    code = "PAYLOAD_TOO_LARGE"
    sentence = "The body is too large."
    remedy = "Send less at a time; docs/errors.md lists the limits."
    status = 413


class MediaTypeRefused(Refused):
    """A body that is not said to be JSON."""

    code = "UNSUPPORTED_MEDIA_TYPE"
    sentence = "The body must be JSON in UTF-8, not compressed."
    remedy = "Send `Content-Type: application/json`."
    status = 415


class Fault(Exception):
    """Something of ours that failed; its code and sentence are all that the caller learns."""

    code: ClassVar[str] = "INTERNAL_ERROR"
    sentence: ClassVar[str] = "Something went wrong on our side."
    remedy: ClassVar[str] = "Try again later; if it lasts, report `extensions.correlationId`."
    status: ClassVar[int] = 500


class OperationTooSlow(Fault):
    """The operation did not end within its deadline."""

    code = "TIMEOUT"
    sentence = "The operation took too long and was stopped."
    remedy = "Ask for less at a time, or try again later."
    status = 504


class ReplayUnknown(Fault):
    """What is remembered of used proofs can't be had, so that a proof may be somebody's copy."""

    code = "UNAVAILABLE"
    sentence = "It can't be seen just now whether the DPoP proof has been used before."
    remedy = "Try again in a minute, with a new proof."
    status = 503


class LogUnavailable(Fault):
    """The log of use can't be written, so nothing is shown: the log comes first."""

    code = "LOG_UNAVAILABLE"
    sentence = "What you asked for can't be shown, since it can't be logged just now."
    remedy = "Try again in a minute; send a mutation with the same idempotency key."
    status = 503


class KeysUnavailable(Fault):
    """The issuer's keys can't be had, so no token can be checked."""

    code = "UNAVAILABLE"
    sentence = "Access tokens can't be checked just now."
    remedy = "Try again in a minute."
    status = 503


_STATUS = {
    "FORBIDDEN": 403,
    "CODE_REFUSED": 403,
    "NOT_FOUND": 404,
    "TOO_MANY_TRIES": 429,
}


def status_of(error: CallerError) -> int:
    """Return the HTTP status of an error that ends a whole request."""
    return error.status if isinstance(error, Refused) else _STATUS.get(error.code, 400)


def caller_entry(error: CallerError) -> Entry:
    """Render an error of the caller's."""
    extensions: Entry = {"code": error.code, "remedy": error.remedy}
    if error.reason:
        extensions["reason"] = error.reason
    if isinstance(error, NotPermitted):
        extensions["canBeOpenedBy"] = list(error.opened_by)
    if isinstance(error, Refused):
        extensions |= error.told
    entry: Entry = {"message": str(error), "extensions": extensions}
    if isinstance(error, DocumentRefused) and error.locations:
        entry["locations"] = error.locations
    return entry


def fault_entry(error: Exception, event_id: str) -> Entry:
    """Render an error of ours: a known fault by its own words, everything else masked."""
    kind = type(error) if isinstance(error, Fault) else Fault
    extensions = {"code": kind.code, "remedy": kind.remedy, "correlationId": event_id}
    return {"message": kind.sentence, "extensions": extensions}


def field_entries(errors: Sequence[GraphQLError], event_id: str) -> list[Entry]:
    """Render the errors of executed fields; one of ours is logged once, whatever it hit."""
    logged: set[int] = set()
    entries = []
    for error in errors:
        cause = origin(error)
        if isinstance(cause, CallerError):
            entry = caller_entry(cause)
        else:
            entry = fault_entry(cause, event_id)
            if id(cause) not in logged:
                logged.add(id(cause))
                log_fault(cause, event_id)
        entries.append(entry | place(error))
    return entries


def origin(error: GraphQLError) -> Exception:
    """Return what was raised first; a bad argument that graphql-core found is the caller's."""
    cause: Exception = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if isinstance(cause, GraphQLError) and cause.message.startswith("Argument '"):
        return BadInput()
    return cause


def place(error: GraphQLError) -> Entry:
    """Return where in the document and in the answer an error stands."""
    entry: Entry = {}
    if error.locations:
        entry["locations"] = locations(error)
    if error.path is not None:
        entry["path"] = error.path
    return entry


def locations(error: GraphQLError) -> list[Entry]:
    """Return the places in the document that an error names."""
    return [{"line": at.line, "column": at.column} for at in error.locations or ()]


def log_fault(error: BaseException, event_id: str) -> None:
    """Log an error of ours: its types and our own frames, never its message."""
    kinds = " from ".join(type(cause).__qualname__ for cause in _causes(error))
    log.error("event=%s error=%s at=%s", event_id, kinds, " < ".join(_frames(error)) or "-")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _frames(error: BaseException) -> list[str]:
    own: list[str] = []
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(_ROOT) and "site-packages" not in path.parts:
            own.append(f"{path.relative_to(_ROOT)}:{frame.lineno} {frame.name}")
    return own


def log_stray(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """Log what an event loop found lying about, such as a task's unread exception."""
    error = context.get("exception")
    if isinstance(error, BaseException):
        log_fault(error, "-")
    else:
        log.error("event=- error=stray at=-")
