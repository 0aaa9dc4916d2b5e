"""Is the process alive, and what keeps it from answering: `/healthz` and `/readyz`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import msgspec
from starlette.requests import Request
from starlette.responses import Response

PATIENCE_SECONDS = 0.8


class NotReady(Exception):
    """Raised by a check that knows why; the sentence is shown, so it holds no address or secret."""


class Check(msgspec.Struct, frozen=True):
    """One thing the gateway needs: `run` raises unless it is there.

    What is not `required` is reported, but the gateway answers without it.
    """

    name: str
    run: Callable[[], Awaitable[None]]
    required: bool = True


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one check found."""

    name: str
    is_ready: bool = msgspec.field(name="ready")
    required: bool
    reason: str | None = None


async def alive(_request: Request) -> Response:
    """Answer that the process runs, and nothing more."""
    return _json({"alive": True}, 200)


async def ready(request: Request) -> Response:
    """Answer what is ready and what is not; 503 if something required is not."""
    findings = await look(request.state.checks)
    is_ready = all(finding.is_ready or not finding.required for finding in findings)
    return _json({"ready": is_ready, "checks": findings}, 200 if is_ready else 503)


async def look(checks: Sequence[Check], patience: float = PATIENCE_SECONDS) -> list[Finding]:
    """Run all checks at once; one that hangs is not ready, and is not waited for."""
    if not checks:
        return []
    tasks = [asyncio.ensure_future(check.run()) for check in checks]
    _, hung = await asyncio.wait(tasks, timeout=patience)
    for task in hung:
        task.cancel()
    return [_finding(check, task, patience) for check, task in zip(checks, tasks, strict=True)]


def _finding(check: Check, task: asyncio.Future[None], patience: float) -> Finding:
    reason = _reason(task, patience)
    return Finding(check.name, reason is None, check.required, reason)


def _reason(task: asyncio.Future[None], patience: float) -> str | None:
    if not task.done() or task.cancelled():
        return f"No answer within {patience:g} s."
    error = task.exception()
    if error is None:
        return None
    # The text of a driver's exception may hold an address or a password; its type does not.
    return str(error) if isinstance(error, NotReady) else f"It failed: {type(error).__qualname__}."


def _json(content: object, status: int) -> Response:
    return Response(msgspec.json.encode(content), status, media_type="application/json")
