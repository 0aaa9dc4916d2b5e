"""Reads one GraphQL request from HTTP: media types, body or URL."""

from __future__ import annotations

import asyncio
import re
from collections import ChainMap
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

import msgspec
from starlette.datastructures import Headers
from starlette.types import Receive

from gateway.errors import (
    BodyTooLarge,
    BodyTooSlow,
    MediaTypeRefused,
    NotAcceptable,
    Refused,
)
from gateway.limits import Limits

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
MULTIPART = "multipart/mixed"
EVENT_STREAM = "text/event-stream"
_LANGUAGES = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}
_EVENT_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class ClientGone(Exception):
    """The client hung up; there is nobody to answer."""


class BadRequest(Refused):
    """A request that is not of the form it must have."""


class GraphQLRequest(msgspec.Struct, frozen=True, rename="camel"):
    """The parameters of a GraphQL request; a parameter of the wrong type is refused.

    `query` and ids become a document in `gateway/persisted.py`, and nowhere else.
    """

    query: str | None = None
    document_id: str | None = None
    operation_name: str | None = None
    # Any: JSON of any shape; the variables' types are checked against the schema.
    variables: dict[str, Any] | None = None
    extensions: dict[str, Any] | None = None


_decode_request = msgspec.json.Decoder(GraphQLRequest).decode
_decode_map = msgspec.json.Decoder(dict[str, Any] | None).decode


async def from_body(headers: Headers, receive: Receive, limits: Limits) -> GraphQLRequest:
    """Return the request in the body of a POST."""
    return parse_body(await json_body(headers, receive, limits))


async def json_body(headers: Headers, receive: Receive, limits: Limits) -> bytes:
    """Return the body of a POST, which must say that it is JSON and keep within the limits."""
    return await body_of(headers, receive, limits, JSON, MediaTypeRefused)


async def body_of(
    headers: Headers,
    receive: Receive,
    limits: Limits,
    media_type: str,
    otherwise: type[MediaTypeRefused],
) -> bytes:
    """Return a body, which must say that it is of this type and keep within the limits."""
    _check_media_type(headers, media_type, otherwise)
    _check_length(headers, limits)
    try:
        async with asyncio.timeout(limits.body_seconds):
            return await _read(receive, limits.body_bytes)
    except TimeoutError:
        raise BodyTooSlow from None


def parse_body(body: bytes) -> GraphQLRequest:
    """Return the request in a JSON body, or say what is wrong with it."""
    try:
        return _decode_request(body)
    except RecursionError:
        raise BadRequest("The JSON is nested too deeply.") from None
    except msgspec.ValidationError:
        raise BadRequest(
            "The body must be one JSON object with a string `documentId` or `query`, and"
            " `operationName`, `variables`, `extensions` of the right types; no batches."
        ) from None
    except ValueError:
        raise BadRequest("The body is not valid JSON in UTF-8.") from None


def from_url(query_string: bytes) -> GraphQLRequest:
    """Return the request in the URL of a GET."""
    try:
        given = dict(parse_qsl(query_string.decode("ascii"), errors="strict", max_num_fields=10))
        maps = {
            name: _decode_map(given[name])
            for name in ("variables", "extensions")
            if given.get(name)
        }
    except (ValueError, RecursionError):
        raise BadRequest("The parameters in the URL can't be read.") from None
    return GraphQLRequest(
        query=given.get("query"),
        document_id=given.get("documentId"),
        operation_name=given.get("operationName"),
        **maps,
    )


def event_id(headers: Headers) -> str:
    """Return the caller's correlation id if it is a UUID, so that it can't be anything else."""
    given = headers.get("nhn-event-id", "")
    return given.lower() if _EVENT_ID.fullmatch(given) else str(uuid4())


@lru_cache(maxsize=256)
def language(accepted: str | None) -> str:
    """Return the first of Bokmål, Nynorsk and English that `Accept-Language` names."""
    for part in (accepted or "").split(","):
        tag = part.partition(";")[0].strip().lower().partition("-")[0]
        if tag in _LANGUAGES:
            return _LANGUAGES[tag]
    return "nb"


@lru_cache(maxsize=256)
def media_type(accept: str | None) -> str:
    """Return the best of our JSON media types for an `Accept` header; ties go to the first named.

    A stream of events is given only to who names it first: urql names it with every query, behind
    what it would rather have.
    """
    if accept is None or not accept.strip():
        return JSON
    if _media_range(accept.partition(",")[0])[0] == EVENT_STREAM:
        return EVENT_STREAM
    best, best_weight = None, 0.0
    for part in accept.split(","):
        name, parameters = _media_range(part)
        weight = _weight(parameters.get("q", "1"))
        ours = {JSON: JSON, GRAPHQL_JSON: GRAPHQL_JSON, "*/*": JSON, "application/*": JSON}.get(
            name
        )
        if ours and weight > best_weight:
            best, best_weight = ours, weight
    if best is None:
        raise NotAcceptable
    return best


@lru_cache(maxsize=256)
def multipart(accept: str | None) -> Mapping[str, str] | None:
    """Return what an `Accept` header says of `multipart/mixed`; None where it is not accepted.

    Parameters stand by their names in small letters.
    """
    taken = [
        parameters
        for name, parameters in map(_media_range, (accept or "").split(","))
        if name == MULTIPART and _weight(parameters.get("q", "1")) > 0
    ]
    return dict(ChainMap(*taken)) if taken else None


def _media_range(text: str) -> tuple[str, dict[str, str]]:
    name, *parameters = text.split(";")
    pairs = [parameter.partition("=") for parameter in parameters]
    return name.strip().lower(), {
        key.strip().lower(): value.strip().strip('"') for key, _, value in pairs
    }


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _check_media_type(headers: Headers, media_type: str, otherwise: type[MediaTypeRefused]) -> None:
    name, _, parameters = headers.get("content-type", "").lower().partition(";")
    charset = parameters.strip().removeprefix("charset=").strip('"')
    if name.strip() != media_type or (parameters and charset not in ("utf-8", "utf8")):
        raise otherwise
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise otherwise


def _check_length(headers: Mapping[str, str], limits: Limits) -> None:
    stated = headers.get("content-length", "0")
    if stated.isdigit() and int(stated[:20]) > limits.body_bytes:
        raise BodyTooLarge


async def _read(receive: Receive, limit: int) -> bytes:
    parts = []
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        part = message.get("body", b"")
        length += len(part)
        if length > limit:
            raise BodyTooLarge
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)
