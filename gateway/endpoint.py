"""What endpoints beside the graph have in common: one answer to a request, whatever happens."""

from __future__ import annotations

from abc import ABC, abstractmethod

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from domain.errors import CallerError
from gateway import request, response
from gateway.errors import Fault, log_fault
from gateway.request import ClientGone
from gateway.response import Answer


class Endpoint(ABC):
    """An ASGI application that answers with JSON, and tells of nothing that went wrong inside."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; only a client that hung up gets no answer."""
        headers = Headers(scope=scope)
        event_id = request.event_id(headers)
        try:
            answer = await self._answer(scope, headers, receive, event_id)
        except ClientGone:
            return
        except CallerError as error:
            answer = response.refused(error)
        except Exception as error:  # noqa: BLE001 # masked: nothing of it may reach the server's log
            if not isinstance(error, Fault):
                log_fault(error, event_id)
            answer = response.failed(error, event_id)
        await answer.send(send, ("x-event-id", event_id))

    @abstractmethod
    async def _answer(
        self, scope: Scope, headers: Headers, receive: Receive, event_id: str
    ) -> Answer:
        """Return the answer, or raise what stands against it."""
