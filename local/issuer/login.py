"""A login under way: what the client pushed (RFC 9126), who was picked, and the code for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from urllib.parse import urlencode

from joserfc.util import urlsafe_b64encode

from local.issuer.clients import Client
from local.issuer.details import Detail, asked
from local.issuer.refusal import OAuthError

REQUEST_URI = "urn:ietf:params:oauth:request_uri:"
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Login:
    """What a client asked for, and since then who was picked and how surely they are known."""

    client: Client
    return_to: str
    challenge: str
    state: str
    nonce: str
    details: list[Detail]
    thumbprint: str = ""
    person: str = ""
    level: str = "4"

    def answer(self, issuer: str, **said: str) -> str:
        """Return the address that the browser is sent to at the end (RFC 9207 names the issuer)."""
        state = {"state": self.state} if self.state else {}
        return _with_query(self.return_to, {**said, **state, "iss": issuer})

    def is_proved_by(self, verifier: str) -> bool:
        """Tell whether this is what the challenge was made from (RFC 7636)."""
        made = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode()
        return compare_digest(made, self.challenge)


def pushed(form: Mapping[str, str], client: Client, assertion: Mapping[str, object]) -> Login:
    """Return the login that a client asks for, or raise OAuthError."""
    if client.machine:
        raise OAuthError("unauthorized_client", "Nobody logs in to this client.")
    if form.get("response_type") != "code":
        raise OAuthError("unsupported_response_type", "The response type is code.")
    challenge = form.get("code_challenge", "")
    if form.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(challenge):
        raise OAuthError("invalid_request", "PKCE with S256 is needed.")
    if not client.may_return_to(form.get("redirect_uri", "")):
        raise OAuthError("invalid_request", "redirect_uri must be http on this machine.")
    return Login(
        client=client,
        return_to=form["redirect_uri"],
        challenge=challenge,
        state=form.get("state", ""),
        nonce=form.get("nonce", ""),
        details=asked(form, assertion),
        thumbprint=form.get("dpop_jkt", ""),
    )


def _with_query(address: str, query: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"
