"""Test persons' tokens: `python -m local.token NAME` prints one, without a name it lists them.

The development issuer signs with the same key file, so a token works whether or not it runs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
import uuid
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import ECKey

from local.people import IDENTITY, PEOPLE, Claims
from local.proof import new_key, proof

KEY_FILE = Path(__file__).resolve().parent.parent / ".data" / "issuer-key.json"
ISSUER = "http://127.0.0.1:8104"
GATEWAY = "http://127.0.0.1:8000/graphql"
AUDIENCE = "dbep:gateway"
LIFETIME_SECONDS = 3600


def signing_key(path: Path = KEY_FILE) -> ECKey:
    """Return the key in the file, making both if there is none yet."""
    try:
        return ECKey.import_key(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return _make(path)


def token_for(name: str, key: ECKey, issuer: str = ISSUER, **changed: object) -> str:
    """Return a test person's access token, good for an hour; claims can be changed."""
    return token_of({**PEOPLE[name].claims_at(time.time()), **changed}, key, issuer)


def token_of(
    claims: Claims, key: ECKey, issuer: str, lifetime_seconds: int = LIFETIME_SECONDS
) -> str:
    """Return an access token that says this, good for an hour unless told otherwise."""
    header = {"alg": "ES256", "kid": key.kid, "typ": "at+jwt"}
    frame = _frame(issuer, AUDIENCE, lifetime_seconds)
    return jwt.encode(header, {**claims, **frame, "jti": str(uuid.uuid4())}, key)


def id_token(claims: Claims, nonce: str, key: ECKey, issuer: str) -> str:
    """Return what a client is told of who has logged in (OpenID Connect Core, 2)."""
    told = {name: claims[name] for name in ("sub", "name", IDENTITY + "security_level")}
    told |= _frame(issuer, str(claims["client_id"])) | ({"nonce": nonce} if nonce else {})
    return jwt.encode({"alg": "ES256", "kid": key.kid}, told, key)


def _frame(issuer: str, audience: str, lifetime_seconds: int = LIFETIME_SECONDS) -> Claims:
    now = int(time.time())
    times = {"iat": now, "nbf": now, "exp": now + lifetime_seconds}
    return {"iss": issuer, "aud": audience, **times}


def _make(path: Path) -> ECKey:
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256", "kid": str(uuid.uuid4())})
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes files that are their owner's alone.
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w") as file:
        json.dump(key.as_dict(private=True), file)
    try:
        # A link, not a rename: whoever comes first with a whole key wins.
        path.hardlink_to(unfinished)
    except FileExistsError:
        return ECKey.import_key(json.loads(path.read_bytes()))
    finally:
        Path(unfinished).unlink()
    return key


def headers(name: str, key: ECKey, issuer: str, url: str, **changed: object) -> str:
    """Return the headers of one POST with a token that is bound to a key made for it."""
    own = new_key()
    token = token_for(name, key, issuer, cnf={"jkt": own.thumbprint()}, **changed)
    return f"Authorization: DPoP {token}\nDPoP: {proof(own, 'POST', url, token=token)}"


def main(arguments: list[str]) -> int:
    """Print one token, or who there is."""
    chosen = _read(arguments)
    if chosen.name is None:
        for name, person in PEOPLE.items():
            print(f"{name:12} {person.title}: {person.description}")
        return 0
    if chosen.name not in PEOPLE:
        print(f"There is no such test person; there are {', '.join(PEOPLE)}.", file=sys.stderr)
        return 2
    key, level = signing_key(chosen.key), {IDENTITY + "security_level": chosen.level}
    changed = {} if chosen.level is None else level
    if chosen.dpop:
        print(headers(chosen.name, key, chosen.issuer, chosen.dpop, **changed))
    else:
        print(token_for(chosen.name, key, chosen.issuer, **changed))
    return 0


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="token", description="Print a test person's token.")
    parser.add_argument("name", nargs="?", help="one of the test persons")
    parser.add_argument("--issuer", default=ISSUER, help="the address the token says it is from")
    parser.add_argument("--level", choices=("3", "4"), help="the login's security level")
    parser.add_argument(
        "--dpop",
        metavar="URL",
        nargs="?",
        const=GATEWAY,
        help=f"print the headers of one POST to URL ({GATEWAY}), with a bound token and its proof",
    )
    parser.add_argument("--key", type=Path, default=KEY_FILE, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
