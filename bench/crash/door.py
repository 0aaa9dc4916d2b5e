"""Sends mutations over HTTP as a client does, and tells an answer from what is none."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Self

import aiohttp
import msgspec

from bench.crash.ledger import Sent
from domain.operation import Operation
from local.token import signing_key, token_for

PATIENCE = aiohttp.ClientTimeout(total=30)
_SIGNED_FOR_SECONDS = 600
_DRAFT = "... on DraftPayload { draft { id } }"
_PART = "... on PartPayload { part { id } }"
_EITHER = "... on ApprovalPayload { draft { id } part { id } }"
_OURS = frozenset({"INTERNAL_ERROR", "TIMEOUT", "UNAVAILABLE", "LOG_UNAVAILABLE"})
_FIELDS = {  # the mutation, and what else its payload is asked for
    Operation.START_DRAFT: ("startDraft", _DRAFT),
    Operation.SAVE_DRAFT: ("saveDraft", _DRAFT),
    Operation.DISCARD_DRAFT: ("discardDraft", _DRAFT),
    Operation.ACTIVATE: ("activateDraft", _PART),
    Operation.HOLD: ("holdPart", _PART),
    Operation.RESUME: ("resumePart", _PART),
    Operation.REQUEST_APPROVAL: ("requestApproval", _EITHER),
    Operation.DECIDE_APPROVAL: ("decideApproval", _EITHER),
    Operation.AGREE: ("giveAgreement", _PART),
}


class Unanswered(Exception):
    """Nobody can know what became of it: no answer, or one that says something failed."""


class Misunderstood(Exception):
    """An answer that no sound gateway gives to what we send: the proof itself is broken."""


class Answer(msgspec.Struct, frozen=True):
    """What a mutation was answered with; `code` is a rejection's.

    `version` is what the subject got by it, or has in a version conflict.
    """

    code: str | None = None
    version: int | None = None
    is_replay: bool = False
    subject_id: str | None = None


class Door:
    """The gateway's address, and tokens for those who write."""

    def __init__(self, url: str, issuer: str, key: Path) -> None:
        self._url, self._issuer = url, issuer
        self._key = signing_key(key)
        self._tokens: dict[str, tuple[float, str]] = {}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=PATIENCE)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def send(self, sent: Sent, given: dict[str, Any]) -> Answer:
        """Send once; the key, which goes with every attempt, is also its correlation id."""
        if self._session is None:
            raise RuntimeError("The door is not open.")
        field = _FIELDS[sent.operation][0]
        body = {
            "query": document(sent.operation),
            "variables": {"input": {"idempotencyKey": sent.key, **given}},
        }
        headers = {"authorization": f"Bearer {self._token(sent.sender)}", "nhn-event-id": sent.key}
        try:
            async with self._session.post(self._url, json=body, headers=headers) as answer:
                said = msgspec.json.decode(await answer.read())
        except (aiohttp.ClientError, TimeoutError, msgspec.DecodeError) as error:
            raise Unanswered from error
        return _understood(said, field)

    def _token(self, person: str) -> str:
        until, token = self._tokens.get(person, (0.0, ""))
        if until < time.monotonic():
            token = token_for(person, self._key, self._issuer)
            self._tokens[person] = (time.monotonic() + _SIGNED_FOR_SECONDS, token)
        return token


def document(operation: Operation) -> str:
    """Return the GraphQL document of a mutation."""
    field, more = _FIELDS[operation]
    if operation is not Operation.START_DRAFT:  # which can't be too late
        more += " ... on VersionConflict { currentVersion }"
    name = f"{field[0].upper()}{field[1:]}Input"
    return (
        f"mutation($input: {name}!) {{ {field}(input: $input) {{ __typename"
        f" ... on Payload {{ receipt {{ version isReplay }} }} {more}"
        " ... on Rejection { code } } }"
    )


def _understood(said: dict[str, Any], field: str) -> Answer:
    """Read an answer. A receipt counts, even if the rest of the payload could not be read."""
    given = (said.get("data") or {}).get(field)
    if given is None:
        codes = [error["extensions"]["code"] for error in said["errors"]]
        if not _OURS.issuperset(codes):
            raise Misunderstood(f"{field} was answered with {codes}.")
        raise Unanswered
    if "code" in given:
        return Answer(code=given["code"], version=given.get("currentVersion"))
    receipt = given["receipt"]
    subject = given.get("draft") or given.get("part") or {}
    return Answer(
        version=receipt["version"], is_replay=receipt["isReplay"], subject_id=subject.get("id")
    )
