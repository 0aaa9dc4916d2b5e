"""`/webhooks`: a client's machine registers where it is told of changes, for its organisation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

import msgspec
from starlette.datastructures import Headers
from starlette.types import Receive, Scope

from domain.errors import NotPermitted
from domain.refusal import Refusal
from gateway import credentials, request, response
from gateway.auth import Authenticator
from gateway.endpoint import Endpoint
from gateway.errors import LimitExceeded, MethodRefused, NoSuchRoute, caller_entry, log
from gateway.limits import Limits
from gateway.request import BadRequest
from gateway.response import Answer
from gateway.webhook import Shown, WebhookRegistry, shown
from store.webhook import Holder, NoMoreWebhooks

PATHS = ("webhooks", "webhooks/{id}", "webhooks/{id}/{act}")
MOST_BYTES = 10_000
T = TypeVar("T")


class _Address(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    url: str
    sections: list[str] | None = None


class _Changes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    url: str | None = None
    sections: list[str] | None = None


class _Replay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    after: str


class WebhookMethodRefused(MethodRefused):
    """A method that a webhook, the list of them, or something done with one, does not know."""

    remedy = "docs/webhooks.md says what there is, by which method."

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__()
        self.headers = (("allow", ", ".join(allowed)),)


class WebhookEndpoint(Endpoint):
    """An ASGI application for `/webhooks`, one of them, and what is done with one.

    A webhook belongs to the client and the organisation that the machine's token names.
    """

    def __init__(
        self, *, registry: WebhookRegistry | None, authenticator: Authenticator, limits: Limits
    ) -> None:
        self._registry = registry
        self._authenticator = authenticator
        self._limits = msgspec.structs.replace(limits, body_bytes=MOST_BYTES)

    async def _answer(
        self, scope: Scope, headers: Headers, receive: Receive, event_id: str
    ) -> Answer:
        if self._registry is None:
            raise NoSuchRoute
        method, path = scope["method"], scope["path_params"]
        known = _known(path)
        if method not in known:
            raise WebhookMethodRefused(tuple(known))
        holder = await self._holder(scope, headers)
        asked = _Asked(self._registry, holder, path.get("id", ""), headers, receive, self._limits)
        answer = await known[method](asked)
        if method != "GET":
            done = f"{method} {path.get('act', '')}".strip()
            log.info("event=%s client=%s webhooks=%s", event_id, holder.client_id, done)
        return answer

    async def _holder(self, scope: Scope, headers: Headers) -> Holder:
        """Return whose webhooks are asked for; nobody else's machine can speak for a client."""
        viewer = await self._authenticator.viewer(credentials.of_request(scope, headers))
        if not viewer.is_machine or viewer.client_id is None or viewer.organisation is None:
            raise NotPermitted(
                "Only a client's own machine token with an organisation can do this.",
                reason=Refusal.ROLE.name,
            )
        return Holder(
            client_id=viewer.client_id,
            organisation=viewer.organisation,
            legal_entity=viewer.legal_entity,
        )


class _Asked(msgspec.Struct):
    """One request: whose, about which webhook, and what its body is read from."""

    registry: WebhookRegistry
    holder: Holder
    id: str
    headers: Headers
    receive: Receive
    limits: Limits

    async def body(self, kind: type[T]) -> T:
        """Return the body, or say that it is of another form."""
        said = await request.json_body(self.headers, self.receive, self.limits)
        try:
            return msgspec.json.decode(said, type=kind)
        except (ValueError, RecursionError):
            raise BadRequest("The body is not as docs/webhooks.md has it.") from None


Act = Callable[[_Asked], Awaitable[Answer]]


async def _list(asked: _Asked) -> Answer:
    found = await asked.registry.of(asked.holder)
    return Answer(body=response.encode({"webhooks": [shown(each) for each in found]}))


async def _register(asked: _Asked) -> Answer:
    body = await asked.body(_Address)
    try:
        made = await asked.registry.register(asked.holder, body.url, body.sections)
    except NoMoreWebhooks:
        fault = caller_entry(LimitExceeded("There are as many webhooks as there may be."))
        return Answer(body=response.encode({"errors": [fault]}), status=400)
    return _one(made, status=201)


async def _read(asked: _Asked) -> Answer:
    return _one(await asked.registry.one(asked.holder, asked.id))


async def _change(asked: _Asked) -> Answer:
    body = await asked.body(_Changes)
    return _one(await asked.registry.change(asked.holder, asked.id, body.url, body.sections))


async def _delete(asked: _Asked) -> Answer:
    await asked.registry.delete(asked.holder, asked.id)
    return Answer(body=response.encode({"id": asked.id}))


async def _replay(asked: _Asked) -> Answer:
    body = await asked.body(_Replay)
    return _one(await asked.registry.replay(asked.holder, asked.id, body.after))


async def _resume(asked: _Asked) -> Answer:
    return _one(await asked.registry.resume(asked.holder, asked.id))


async def _renew_secret(asked: _Asked) -> Answer:
    return _one(await asked.registry.renew_secret(asked.holder, asked.id))


def _one(webhook: Shown, status: int = 200) -> Answer:
    return Answer(body=response.encode(shown(webhook)), status=status)


_ALL: Mapping[str, Act] = {"GET": _list, "POST": _register}
_EACH: Mapping[str, Act] = {"GET": _read, "PATCH": _change, "DELETE": _delete}
_DONE_WITH: Mapping[str, Mapping[str, Act]] = {
    "replay": {"POST": _replay},
    "resume": {"POST": _resume},
    "secret": {"POST": _renew_secret},
}


def _known(path: Mapping[str, str]) -> Mapping[str, Act]:
    """Return what can be done at an address, by method; raise NoSuchRoute when it is none."""
    if "id" not in path:
        return _ALL
    if "act" not in path:
        return _EACH
    try:
        return _DONE_WITH[path["act"]]
    except KeyError:
        raise NoSuchRoute from None
