"""Proofs, made by another library than the one that checks them, and each of their flaws."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey

from gateway import dpop
from gateway.dpop import MOST_AGE, MOST_AHEAD, Expected, ProofRefused, verified
from gateway.signature import base64url, public_part, thumbprint
from local.proof import claims_of, new_key, proof, signed

KEY = new_key()
OTHER = new_key()
RSA = RSAKey.generate_key(2048)
TOKEN = "head.claims.signature"
URL = "https://plan.example/graphql"
NOW = time.time()


def expected(key: ECKey | RSAKey = KEY, **changed: str) -> Expected:
    known = {"token": TOKEN, "method": "POST", "url": URL, "thumbprint": key.thumbprint()}
    return Expected(**known | changed)


def said(key: ECKey | RSAKey = KEY, algorithm: str = "ES256", **changed: Any) -> str:
    """Return a proof with changed claims; None takes one out."""
    claims = {**claims_of("POST", URL, TOKEN), "iat": int(NOW), **changed}
    kept = {name: value for name, value in claims.items() if value is not None}
    return signed(key, kept, algorithm)


def headed(key: Any = KEY, algorithm: str = "ES256", **changed: Any) -> str:
    """Return a proof with a changed header; None takes a member out."""
    header = {"alg": algorithm, "typ": "dpop+jwt", "jwk": KEY.as_dict(private=False), **changed}
    kept = {name: value for name, value in header.items() if value is not None}
    return jwt.encode(kept, claims_of("POST", URL, TOKEN), key, [algorithm])


def by_hand(header: dict[str, object]) -> str:
    parts = [msgspec.json.encode(part) for part in (header, claims_of("POST", URL, TOKEN))]
    return ".".join([*map(base64url, parts), "eA"])


def refusal(made: str, wanted: Expected | None = None, now: float = NOW) -> str | None:
    with pytest.raises(ProofRefused) as caught:
        verified(made, wanted or expected(), now)
    return caught.value.reason


PUBLIC = KEY.as_dict(private=False)
FLAWS: dict[str, tuple[str, Callable[[], str]]] = {
    "rubbish": ("PROOF_UNREADABLE", lambda: "rubbish"),
    "empty parts": ("PROOF_UNREADABLE", lambda: ".."),
    "not ascii": ("PROOF_UNREADABLE", lambda: "æ.æ.æ"),
    "encrypted": ("PROOF_UNREADABLE", lambda: said() + ".a.b"),
    "two of them": ("PROOF_UNREADABLE", lambda: f"{said()}, {said()}"),
    "too long": ("PROOF_UNREADABLE", lambda: said(x="x" * 9000)),
    "deep": ("PROOF_UNREADABLE", lambda: base64.b64encode(b"[" * 3000).decode() + ".e30.x"),
    "an extension": ("PROOF_UNREADABLE", lambda: by_hand({**HEADER, "crit": ["x"], "x": 1})),
    "no key": ("PROOF_UNREADABLE", lambda: by_hand({**HEADER, "jwk": None})),
    "an access token": ("PROOF_TYPE", lambda: headed(typ="at+jwt")),
    "no type": ("PROOF_UNREADABLE", lambda: by_hand({"alg": "ES256", "jwk": PUBLIC})),
    "none": ("PROOF_ALGORITHM", lambda: by_hand({**HEADER, "alg": "none"})),
    "key confusion": ("PROOF_ALGORITHM", lambda: by_hand({**HEADER, "alg": "HS256"})),
    "private key": ("PROOF_KEY", lambda: headed(jwk=KEY.as_dict(private=True))),
    "shared key": ("PROOF_KEY", lambda: headed(jwk={**PUBLIC, "kty": "oct", "k": "AA"})),
    "odd curve": ("PROOF_KEY", lambda: headed(jwk=OKPKey.generate_key().as_dict(private=False))),
    "half a key": ("PROOF_KEY", lambda: headed(jwk={**PUBLIC, "y": None})),
    "other key": ("PROOF_KEY", lambda: said(OTHER)),
    "other key, ours shown": ("PROOF_SIGNATURE", lambda: headed(OTHER)),
    "changed": ("PROOF_SIGNATURE", lambda: ".".join([*said().split(".")[:2], "AAAA"])),
    "other kind of algorithm": ("PROOF_SIGNATURE", lambda: by_hand({**HEADER, "alg": "RS256"})),
    "other curve's algorithm": ("PROOF_SIGNATURE", lambda: by_hand({**HEADER, "alg": "ES384"})),
    "other token": ("PROOF_TOKEN", lambda: proof(KEY, "POST", URL, token="another.token.here")),
    "no token": ("PROOF_UNREADABLE", lambda: proof(KEY, "POST", URL)),
    "other method": ("PROOF_METHOD", lambda: said(htm="GET")),
    "method in small letters": ("PROOF_METHOD", lambda: said(htm="post")),
    "other path": ("PROOF_ADDRESS", lambda: said(htu="https://plan.example/export")),
    "other host": ("PROOF_ADDRESS", lambda: said(htu="https://elsewhere.example/graphql")),
    "the host as a user": (
        "PROOF_ADDRESS",
        lambda: said(htu="https://plan.example@elsewhere.example/graphql"),
    ),
    "not encrypted": ("PROOF_ADDRESS", lambda: said(htu="http://plan.example/graphql")),
    "no address": ("PROOF_ADDRESS", lambda: said(htu="https://[")),
    "old": ("PROOF_TIME", lambda: said(iat=int(NOW) - MOST_AGE - 2)),
    "of tomorrow": ("PROOF_TIME", lambda: said(iat=int(NOW) + MOST_AHEAD + 3)),
    "over by its own word": ("PROOF_TIME", lambda: said(exp=int(NOW) - MOST_AHEAD - 1)),
    "not begun": ("PROOF_TIME", lambda: said(nbf=int(NOW) + MOST_AHEAD + 3)),
    "time as text": ("PROOF_UNREADABLE", lambda: said(iat=str(int(NOW)))),
    "no time": ("PROOF_UNREADABLE", lambda: said(iat=None)),
    "no id": ("PROOF_UNREADABLE", lambda: said(jti=None)),
    "empty id": ("PROOF_UNREADABLE", lambda: said(jti="")),
    "endless id": ("PROOF_UNREADABLE", lambda: said(jti="x" * 257)),
}
HEADER: dict[str, object] = {"alg": "ES256", "typ": "dpop+jwt", "jwk": PUBLIC}


@pytest.mark.parametrize(("reason", "make"), FLAWS.values(), ids=FLAWS)
def test_a_flawed_proof_is_refused_by_its_flaw(reason: str, make: Callable[[], str]) -> None:
    assert refusal(make()) == reason


def test_a_point_off_the_curve_and_a_weak_key_are_no_keys() -> None:
    for jwk in (
        {**PUBLIC, "y": PUBLIC["x"]},
        {**PUBLIC, "crv": "secp256k1"},
        {**PUBLIC, "x": "!"},
        {"kty": "RSA", "e": "AQAB", "n": base64url(b"\xc1" * 128)},
        {"kty": "RSA", "e": "AQAB", "n": base64url(b"\xc1" * 1024)},
    ):
        bound = expected(thumbprint=thumbprint(public_part(jwk)))
        assert refusal(by_hand({**HEADER, "jwk": jwk}), bound) == "PROOF_KEY"


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (KEY, "ES256"),
        (ECKey.generate_key("P-384"), "ES384"),
        (ECKey.generate_key("P-521"), "ES512"),
        *((RSA, f"{kind}{size}") for kind in ("PS", "RS") for size in (256, 384, 512)),
    ],
)
def test_every_algorithm_of_the_list_is_accepted(key: ECKey | RSAKey, algorithm: str) -> None:
    assert algorithm in dpop.ALGORITHMS
    assert verified(said(key, algorithm), expected(key), NOW)


def test_a_large_key_of_the_sectors_own_generator_fits() -> None:
    key = RSAKey.generate_key(4096)
    assert verified(said(key, "PS512"), expected(key), NOW)


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        ("HTTPS://Plan.Example:443/graphql", URL),
        (f"{URL}?query=x#y", URL),
        ("https://api.example/plan/graphql", "https://api.example/plan/graphql"),
        ("http://127.0.0.1:8000/graphql", "http://127.0.0.1:8000/graphql"),
        ("https://plan.example", "https://plan.example/"),
    ],
)
def test_an_address_may_be_written_in_its_usual_ways(shown: str, wanted: str) -> None:
    assert verified(said(htu=shown), expected(url=wanted), NOW)


@pytest.mark.parametrize("offset", [MOST_AHEAD - 1, 0, -MOST_AGE + 1])
def test_small_differences_between_clocks_are_forgiven(offset: int) -> None:
    assert verified(said(iat=int(NOW) + offset), expected(), int(NOW))


def test_the_mark_is_the_same_for_the_same_proof_and_says_nothing() -> None:
    made = said(jti="05894500079")
    mark = verified(made, expected(), NOW)
    assert mark == verified(made, expected(), NOW)
    assert mark != verified(said(), expected(), NOW)
    assert len(mark) == 43
    assert "05894500079" not in mark


def test_two_holders_may_choose_the_same_id() -> None:
    marks = {verified(said(key, jti="1"), expected(key), NOW) for key in (KEY, OTHER)}
    assert len(marks) == 2


def test_a_token_bound_by_other_means_is_proved_by_no_key() -> None:
    assert refusal(said(), expected(thumbprint="")) == "PROOF_KEY"


@given(st.data())
def test_no_proof_with_a_changed_character_is_accepted(data: st.DataObject) -> None:
    made = said()
    place = data.draw(st.integers(0, len(made) - 2))  # the last one holds bits that mean nothing
    letter = data.draw(st.sampled_from("ABCabc019-_.,= \0"))
    changed = made[:place] + letter + made[place + 1 :]
    if changed != made:
        with pytest.raises(ProofRefused):
            verified(changed, expected(), NOW)
