"""Which client asks, by a JWT signed with its own key: private_key_jwt (RFC 7523)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from joserfc import jws, jwt
from joserfc.errors import JoseError

from local.issuer.clients import Client
from local.issuer.refusal import OAuthError

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ["ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"]
LONGEST = 300
"""Seconds that an assertion may be good for."""
SKEW = 10

Claims = dict[str, object]


def client_of(
    form: Mapping[str, str], clients: Mapping[str, Client], audiences: Sequence[str], now: float
) -> tuple[Client, Claims]:
    """Return who asks and what they signed, or raise OAuthError."""
    assertion = form.get("client_assertion", "")
    if form.get("client_assertion_type") != JWT_BEARER:
        raise refusal("A client shows who it is by private_key_jwt.")
    try:
        client = clients[_issuer(assertion)]
        claims = jwt.decode(assertion, client.key, algorithms=ALGORITHMS).claims
        _rules(client, audiences, now).validate(claims)
    except (JoseError, ValueError, KeyError, TypeError):
        raise refusal("The client assertion can't be used.") from None
    if claims["exp"] > now + LONGEST + SKEW or form.get("client_id", client.id) != client.id:
        raise refusal("The client assertion is another's, or good for too long.")
    return client, claims


def refusal(sentence: str) -> OAuthError:
    """Return the error of a client that is not known."""
    return OAuthError("invalid_client", sentence, 401)


def _issuer(assertion: str) -> str:
    """Return who the assertion says it is from, which says only whose key to look for."""
    said: Claims = json.loads(jws.extract_compact(assertion.encode()).payload)
    return str(said["iss"])


def _rules(client: Client, audiences: Sequence[str], now: float) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(now),
        leeway=SKEW,
        iss={"essential": True, "value": client.id},
        sub={"essential": True, "value": client.id},
        aud={"essential": True, "values": list(audiences)},
        exp={"essential": True},
        jti={"essential": True},
    )
