"""The developer's page at `/graphiql/` and its tokens; none of it exists in production."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import aiohttp
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from gateway.settings import Settings

PAGE = Path(__file__).resolve().parent.parent / "web" / "graphiql" / "dist"
NONCE = "NONCE"
"""What stands in the built page where each answer has a nonce of its own."""
POLICY = (
    "default-src 'none'; script-src 'self'; "
    f"style-src-elem 'self' 'nonce-{NONCE}'; "
    "style-src-attr 'unsafe-inline'; "  # the editor places its lines so; an attribute has no nonce
    "font-src 'self' data:; img-src 'self' data:; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def routes(settings: Settings, page: Path = PAGE) -> list[BaseRoute]:
    """Return the development routes; the page is served if it has been built."""
    if settings.is_production:
        return []
    issuer = _Issuer(settings.issuer)
    found: list[BaseRoute] = [
        Route("/dev/people", issuer.people),
        Route("/dev/token/{name:str}", issuer.token, methods=["POST"]),
    ]
    if page.is_dir():
        found.append(Route("/graphiql", _to_the_page))
        found.append(Mount("/graphiql", _Page(directory=page, html=True)))
    return found


async def _to_the_page(_request: Request) -> Response:
    return RedirectResponse("/graphiql/")


class _Page(StaticFiles):
    # Any: StaticFiles' own signature.
    def file_response(self, full_path: Any, *args: Any, **kwargs: Any) -> Response:
        if str(full_path).endswith(".html"):
            return _with_nonce(Path(full_path).read_text(encoding="utf-8"))
        answer = super().file_response(full_path, *args, **kwargs)
        answer.headers["cache-control"] = "no-cache"
        return answer


def _with_nonce(page: str) -> Response:
    nonce = secrets.token_urlsafe(16)
    headers = {"content-security-policy": POLICY.replace(NONCE, nonce)}
    return Response(page.replace(NONCE, nonce), headers=headers, media_type="text/html")


class _Issuer:
    """Passes two calls on to the development issuer, so that the page stays on its own origin."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    async def people(self, request: Request) -> Response:
        return await self._pass_on(request, "GET", "/people")

    async def token(self, request: Request) -> Response:
        name = request.path_params["name"]
        if not (name.isascii() and name.isalpha()):
            return Response(status_code=404)
        return await self._pass_on(request, "POST", f"/token/{name}")

    async def _pass_on(self, request: Request, method: str, path: str) -> Response:
        session: aiohttp.ClientSession = request.state.session
        try:
            async with session.request(method, self._url + path) as answer:
                return Response(await answer.read(), answer.status, media_type="application/json")
        except (aiohttp.ClientError, TimeoutError):
            return Response(
                b'{"error": "The development issuer does not answer; start it with dev.py run."}',
                502,
                media_type="application/json",
            )
