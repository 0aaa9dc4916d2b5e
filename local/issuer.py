"""A small token issuer for development: `python -m local.issuer`. Never part of an installation."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import uvicorn
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from local.people import PEOPLE
from local.token import KEY_FILE, LIFETIME_SECONDS, signing_key, token_for

HOST = "127.0.0.1"


def create_issuer(url: str, key: ECKey) -> Starlette:
    """Return the issuer that is found at this address."""

    async def configuration(_request: Request) -> JSONResponse:
        return JSONResponse({"issuer": url, "jwks_uri": f"{url}/jwks"})

    async def jwks(_request: Request) -> JSONResponse:
        return JSONResponse({"keys": [key.as_dict(private=False)]})

    async def token(request: Request) -> JSONResponse:
        name = request.path_params["name"]
        if name not in PEOPLE:
            return JSONResponse({"error": f"Nobody has this name: {', '.join(PEOPLE)}."}, 404)
        answer = {"token_type": "Bearer", "expires_in": LIFETIME_SECONDS}
        return JSONResponse({"access_token": token_for(name, key, url), **answer})

    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", configuration),
            Route("/jwks", jwks),
            Route("/people", _people),
            Route("/token/{name}", token, methods=["POST"]),
            Route("/healthz", _alive),
        ]
    )


async def _people(_request: Request) -> JSONResponse:
    return JSONResponse(
        [
            {"name": name, "title": person.title, "description": person.description}
            for name, person in PEOPLE.items()
        ]
    )


async def _alive(_request: Request) -> JSONResponse:
    return JSONResponse({"alive": True})


def main(arguments: list[str]) -> int:
    """Serve until stopped; return 2 where a development issuer has no business."""
    parser = argparse.ArgumentParser(prog="python -m local.issuer", description=__doc__)
    parser.add_argument("--port", type=int, default=8104)
    parser.add_argument("--key", type=Path, default=KEY_FILE)
    chosen = parser.parse_args(arguments)
    if os.environ.get("DBEP_ENVIRONMENT") == "production":
        print("The development issuer does not run in production.", file=sys.stderr)
        return 2
    app = create_issuer(f"http://{HOST}:{chosen.port}", signing_key(chosen.key))
    uvicorn.run(app, host=HOST, port=chosen.port, access_log=False, log_level="warning", ws="none")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
