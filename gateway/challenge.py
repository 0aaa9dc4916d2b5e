"""`WWW-Authenticate`: what a caller must show, and what was wrong with what they showed."""

from __future__ import annotations

from domain.errors import Unauthenticated
from gateway.dpop import ALGORITHMS, ProofRefused

Header = tuple[str, str]
BEARER, DPOP = "bearer", "dpop"
"""The schemes of `Authorization`, in lower case."""
_ALGS = f'algs="{" ".join(ALGORITHMS)}"'


def challenge(
    cause: Unauthenticated, scheme: str | None, *, accepts_bearer: bool
) -> tuple[Header, ...]:
    """Return the headers of a 401 (RFC 9449, 7.1 and 7.2); the error stands with the scheme used.

    Somebody who has shown nothing is told no error (RFC 6750, 3.1).
    """
    given = f'error="{_error(cause)}", error_description="{_description(cause)}"'
    of_dpop, of_bearer = [_ALGS], []
    if scheme == BEARER and accepts_bearer:
        of_bearer = [given]
    elif scheme in (BEARER, DPOP):
        of_dpop = [given, _ALGS]
    headers = [("www-authenticate", f"DPoP {', '.join(of_dpop)}")]
    if accepts_bearer:
        headers.append(("www-authenticate", " ".join(["Bearer", *of_bearer])))
    return tuple(headers)


def _error(cause: Unauthenticated) -> str:
    return "invalid_dpop_proof" if isinstance(cause, ProofRefused) else "invalid_token"


def _description(cause: Unauthenticated) -> str:
    """Return the sentence in the characters that the parameter may hold (RFC 6750, 3)."""
    return str(cause).replace('"', "'").replace("\\", "/").replace("…", "...")
