"""The issuer's addresses: discovery, pushed requests, the page, tokens; and tokens by name."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl

from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from local.issuer import page
from local.issuer.assertion import ALGORITHMS, LONGEST, SKEW, Claims, client_of, refusal
from local.issuer.clients import Client
from local.issuer.details import asked, granted
from local.issuer.login import REQUEST_URI, Login, pushed
from local.issuer.memory import Clock, Kept, Nonces
from local.issuer.possession import key_shown
from local.issuer.refusal import OAuthError, told
from local.people import IDENTITY, PEOPLE
from local.token import LIFETIME_SECONDS, id_token, token_for, token_of

PUSHED_SECONDS = 600  # somebody may read the page at leisure
CODE_SECONDS = 60
LEVELS = ("3", "4")

Form = dict[str, str]


class Issuer:
    """What is asked of the issuer at each of its addresses."""

    def __init__(self, url: str, key: ECKey, clients: Mapping[str, Client], clock: Clock) -> None:
        self._url = url
        self._key = key
        self._clients = clients
        self._clock = clock
        self._used: Kept[bool] = Kept(LONGEST + 2 * SKEW, clock)
        self._pushed: Kept[Login] = Kept(PUSHED_SECONDS, clock)
        self._codes: Kept[Login] = Kept(CODE_SECONDS, clock)
        self._nonces = Nonces(clock)

    async def configuration(self, _request: Request) -> Response:
        """Say where everything is and what is understood (OpenID Connect Discovery)."""
        return JSONResponse(
            {
                "issuer": self._url,
                "jwks_uri": f"{self._url}/jwks",
                "authorization_endpoint": f"{self._url}/authorize",
                "token_endpoint": f"{self._url}/token",
                "pushed_authorization_request_endpoint": f"{self._url}/par",
                "require_pushed_authorization_requests": True,
                "authorization_response_iss_parameter_supported": True,
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code", "client_credentials"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
                "token_endpoint_auth_signing_alg_values_supported": ALGORITHMS,
                "dpop_signing_alg_values_supported": ALGORITHMS,
                "id_token_signing_alg_values_supported": ["ES256"],
                "subject_types_supported": ["public"],
                "scopes_supported": ["openid", "profile"],
            }
        )

    async def jwks(self, _request: Request) -> Response:
        """Show the public key."""
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def push(self, request: Request) -> Response:
        """Take a client's request for a login (RFC 9126)."""
        form = await _form(request)
        client, assertion = self._client(form)
        key = self._pushed.add(pushed(form, client, assertion))
        answer = {"request_uri": REQUEST_URI + key, "expires_in": PUSHED_SECONDS}
        return JSONResponse(answer, 201, {"cache-control": "no-store"})

    async def ask(self, request: Request) -> Response:
        """Show the page with the persons to pick from."""
        request_uri = request.query_params.get("request_uri", "")
        login = self._pushed.look(request_uri.removeprefix(REQUEST_URI))
        if login is None or request.query_params.get("client_id") != login.client.id:
            return page.nothing_to_pick()
        return page.people_to_pick(login.client, request_uri)

    async def pick(self, request: Request) -> Response:
        """Send the browser back with a code for the person who was picked."""
        form = await _form(request)
        login = self._pushed.take(form.get("request_uri", "").removeprefix(REQUEST_URI))
        if login is None or form.get("client_id") != login.client.id:
            return page.nothing_to_pick()
        person, level = form.get("person", ""), form.get("level", "4")
        if person not in login.client.people or level not in LEVELS:
            return _sent(login.answer(self._url, error="access_denied"))
        code = self._codes.add(replace(login, person=person, level=level))
        return _sent(login.answer(self._url, code=code))

    async def token(self, request: Request) -> Response:
        """Give a token for a code, or for a client itself; it is bound to the key that is shown."""
        try:
            answer = await self._token(request)
        except OAuthError as error:
            error.headers["dpop-nonce"] = self._nonces.new()
            raise
        headers = {"cache-control": "no-store", "dpop-nonce": self._nonces.new()}
        return JSONResponse({"expires_in": LIFETIME_SECONDS, **answer}, headers=headers)

    async def token_by_name(self, request: Request) -> Response:
        """Give a test person's bearer token to whoever asks: for GraphiQL and for curl."""
        name = request.path_params["name"]
        if name not in PEOPLE:
            return JSONResponse({"error": f"Nobody has this name: {', '.join(PEOPLE)}."}, 404)
        answer = {"token_type": "Bearer", "expires_in": LIFETIME_SECONDS}
        token = token_for(name, self._key, self._url)
        return JSONResponse({"access_token": token, **answer})

    async def _token(self, request: Request) -> dict[str, object]:
        form = await _form(request)
        thumbprint = self._thumbprint(request)
        client, assertion = self._client(form)
        if form.get("grant_type") == "client_credentials":
            return self._of_machine(client, asked(form, assertion), thumbprint)
        if form.get("grant_type") == "authorization_code":
            return self._of_login(self._login(form, client, thumbprint), thumbprint)
        raise OAuthError(
            "unsupported_grant_type", "It is authorization_code or client_credentials."
        )

    def _of_machine(
        self, client: Client, details: list[Claims], thumbprint: str
    ) -> dict[str, object]:
        if client.machine is None:
            raise OAuthError("unauthorized_client", "This client asks for those who log in only.")
        return self._answer(client.machine.claims_at(self._clock()), details, thumbprint)

    def _of_login(self, login: Login, thumbprint: str) -> dict[str, object]:
        claims = PEOPLE[login.person].claims_at(self._clock())
        claims |= {"client_id": login.client.id, IDENTITY + "security_level": login.level}
        answer = self._answer(claims, login.details, thumbprint)
        return {**answer, "id_token": id_token(claims, login.nonce, self._key, self._url)}

    def _answer(self, claims: Claims, details: list[Claims], thumbprint: str) -> dict[str, object]:
        said = granted(claims.pop("authorization_details", []), details)
        claims |= ({"authorization_details": said} if said else {}) | {"cnf": {"jkt": thumbprint}}
        return {"access_token": token_of(claims, self._key, self._url), "token_type": "DPoP"}

    def _login(self, form: Form, client: Client, thumbprint: str) -> Login:
        login = self._codes.take(form.get("code", ""))
        if (
            login is None
            or login.client.id != client.id
            or form.get("redirect_uri") != login.return_to
            or not login.is_proved_by(form.get("code_verifier", ""))
            or login.thumbprint not in ("", thumbprint)
        ):
            raise OAuthError("invalid_grant", "The code can't be used, or not by you.")
        return login

    def _client(self, form: Form) -> tuple[Client, Claims]:
        audiences = [self._url, f"{self._url}/token", f"{self._url}/par"]
        client, claims = client_of(form, self._clients, audiences, self._clock())
        self._once(f"{client.id} {claims['jti']}", refusal("The client assertion was used."))
        return client, claims

    def _thumbprint(self, request: Request) -> str:
        proofs, url = request.headers.getlist("dpop"), f"{self._url}/token"
        found, id = key_shown(proofs, "POST", url, self._nonces.is_good, self._clock())
        self._once(f"{found} {id}", OAuthError("invalid_dpop_proof", "The DPoP proof was used."))
        return found

    def _once(self, used: str, refused: OAuthError) -> None:
        if self._used.look(used):
            raise refused
        self._used.add(True, used)


