"""Tokens over real HTTP, with real signatures: which ones make a viewer and which do not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from gateway.auth import Authenticator
from gateway.credentials import Credentials, credentials
from gateway.errors import TokenRefused
from tests.gateway.serving import AUDIENCE, PUBLIC_URL, Gateway, Issuer, Start, a_key

NOW = int(time.time())


class HeldKeys:
    """Keys at hand, counting how often one is asked for."""

    def __init__(self, *keys: ECKey | RSAKey) -> None:
        self.keys = {key.kid: key for key in keys}
        self.asked = 0

    async def find(self, kid: str) -> ECKey | RSAKey | None:
        self.asked += 1
        return self.keys.get(kid)


def an_authenticator(keys: HeldKeys, **changed: Any) -> Authenticator:
    known = {"issuer": "https://issuer.example", "audience": AUDIENCE, "public_url": PUBLIC_URL}
    return Authenticator(keys, **{**known, "accepts_bearer": True, **changed})


def bearing(token: str) -> Credentials:
    return credentials(f"Bearer {token}", "", "POST", "/graphql")


def an_issuer() -> Issuer:
    issuer = Issuer()
    issuer.url = "https://issuer.example"
    return issuer


def encoded(content: object) -> str:
    raw = content if isinstance(content, bytes) else msgspec.json.encode(content)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unsigned(issuer: Issuer) -> str:
    return f"{encoded({'alg': 'none', 'kid': 'one'})}.{encoded(issuer.claims())}."


def key_confused(issuer: Issuer) -> str:
    """Sign with HMAC, the public key as the secret."""
    head = f"{encoded({'alg': 'HS256', 'kid': 'one'})}.{encoded(issuer.claims())}"
    secret = issuer.key.as_pem(private=False)
    return f"{head}.{encoded(hmac.digest(secret, head.encode(), hashlib.sha256))}"


def forged(issuer: Issuer) -> str:
    return jwt.encode({"alg": "ES256", "kid": "one"}, issuer.claims(), a_key("one"))


def with_own_key(issuer: Issuer) -> str:
    """Sign with another key that the header itself brings along."""
    key = a_key("one")
    header = {"alg": "ES256", "kid": "one", "jwk": key.as_dict(private=False)}
    return jwt.encode(header, issuer.claims(), key)


def changed_afterwards(issuer: Issuer) -> str:
    head, _, signature = issuer.token().split(".")
    return f"{head}.{encoded(issuer.claims(sub='someone else'))}.{signature}"


def signed_by_hand(issuer: Issuer, header: dict[str, object]) -> str:
    """Sign properly, with a header that the library would not write."""
    head = f"{encoded(header)}.{encoded(issuer.claims())}"
    der = issuer.key.private_key.sign(head.encode(), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(der)
    return f"{head}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


BAD = {
    "forged": forged,
    "none": unsigned,
    "key confusion": key_confused,
    "own key": with_own_key,
    "changed": changed_afterwards,
    "unknown key": lambda issuer: issuer.token({"kid": "two"}),
    "no key id": lambda issuer: signed_by_hand(issuer, {"alg": "ES256"}),
    "critical header": lambda issuer: signed_by_hand(
        issuer, {"alg": "ES256", "kid": "one", "crit": ["x"], "x": 1}
    ),
    "not an access token": lambda issuer: issuer.token({"typ": "dpop+jwt"}),
    "expired": lambda issuer: issuer.token(exp=NOW - 60),
    "no expiry": lambda issuer: issuer.token(exp=None),
    "expiry as text": lambda issuer: issuer.token(exp="tomorrow"),
    "not yet valid": lambda issuer: issuer.token(nbf=NOW + 600),
    "from the future": lambda issuer: issuer.token(iat=NOW + 600),
    "no issue time": lambda issuer: issuer.token(iat=None),
    "other audience": lambda issuer: issuer.token(aud="someone:else"),
    "no audience": lambda issuer: issuer.token(aud=None),
    "other issuer": lambda issuer: issuer.token(iss="https://elsewhere.example"),
    "bound to a key": lambda issuer: issuer.token(cnf={"jkt": "x"}),
    "bound to a certificate": lambda issuer: issuer.token(cnf={"x5t#S256": "x"}),
    "bound by we know not what": lambda issuer: issuer.token(cnf="x"),
    "no subject": lambda issuer: issuer.token(sub=None),
    "no number": lambda issuer: issuer.token(**{"helseid://claims/identity/pid": "12345678901"}),
    "nobody": lambda issuer: issuer.token(**{"helseid://claims/identity/pid": None}),
    "no token": lambda _issuer: "",
    "rubbish": lambda _issuer: "a.b.c",
    "deep header": lambda _issuer: f"{encoded(b'[' * 5000)}.e30.x",
    "too long": lambda _issuer: "a" * 20_000,
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD.keys())
async def test_a_bad_token_makes_no_viewer(make: Callable[[Issuer], str]) -> None:
    issuer = an_issuer()
    with pytest.raises(TokenRefused):
        await an_authenticator(HeldKeys(issuer.key)).viewer(bearing(make(issuer)))


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic eDp5", "Bearer æ", "DPoP"]
)
async def test_a_header_without_a_token_makes_no_viewer(header: str | None) -> None:
    shown = None if header is None else credentials(header, "", "POST", "/graphql")
    with pytest.raises(TokenRefused):
        await an_authenticator(HeldKeys()).viewer(shown)


async def test_a_token_signed_by_hand_is_as_good_as_any() -> None:
    issuer = an_issuer()
    token = signed_by_hand(issuer, {"alg": "ES256", "kid": "one"})
    assert await an_authenticator(HeldKeys(issuer.key)).viewer(bearing(token))


async def test_small_differences_between_clocks_are_forgiven() -> None:
    issuer = an_issuer()
    now = int(time.time())
    token = issuer.token(exp=now - 5, iat=now + 5, nbf=now + 5)
    assert await an_authenticator(HeldKeys(issuer.key)).viewer(bearing(token))


@pytest.mark.parametrize("algorithm", ["PS256", "RS256"])
async def test_rsa_tokens_are_accepted(algorithm: str) -> None:
    key = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
    token = jwt.encode({"alg": algorithm, "kid": "rsa"}, an_issuer().claims(), key, [algorithm])
    assert await an_authenticator(HeldKeys(key)).viewer(bearing(token))


async def test_an_algorithm_outside_the_list_is_refused_however_well_signed() -> None:
    key = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
    token = jwt.encode({"alg": "RS512", "kid": "rsa"}, an_issuer().claims(), key, ["RS512"])
    with pytest.raises(TokenRefused):
        await an_authenticator(HeldKeys(key)).viewer(bearing(token))


async def test_a_shared_secret_is_never_a_key() -> None:
    from gateway.keys import _signing_keys

    secret = OctKey.generate_key(256, {"kid": "shared"})
    assert _signing_keys(msgspec.json.encode({"keys": [secret.as_dict(private=True)]})) == {}


async def test_a_good_token_is_verified_once_until_it_expires() -> None:
    issuer, now = an_issuer(), time.time()
    keys = HeldKeys(issuer.key)
    clock = [now]
    authenticator = an_authenticator(keys, clock=lambda: clock[0])
    token = issuer.token(exp=int(now) + 60)
    for _ in range(3):
        await authenticator.viewer(bearing(token))
    assert keys.asked == 1
    clock[0] = now + 61
    await authenticator.viewer(bearing(token))  # within the skew, so it is looked at again
    assert keys.asked == 2
    clock[0] = now + 90
    with pytest.raises(TokenRefused):
        await authenticator.viewer(bearing(token))


async def test_remembered_tokens_are_bounded() -> None:
    issuer = an_issuer()
    authenticator = an_authenticator(HeldKeys(issuer.key), cached_tokens=2)
    for i in range(5):
        await authenticator.viewer(bearing(issuer.token(jti=str(i))))
    assert len(authenticator._tokens._known) == 2


@pytest.mark.parametrize("token", [None, "rubbish"])
async def test_without_a_good_token_the_answer_is_a_401_in_graphql_shape(
    production: Gateway, token: str | None
) -> None:
    status, body = await production.post("{ hello }", token=token)
    assert status == 401
    told = production.headers.getall("www-authenticate")
    assert [each.split()[0] for each in told] == ["DPoP", "Bearer"]
    assert ("invalid_token" in told[1]) == (token is not None)
    assert body["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert "data" not in body
    assert production.recorder.callers == []


async def test_production_reads_nothing_from_a_stranger(production: Gateway) -> None:
    for body in (b"{", b" " * 10):
        assert (await production.send(body=body, token=None))[0] == 401
    assert (await production.post("{ __typename }", token=None))[0] == 401


async def test_development_lets_the_schema_be_read_without_a_token(development: Gateway) -> None:
    status, body = await development.post("{ __typename }", token=None)
    assert (status, body) == (200, {"data": {"__typename": "Query"}})
    for query in ("{ hello }", "{ __typename hello }", "mutation { touch }"):
        assert (await development.post(query, token=None))[0] == 401
    assert (await development.post("{ __typename }", token="rubbish"))[0] == 401


async def test_an_issuer_that_is_down_from_the_start_is_our_fault(start: Start) -> None:
    gateway = await start()
    gateway.issuer.is_down = True
    status, body = await gateway.post("{ hello }")
    assert (status, body["errors"][0]["extensions"]["code"]) == (503, "UNAVAILABLE")
