from __future__ import annotations

import pytest
from starlette.datastructures import Headers
from starlette.types import Message

from gateway.headers import HEADERS
from tests.gateway.serving import a_settings
from worker.app import create_app


async def answered(method: str, path: str) -> tuple[int, Headers]:
    """Ask the worker without starting its work."""
    told: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        told.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}
    await create_app(a_settings())(scope, receive, send)
    return told[0]["status"], Headers(raw=told[0]["headers"])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/healthz", 200),
        ("POST", "/healthz", 405),
        ("GET", "/nowhere", 404),
        ("GET", "/healthz/", 404),
        ("GET", "/readyz", 500),  # asked before it has begun
    ],
)
async def test_every_answer_has_its_security_headers(method: str, path: str, status: int) -> None:
    found, headers = await answered(method, path)
    assert found == status
    assert {name: headers[name] for name in HEADERS} == HEADERS