def create_issuer(
    url: str, key: ECKey, clients: Mapping[str, Client], clock: Clock = time.time
) -> Starlette:
    """Return the issuer that is found at this address."""
    issuer = Issuer(url, key, clients, clock)
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", issuer.configuration),
            Route("/jwks", issuer.jwks),
            Route("/par", issuer.push, methods=["POST"]),
            Route("/authorize", issuer.ask, methods=["GET"]),
            Route("/authorize", issuer.pick, methods=["POST"]),
            Route("/token", issuer.token, methods=["POST"]),
            Route("/people", _people),
            Route("/token/{name}", issuer.token_by_name, methods=["POST"]),
            Route("/healthz", _alive),
        ],
        exception_handlers={OAuthError: told},
    )


async def _people(_request: Request) -> Response:
    return JSONResponse(
        [
            {"name": name, "title": person.title, "description": person.description}
            for name, person in PEOPLE.items()
        ]
    )


async def _alive(_request: Request) -> Response:
    return JSONResponse({"alive": True})


async def _form(request: Request) -> Form:
    try:
        return dict(parse_qsl((await request.body()).decode("ascii"), max_num_fields=50))
    except ValueError:
        raise OAuthError("invalid_request", "The body is not a form.") from None


def _sent(address: str) -> Response:
    return RedirectResponse(address, 303, {"cache-control": "no-store"})
