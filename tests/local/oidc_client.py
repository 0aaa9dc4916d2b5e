"""A client as vendors must write one: pushed requests, PKCE, private_key_jwt, DPoP with nonce."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import aiohttp
from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64encode

from local.issuer.assertion import JWT_BEARER
from local.proof import new_key, proof

RETURN_TO = "http://127.0.0.1/back"
VERIFIER = "a-verifier-that-nobody-else-knows-as-it-is-long"


class Refused(Exception):
    """The issuer's error, by its code."""


@dataclass
class Client:
    """One client of one issuer, with the key that its tokens are bound to."""

    session: aiohttp.ClientSession
    id: str
    key: ECKey
    configuration: dict[str, Any]
    own: ECKey = field(default_factory=new_key)
    nonce: str = ""
    asked: list[str] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return str(self.configuration["issuer"])

    def assertion(self, **changed: Any) -> dict[str, str]:
        now = int(time.time())
        claims = {"iss": self.id, "sub": self.id, "aud": self.issuer, "jti": str(uuid.uuid4())}
        claims |= {"iat": now, "nbf": now, "exp": now + 60, **changed}
        signed = jwt.encode({"alg": "ES256"}, claims, self.key)
        return {"client_assertion_type": JWT_BEARER, "client_assertion": signed}

    async def push(self, **changed: str) -> dict[str, Any]:
        """Push a request for a login; an empty parameter is left out."""
        challenge = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).decode()
        asked = {
            "client_id": self.id,
            "response_type": "code",
            "redirect_uri": RETURN_TO,
            "scope": "openid",
            "state": "a-state",
            "nonce": "a-nonce",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **self.assertion(),
            **changed,
        }
        kept = {name: value for name, value in asked.items() if value}
        return await self.post("pushed_authorization_request_endpoint", kept)

    async def pick(self, request_uri: str, person: str) -> dict[str, str]:
        """Be the browser: open the page, pick a person, and give what the client is told."""
        url, form = await self._open(request_uri)
        data = {**form.hidden, "person": person}
        answer = await self.session.post(
            urljoin(url, form.action), data=data, allow_redirects=False
        )
        while not (there := answer.headers["location"]).startswith(RETURN_TO):
            answer = await self.session.get(urljoin(url, there), allow_redirects=False)
        return dict(parse_qsl(urlsplit(there).query))

    async def _open(self, request_uri: str) -> tuple[str, Form]:
        asked = {"client_id": self.id, "request_uri": request_uri}
        url = self.configuration["authorization_endpoint"]
        async with self.session.get(url, params=asked) as answer:
            assert answer.status == 200, await answer.text()
            form = Form()
            form.feed(await answer.text())
            return str(answer.url), form

    async def code_for(self, person: str, **changed: str) -> str:
        """Log somebody in, and give the code."""
        pushed = await self.push(**changed)
        told = await self.pick(pushed["request_uri"], person)
        assert (told["state"], told["iss"]) == ("a-state", self.issuer)
        return told["code"]

    async def redeem(self, code: str, **changed: str) -> dict[str, Any]:
        """Exchange a code for tokens."""
        grant = {"grant_type": "authorization_code", "code": code, "redirect_uri": RETURN_TO}
        return await self.token(**{**grant, "code_verifier": VERIFIER, **changed})

    async def token(self, **form: str) -> dict[str, Any]:
        """Ask at the token endpoint, and once more when a nonce is asked for."""
        for _ in range(2):
            sent = {"client_id": self.id, **self.assertion(), **form}
            headers = {"DPoP": self.proof_to_issuer()}
            try:
                return await self.post("token_endpoint", sent, **headers)
            except Refused as refused:
                if str(refused) != "use_dpop_nonce":
                    raise
        raise AssertionError("the nonce that was given is not accepted")

    def proof_to_issuer(self) -> str:
        return proof(self.own, "POST", self.configuration["token_endpoint"], nonce=self.nonce)

    async def post(self, endpoint: str, form: dict[str, str], **headers: str) -> dict[str, Any]:
        """Post a form, and give the answer; raises Refused."""
        url = self.configuration[endpoint]
        async with self.session.post(url, data=form, headers=headers) as answer:
            self.nonce = answer.headers.get("dpop-nonce", self.nonce)
            body: dict[str, Any] = await answer.json()
            self.asked.append(body.get("error", "ok"))
            if answer.status >= 400:
                raise Refused(body["error"])
            assert answer.headers["cache-control"] == "no-store"
            return body


class Form(HTMLParser):
    """The one form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.hidden: dict[str, str] = {}
        self.people: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = given["action"]
        elif given.get("type") == "hidden":
            self.hidden[given["name"]] = given["value"]
        elif given.get("name") == "person":
            self.people.append(given["value"])
