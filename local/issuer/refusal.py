"""An error of OAuth 2.0 as the client is told of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


class OAuthError(Exception):
    """A request that is refused, by one of OAuth's own codes (RFC 6749, 5.2; RFC 9449, 5 and 8)."""

    def __init__(self, code: str, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.code = code
        self.status = status
        self.headers = {"cache-control": "no-store"}


async def told(_request: Request, error: Exception) -> Response:
    """Render the error."""
    assert isinstance(error, OAuthError)  # noqa: S101  # it is registered for these only
    body = {"error": error.code, "error_description": str(error)}
    return JSONResponse(body, error.status, error.headers)
