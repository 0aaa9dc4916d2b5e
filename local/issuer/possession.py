"""Which key a token shall be bound to, by a proof to the issuer (RFC 9449, 5 and 8).

Written anew with joserfc, so that issuer and gateway can't agree on a mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey, import_key
from joserfc.registry import Header

from local.issuer.assertion import ALGORITHMS, SKEW
from local.issuer.refusal import OAuthError


class _WithKey(jws.JWSRegistry):
    max_header_length = 4096  # the header of a proof holds a key


def key_shown(
    proofs: Sequence[str], method: str, url: str, is_good: Callable[[str], bool], now: float
) -> tuple[str, str]:
    """Return the key's thumbprint and the proof's id, or raise OAuthError.

    `is_good` tells whether a nonce is one of ours.
    """
    if len(proofs) != 1:
        raise OAuthError("invalid_dpop_proof", "There must be one DPoP proof.")
    try:
        token = jwt.decode(proofs[0], _key_of, algorithms=ALGORITHMS, registry=_WithKey())
        _rules(method, url, now).validate(token.claims)
        thumbprint = _key(token.header).thumbprint()
    except (JoseError, ValueError, KeyError, TypeError):
        raise OAuthError("invalid_dpop_proof", "The DPoP proof can't be used.") from None
    if token.header.get("typ") != "dpop+jwt":
        raise OAuthError("invalid_dpop_proof", "The DPoP proof is of another type.")
    if not is_good(str(token.claims.get("nonce", ""))):
        raise OAuthError("use_dpop_nonce", "Repeat this with the nonce of DPoP-Nonce.")
    return thumbprint, str(token.claims["jti"])


def _rules(method: str, url: str, now: float) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(now),
        leeway=SKEW,
        jti={"essential": True},
        iat={"essential": True},
        htm={"essential": True, "value": method},
        htu={"essential": True, "value": url},
    )


def _key_of(shown: object) -> ECKey | RSAKey:
    return _key(shown.headers())  # type: ignore[attr-defined]  # joserfc's own protocol


def _key(header: Header) -> ECKey | RSAKey:
    key = import_key(header["jwk"])
    if not isinstance(key, ECKey | RSAKey) or key.is_private:
        raise ValueError("This is no public key for signatures.")
    return key
